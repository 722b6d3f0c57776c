"""Those who choose a person's contacts name who acts on the person's behalf; with the last one, the role ends."""

import threading

import pytest
from django.core import mail
from django.db import connection

from omtanke.access.models import Grant, Look, RoleAssignment, User
from omtanke.access.permissions import Role
from omtanke.access.roles import NotToYourself
from omtanke.config.tests.cast import Cast, make_user, today
from omtanke.people.models import Belonging
from omtanke.trust.representatives import (
    AlreadyEnded,
    AlreadyRepresents,
    LoginIsClosed,
    end_representative,
    name_representative,
    representatives_of,
)

EN = {"headers": {"accept-language": "en"}}
MONA = {"name": "Mona Moen", "email": "Mona@example.org"}


def address(citizen) -> str:
    return f"/people/{citizen.pk}/access/representatives/"


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def is_representative(user) -> bool:
    return RoleAssignment.objects.current().filter(user=user, role=Role.REPRESENTATIVE).exists()


def acting_for(citizen) -> list[str]:
    return [line.holder.name for line in representatives_of(citizen)]


def press_end(web, citizen, line):
    return web.post(f"{address(citizen)}{line.pk}/end/", **EN)


@pytest.mark.parametrize("who", ["liv", "lars"])
def test_who_is_new_gets_a_login_an_invitation_and_sees_what_the_person_shares(
    cast, web, who, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert web.be(getattr(cast, who)).post(address(cast.edvard), MONA, **EN).status_code == 302
    mona = User.objects.get(email="mona@example.org")
    (invitation,) = mail.outbox
    assert invitation.to == ["mona@example.org"]
    assert "andre trinnet" not in invitation.body  # who does not work here needs none

    assert "Mona Moen" in text(web.get(address(cast.edvard), **EN))
    assert Look.objects.filter(actor=getattr(cast, who).user, what="access:representatives").exists()
    web.be(mona)
    assert "Edvard Moen" in text(web.get("/access/mine/"))
    assert web.get(f"/people/{cast.edvard.pk}/access/").status_code == 200
    assert web.get(f"/people/{cast.edvard.pk}/").status_code == 403


def test_who_has_a_login_already_keeps_it_and_gets_no_invitation(cast, web, django_capture_on_commit_callbacks):
    User.objects.filter(pk=cast.eva.pk).update(last_login="2026-01-01T12:00Z")
    with django_capture_on_commit_callbacks(execute=True):
        web.be(cast.liv).post(address(cast.edvard), {"name": "E. Nilsen", "email": cast.eva.email})
    assert mail.outbox == []
    assert acting_for(cast.edvard) == ["Eva Nilsen"]


@pytest.mark.parametrize("who", ["kari", "petra", "admin", "eva"])
def test_others_are_not_let_in(cast, web, who):
    web.be(getattr(cast, who))
    assert web.get(address(cast.astrid)).status_code == 403
    assert web.post(address(cast.astrid), MONA).status_code == 403
    assert press_end(web, cast.astrid, cast.eva.grants.get()).status_code == 403
    assert acting_for(cast.astrid) == ["Eva Nilsen"]


def test_nobody_is_named_for_somebody_of_another_unit(cast, web):
    web.be(cast.liv)
    assert web.post(address(cast.stranger), MONA).status_code == 404
    # A contact of somebody elsewhere sees the person, and still chooses nothing there.
    Belonging.objects.filter(citizen=cast.astrid).update(unit=cast.sør)
    line = Grant.objects.get(holder=cast.liv.user, unit_id=cast.nord.pk)
    Grant.objects.filter(pk=line.pk).update(unit_id=None, citizen_id=cast.astrid.pk)
    assert web.post(address(cast.astrid), MONA).status_code == 403
    assert not User.objects.filter(email="mona@example.org").exists()


def test_the_button_to_the_page_is_there_for_those_who_may(cast, web):
    shown = {who: address(cast.astrid) in text(web.be(getattr(cast, who)).get(f"/people/{cast.astrid.pk}/access/"))
             for who in ("kari", "liv", "lars", "petra", "eva")}  # fmt: skip
    assert shown == {"kari": False, "liv": True, "lars": True, "petra": False, "eva": False}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"email": "eva@demo.example.org"}, "acts on Astrid&#x27;s behalf already"),
        ({"email": "gone@demo.example.org"}, "has been closed"),
        ({"email": "liv@demo.example.org"}, "This is you"),
        ({"email": "mona"}, "Enter a valid email address"),
        ({"name": ""}, "This field is required"),
    ],
    ids=["named already", "closed login", "oneself", "no address", "no name"],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(cast, web, typed, told):
    User.objects.filter(pk=make_user("Gone Borte").pk).update(is_active=False)
    said = MONA | typed
    answer = web.be(cast.liv).post(address(cast.astrid), said, **EN)
    assert answer.status_code == 422
    assert told in text(answer)
    assert f'value="{said["email"]}"' in text(answer)
    assert acting_for(cast.astrid) == ["Eva Nilsen"]


