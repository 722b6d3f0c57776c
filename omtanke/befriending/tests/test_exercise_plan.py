"""A plan is put together from the getting-to-know form, changed by hand in versions, and done at visits.

What the falls exclude cannot be put in by hand. Who may read the form may read the plan, and nobody else: the
database holds it, whoever asks and however.
"""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from omtanke.access.need_to_know import act_as
from omtanke.access.permissions import Role
from omtanke.befriending.before import FORM
from omtanke.befriending.exercises import doing
from omtanke.befriending.exercises.bank import bank_of
from omtanke.befriending.exercises.facts import as_data, day_in_words, in_words, person_of, suggested
from omtanke.befriending.exercises.plan import (
    ChangedMeanwhile,
    StaysGentle,
    Unfit,
    choose,
    history_of,
    make_plan,
    programme_of,
    whole,
)
from omtanke.befriending.exercises.progress import over_time
from omtanke.befriending.models import ExerciseChoice, ExerciseDone, ExercisePlan, OwnExercise, ServiceVisit
from omtanke.befriending.models.exercises import latest_plan
from omtanke.befriending.tests.making import ready, talked
from omtanke.config.tests.cast import at, day, make_employee, make_unit, today
from omtanke.forms.models import Answers
from omtanke.kernel.exercises.excluded import Excluded
from omtanke.kernel.exercises.problem import Aid, Falls, Person, Sense, Situation, Stamina, Taste
from omtanke.people.models import Unit

pytestmark = pytest.mark.django_db

FIRST, OUT = ExerciseChoice.Kind.FIRST, ExerciseChoice.Kind.LEFT_OUT
FELL = Person(falls=Falls.ONE, last_fall=day(-200), fell_when=frozenset({Situation.STEPS}), body=Stamina.SOME)


def plan_for(cast, order, person=FELL, **facts):
    said = {"minutes": 45, "note": "", "changed": "", "answers": None, "seen": None, "at": timezone.now(), **facts}
    return make_plan(order, person, by=cast.gudrun.user, **said)


@pytest.fixture
def matched(cast):
    return ready(cast)


@pytest.fixture
def plan(cast, matched):
    return plan_for(cast, matched.order)


