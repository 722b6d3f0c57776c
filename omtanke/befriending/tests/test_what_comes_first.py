"""No visit before the talk with next of kin, the three criteria and the filled-in form. The database holds it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from omtanke.access.models import Grant, Reason, Scope
from omtanke.befriending import before
from omtanke.befriending.matching import AlreadyMatched, NotASenior, TalkComesFirst, end_match, match
from omtanke.befriending.models import Criterion, Match, ServiceVisit
from omtanke.befriending.plan_visits import SomethingComesFirst, plan_visit
from omtanke.befriending.tests.making import judged, met, read_plan, ready, taken_on, talked
from omtanke.config.tests.cast import today


def tomorrow():
    return timezone.now() + timedelta(days=1)


def plan(cast, made):
    return plan_visit(made, starts=tomorrow(), minutes=90, area="quality_visit", by=cast.gudrun.user)


def test_nobody_is_chosen_before_the_talk_with_next_of_kin(cast):
    order = taken_on(cast)
    with pytest.raises(TalkComesFirst):
        match(order, cast.arne, by=cast.gudrun.user, on=today())
    talked(cast, order)
    assert match(order, cast.arne, by=cast.gudrun.user, on=today()).pk


def test_a_visit_waits_for_the_form_and_the_criteria_and_then_is_planned(cast):
    order = talked(cast)
    made = match(order, cast.arne, by=cast.gudrun.user, on=today())
    with pytest.raises(SomethingComesFirst) as first:
        plan(cast, made)
    assert first.value.lacks == ["form", "criteria"]
    met(cast, order)
    with pytest.raises(SomethingComesFirst) as second:
        plan(cast, made)
    assert second.value.lacks == ["criteria"]
    judged(cast, order)
    read_plan(made)
    assert plan(cast, made).pk


def test_a_criterion_that_is_judged_not_met_closes_the_way_again(cast):
    made = ready(cast)
    before.judge(made.order, Criterion.Kind.TOILET, met=False, words="", by=cast.gudrun.user, at=timezone.now())
    with pytest.raises(SomethingComesFirst):
        plan(cast, made)


def test_the_database_refuses_a_visit_whatever_script_writes_it(cast):
    order = talked(cast)
    made = match(order, cast.arne, by=cast.gudrun.user, on=today())
    row = {"order": order, "match": made, "senior": cast.arne, "citizen": order.citizen, "department": order.department}
    with pytest.raises(IntegrityError, match="lacks"), transaction.atomic():
        ServiceVisit.objects.create(**row, area="quality_visit", planned_start=tomorrow())
    met(cast, order)
    judged(cast, order)
    read_plan(made)
    with pytest.raises(IntegrityError, match="not of its match"), transaction.atomic():
        ServiceVisit.objects.create(**(row | {"senior": cast.turid}), area="quality_visit", planned_start=tomorrow())
    assert ServiceVisit.objects.create(**row, area="quality_visit", planned_start=tomorrow()).pk


def test_the_senior_sees_the_person_while_they_visit_and_not_after(cast):
    made = ready(cast)
    plan(cast, made)
    grant = Grant.objects.get(holder=cast.arne.user, citizen_id=made.citizen_id)
    assert (grant.reason, grant.scope, grant.until) == (Reason.VISITS, Scope.VISITS, None)
    now = timezone.now()
    gone = end_match(made, because="Arne flytter", by=cast.gudrun.user, at=now, on=today())
    grant.refresh_from_db()
    assert (gone, grant.until, Match.objects.current().count()) == (1, now, 0)


def test_only_a_senior_of_the_department_is_chosen_and_only_once(cast):
    order = talked(cast)
    with pytest.raises(NotASenior):
        match(order, cast.kari, by=cast.gudrun.user, on=today())
    match(order, cast.arne, by=cast.gudrun.user, on=today())
    with pytest.raises(AlreadyMatched):
        match(order, cast.arne, by=cast.gudrun.user, on=today())
