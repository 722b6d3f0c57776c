"""The pictures of a draft are for those who plan the unit; what they show of people is written down in the read log."""

import pytest

from omtanke.access.models import Look
from omtanke.config.tests.cast import at, day, make_shift, make_visit, today
from omtanke.kernel.planning.plan import Plan
from omtanke.planning.models import Draft, DraftVisit
from omtanke.planning.plans import case_of, keep_plan
from omtanke.visits.models import Visit


def drafted(cast, placed):
    """A draft of tomorrow: each visit with its shift and its clock."""
    draft = Draft.objects.create(
        unit=cast.nord, first=day(1), last=day(1), name="I morgen", asked_by=cast.liv.user, state=Draft.State.READY
    )
    keep_plan(draft, case_of(draft, on=today()), Plan())
    for visit, shift, clock in placed:
        DraftVisit.objects.filter(draft=draft, visit=visit).update(shift=shift, starts=at(clock, day(1)))
    return draft


@pytest.fixture
def tomorrow(cast):
    for round_ in (cast.round1, cast.round2):
        round_.pk, round_.on = None, day(1)
        round_.save()
    cast.morning = make_visit(cast.astrid, cast.round1, "09:15", what="Morgenstell")
    cast.edvards = make_visit(cast.edvard, cast.round2, "09:30", what="Frokost")
    cast.left_out = make_visit(cast.edvard, cast.round2, "11:30", what="Lunsj")
    cast.karis, cast.tors = make_shift(cast.kari, day(1)), make_shift(cast.tor, day(1))
    cast.draft = drafted(cast, [(cast.morning, cast.karis, "09:15"), (cast.edvards, cast.tors, "09:30")])
    return cast


def test_the_day_has_a_row_for_each_carer_and_a_bar_for_each_visit(tomorrow, web):
    page = web.be(tomorrow.liv).get(f"/drafts/{tomorrow.draft.pk}/day/").content.decode()

    assert page.count('class="timeline-row" data-shift') == 2
    assert page.count('class="timeline-bar"') == 3
    assert "09:15 Astrid N., primærkontakt, Morgenstell" in page
    assert "09:30 Edvard M., nytt ansikt, Frokost" in page
    assert "1 besøk uten plass" in page


def test_only_those_who_plan_the_unit_see_it(tomorrow, web):
    pages = [
        f"/drafts/{tomorrow.draft.pk}/day/",
        f"/drafts/{tomorrow.draft.pk}/map/",
        f"/drafts/{tomorrow.draft.pk}/people/{tomorrow.astrid.pk}/",
        f"/drafts/{tomorrow.draft.pk}/visits/{tomorrow.morning.pk}/",
    ]

    assert [web.be(tomorrow.liv).get(page).status_code for page in pages] == [200] * 4
    for somebody in (tomorrow.kari, tomorrow.nils, tomorrow.admin):
        assert {web.be(somebody).get(page).status_code for page in pages} <= {403, 404}


def test_what_was_shown_of_whom_is_in_the_read_log(tomorrow, web):
    web.be(tomorrow.liv).get(f"/drafts/{tomorrow.draft.pk}/day/")

    looked = set(Look.objects.filter(actor_id=tomorrow.liv.user.pk).values_list("citizen_id", flat=True))
    assert looked == {tomorrow.astrid.pk, tomorrow.edvard.pk}


def test_a_draft_without_a_plan_has_no_pictures_yet(tomorrow, web):
    Draft.objects.filter(pk=tomorrow.draft.pk).update(state=Draft.State.RUNNING)

    assert web.be(tomorrow.liv).get(f"/drafts/{tomorrow.draft.pk}/day/").status_code == 404


def test_the_map_says_the_tours_as_tables_and_names_no_host_outside(tomorrow, web):
    page = web.be(tomorrow.liv).get(f"/drafts/{tomorrow.draft.pk}/map/").content.decode()

    assert page.count("data-tour=") == 2
    assert 'data-latitude="67.95" data-longitude="15.05"' in page
    assert 'data-tiles=""' in page
    assert "https://" not in page


def test_a_persons_page_says_who_comes_and_why(tomorrow, web):
    for offset, carer in ((-2, tomorrow.kari), (-1, tomorrow.ola)):
        was = make_visit(tomorrow.astrid, tomorrow.round1)
        Visit.objects.filter(pk=was.pk).update(
            on=day(offset),
            planned_start=at("09:15", day(offset)),
            done_by=carer,
            started_at=at("09:20", day(offset)),
            ended_at=at("09:45", day(offset)),
        )

    page = web.be(tomorrow.liv).get(f"/drafts/{tomorrow.draft.pk}/people/{tomorrow.astrid.pk}/").content.decode()

    assert "Hvem som kommer til Astrid" in page
    assert "2 forskjellige ansikter" in page
    assert "09:20" in page  # as it was, not as it was planned
    assert "Kari er primærkontakt." in page


def test_a_new_face_is_told_with_the_reason_and_what_would_be_gentler(tomorrow, web):
    DraftVisit.objects.filter(draft=tomorrow.draft, visit=tomorrow.morning).update(shift=tomorrow.tors)
    DraftVisit.objects.filter(draft=tomorrow.draft, visit=tomorrow.edvards).update(shift=None, starts=None)

    page = web.be(tomorrow.liv).get(f"/drafts/{tomorrow.draft.pk}/people/{tomorrow.astrid.pk}/").content.decode()

    assert "Tor er ny her. De kjente er hos andre da." in page
    assert "Kari kunne komme" in page
    assert "i stedet for Tor" in page


def test_a_visits_page_says_why_and_the_best_other_ways(tomorrow, web):
    page = web.be(tomorrow.liv).get(f"/drafts/{tomorrow.draft.pk}/visits/{tomorrow.morning.pk}/").content.decode()

    assert "Hvorfor Kari?" in page
    assert "Kari Berg er primærkontakt for Astrid N." in page
    assert "Tor Vik kl." in page
    left_out = web.be(tomorrow.liv).get(f"/drafts/{tomorrow.draft.pk}/visits/{tomorrow.left_out.pk}/").content.decode()
    assert "Hvorfor ingen?" in left_out
    assert "Det kunne gjøres av" in left_out
