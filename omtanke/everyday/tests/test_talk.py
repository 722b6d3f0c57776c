"""The interest talk belongs to the person and those who care for and arrange for them: never to kin or volunteers. It
can be paused, declined and taken up again, ends in ranked wishes that somebody has, and comes back after a year.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from omtanke.access import grants
from omtanke.access.models import Reason, Scope
from omtanke.access.need_to_know import act_as
from omtanke.config.tests.cast import at, day, today
from omtanke.everyday.models import Wish
from omtanke.everyday.talk import URL, finish_talk, goals, in_use, liked
from omtanke.everyday.talk_due import EVERY, next_talk, overdue_in, talks_due
from omtanke.forms.filling_in import begin, decline
from omtanke.forms.keeping import bring_shipped
from omtanke.forms.models import Answers, Questionnaire
from omtanke.people.models import Portrait

CHOIR = {"choir": ["strong"], "choir.more": [True], "choir.hinders": ["ride"], "choir.words": ["Savner altstemmen"]}
GOAL = {
    "goals#0/goal": ["Gå til postkassa"],
    "goals#0/goal.myself": ["Kler på meg"],
    "goals#0/goal.help": ["Å finne brodder"],
}


@pytest.fixture
def talk(cast) -> Questionnaire:
    bring_shipped()
    Questionnaire.objects.update(published_at=at("08:00", day(-500)))
    return in_use()


@pytest.fixture
def answers(cast, talk) -> Answers:
    return begin(cast.astrid, talk, by=cast.kari.user, at=timezone.now())


def held(cast, talk, on, **given) -> Answers:
    """A talk with Astrid that was finished on a day."""
    return Answers.objects.create(
        citizen=cast.astrid,
        questionnaire=talk,
        open_to_everyday=True,
        given=given,
        begun_at=at("10:00", on),
        finished_at=at("10:30", on),
        finished_by=cast.kari.user,
    )


def pages(cast, answers):
    return [
        reverse("everyday:talk", args=[cast.astrid.pk]),
        reverse("everyday:talk_step", args=[cast.astrid.pk, answers.pk]),
        reverse("everyday:talk_wishes", args=[cast.astrid.pk, answers.pk]),
    ]


def test_contact_and_activity_coordinator_open_the_talk_and_kin_volunteers_and_strangers_do_not(cast, web, answers):
    for person in (cast.kari, cast.marit):
        assert [web.be(person).get(page).status_code for page in pages(cast, answers)] == [200, 200, 200]
    for person in (cast.eva, cast.per.user, cast.admin):
        assert {web.be(person).get(page).status_code for page in pages(cast, answers)} == {403}
    assert {web.be(cast.nils).get(page).status_code for page in pages(cast, answers)} == {404}


def test_the_activity_coordinator_can_hold_a_talk_too(cast, web, talk):
    web.be(cast.marit).post(reverse("everyday:begin_talk", args=[cast.astrid.pk]))
    answers = Answers.objects.get()
    step(web, cast, answers, 3, choir="strong")
    wish(web, cast, answers, words="Synge i kor igjen")
    wish(web, cast, answers, finish="1")
    assert Answers.objects.get().finished_by == cast.marit.user
    assert Wish.objects.get().owner == cast.kari


def rows_seen_by(user) -> int:
    """How many answers the database itself shows to somebody, whatever a page would ask for."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE omtanke_web")
        try:
            act_as(user.pk)
            cursor.execute("SELECT count(*) FROM questionnaires_answers")
            return cursor.fetchone()[0]
        finally:
            cursor.execute("RESET ROLE; SELECT set_config('omtanke.actor', '', false)")


