"""The database itself refuses what need-to-know does not open.

Every table about one citizen has row-level security; the web's role owns nothing; without an actor there are no rows.
"""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from omtanke.access import grants
from omtanke.access.models import Grant, Look, Reason
from omtanke.access.need_to_know import act_as
from omtanke.care.models import Decision, NamedContact
from omtanke.people.models import Belonging, Citizen, Portrait, Tie
from omtanke.visits.models import RecurringVisit, Visit

ABOUT_ASTRID = (Citizen, Portrait, Tie, Belonging, Decision, NamedContact, RecurringVisit, Visit)


@contextmanager
def the_web_acting_for(user):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE omtanke_web")
        act_as(user.pk if user else None)
        yield cursor
        cursor.execute("RESET ROLE")


def seen(model, citizen) -> int:
    key = {"pk": citizen.pk} if model is Citizen else {"citizen": citizen}
    return model.objects.filter(**key).count()


def test_every_table_about_a_citizen_is_protected(db):
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
              AND (EXISTS (SELECT 1 FROM pg_attribute a
                           WHERE a.attrelid = c.oid AND a.attname = 'citizen_id' AND NOT a.attisdropped)
                   OR c.relname IN ('people_citizen', 'people_citizenevent'))
              AND NOT (c.relrowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))""")
        assert [row[0] for row in cursor.fetchall()] == []


def test_the_webs_role_owns_nothing_and_passes_no_policy(db):
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
            WHERE r.rolname IN ('omtanke_web', 'omtanke_worker')""")
        assert cursor.fetchone()[0] == 0
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = 'omtanke_web'")
        assert cursor.fetchone()[0] is False


@pytest.mark.parametrize("model", ABOUT_ASTRID, ids=lambda model: model.__name__)
def test_her_contact_sees_astrid_and_nils_of_another_unit_sees_nothing(cast, model):
    with the_web_acting_for(cast.kari.user):
        assert seen(model, cast.astrid) >= 1
    with the_web_acting_for(cast.nils.user):
        assert seen(model, cast.astrid) == 0


def test_without_an_actor_there_are_no_rows(cast):
    with the_web_acting_for(None):
        assert Citizen.objects.count() == 0


def test_a_leader_sees_the_people_of_the_unit_and_no_others(cast):
    with the_web_acting_for(cast.lars.user):
        assert set(Citizen.objects.all()) == {cast.astrid, cast.edvard}


def test_the_privacy_officer_sees_names_and_no_care(cast):
    with the_web_acting_for(cast.petra):
        assert seen(Citizen, cast.astrid) == 1
        assert (seen(Portrait, cast.astrid), seen(Visit, cast.astrid), seen(Decision, cast.astrid)) == (0, 0, 0)


def test_her_representative_sees_contacts_and_no_visit_book(cast):
    with the_web_acting_for(cast.eva):
        assert (seen(NamedContact, cast.astrid), seen(Visit, cast.astrid)) == (2, 0)


def test_what_an_ended_grant_opened_is_closed(cast):
    grants.end([grants.cause(cast.contact)])
    with the_web_acting_for(cast.kari.user):
        assert seen(Visit, cast.astrid) == 0


def test_somebody_who_moved_to_another_unit_is_no_longer_seen_from_the_old_one(cast):
    cast.edvard.belongings.update(unit=cast.sør)
    with the_web_acting_for(cast.liv.user):
        assert list(Citizen.objects.all()) == [cast.astrid]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_look SET what = 'nothing'",
        "DELETE FROM access_look",
        "DELETE FROM access_grant",
        "DELETE FROM visits_visitevent",
        "ALTER TABLE visits_visit DISABLE ROW LEVEL SECURITY",
        "DROP POLICY need_to_know ON visits_visit",
        "TRUNCATE access_look",
    ],
)
def test_the_web_cannot_rewrite_what_must_not_be_rewritten(cast, statement):
    Look.objects.create(actor=cast.kari.user, role="carer", citizen_id=cast.astrid.pk, what="people:citizen")
    with pytest.raises(ProgrammingError), the_web_acting_for(cast.kari.user) as cursor:
        cursor.execute(statement)


def test_an_opening_for_the_same_cause_takes_the_new_period_and_makes_no_second_line(cast):
    opening = grants.Opening(cast.nils.user.pk, Reason.CONTACT, "x:1", citizen_id=cast.astrid.pk)
    grants.begin([opening], by=None)
    grants.begin([opening], by=None)
    assert Grant.objects.filter(because="x:1").count() == 1


def test_somebody_who_belongs_from_today_is_seen_from_midnight_where_the_municipality_is(cast):
    """Also between midnight and two o'clock, when it is still yesterday in UTC, which the connection keeps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT omtanke_today()")
        assert cursor.fetchone()[0] == timezone.localdate()
    cast.edvard.belongings.update(since=timezone.localdate())
    with the_web_acting_for(cast.liv.user):
        assert cast.edvard in Citizen.objects.all()
