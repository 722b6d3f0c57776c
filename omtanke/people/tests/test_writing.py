"""Two who write about Astrid at once: the second is told, sees both texts, and nothing of either is lost."""

import json
import threading

import pytest
from django.db import connection, transaction
from django.urls import reverse

from omtanke.access.need_to_know import act_as
from omtanke.config.tests.cast import Cast, make_contact
from omtanke.people.edit_together import Overtaken, save_changes
from omtanke.people.forms import PortraitForm
from omtanke.people.models import Citizen, Portrait

FIELDS = PortraitForm.Meta.fields


def page_of(citizen):
    return reverse("people:portrait", args=[citizen.pk])


def opened(web, who, citizen) -> dict[str, str]:
    """The form as somebody's browser has it when the page is opened."""
    form = web.be(who).get(page_of(citizen)).context["form"]
    return {name: form[name].value() or "" for name in [*FIELDS, "seen"]}


def test_kari_writes_down_what_matters(cast, web):
    make_contact(cast.edvard, cast.kari)
    page = opened(web, cast.kari, cast.edvard)
    answer = web.post(page_of(cast.edvard), {**page, "what_matters": "Å kjenne lukta av sjøen."})
    assert answer.status_code == 302
    assert cast.edvard.portrait.what_matters == "Å kjenne lukta av sjøen."


def test_the_second_to_save_the_same_field_sees_both_texts_and_can_put_them_together(cast, web):
    karis, livs = opened(web, cast.kari, cast.astrid), opened(web, cast.liv, cast.astrid)
    web.be(cast.kari).post(page_of(cast.astrid), {**karis, "what_matters": "Koret."})

    answer = web.be(cast.liv).post(page_of(cast.astrid), {**livs, "what_matters": "Katten."})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Koret." in page
    assert "Katten." in page
    assert "Kari Berg" in page
    assert cast.astrid.portrait.what_matters != "Katten."
    again = {name: answer.context["form"][name].value() for name in [*FIELDS, "seen"]}
    assert web.post(page_of(cast.astrid), {**again, "what_matters": "Koret og katten."}).status_code == 302
    assert Portrait.objects.get(citizen=cast.astrid).what_matters == "Koret og katten."


def test_two_who_change_different_fields_do_not_disturb_each_other(cast, web):
    karis, livs = opened(web, cast.kari, cast.astrid), opened(web, cast.liv, cast.astrid)
    web.be(cast.kari).post(page_of(cast.astrid), {**karis, "what_matters": "Koret."})
    assert web.be(cast.liv).post(page_of(cast.astrid), {**livs, "avoid": "krigen"}).status_code == 302
    portrait = Portrait.objects.get(citizen=cast.astrid)
    assert (portrait.what_matters, portrait.avoid) == ("Koret.", "krigen")


def test_what_is_too_long_is_said_and_what_was_typed_stays(cast, web):
    page = opened(web, cast.kari, cast.astrid)
    answer = web.post(page_of(cast.astrid), {**page, "talk_about": "fisk " * 100, "avoid": "krigen"})
    assert answer.status_code == 422
    assert answer.context["form"]["avoid"].value() == "krigen"
    assert Portrait.objects.get(citizen=cast.astrid).avoid == "flyttingen"


@pytest.mark.parametrize("seen", ["", "[]", "{", '"x"', "null", json.dumps({"what_matters": None})])
def test_a_form_that_has_lost_what_it_saw_overwrites_nothing(cast, web, seen):
    page = opened(web, cast.kari, cast.astrid)
    answer = web.post(page_of(cast.astrid), {**page, "what_matters": "Noe annet.", "seen": seen})
    assert answer.status_code == 422
    assert Portrait.objects.get(citizen=cast.astrid).what_matters == "Å komme meg ut når det er fint vær."


def test_facts_are_changed_and_the_head_does_not_show_what_was_refused(cast, web):
    page = reverse("people:facts", args=[cast.astrid.pk])
    form = web.be(cast.kari).get(page).context["form"]
    said = {name: form[name].value() or "" for name in form.fields}
    said = {name: value for name, value in said.items() if value is not False}
    assert web.post(page, {**said, "called": "A" * 60}).status_code == 422
    assert web.post(page, {**said, "called": "Asta", "memory_loss": "on"}).status_code == 302
    astrid = Citizen.objects.get(pk=cast.astrid.pk)
    assert (astrid.called, astrid.memory_loss, astrid.first_name) == ("Asta", True, "Astrid")


@pytest.mark.parametrize("who", ["nils", "petra", "eva", "admin"])
def test_who_may_not_write_does_not(cast, web, who):
    status = web.be(getattr(cast, who)).post(page_of(cast.astrid), {"what_matters": "Ingenting."}).status_code
    assert status == (404 if who == "nils" else 403)
    assert Portrait.objects.get(citizen=cast.astrid).what_matters.startswith("Å komme")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_told():
    cast = Cast()
    together, ends = threading.Barrier(2), []

    def save(who, words):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL ROLE omtanke_web")
                act_as(who.user_id)
                portrait = Portrait.objects.get(citizen=cast.astrid)
                seen = {"what_matters": portrait.what_matters}
                together.wait(timeout=20)
                save_changes(portrait, {"what_matters": words}, seen=seen)
            ends.append(words)
        except Overtaken as overtaken:
            ends.append(dict(overtaken.theirs))
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=pair) for pair in ((cast.kari, "Koret."), (cast.liv, "Katten."))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (saved,) = [end for end in ends if isinstance(end, str)]
    assert {"what_matters": saved} in ends
    assert Portrait.objects.get(citizen=cast.astrid).what_matters == saved
