"""A team meeting invites every senior of the department; each answers; who came is written down after."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from omtanke.access.permissions import Role
from omtanke.befriending import team_meeting as deeds
from omtanke.befriending.models import MeetingAnswer, TeamMeeting
from omtanke.config.tests.cast import at, day, make_employee, make_senior, make_unit


@pytest.fixture
def meeting(cast):
    return call(cast)


def call(cast, department=None, starts=None, **facts):
    starts = starts or at("10:00", day(7))
    said = {
        "department": department or cast.seniorene,
        "theme": "safety",
        "starts": starts,
        "ends": starts + timedelta(hours=1),
        "place": "Frivilligsentralen",
        **facts,
    }
    return deeds.call_meeting(said, by=cast.hilde.user, at=timezone.now())


def test_all_seniors_of_the_department_are_invited_also_who_comes_later(cast, meeting):
    elsewhere = make_unit("Nabotreff", "visit_service")
    make_senior("Odd Bye", elsewhere)
    assert deeds.invited(meeting) == []
    arne, turid = cast.arne, cast.turid
    assert set(deeds.invited(meeting)) == {arne, turid}


def test_an_answer_can_be_changed_until_it_is_over(cast, meeting):
    deeds.answer(meeting, cast.arne, comes=True, at=timezone.now())
    deeds.answer(meeting, cast.arne, comes=False, at=timezone.now())
    assert MeetingAnswer.objects.get().comes is False
    with pytest.raises(deeds.MeetingOver):
        deeds.answer(meeting, cast.arne, comes=True, at=meeting.ends)
    deeds.cancel_meeting(meeting, at=timezone.now())
    meeting.refresh_from_db()
    with pytest.raises(deeds.MeetingOver):
        deeds.answer(meeting, cast.arne, comes=True, at=timezone.now())
    with pytest.raises(deeds.AlreadyCancelled):
        deeds.cancel_meeting(meeting, at=timezone.now())


def test_who_came_is_written_down_when_it_has_begun_and_only_of_those_invited(cast, meeting):
    cast.arne, cast.turid  # noqa: B018 - made when asked for
    with pytest.raises(deeds.NotHeldYet):
        deeds.who_came(meeting, {cast.arne.pk}, at=timezone.now())
    assert deeds.who_came(meeting, {cast.arne.pk, cast.kari.pk}, at=meeting.ends) == 1
    assert {one.senior: one.came for one in MeetingAnswer.objects.all()} == {cast.arne: True, cast.turid: False}


def test_the_database_wants_a_place_or_a_link_and_an_end_after_the_beginning(cast):
    cast.hilde, cast.seniorene  # noqa: B018 - made when asked for
    with pytest.raises(IntegrityError), transaction.atomic():
        call(cast, place="")
    with pytest.raises(IntegrityError), transaction.atomic():
        call(cast, ends=at("09:00", day(7)))
    assert call(cast, place="", link="https://mote.example.org/1").pk


def test_hilde_calls_arne_answers_and_hilde_sees_it(cast, web):
    cast.arne, cast.turid  # noqa: B018 - made when asked for
    said = {
        "department": cast.seniorene.pk,
        "theme": "ethics",
        "starts": at("10:00", day(7)).strftime("%Y-%m-%dT%H:%M"),
        "minutes": 90,
    }
    web.be(cast.hilde)
    assert web.post(reverse("befriending:call_meeting"), said).status_code == 422  # no place and no link
    web.post(reverse("befriending:call_meeting"), said | {"place": "Frivilligsentralen"})
    meeting = TeamMeeting.objects.get()
    assert meeting.ends - meeting.starts == timedelta(minutes=90)
    assert "Frivilligsentralen" in web.be(cast.arne).get(reverse("befriending:my_meetings")).text
    web.post(reverse("befriending:answer_meeting", args=[meeting.pk]), {"answer": "yes"})
    page = web.be(cast.hilde).get(reverse("befriending:team_meeting", args=[meeting.pk]))
    assert (page.context["yes"], page.context["silent"]) == (1, 1)
    again = said | {"place": "Kirkestua", "theme": "safety"}
    web.post(reverse("befriending:change_meeting", args=[meeting.pk]), again)
    meeting.refresh_from_db()
    assert (meeting.place, meeting.theme) == ("Kirkestua", "safety")


def test_a_meeting_of_another_department_is_not_for_them(cast, web):
    elsewhere = make_unit("Nabotreff", "visit_service")
    other = call(cast, department=elsewhere)
    stranger = make_employee("Berit Ness", elsewhere, Role.DEPARTMENT_LEADER)
    web.be(cast.arne)
    assert web.post(reverse("befriending:answer_meeting", args=[other.pk]), {"answer": "yes"}).status_code == 404
    assert web.be(cast.hilde).get(reverse("befriending:team_meeting", args=[other.pk])).status_code == 404
    assert web.be(stranger).get(reverse("befriending:team_meeting", args=[other.pk])).status_code == 200
