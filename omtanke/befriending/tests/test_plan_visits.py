"""Visits come once or again and again; what was moved or taken out stays so, and a stop says what goes with it."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from omtanke.befriending import before
from omtanke.befriending.matching import match
from omtanke.befriending.models import Criterion, Rhythm, SeniorProfile, ServiceVisit
from omtanke.befriending.plan_visits import (
    Ended,
    HasBegun,
    days_of,
    end_rhythm,
    lay_out,
    move_visit,
    plan_rhythm,
    plan_visit,
    take_out,
)
from omtanke.befriending.tasks import lay_out_weeks_ahead
from omtanke.befriending.tests.making import judged, met, ready, taken_on, talked
from omtanke.befriending.who_could import candidates_for
from omtanke.config.tests.cast import day, today
from omtanke.people.models import Hamlet

TUESDAY = date(2026, 12, 1)


def rhythm(made=None, **facts) -> Rhythm:
    given = {"weekday": 1, "at": time(11), "minutes": 90, "area": "conversation", "since": today(), **facts}
    if made:
        given |= {"match": made, "citizen_id": made.citizen_id, "department_id": made.department_id}
    return Rhythm(**given)


@pytest.mark.parametrize(
    ("every", "first", "days"),
    [
        (1, TUESDAY, [1, 8, 15, 22, 29]),
        (2, TUESDAY, [1, 15, 29]),
        (2, TUESDAY + timedelta(days=1), [15, 29]),
        (4, TUESDAY + timedelta(days=28), [29]),
    ],
    ids=["every week", "every other", "counted from its own first day", "a day it falls on"],
)
def test_a_rhythm_comes_on_its_weekday(every, first, days):
    one = rhythm(since=TUESDAY - timedelta(days=1), every_weeks=every)  # a Monday: the first Tuesday after it
    assert [found.day for found in days_of(one, first, date(2026, 12, 31))] == days


def test_a_rhythm_that_has_ended_comes_no_more():
    assert days_of(rhythm(since=TUESDAY, until=TUESDAY), TUESDAY, date(2026, 12, 31)) == []


def test_laid_out_twice_makes_nothing_twice_and_leaves_what_was_moved(cast):
    made = ready(cast)
    one = rhythm(made)
    visits = plan_rhythm(one, by=cast.gudrun.user, on=today())
    assert len(visits) >= 4
    elsewhere = visits[-1].planned_start + timedelta(days=1)
    move_visit(visits[-1], starts=elsewhere, minutes=60)
    take_out(visits[-2], because="Hos datteren")
    assert lay_out([one], first=today(), last=visits[-1].rhythm_day, by=None) == []
    last, before_it = ServiceVisit.objects.order_by("-rhythm_day")[:2]
    assert (last.planned_start, last.minutes, before_it.not_done_because) == (elsewhere, 60, "Hos datteren")
    with pytest.raises(HasBegun):
        move_visit(visits[-2], starts=elsewhere, minutes=60)


def test_a_rhythm_ends_and_says_how_many_visits_go_with_it(cast):
    one = rhythm(ready(cast), weekday=day(1).weekday())
    visits = plan_rhythm(one, by=cast.gudrun.user, on=today())
    assert end_rhythm(one, on=day(2), at=timezone.now()) == len(visits) - 1  # tomorrow's stays


def test_the_night_job_goes_on_where_one_order_lacks_something(cast):
    made = ready(cast)
    plan_rhythm(rhythm(made), by=cast.gudrun.user, on=day(-20))
    in_three_weeks = day(21)
    before.judge(made.order, Criterion.Kind.CALM, met=False, words="", by=cast.gudrun.user, at=timezone.now())
    assert lay_out_weeks_ahead(in_three_weeks) == 0
    before.judge(made.order, Criterion.Kind.CALM, met=True, words="", by=cast.gudrun.user, at=timezone.now())
    assert lay_out_weeks_ahead(in_three_weeks) >= 3


def test_nobody_is_planned_beyond_the_end_of_their_match(cast):
    made = ready(cast)
    made.until = day(5)
    made.save()
    with pytest.raises(Ended):
        plan_visit(made, starts=timezone.now() + timedelta(days=6), minutes=60, area="conversation", by=None)


def test_the_page_says_what_comes_first_and_plans_when_it_is_there(cast, web):
    order = talked(cast)
    made = match(order, cast.arne, by=cast.gudrun.user, on=today())
    address = reverse("befriending:plan", args=[order.pk])
    said = {
        "match": made.pk, "area": "conversation", "often": "1", "first": day(1).isoformat(), "at": "11:00",
        "minutes": "90",
    }  # fmt: skip
    page = web.be(cast.gudrun).post(address, said)
    assert page.status_code == 422
    assert "Bli kjent-møtet med skjemaet, de tre kriteriene" in page.content.decode()
    assert ServiceVisit.objects.count() == Rhythm.objects.count() == 0
    met(cast, order)
    judged(cast, order)
    page = web.post(address, {**said, "first": day(-1).isoformat()})
    assert "Denne dagen er over" in page.content.decode()
    assert web.post(address, said).status_code == 302
    assert ServiceVisit.objects.filter(order=order).count() >= 3


def test_seniors_stand_by_name_with_what_is_good_to_know(cast):
    """How far, how much time is left, who has met the person: and no order but the alphabet's."""
    here = Hamlet.objects.create(name="Bogøy", latitude=67.95, longitude=15.05)
    made = ready(cast)
    SeniorProfile.objects.create(employee=cast.arne, hamlet=here, hours_a_week=4, interests=["fishing"])
    cast.turid  # noqa: B018 - made when asked for
    rhythm(made, every_weeks=2).save(force_insert=True)
    ServiceVisit.objects.filter(match=made).delete()
    other = taken_on(cast, first_name="Sverre")
    turid, arne = candidates_for(other, today())
    assert (arne.senior, arne.km, arne.minutes_left, arne.people, arne.has_met) == (cast.arne, 0, 195, 1, False)
    assert (turid.senior, turid.km, turid.minutes_left, turid.people) == (cast.turid, None, None, 0)
    assert [one.visits_already for one in candidates_for(made.order, today())] == [False, True]


def test_the_week_shows_what_is_to_come_to_those_who_lead_and_nobody_else(cast, web):
    made = ready(cast)
    starts = timezone.make_aware(datetime.combine(today(), time(11)))
    plan_visit(made, starts=starts, minutes=60, area="conversation", by=cast.gudrun.user)
    page = web.be(cast.hilde).get(reverse("befriending:week")).content.decode()
    assert "Borghild S." in page
    assert "Strand" not in page
    assert web.be(cast.arne).get(reverse("befriending:week")).status_code == 403