def visit_of(matched, on=None) -> ServiceVisit:
    """A visit at ten; written past the deed, whose gates have tests of their own."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    made = ServiceVisit.objects.create(
        order=matched.order,
        match=matched,
        citizen=matched.citizen,
        department=matched.department,
        senior=matched.senior,
        area="quality_visit",
        planned_start=at("10:00", on),
        minutes=90,
    )
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = origin")
    return made


def answered(matched, **given) -> Answers:
    answers = Answers.objects.filter(citizen=matched.citizen).to(FORM).get()
    answers.given = {key: [value] for key, value in given.items()}
    return answers


def test_the_form_says_who_tires_and_its_words_about_a_fall_are_read_on_the_careful_side(matched):
    answers = answered(
        matched,
        tired="fast",
        fallen=True,
        falls="I september, på vei ned kjellertrappa. Brakk håndleddet.",
        mind="Liker kryssord og gamle bilder. Leser best med forstørrelsesglass.",
    )
    read = suggested(answers, on=date(2026, 11, 24))

    assert (read.falls, read.last_fall, read.hurt) == (Falls.ONE, date(2026, 9, 30), True)
    assert read.fell_when == {Situation.STEPS}
    assert (read.body, read.mind) == (Stamina.TIRES_FAST, Stamina.TIRES_FAST)
    assert (read.lacks, read.likes) == ({Sense.SIGHT}, {Taste.WORDS, Taste.PICTURES})


def test_no_fall_is_no_fall_and_several_are_several(matched):
    on = date(2026, 11, 24)
    assert suggested(answered(matched, fallen=False, falls="gammel tekst om trapp"), on=on).falls is Falls.NONE
    often = suggested(answered(matched, fallen=True, falls="Flere ganger, når hun reiser seg. Svimmel."), on=on)
    assert (often.falls, often.last_fall, often.dizzy, often.fell_when) == (
        Falls.SEVERAL,
        None,
        True,
        {Situation.RISING},
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("i september", date(2026, 9, 30)),
        ("i desember", date(2025, 12, 31)),
        ("nå i november", date(2026, 11, 24)),
        ("i mars 2024", date(2024, 3, 31)),
        ("sommeren 2023", date(2023, 12, 31)),
        ("for en stund siden", None),
    ],
)
def test_about_when_is_read_as_the_latest_day_it_can_mean(words, expected):
    assert day_in_words(words, on=date(2026, 11, 24)) == expected


def test_what_a_plan_rests_on_is_kept_and_said_in_words():
    person = Person(Falls.SEVERAL, date(2026, 9, 30), hurt=True, dizzy=True, aid=Aid.WALKER, body=Stamina.TIRES_FAST)
    assert person_of(as_data(person)) == person
    with translation.override("en"):
        said = dict(in_words(person))
    assert said["Falls"] == "Has fallen several times, last: September 2026, was hurt"
    assert (said["Walks"], said["Also"]) == ("With a walker", "Gets dizzy")


def test_a_change_is_the_next_version_and_of_two_at_once_the_second_is_told(cast, matched, plan):
    second = plan_for(cast, matched.order, Person(), seen=plan, changed="Ingen fall likevel")

    assert (plan.number, second.number) == (1, 2)
    assert latest_plan(matched.citizen_id) == second
    assert ExercisePlan.objects.get(number=1).facts["falls"] == "one"
    with pytest.raises(ChangedMeanwhile):
        plan_for(cast, matched.order, Person(), seen=plan)
    with pytest.raises(ChangedMeanwhile):
        choose(plan, bank_of(plan.department_id).get("hips1"), FIRST, why="x", by=cast.gudrun.user, at=timezone.now())


def test_an_exercise_is_put_first_or_left_out_with_why_and_what_the_falls_exclude_cannot(cast, matched):
    plan = plan_for(cast, matched.order, Person(aid=Aid.WALKER))
    bank, now = bank_of(plan.department_id), timezone.now()

    with pytest.raises(Unfit) as unfit:
        choose(plan, bank.get("rise3"), FIRST, why="Vil så gjerne", by=cast.gudrun.user, at=now)
    assert unfit.value.why is Excluded.WALKING_AID
    with pytest.raises(StaysGentle):
        choose(plan, bank.get("warm1"), OUT, why="Kjedelig", by=cast.gudrun.user, at=now)

    second = choose(plan, bank.get("reach1"), FIRST, why="Skapet er høyt", by=cast.gudrun.user, at=now)
    third = choose(second, bank.get("hips1"), OUT, why="Vondt i hoften", by=cast.gudrun.user, at=now)
    codes = [one.exercise.code for one in programme_of(whole(third), on=today()).chosen]
    assert codes[1] == "reach1"
    assert "hips1" not in codes
    assert not plan.choices.exists()

    back = choose(third, bank.get("reach1"), None, why="Ikke lenger", by=cast.gudrun.user, at=now)
    assert [(one.exercise, one.why) for one in back.choices.all()] == [("hips1", "Vondt i hoften")]


def test_a_fall_that_is_told_later_takes_out_what_was_put_first(cast, matched):
    plan = plan_for(cast, matched.order, Person(body=Stamina.GOOD))
    second = choose(
        plan, bank_of(plan.department_id).get("stance2"), FIRST, why="Vil", by=cast.gudrun.user, at=timezone.now()
    )
    third = plan_for(cast, matched.order, Person(falls=Falls.ONE, last_fall=day(-3)), seen=second, changed="Falt")

    assert not third.choices.exists()
    assert "stance2" not in [one.exercise.code for one in programme_of(whole(third), on=today()).chosen]


def test_the_senior_ticks_on_the_day_and_nobody_for_them(cast, matched, plan):
    visit = visit_of(matched)
    code = doing.of_visit(visit)[1].chosen[1].exercise.code
    now, how = visit.planned_start, ExerciseDone.How

    doing.tick(visit, code, how.EASY, by=cast.arne.user, at=now)
    doing.tick(visit, code, how.HARD, by=cast.arne.user, at=now)
    assert ExerciseDone.objects.get(visit=visit).how == how.HARD
    doing.tick(visit, code, None, by=cast.arne.user, at=now)
    assert not ExerciseDone.objects.exists()

    with pytest.raises(doing.NotYourVisit):
        doing.tick(visit, code, how.EASY, by=cast.gudrun.user, at=now)
    with pytest.raises(doing.NotOnThisDay):
        doing.tick(visit, code, how.EASY, by=cast.arne.user, at=now - timedelta(days=1))
    with pytest.raises(doing.NotOnThisDay):
        doing.tick(visit, code, how.EASY, by=cast.arne.user, at=now + timedelta(days=8))
    with pytest.raises(doing.NotInTheProgramme):
        doing.tick(visit, "rise3", how.EASY, by=cast.arne.user, at=now)


def test_what_is_ticked_does_not_change_the_visit_it_is_ticked_in_but_the_next(cast, matched, plan):
    def tick_rise(on):
        visit = visit_of(matched, on)
        made = doing.of_visit(visit)[1]
        for one in made.chosen:
            doing.tick(visit, one.exercise.code, ExerciseDone.How.EASY, by=cast.arne.user, at=visit.planned_start)
        assert doing.of_visit(visit)[1] == made
        return made

    first, second = tick_rise(day(-14)), tick_rise(day(-7))
    assert first != second
    twice = {one.exercise.family for one in first.chosen} & {one.exercise.family for one in second.chosen}
    third = {one.exercise.family: one.exercise.level for one in programme_of(whole(plan), on=today()).chosen}
    assert third["warm"] == 2
    assert "warm" in twice


def test_progress_is_told_in_sentences_about_the_exercise(cast, matched, plan):
    for on, code, how in ((day(-70), "rise1", "right"), (day(-7), "rise2", "easy"), (day(-7), "thighs1", "hard")):
        visit = visit_of(matched, on)
        ExerciseDone.objects.create(
            visit=visit,
            citizen=visit.citizen,
            department=visit.department,
            exercise=code,
            family=code[:-1],
            level=int(code[-1]),
            on=on,
            how=how,
        )
    with translation.override("nb"):
        ways = over_time(history_of(matched.citizen_id), bank_of(plan.department_id), on=today())

    assert [way.family for way in ways] == ["Reise seg fra stolen", "Sterke lår"]
    assert ways[0].sentence.startswith("med begge hender i ")
    assert ways[0].sentence.endswith("med én hånd nå")
    assert ways[1].sentence.startswith("strekke ut kneet, sittende")


def test_the_professional_lead_adds_an_exercise_and_the_leader_does_not(cast, web, matched):
    plan = plan_for(cast, matched.order, Person())
    said = {
        "kind": "cognitive",
        "name": "Båtnavn",
        "how": "Si et båtnavn.\nDen andre sier et til.\nHvem eide båten?",
        "level": 1,
        "minutes": 5,
        "position": "seated",
        "trains": "strength",
    }
    assert web.be(cast.gudrun).post(reverse("befriending:new_exercise"), said).status_code == 403
    assert web.be(cast.hilde).post(reverse("befriending:new_exercise"), {**said, "family": "rise"}).status_code == 422
    assert web.be(cast.hilde).post(reverse("befriending:new_exercise"), said).status_code == 302

    own = OwnExercise.objects.get()
    assert (own.department, own.code in bank_of(plan.department_id)) == (cast.seniorene, True)
    assert own.code not in bank_of(make_unit("Andre", Unit.Kind.VISIT_SERVICE).pk)
    chosen = choose(
        plan, bank_of(plan.department_id).get(own.code), FIRST, why="x", by=cast.gudrun.user, at=timezone.now()
    )
    assert own.code in [one.exercise.code for one in programme_of(whole(chosen), on=today()).chosen]
    web.be(cast.hilde).post(reverse("befriending:take_out_exercise", args=[own.pk]))
    assert own.code not in [one.exercise.code for one in programme_of(whole(chosen), on=today()).chosen]


TABLES = ("befriending_exerciseplan", "befriending_exercisechoice", "befriending_exercisedone")


def count_as(user, table) -> int:
    """How many rows come through when this user asks as the web does, in raw SQL."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE omtanke_web")
        act_as(user.pk if user else None)
        cursor.execute(f"SELECT count(*) FROM {table}")
        (count,) = cursor.fetchone()
        cursor.execute("RESET ROLE")
    return count


