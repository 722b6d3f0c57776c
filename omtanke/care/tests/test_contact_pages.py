"""Who somebody's contacts are, were and could be; a change needs no reason; the card for the fridge; reminders."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from omtanke.access.models import Look
from omtanke.care.candidates import candidates
from omtanke.care.contact_card import card, language_of
from omtanke.care.contacts import hand_over
from omtanke.care.models import NamedContact, Reminder
from omtanke.care.reminders import EVERY, WITH_MEMORY_LOSS, next_reminder, reminders_of
from omtanke.config.tests.cast import at, day, make_visit, today


def url(name, *args):
    return reverse(f"care:{name}", args=args)


def choose(web, cast, citizen, **said):
    said = {"on": today().isoformat(), "instead_of": "", **said}
    return web.be(cast.liv).post(url("choose_contact", citizen.pk, "primary"), said)


def test_liv_names_a_primary_contact(cast, web):
    answer = choose(web, cast, cast.edvard, employee=cast.kari.pk)
    assert answer.status_code == 302
    assert cast.edvard.contacts.primary().current().get().employee == cast.kari


def test_liv_hands_over_without_saying_why(cast, web):
    answer = choose(web, cast, cast.astrid, employee=cast.tor.pk, instead_of=cast.contact.pk)
    assert answer.status_code == 302
    assert cast.astrid.contacts.primary().current().get().employee == cast.tor


def test_who_has_the_page_open_when_a_colleague_chooses_is_told(cast, web):
    hand_over(cast.contact, cast.tor, by=cast.lars.user, on=today())
    answer = choose(web, cast, cast.astrid, employee=cast.ola.pk, instead_of=cast.contact.pk)
    assert answer.status_code == 422
    assert cast.astrid.contacts.primary().current().get().employee == cast.tor


def test_nobody_for_now_ends_a_contact(cast, web):
    assert choose(web, cast, cast.astrid, employee="nobody", instead_of=cast.contact.pk).status_code == 302
    assert not cast.astrid.contacts.primary().current().exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"employee": ""}, "employee"),
        ({"employee": "999999"}, "employee"),
        ({"on": "yesterday"}, "on"),
        ({"on": day(-91).isoformat()}, "on"),
    ],
    ids=["nobody chosen", "somebody unknown", "no date", "before it began"],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(cast, web, said, why):
    answer = choose(web, cast, cast.astrid, **{"employee": cast.tor.pk, "instead_of": cast.contact.pk, **said})
    assert answer.status_code == 422
    assert why in answer.context["form"].errors
    assert cast.astrid.contacts.primary().current().get() == cast.contact


def test_who_may_see_and_who_may_choose(cast, web):
    pages = {
        "contacts": [cast.astrid.pk],
        "contact_card": [cast.astrid.pk],
        "choose_contact": [cast.astrid.pk, "primary"],
    }
    answers = {
        who: [web.be(getattr(cast, who)).get(url(name, *args)).status_code for name, args in pages.items()]
        for who in ("kari", "liv", "lars", "nils", "admin", "petra", "eva")
    }
    assert answers == {
        "kari": [200, 200, 403],
        "liv": [200, 200, 200],
        "lars": [200, 200, 200],
        "nils": [404, 404, 403],
        "admin": [403] * 3,
        "petra": [403] * 3,
        "eva": [403] * 3,
    }
    assert Look.objects.filter(citizen_id=cast.astrid.pk, what="care:contact_card").exists()


def test_a_coordinator_of_another_unit_who_happens_to_be_a_contact_here_does_not_choose(cast, web):
    cast.liv.user.role_assignments.update(unit_id=cast.sør.pk)
    assert web.be(cast.liv).get(url("choose_contact", cast.astrid.pk, "primary")).status_code == 403


def test_candidates_are_those_she_has_met_and_then_the_others_by_name(cast):
    for clock in ("08:00", "12:00"):
        visit = make_visit(cast.astrid, cast.round1, clock)
        visit.done_by, visit.started_at, visit.ended_at = cast.tor, at(clock), at(clock) + timedelta(minutes=20)
        visit.save()
    known, others = candidates(cast.astrid, but=cast.kari, on=today())
    assert [(one.employee, one.times) for one in known] == [(cast.tor, 2)]
    assert [one.employee for one in others] == [cast.liv, cast.lars, cast.ola, cast.marit]


def test_a_new_contact_is_told_of_at_once_and_then_again_and_again():
    began = date(2026, 3, 1)
    assert next_reminder(began, None, memory_loss=False) == began
    assert next_reminder(began, date(2026, 2, 1), memory_loss=False) == began
    assert next_reminder(began, date(2026, 3, 2), memory_loss=False) == date(2026, 3, 2) + EVERY
    assert next_reminder(began, date(2026, 3, 2), memory_loss=True) == date(2026, 3, 2) + WITH_MEMORY_LOSS


def test_kari_tells_astrid_and_takes_it_back(cast, web):
    assert reminders_of([cast.astrid.pk, cast.edvard.pk], today()) == {cast.astrid.pk: day(-90)}
    web.be(cast.kari).post(url("tell_contacts", cast.astrid.pk))
    web.be(cast.kari).post(url("tell_contacts", cast.astrid.pk))
    assert Reminder.objects.get().told_by == cast.kari
    assert reminders_of([cast.astrid.pk], today()) == {cast.astrid.pk: today() + EVERY}
    web.be(cast.kari).post(url("tell_contacts", cast.astrid.pk), {"undo": "1"})
    assert not Reminder.objects.exists()


def test_nils_tells_nobody_of_another_unit(cast, web):
    assert web.be(cast.nils).post(url("tell_contacts", cast.astrid.pk)).status_code == 404
    assert not Reminder.objects.exists()


def test_the_card_has_the_names_and_the_numbers_to_call(cast):
    said = card(cast.astrid, "a4")
    assert (said["primary"]["name"], said["primary"]["phone"]) == ("Kari Berg", "900 00 000")
    assert (said["secondary"]["name"], said["duty"]["phone"]) == ("Ola Lind", "75 77 80 00")


@pytest.mark.parametrize("paper", ["a4", "a5", "wallpaper"])
def test_the_card_is_a_pdf_with_and_without_contacts(cast, web, paper):
    for citizen in (cast.astrid, cast.edvard):
        drawn = web.be(cast.liv).get(url("contact_card", citizen.pk), {"paper": paper})
        assert drawn.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("spoken", "language"),
    [("", "nb"), ("Svensk", "sv"), ("Swedish", "sv"), ("english", "en"), ("Norsk", "nb"), ("lulesamisk", "nb")],
)
def test_the_card_speaks_the_citizens_language_where_it_can(cast, spoken, language):
    cast.astrid.language = spoken
    assert language_of(cast.astrid) == language


def test_the_history_says_who_it_was(cast, web):
    hand_over(cast.contact, cast.tor, by=cast.liv.user, on=today())
    page = web.be(cast.liv).get(url("contacts", cast.astrid.pk))
    assert [one.employee for one in page.context["earlier"]] == [cast.kari]
    assert NamedContact.objects.filter(citizen=cast.astrid).count() == 3