def test_the_database_shows_no_answers_to_kin_or_volunteers(cast, answers):
    """Eva's grant is of the scope `shared`; Per's, once he has an assignment, of `assignment`."""
    grants.begin(
        [
            grants.Opening(
                cast.per.user.pk, Reason.VOLUNTEERS, "test:1", citizen_id=cast.astrid.pk, scope=Scope.ASSIGNMENT
            )
        ],
        by=None,
    )
    seen = {
        name: rows_seen_by(user)
        for name, user in {"eva": cast.eva, "per": cast.per.user, "kari": cast.kari.user}.items()
    }
    assert seen == {"eva": 0, "per": 0, "kari": 1}


def test_who_arranges_activities_sees_the_talk_and_no_screening(cast, answers):
    who5 = Questionnaire.objects.active().get(url="urn:omtanke:questionnaire:who-5")
    begin(cast.astrid, who5, by=cast.kari.user, at=timezone.now())
    assert (rows_seen_by(cast.marit.user), rows_seen_by(cast.kari.user)) == (1, 2)


def test_who_arranges_activities_is_not_told_that_screenings_are_not_filled_in(cast, web, answers):
    page = reverse("forms:citizen_forms", args=[cast.astrid.pk])
    names = {
        name: [one["questionnaire"].name for one in web.be(person).get(page).context["forms"]]
        for name, person in {"marit": cast.marit, "kari": cast.kari}.items()
    }
    assert names["marit"] == ["Interessesamtale"]
    assert len(names["kari"]) == 5


def step(web, cast, answers, number, **typed):
    page = reverse("everyday:talk_step", args=[cast.astrid.pk, answers.pk])
    return web.post(f"{page}?step={number}", typed)


def test_a_talk_is_saved_as_it_goes_paused_and_taken_up_where_it_was(cast, web, answers):
    web.be(cast.kari)
    step(web, cast, answers, 3, choir="strong", **{"choir.more": "true", "choir.words": "Savner altstemmen"})
    paused = step(web, cast, answers, 4, hymns="some", go="pause")
    assert paused.url == reverse("everyday:talk", args=[cast.astrid.pk])

    ola = web.be(cast.ola).post(reverse("everyday:begin_talk", args=[cast.astrid.pk]), follow=True)
    assert ola.context["answers"].pk == answers.pk
    assert ola.context["step"] == 4
    assert Answers.objects.get().given == {
        "choir": ["strong"],
        "choir.more": [True],
        "choir.words": ["Savner altstemmen"],
        "hymns": ["some"],
    }


def test_own_words_stay_when_the_person_changes_their_mind_and_back(cast, web, answers):
    web.be(cast.kari)
    words = {"choir.words": "Savner altstemmen"}
    step(web, cast, answers, 3, choir="none", **words)
    assert liked(Answers.objects.get()) == []
    step(web, cast, answers, 3, choir="some", **words)
    assert [one.words for one in liked(Answers.objects.get())] == ["Savner altstemmen"]


def test_last_years_answer_stands_beside_this_years(cast, web, talk):
    held(cast, talk, day(-400), **CHOIR)
    now = begin(cast.astrid, talk, by=cast.kari.user, at=timezone.now())
    page = web.be(cast.kari).get(reverse("everyday:talk_step", args=[cast.astrid.pk, now.pk]) + "?step=3")
    choir = next(one for one in page.context["questions"] if one.path == "choir")
    assert choir.before == "Ja, veldig · Jeg vil ha mer av det · Kommer meg ikke dit · «Savner altstemmen»"


def wish(web, cast, answers, **typed):
    return web.post(reverse("everyday:talk_wishes", args=[cast.astrid.pk, answers.pk]), typed)


def test_the_talk_ends_in_wishes_in_the_persons_own_order_and_the_contact_has_them(cast, web, answers):
    web.be(cast.kari)
    for words in ("Synge i kor igjen", "Se huset jeg vokste opp i", "Spille kort med noen"):
        wish(web, cast, answers, words=words)
    last = Wish.objects.get(words="Spille kort med noen")
    wish(web, cast, answers, deed=f"up:{last.pk}")
    wish(web, cast, answers, deed=f"up:{last.pk}")
    wish(web, cast, answers, deed=f"up:{last.pk}")

    ranked = [(one.rank, one.words, one.interest) for one in Wish.objects.as_ranked()]
    assert ranked == [
        (1, "Spille kort med noen", "cards"),
        (2, "Synge i kor igjen", "choir"),
        (3, "Se huset jeg vokste opp i", "places_of_my_life"),
    ]
    assert {(one.source, one.owner) for one in Wish.objects.all()} == {("talk", cast.kari)}