def test_the_deed_refuses_what_the_page_refuses(cast):
    User.objects.filter(pk=make_user("Gone Borte").pk).update(is_active=False)
    for email, refusal in (
        (cast.eva.email, AlreadyRepresents),
        ("gone@demo.example.org", LoginIsClosed),
        (cast.liv.user.email, NotToYourself),
    ):
        with pytest.raises(refusal):
            name_representative(cast.astrid, name="X", email=email, by=cast.liv.user, on=today())


def test_ending_the_last_one_closes_the_person_and_ends_the_role(cast, web):
    assert press_end(web.be(cast.lars), cast.astrid, cast.eva.grants.get()).status_code == 302
    assert acting_for(cast.astrid) == []
    assert not is_representative(cast.eva)
    assert web.be(cast.eva).get(f"/people/{cast.astrid.pk}/access/").status_code == 403


def test_the_role_stays_while_they_act_for_somebody_whom_the_ender_cannot_see(cast, web):
    name_representative(cast.stranger, name="", email=cast.eva.email, by=None, on=today())
    press_end(web.be(cast.lars), cast.astrid, cast.eva.grants.get(citizen_id=cast.astrid.pk))
    assert (is_representative(cast.eva), acting_for(cast.astrid)) == (True, [])
    web.be(cast.eva)
    assert web.get(f"/people/{cast.stranger.pk}/access/").status_code == 200
    assert web.get(f"/people/{cast.astrid.pk}/access/").status_code == 404


def test_of_two_who_act_for_the_same_person_one_can_be_ended(cast, web):
    web.be(cast.liv).post(address(cast.astrid), MONA)
    press_end(web, cast.astrid, cast.eva.grants.get())
    assert acting_for(cast.astrid) == ["Mona Moen"]


def test_who_is_named_again_keeps_the_earlier_line_in_the_ledger(cast, web):
    press_end(web.be(cast.liv), cast.astrid, cast.eva.grants.get())
    web.post(address(cast.astrid), {"name": "Eva", "email": cast.eva.email})
    assert [line.until is None for line in cast.eva.grants.order_by("pk")] == [False, True]
    assert is_representative(cast.eva)


def test_a_line_of_another_kind_or_person_is_not_ended_here(cast, web):
    web.be(cast.liv)
    of_kari = Grant.objects.get(holder=cast.kari.user, citizen_id=cast.astrid.pk)
    assert press_end(web, cast.astrid, of_kari).status_code == 404
    assert press_end(web, cast.edvard, cast.eva.grants.get()).status_code == 404
    assert Grant.objects.running().filter(pk__in=[of_kari.pk, cast.eva.grants.get().pk]).count() == 2


def _at_once(*deeds) -> list[str]:
    """Run the deeds at the same moment; what each came to."""
    outcomes, together = [], threading.Barrier(len(deeds))

    def press(deed):
        together.wait()
        try:
            deed()
            outcomes.append("done")
        except (AlreadyRepresents, AlreadyEnded) as told:
            outcomes.append(type(told).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_name_or_end_the_same_one_at_once_one_is_told():
    cast = Cast()

    def name():
        name_representative(cast.edvard, **MONA, by=cast.liv.user, on=today())

    assert _at_once(name, name) == ["AlreadyRepresents", "done"]
    line = representatives_of(cast.edvard).get()

    def end():
        end_representative(line, by=cast.liv.user, on=today())

    assert _at_once(end, end) == ["AlreadyEnded", "done"]
