"""The getting-to-know form is read by the visiting senior, the department leader and the professional lead: by nobody
else, whatever they hold elsewhere, and by no job. Asked of the database itself, as the web's role."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse
from django.utils import timezone

from omtanke.access import grants
from omtanke.access.models import Reason, RoleAssignment, Scope
from omtanke.access.permissions import Role
from omtanke.access.roles import end_role, give_role
from omtanke.befriending.matching import end_match, match
from omtanke.befriending.tests.making import ANSWERED, acting, judged, met, ready, taken_on, talked
from omtanke.config.tests.cast import day, make_contact, make_employee, make_unit, today
from omtanke.forms.keeping import add, publish
from omtanke.forms.models import Questionnaire
from omtanke.forms.reading import Reading, form_of
from omtanke.people.models import Belonging, Unit


def rows(cursor, table):
    cursor.execute(f"SELECT count(*) FROM {table}")
    return cursor.fetchone()[0]


def reads_the_form(user, role="omtanke_web") -> bool:
    with acting(user, role) as cursor:
        cursor.execute("SELECT given->>'avoid' FROM questionnaires_answers WHERE within_id IS NOT NULL")
        return bool(cursor.fetchall())


def also_in_care(cast, citizen):
    """The person belongs to Nord too: Kari is the contact, Liv and Lars see all of Nord."""
    Belonging.objects.create(citizen=citizen, unit=cast.nord, since=day(-10))
    make_contact(citizen, cast.kari)


def test_the_three_who_may_and_nobody_else(cast):
    made = ready(cast)
    also_in_care(cast, made.citizen)
    may = [cast.arne.user, cast.gudrun.user, cast.hilde.user]
    others = [cast.turid, cast.kari, cast.ola, cast.liv, cast.lars, cast.marit, cast.nils]
    may_not = [*(one.user for one in others), cast.admin, cast.petra, cast.per.user, cast.eva, None]
    assert [reads_the_form(user) for user in may] == [True] * 3
    assert [reads_the_form(user) for user in may_not] == [False] * len(may_not)


def test_no_job_reads_it_and_a_job_reads_others(cast):
    ready(cast)
    assert not reads_the_form(None, "omtanke_worker")
    with acting(None, "omtanke_worker") as cursor:
        assert rows(cursor, "befriending_servicevisit") == 0
        assert rows(cursor, "befriending_match") == 1


def test_the_senior_reads_it_until_the_match_ends_and_another_from_theirs(cast):
    made = ready(cast)
    end_match(made, because="Arne flytter", by=cast.gudrun.user, at=timezone.now(), on=today())
    match(made.order, cast.turid, by=cast.gudrun.user, on=today())
    assert (reads_the_form(cast.arne.user), reads_the_form(cast.turid.user)) == (False, True)


def test_who_is_leader_no_more_reads_it_no_more(cast):
    ready(cast)
    role = RoleAssignment.objects.get(user=cast.gudrun.user)
    end_role(role, by=None, on=today())
    assert not reads_the_form(cast.gudrun.user)


def test_a_grant_alone_opens_nothing_without_a_role_in_that_department(cast):
    """Emergency access, or a grant in the service's own scope given by mistake."""
    made = ready(cast)
    for user, scope in ((cast.nils.user, Scope.FULL), (cast.lars.user, Scope.VISITS)):
        opening = grants.Opening(user.pk, Reason.EMERGENCY, f"x:{user.pk}", citizen_id=made.citizen_id, scope=scope)
        grants.begin([opening], by=None)
    assert not reads_the_form(cast.nils.user)
    assert not reads_the_form(cast.lars.user)


def test_two_visit_services_do_not_see_each_others_forms(cast):
    made = ready(cast)
    other = make_unit("Naboene", Unit.Kind.VISIT_SERVICE)
    theirs = make_employee("Nora Nabo", other, Role.DEPARTMENT_LEADER)
    Belonging.objects.create(citizen=made.citizen, unit=other, since=day(-1))
    with acting(theirs.user) as cursor:
        cursor.execute("SELECT count(*) FROM people_citizen WHERE id = %s", [made.citizen_id])
        assert cursor.fetchone()[0] == 1
        tables = ("questionnaires_answers", "befriending_order", "befriending_kintalk", "befriending_match")
        assert [rows(cursor, table) for table in tables] == [0, 0, 0, 0]


