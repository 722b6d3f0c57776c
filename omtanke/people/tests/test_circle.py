"""Who is around Astrid: as a picture and in words, changed and put back without fear."""

import pytest
from django.urls import reverse

from omtanke.config.tests.cast import make_citizen
from omtanke.people.circle import circle_of
from omtanke.people.models import Citizen, Tie
from omtanke.people.ties import AlreadyInTheCircle, ChangedSince, add_tie, last_line, take_out, undo


def url(name, *args):
    return reverse(f"people:{name}", args=args)


def test_family_contacts_and_services_are_in_the_picture_and_in_the_list(cast, web):
    page = web.be(cast.kari).get(url("circle", cast.astrid.pk))
    names = [member.name for member in page.context["circle"].members]
    assert names == ["Eva Nilsen", "Kari Berg", "Ola Lind", "Hjemmesykepleie"]
    said = page.content.decode()
    assert said.count('<svg class="circle') == 2  # one for the phone, one for wider pages
    for name in names:
        assert f"<strong>{name}</strong>" in said


def test_nobody_around_is_said_and_the_first_step_offered(cast, web):
    page = web.be(cast.liv).get(url("circle", cast.edvard.pk)).content.decode()
    assert '<svg class="circle' not in page
    assert url("add_tie", cast.edvard.pk) in page


@pytest.mark.parametrize("number", [1, 7, 25])
def test_names_of_any_length_fit_into_the_picture(cast, number):
    for n in range(number):
        Tie.objects.create(
            citizen=cast.astrid, name=f"Margrethe-Elisabeth {n} von Øståsen-Bjørnstad", closeness=n % 3 + 1
        )
    circle = circle_of(cast.astrid, cast.astrid.ties.all(), [])
    assert len(circle.phone.faces) == len(circle.wide.faces) == number + 1


def facts(**said):
    return {"name": "Solveig", "kind": "friend", "closeness": 1, **said}


def test_somebody_new_comes_into_the_circle(cast, web):
    answer = web.be(cast.kari).post(url("add_tie", cast.astrid.pk), facts(contributes="Synger", seen="{}"))
    assert answer.status_code == 302
    assert cast.astrid.ties.get(name="Solveig").contributes == "Synger"


def test_the_same_name_twice_is_refused_and_what_was_typed_stays(cast, web):
    add_tie(cast.astrid, facts())
    answer = web.be(cast.kari).post(url("add_tie", cast.astrid.pk), facts(contributes="Synger", seen="{}"))
    assert answer.status_code == 422
    assert answer.context["form"]["contributes"].value() == "Synger"


def test_only_one_is_called_first(cast, web):
    web.be(cast.kari).post(url("add_tie", cast.astrid.pk), facts(call_first="on", seen="{}"))
    assert [tie.name for tie in cast.astrid.ties.filter(call_first=True)] == ["Solveig"]


def test_taken_out_and_put_back_she_is_as_before(cast, web):
    eva = cast.astrid.ties.get()
    answer = web.be(cast.kari).post(url("take_out_tie", cast.astrid.pk, eva.pk))
    assert not cast.astrid.ties.exists()
    page = web.get(answer.headers["Location"])
    assert [line.name for line in page.context["taken_out"]] == ["Eva Nilsen"]
    web.post(url("undo_tie", cast.astrid.pk, page.context["undo"]))
    back = cast.astrid.ties.get()
    assert (back.pk, back.phone, back.call_first) == (eva.pk, "901 00 000", True)


def test_a_change_is_undone_unless_somebody_has_changed_it_since(cast):
    eva = cast.astrid.ties.get()
    Tie.objects.filter(pk=eva.pk).update(lives_in="Bodø")
    line = last_line(eva.pk)
    Tie.objects.filter(pk=eva.pk).update(lives_in="Tromsø")
    with pytest.raises(ChangedSince):
        undo(cast.astrid, line)
    undo(cast.astrid, last_line(eva.pk))
    assert cast.astrid.ties.get().lives_in == "Bodø"


def test_put_back_does_not_take_the_place_of_who_is_called_first_now(cast):
    line = take_out(cast.astrid.ties.get())
    add_tie(cast.astrid, facts(call_first=True))
    assert undo(cast.astrid, line).call_first is False


def test_put_back_beside_somebody_of_the_same_name_is_refused(cast):
    line = take_out(cast.astrid.ties.get())
    add_tie(cast.astrid, {"name": "Eva Nilsen", "kind": "family"})
    with pytest.raises(AlreadyInTheCircle):
        undo(cast.astrid, line)


def test_a_line_about_somebody_else_puts_nothing_back(cast, web):
    other = make_citizen("Ruth", "Østby", cast.nord)
    line = take_out(Tie.objects.create(citizen=other, name="Per"))
    assert web.be(cast.liv).post(url("undo_tie", cast.astrid.pk, line)).status_code == 404
    assert Citizen.objects.get(pk=other.pk).ties.count() == 0


def test_nils_changes_nothing(cast, web):
    eva = cast.astrid.ties.get()
    web.be(cast.nils)
    for address, said in (
        (url("add_tie", cast.astrid.pk), facts(seen="{}")),
        (url("edit_tie", cast.astrid.pk, eva.pk), facts(seen="{}")),
        (url("take_out_tie", cast.astrid.pk, eva.pk), {}),
    ):
        assert web.post(address, said).status_code == 404
    assert [tie.name for tie in cast.astrid.ties.all()] == ["Eva Nilsen"]
