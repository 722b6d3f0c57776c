"""By raw SQL, as the web's role: a senior has only the people they are matched with, and nothing when it has ended;
a volunteer only their own assignments. Whatever a page forgets, the database does not."""

import pytest
from django.utils import timezone

from omtanke.access.tests.test_need_to_know import the_web_acting_for
from omtanke.befriending import visiting
from omtanke.befriending.matching import end_match
from omtanke.befriending.models import ServiceVisit
from omtanke.befriending.tests.making import ready
from omtanke.befriending.tests.visits_of_seniors import planned
from omtanke.config.tests.cast import at, day, make_volunteer, today
from omtanke.everyday import assignments
from omtanke.everyday.models import Assignment

OF_ONE_PERSON = (
    "befriending_order", "befriending_criterion", "befriending_acquaintance", "befriending_match",
    "befriending_servicevisit", "befriending_planread", "questionnaires_answers", "people_citizen",
)  # fmt: skip


def count(cursor, table, citizen_id):
    key = "id" if table == "people_citizen" else "citizen_id"
    cursor.execute(f"SELECT count(*) FROM {table} WHERE {key} = %s", [citizen_id])
    return cursor.fetchone()[0]


@pytest.fixture
def visit(cast):
    """Of Arne at Borghild's, begun yesterday."""
    cast.turid, cast.hilde  # noqa: B018 - made when asked for
    made = planned(cast, ready(cast), at("11:00", day(1)))
    ServiceVisit.objects.filter(pk=made.pk).update(planned_start=at("11:00", day(-1)))
    made.refresh_from_db()
    visiting.begin(made, by=cast.arne.user, at=timezone.now())
    return made


@pytest.mark.parametrize("table", OF_ONE_PERSON)
def test_arne_reads_of_borghild_and_turid_of_the_same_department_nothing(cast, visit, table):
    with the_web_acting_for(cast.arne.user) as cursor:
        assert count(cursor, table, visit.citizen_id) >= 1
        assert count(cursor, table, cast.astrid.pk) == 0
    for nobody in (cast.turid.user, cast.kari.user, cast.lars.user, cast.admin, cast.per.user, None):
        with the_web_acting_for(nobody) as cursor:
            assert count(cursor, table, visit.citizen_id) == 0


@pytest.mark.parametrize("table", OF_ONE_PERSON)
def test_when_the_match_has_ended_nothing_is_left(cast, visit, table):
    end_match(visit.match, because="Flytter", by=cast.gudrun.user, at=timezone.now(), on=today())
    with the_web_acting_for(cast.arne.user) as cursor:
        assert count(cursor, table, visit.citizen_id) == 0
    with the_web_acting_for(cast.gudrun.user) as cursor:
        assert count(cursor, table, visit.citizen_id) >= 1


def test_a_senior_never_reads_the_talk_with_next_of_kin(cast, visit):
    with the_web_acting_for(cast.arne.user) as cursor:
        assert count(cursor, "befriending_kintalk", visit.citizen_id) == 0
    with the_web_acting_for(cast.hilde.user) as cursor:
        assert count(cursor, "befriending_kintalk", visit.citizen_id) == 1


def test_a_senior_cannot_write_in_the_visit_book_of_somebody_they_do_not_visit(cast, visit):
    change = "UPDATE befriending_servicevisit SET report = 'x' WHERE id = %s"
    with the_web_acting_for(cast.turid.user) as cursor:
        cursor.execute(change, [visit.pk])
        assert cursor.rowcount == 0
    with the_web_acting_for(cast.arne.user) as cursor:
        cursor.execute(change, [visit.pk])
        assert cursor.rowcount == 1


def test_a_volunteer_sees_their_own_assignment_and_the_person_from_the_day_before_and_others_nothing(cast):
    siv = make_volunteer("Siv Andreassen")
    given = assignments.ask(
        Assignment(
            volunteer=cast.per,
            citizen=cast.astrid,
            kind="company",
            starts=at("11:00", day(10)),
            ends=at("12:00", day(10)),
        )
    )
    assignments.accept(given, by=cast.per.user, at=timezone.now())
    with the_web_acting_for(cast.per.user) as cursor:
        assert count(cursor, "everyday_assignment", cast.astrid.pk) == 1
        assert count(cursor, "people_citizen", cast.astrid.pk) == 0  # not yet: ten days ahead
    with the_web_acting_for(siv.user) as cursor:
        assert count(cursor, "everyday_assignment", cast.astrid.pk) == 0
    Assignment.objects.filter(pk=given.pk).update(starts=timezone.now(), ends=at("23:59", day(1)))
    given.refresh_from_db()
    assignments.open_for_volunteer(given, by=None)
    with the_web_acting_for(cast.per.user) as cursor:
        assert count(cursor, "people_citizen", cast.astrid.pk) == 1
        assert count(cursor, "visits_visit", cast.astrid.pk) == 0
    with the_web_acting_for(siv.user) as cursor:
        assert count(cursor, "people_citizen", cast.astrid.pk) == 0
    assignments.close_for_volunteer(given, at=timezone.now())
    with the_web_acting_for(cast.per.user) as cursor:
        assert count(cursor, "people_citizen", cast.astrid.pk) == 0
