"""A volunteer passes three gates before a first assignment, sees only their own, and leaves nobody unnoticed.

The database holds the gates and that nobody is at two things at once; what a volunteer may see is tried in raw SQL.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from omtanke.access.models import Grant
from omtanke.access.need_to_know import act_as
from omtanke.config.tests.cast import at, day, make_volunteer
from omtanke.everyday import assignments, gates
from omtanke.everyday.models import Activity, Assignment, HelpWanted, Occurrence, Volunteer
from omtanke.everyday.sign_up import sign_up

TOMORROW = day(1)


def company_of(cast, volunteer=None, citizen=None, clock="11:00", on=None, occurrence=None, starts=None) -> Assignment:
    starts = starts or at(clock, on or TOMORROW)
    return assignments.ask(
        Assignment(
            volunteer=volunteer or cast.per,
            citizen=citizen or cast.astrid,
            occurrence=occurrence,
            kind="company",
            starts=starts,
            ends=starts + timedelta(hours=1),
            asked_by=cast.marit.user,
        )
    )


def occurrence_at(clock: str) -> Occurrence:
    activity = Activity.objects.create(title=f"Kaffe {clock}", starts=at(clock, TOMORROW), minutes=60)
    starts = activity.starts
    return Occurrence.objects.create(activity=activity, starts=starts, ends=starts + timedelta(hours=1))


@pytest.mark.parametrize("missing", ["talked_on", "confidentiality_on", "certificate_seen_on"])
def test_the_database_refuses_an_assignment_before_all_three_gates(cast, missing):
    new = make_volunteer("Unni Vik", **{missing: None})

    with pytest.raises(assignments.NotPossible):
        company_of(cast, new)
    gates.pass_gate(new, missing, on=day(0), by=cast.marit, today=day(0))
    assert company_of(cast, new).pk


def test_a_gate_is_not_passed_in_the_future(cast):
    new = make_volunteer("Unni Vik", talked_on=None)

    with pytest.raises(gates.NotInTheFuture):
        gates.pass_gate(new, "talked_on", on=day(1), by=cast.marit, today=day(0))


def test_only_who_is_ready_gets_a_login(cast):
    new = Volunteer.objects.create(name="Unni Vik", phone="1", email="unni@demo.example.org")

    with pytest.raises(gates.NotReady):
        gates.give_login(new, by=cast.marit.user, on=day(0))
    for gate in gates.GATES:
        gates.pass_gate(new, gate, on=day(0), by=cast.marit, today=day(0))
    user = gates.give_login(new, by=cast.marit.user, on=day(0))
    assert [held.role for held in user.role_assignments.all()] == ["volunteer"]
    assert new.looked_after_by == cast.marit


def test_a_volunteer_is_with_two_people_at_one_thing_and_never_at_two_things_at_once(cast):
    coffee, choir = occurrence_at("11:00"), occurrence_at("11:30")
    company_of(cast, occurrence=coffee)
    company_of(cast, citizen=cast.edvard, occurrence=coffee)

    with pytest.raises(assignments.NotPossible):
        company_of(cast, occurrence=choir, clock="11:30")
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            volunteer=cast.per,
            citizen=cast.astrid,
            kind="company",
            starts=at("11:15", TOMORROW),
            ends=at("11:45", TOMORROW),
        )


def test_who_said_yes_sees_the_person_from_the_day_before_to_the_day_after(cast):
    given = company_of(cast, on=day(5))
    assert not Grant.objects.filter(holder=cast.per.user).exists()
    assignments.accept(given, by=cast.per.user, at=timezone.now())

    grant = Grant.objects.get(holder=cast.per.user)
    assert (grant.citizen_id, grant.scope, grant.reason) == (cast.astrid.pk, "assignment", "volunteers")
    assert (grant.since, grant.until) == (given.starts - timedelta(days=1), given.ends + timedelta(days=1))


def test_a_no_closes_what_was_open_and_somebody_has_to_find_another(cast):
    Volunteer.objects.filter(pk=cast.per.pk).update(looked_after_by=cast.marit)
    given = company_of(cast)
    assignments.accept(given, by=cast.per.user, at=timezone.now())
    given.volunteer.refresh_from_db()
    assignments.decline(given, by=cast.per.user, at=timezone.now())

    assert not Grant.objects.running(timezone.now() + timedelta(seconds=1)).filter(holder=cast.per.user).exists()
    wanted = HelpWanted.objects.get()
    assert (wanted.owner, wanted.because) == (cast.marit, "declined")
    other = make_volunteer("Unni Vik")
    assert assignments.ask_another(wanted, other, by=cast.marit.user, at=timezone.now()).citizen == cast.astrid
    with pytest.raises(assignments.NotYourTurn):
        assignments.ask_another(wanted, other, by=cast.marit.user, at=timezone.now())


def test_nobody_answers_for_another(cast):
    given = company_of(cast)
    other = make_volunteer("Unni Vik")

    with pytest.raises(assignments.NotYourTurn):
        assignments.accept(given, by=other.user, at=timezone.now())


def test_a_volunteer_who_stops_leaves_nobody_unnoticed(cast):
    for citizen, clock in ((cast.astrid, "11:00"), (cast.edvard, "14:00")):
        company_of(cast, citizen=citizen, clock=clock)
    assert assignments.stop(cast.per, by=cast.marit.user, on=day(0), at=timezone.now()) == 2

    wanted = HelpWanted.objects.open()
    assert {one.citizen_id for one in wanted} == {cast.astrid.pk, cast.edvard.pk}
    assert all(one.owner_id for one in wanted)
    assert not cast.per.user.role_assignments.current().exists()
    with pytest.raises(assignments.NotPossible):
        company_of(cast, clock="17:00")


def test_in_raw_sql_a_volunteer_sees_their_own_assignment_and_nobody_elses(cast):
    mine = company_of(cast, starts=timezone.now() + timedelta(hours=20))  # the day before has begun
    company_of(cast, make_volunteer("Unni Vik"), cast.edvard)
    assignments.accept(mine, by=cast.per.user, at=timezone.now())

    def seen(query: str, user) -> set[int]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE omtanke_web")
            act_as(user.pk if user else None)
            cursor.execute(query)
            found = {key for (key,) in cursor.fetchall()}
            cursor.execute("RESET ROLE")
        return found

    assert seen("SELECT id FROM everyday_assignment", cast.per.user) == {mine.pk}
    assert seen("SELECT id FROM people_citizen", cast.per.user) == {cast.astrid.pk}
    for table in ("everyday_wish", "people_tie", "visits_visit", "everyday_participation", "everyday_monthchoice"):
        assert seen(f"SELECT id FROM {table}", cast.per.user) == set()
    assert seen("SELECT id FROM everyday_assignment", None) == set()


def test_per_sees_what_he_is_asked_says_yes_and_then_sees_whom(cast, web):
    given = company_of(cast, starts=timezone.now() + timedelta(hours=20))  # the day before has begun
    page = web.be(cast.per.user).get(reverse("everyday:my_assignments")).text
    assert "Astrid" not in page

    web.post(reverse("everyday:answer_assignment", args=[given.pk]), {"answer": "yes"})
    page = web.get(reverse("everyday:my_assignments")).text
    assert "Astrid Nilsen" in page
    assert "Nøkkelen henger hos naboen" in page
    assert "Å komme meg ut" not in page
    other = company_of(cast, make_volunteer("Unni Vik"))
    assert web.post(reverse("everyday:answer_assignment", args=[other.pk]), {"answer": "yes"}).status_code == 404


SIGNED = {
    "name": "Unni Vik",
    "phone": "902 00 111",
    "email": "unni@demo.example.org",
    "weekdays": ["1", "3"],
    "parts": ["day"],
    "times_a_month": "2",
    "range_km": "20",
    "has_car": "on",
    "seats": "3",
    "wheelchair_places": "0",
    "consent": "on",
}


def test_somebody_signs_up_without_a_login_and_waits_for_a_talk(cast, web):
    assert web.post(reverse("everyday:become_volunteer"), SIGNED).status_code == 302

    new = Volunteer.objects.get(name="Unni Vik")
    assert (new.is_ready, new.user, new.seats) == (False, None, 3)
    assert {one.weekday for one in new.availabilities.all()} == {1, 3}


@pytest.mark.parametrize(
    ("change", "status"),
    [({"website": "https://spam.example.org"}, 302), ({"consent": ""}, 422), ({"weekdays": []}, 422)],
    ids=["a machine is thanked", "without consent", "without a day"],
)
def test_a_machine_or_somebody_who_did_not_consent_is_not_registered(cast, web, change, status):
    assert web.post(reverse("everyday:become_volunteer"), SIGNED | change).status_code == status
    assert not Volunteer.objects.filter(name="Unni Vik").exists()


def test_marit_sees_the_register_and_a_carer_does_not(cast, web):
    assert "Per Strand" in web.be(cast.marit).get(reverse("everyday:volunteers")).text
    assert web.be(cast.kari).get(reverse("everyday:volunteers")).status_code == 403


def test_a_citizens_no_frees_the_volunteers_and_closes_what_was_open_for_them(cast):
    coffee, choir = occurrence_at("11:00"), occurrence_at("15:00")
    mine, other = (
        sign_up(one, cast.astrid, state="invited", by=cast.marit.user, now=at("08:00")) for one in (coffee, choir)
    )
    given, kept = company_of(cast, occurrence=coffee), company_of(cast, occurrence=choir, clock="15:00")
    for assignment, place in ((given, mine), (kept, other)):
        Assignment.objects.filter(pk=assignment.pk).update(participation=place)
        assignments.accept(assignment, by=cast.per.user, at=timezone.now())
    sign_up(coffee, cast.astrid, state="no", by=cast.kari.user, now=at("09:00"))

    given.refresh_from_db()
    kept.refresh_from_db()
    assert (given.state, kept.state) == ("cancelled", "accepted")
    assert not Grant.objects.filter(because=f"everyday.assignment:{given.pk}", until__gt=at("09:00")).exists()
    assert not HelpWanted.objects.exists()


def test_when_a_person_says_no_nobody_is_looked_for_any_more(cast):
    coffee = occurrence_at("11:00")
    place = sign_up(coffee, cast.astrid, state="yes", by=cast.marit.user, now=at("08:00"))
    given = company_of(cast, occurrence=coffee)
    Assignment.objects.filter(pk=given.pk).update(participation=place)
    given.refresh_from_db()
    assignments.decline(given, by=cast.per.user, at=at("08:30"))
    assert HelpWanted.objects.open().count() == 1
    sign_up(coffee, cast.astrid, state="no", by=cast.kari.user, now=at("09:00"))

    assert not HelpWanted.objects.open().exists()


def test_somebody_needed_stands_there_when_the_time_has_passed_until_it_is_closed(cast, web):
    given = company_of(cast)
    assignments.decline(given, by=cast.per.user, at=timezone.now())
    HelpWanted.objects.update(starts=timezone.now() - timedelta(days=3))
    page, close = reverse("everyday:volunteers"), reverse("everyday:close_wanted", args=[HelpWanted.objects.get().pk])

    assert web.be(cast.kari).post(close).status_code == 403
    assert close in web.be(cast.marit).get(page).text
    web.post(close)
    assert close not in web.get(page).text
    assert HelpWanted.objects.get().found_by == cast.marit.user


def test_those_who_are_registered_otherwise_do_not_stop_somebody_from_signing_up(cast, web):
    for n in range(25):
        make_volunteer(f"Frivillig{n} Vik")
    web.post(reverse("everyday:become_volunteer"), SIGNED)

    assert Volunteer.objects.filter(name="Unni Vik").exists()