def test_what_was_told_in_the_talk_is_for_those_who_lead(cast):
    ready(cast)
    seen = {}
    for one in (cast.gudrun, cast.hilde, cast.arne, cast.turid, cast.lars):
        with acting(one.user) as cursor:
            seen[one.first_name] = (rows(cursor, "befriending_kintalk"), rows(cursor, "befriending_order"))
    assert seen == {"Gudrun": (1, 1), "Hilde": (1, 1), "Arne": (0, 1), "Turid": (0, 0), "Lars": (0, 0)}


def test_the_answers_stay_in_their_department_whoever_writes(cast):
    made = ready(cast)
    with pytest.raises(IntegrityError), acting(cast.gudrun.user) as cursor:
        cursor.execute("UPDATE questionnaires_answers SET within_id = NULL")
    with pytest.raises(IntegrityError), acting(cast.gudrun.user) as cursor:
        cursor.execute("UPDATE questionnaires_answers SET within_id = %s", [cast.nord.pk])
    with pytest.raises(ProgrammingError, match="row-level security"), acting(cast.turid.user) as cursor:
        cursor.execute(
            "INSERT INTO questionnaires_answers (citizen_id, questionnaire_id, within_id, given, open_to_everyday,"
            " step, begun_at, saved_at, declined) SELECT %s, id, %s, '{}', false, 0, now(), now(), false"
            " FROM questionnaires_questionnaire WHERE url LIKE '%%bli-kjent'",
            [made.citizen_id, cast.seniorene.pk],
        )
    assert reads_the_form(cast.arne.user)


def test_a_new_version_of_the_form_is_kept_as_closely(cast):
    """Also where whoever added it left out who may read it."""
    ready(cast)
    before = Questionnaire.objects.get(url__endswith="bli-kjent")
    content = {**before.content, "version": "2", "extension": []}
    newer = add(Reading(content, form_of(content)), by=cast.admin)
    publish(newer, by=cast.admin, at=timezone.now())
    assert newer.kept_within_unit
    order = talked(cast, taken_on(cast, first_name="Sverre"))
    met(cast, order)
    judged(cast, order)
    assert [reads_the_form(one.user) for one in (cast.gudrun, cast.turid, cast.lars)] == [True, False, False]


def test_the_roles_of_care_and_of_the_visit_service_are_not_held_in_each_others_units(cast):
    for user, role, unit in (
        (cast.lars.user, Role.LEADER, cast.seniorene),
        (cast.lars.user, Role.CARER, cast.seniorene),
        (cast.nils.user, Role.DEPARTMENT_LEADER, cast.nord),
        (cast.nils.user, Role.PROFESSIONAL_LEAD, None),
    ):
        with pytest.raises(IntegrityError, match="is not held in"), transaction.atomic():
            give_role(user, role, unit_id=unit.pk if unit else None, by=None, on=today())


def test_everything_else_about_somebody_of_care_stays_closed_to_the_service(cast):
    """Astrid of Nord gets visits: the service sees who she is, and nothing of her care."""
    Belonging.objects.create(citizen=cast.astrid, unit=cast.seniorene, since=day(-1))
    with acting(cast.gudrun.user) as cursor:
        tables = ("people_citizen", "people_portrait", "people_tie", "visits_visit", "care_decision")
        assert [rows(cursor, table) for table in tables] == [1, 0, 0, 0, 0]


def test_what_is_read_in_pages_is_what_the_database_lets_through(cast, web):
    made = ready(cast)
    address = f"/orders/{made.order_id}/form/"
    page = web.be(cast.arne).get(address)
    assert ANSWERED["avoid"][0] in page.content.decode()
    statuses = {one.first_name: web.be(one).get(address).status_code for one in (cast.gudrun, cast.turid, cast.lars)}
    assert statuses == {"Gudrun": 200, "Turid": 404, "Lars": 403}
    assert web.be(cast.admin).get(address).status_code == 403
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM access_look WHERE citizen_id = %s AND actor_id = %s",
            [
                made.citizen_id,
                cast.arne.user.pk,
            ],
        )
        assert cursor.fetchone()[0] == 1


def test_an_administrator_gives_the_roles_of_the_service_in_its_department_and_no_others(cast, web):
    address = reverse("access:person_roles", args=[cast.nils.user.pk])
    web.be(cast.admin)
    refused = web.post(address, {"role": Role.LEADER, "unit": cast.seniorene.pk})
    assert "Denne rollen finnes ikke i en slik enhet" in refused.content.decode()
    assert web.post(address, {"role": Role.VISITING_SENIOR, "unit": cast.seniorene.pk}).status_code == 302
    leaders = web.be(cast.lars).get(reverse("access:person_roles", args=[cast.kari.user.pk])).content.decode()
    assert "Avdelingsleder" not in leaders
    assert "Koordinator" in leaders
