"""A residents' meeting: what is decided has somebody who has it, and the next meeting hears what came of it."""

import pytest
from django.db import IntegrityError, transaction

from omtanke.config.tests.cast import at, day
from omtanke.everyday.minutes import minutes
from omtanke.everyday.models import MeetingItem, Presence, ResidentsMeeting
from omtanke.everyday.residents_meeting import (
    AlreadyMeetThen,
    NobodyHasIt,
    decide,
    from_before,
    plan_meeting,
    tell_outcome,
    who_came,
    wish_at_meeting,
)

FIRST, SECOND = at("13:00", day(-28)), at("13:00", day(-1))


@pytest.fixture
def meeting(cast) -> ResidentsMeeting:
    return plan_meeting(cast.nord, FIRST, ["Maten", "Turer"], by=cast.kari.user)


def test_what_is_decided_has_somebody_and_the_next_meeting_hears_what_came_of_it(cast, meeting):
    food, trips = meeting.items.all()
    with pytest.raises(NobodyHasIt):
        decide(food, said="", decision="Fisk to ganger i uka", owner=None, due=None)
    decide(food, said="For lite fisk", decision="Fisk to ganger i uka", owner=cast.kari, due=day(-10))
    decide(trips, said="Enige om ingenting", decision="", owner=None, due=None)

    then = plan_meeting(cast.nord, SECOND, ["Jul"], by=None)
    assert from_before(then) == [food]
    tell_outcome(food, "Torsk tirsdag og fredag", by=cast.kari.user, at=SECOND)
    assert from_before(then)[0].outcome == "Torsk tirsdag og fredag"
    assert from_before(plan_meeting(cast.nord, at("13:00", day(20)), ["Vår"], by=None)) == []
    assert not MeetingItem.objects.waiting().exists()


def test_the_database_refuses_a_decision_nobody_has(meeting):
    with pytest.raises(IntegrityError), transaction.atomic():
        meeting.items.update(decision="Noe")


def test_two_meetings_at_once_are_one_too_many(cast, meeting):
    with pytest.raises(AlreadyMeetThen):
        plan_meeting(cast.nord, FIRST, ["Maten"], by=None)


def test_who_came_is_exactly_those_and_others_whom_one_cannot_see_stay(cast, meeting):
    Presence.objects.create(meeting=meeting, citizen=cast.stranger)
    mine = [cast.astrid, cast.edvard]
    who_came(meeting, mine, among=mine)
    who_came(meeting, [cast.edvard], among=mine)
    came = set(meeting.presences.values_list("citizen", flat=True))
    assert came == {cast.edvard.pk, cast.stranger.pk}


def test_a_wish_said_there_is_a_wish_like_others(cast, meeting):
    wish = wish_at_meeting(meeting, cast.astrid, "Andakt i stua", by=cast.ola.user, at=FIRST)
    assert (wish.source, wish.owner, wish.meeting) == ("meeting", cast.kari, meeting)


def test_the_minutes_on_the_wall_name_no_resident(cast, meeting):
    who_came(meeting, [cast.astrid], among=[cast.astrid])
    wish_at_meeting(meeting, cast.astrid, "Andakt i stua", by=cast.ola.user, at=FIRST)
    said = str(minutes(meeting))
    assert "1 person var med" in said
    assert "Astrid" not in said
    assert "Andakt" not in said


def test_kari_leads_a_meeting_of_her_unit_and_nils_of_another_is_refused(cast, web):
    web.be(cast.kari)
    facts = {"unit": cast.nord.pk, "starts": "2026-12-01T13:00", "place": "Stua", "agenda": "Maten\n\nTurer"}
    page = web.post("/meetings/residents/new/", facts).headers["Location"]
    it = ResidentsMeeting.objects.get()
    item = it.items.first()
    web.post(f"{page}who/", {"came": [cast.astrid.pk]})
    web.post(f"{page}wish/", {"citizen": cast.astrid.pk, "words": "Andakt i stua"})
    nobody = web.post(f"{page}{item.pk}/decide/", {f"item{item.pk}-decision": "Fisk"})
    assert nobody.status_code == 422
    web.post(f"{page}{item.pk}/decide/", {f"item{item.pk}-decision": "Fisk", f"item{item.pk}-owner": cast.kari.pk})
    shown = web.get(page).content.decode()
    assert "Andakt i stua" in shown
    assert [item.title for item in it.items.all()] == ["Maten", "Turer"]
    assert it.presences.get().citizen == cast.astrid
    assert web.get(f"{page}minutes.pdf").content.startswith(b"%PDF")

    assert web.be(cast.nils).get(page).status_code == 403
    for refused in (cast.eva, cast.per.user):
        assert web.be(refused).get(page).status_code == 403