@pytest.mark.parametrize("table", TABLES)
def test_the_database_shows_a_plan_to_whoever_visits_and_leads_and_to_nobody_else(cast, matched, plan, table):
    choose(plan, bank_of(plan.department_id).get("hips1"), FIRST, why="x", by=cast.gudrun.user, at=timezone.now())
    visit = visit_of(matched)
    code = doing.of_visit(visit)[1].chosen[0].exercise.code
    doing.tick(visit, code, ExerciseDone.How.EASY, by=cast.arne.user, at=visit.planned_start)
    other = make_unit("Andre", Unit.Kind.VISIT_SERVICE)
    elsewhere = make_employee("Olga Rud", other, Role.DEPARTMENT_LEADER)

    for sees in (cast.gudrun.user, cast.hilde.user, cast.arne.user):
        assert count_as(sees, table) > 0
    not_theirs = (cast.turid.user, elsewhere.user, cast.kari.user, cast.lars.user, cast.admin, cast.petra, cast.eva)
    for does_not in (*not_theirs, None):
        assert count_as(does_not, table) == 0


@pytest.mark.parametrize(
    "statement", ["UPDATE befriending_exerciseplan SET note = 'x'", "DELETE FROM befriending_exerciseplan"]
)
def test_a_version_of_a_plan_cannot_be_rewritten_by_the_web(plan, statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE omtanke_web")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute(statement)
        cursor.execute("RESET ROLE")


def test_a_version_number_is_given_once(matched, plan):
    again = ExercisePlan(citizen=plan.citizen, department=plan.department, facts=plan.facts, number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


def test_the_pages_are_open_to_who_visits_and_closed_to_another_senior(cast, web, matched):
    url = reverse("befriending:exercise_plan", args=[matched.citizen_id])
    plan_for(cast, matched.order)
    visit = visit_of(matched)
    pages = [
        url,
        reverse("befriending:make_exercise_plan", args=[matched.citizen_id]),
        reverse("befriending:exercises_for", args=[matched.citizen_id]),
        reverse("befriending:choose_exercise", args=[matched.citizen_id, "hips1"]),
        reverse("befriending:exercise_paper", args=[matched.citizen_id]),
        reverse("befriending:visit_exercises", args=[visit.pk]),
    ]
    for page in pages:
        assert web.be(cast.arne).get(page).status_code == 200, page
        assert web.be(cast.turid).get(page).status_code == 404, page
        assert web.be(cast.admin).get(page).status_code == 403, page


def test_no_plan_before_anybody_visits_can_be_made_for_somebody_elses_person(cast, web):
    order = talked(cast)
    url = reverse("befriending:make_exercise_plan", args=[order.citizen_id])

    assert web.be(cast.gudrun).get(url).status_code == 200
    assert web.be(cast.arne).get(url).status_code == 404