def test_a_wish_without_words_is_asked_for_again(cast, web, answers):
    answer = wish(web.be(cast.kari), cast, answers, words="  ")
    assert answer.status_code == 422
    assert not Wish.objects.exists()


def test_finishing_keeps_the_goals_and_fills_only_an_empty_place_of_the_portrait(cast, talk, answers):
    answers.given = CHOIR | GOAL
    answers.save()
    assert finish_talk(answers, by=cast.kari.user, at=timezone.now())
    assert Portrait.objects.get(citizen=cast.astrid).i_do_myself == "Kler på meg"
    assert [(goal.words, goal.help) for goal in goals(Answers.objects.get())] == [
        ("Gå til postkassa", "Å finne brodder")
    ]

    again = begin(cast.astrid, talk, by=cast.kari.user, at=timezone.now())
    again.given = {"goals#0/goal.myself": ["Noe annet"]}
    again.save()
    assert not finish_talk(again, by=cast.kari.user, at=timezone.now())
    assert Portrait.objects.get(citizen=cast.astrid).i_do_myself == "Kler på meg"


@pytest.mark.parametrize(
    ("came", "last", "due"),
    [(0, None, 28), (-300, -10, -10 + 365), (-300, None, -272)],
    ids=["new", "held lately", "never asked"],
)
def test_a_talk_is_due_a_year_after_the_last_or_soon_after_somebody_came(came, last, due):
    assert next_talk(day(came), None if last is None else day(last)) == day(due)


def due(cast):
    return [(one.citizen_id, one.on) for one in talks_due([cast.astrid.pk], today())]


def test_an_overdue_talk_is_told_to_contact_and_leader_until_it_is_held(cast, web, talk):
    assert due(cast) == [(cast.astrid.pk, day(-72))]
    assert cast.astrid.pk in overdue_in(cast.nord.pk, today())
    mine = web.be(cast.kari).get(reverse("people:my_people")).content.decode()
    assert "Interessesamtale" in mine
    leader = web.be(cast.lars).get(reverse("insight:today") + f"?unit={cast.nord.pk}").content.decode()
    assert "2 personer venter på en interessesamtale" in leader
    waiting = web.get(reverse("everyday:talks_waiting") + f"?unit={cast.nord.pk}").content.decode()
    assert "Kari Berg er primærkontakt" in waiting

    held(cast, talk, day(-3), **CHOIR)
    assert due(cast) == []
    assert cast.astrid.pk not in overdue_in(cast.nord.pk, today())


def test_no_thank_you_is_an_answer_and_is_asked_again_in_a_year(cast, web, talk):
    web.be(cast.kari).post(reverse("everyday:begin_talk", args=[cast.astrid.pk]), {"decline": "1"})
    assert Answers.objects.get().declined
    assert due(cast) == []
    Answers.objects.update(finished_at=timezone.now() - EVERY - timedelta(days=1))
    assert due(cast) == [(cast.astrid.pk, day(-1))]


def test_nobody_has_waited_since_before_there_was_such_a_talk(cast, talk):
    Questionnaire.objects.update(published_at=timezone.now())
    assert due(cast) == []
    Questionnaire.objects.filter(url=URL).update(status=Questionnaire.Status.RETIRED)
    assert overdue_in(cast.nord.pk, today()) == {}


def test_declining_keeps_what_was_said_before_a_pause(cast, talk, answers):
    answers.given = CHOIR
    answers.save()
    decline(cast.astrid, talk, by=cast.kari.user, at=timezone.now())
    assert Answers.objects.get().given == CHOIR
