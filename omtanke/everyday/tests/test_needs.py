"""What somebody needs to take part is asked of them; until then it is supposed, and said to be. The plan goes by it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from omtanke.access.need_to_know import act_as
from omtanke.everyday.languages import company_must_speak, spoken
from omtanke.everyday.models import Arena, NeedsNote
from omtanke.everyday.needs import needs_of, note_needs, supposed
from omtanke.everyday.talk import URL, last_talk
from omtanke.everyday.tests.test_month import driver, offered, planned, wished  # noqa: F401 - a fixture among them
from omtanke.forms.keeping import bring_shipped
from omtanke.forms.models import Answers, Questionnaire

Need = NeedsNote.Need
CHOIR = {"choir": ["strong"], "choir.more": [True], "choir.hinders": ["ride", "money"]}
DANCE = {"dancing": ["some"], "dancing.more": [True], "dancing.hinders": ["does_not_dare"]}


def talked(cast, given) -> Answers:
    bring_shipped()
    now = timezone.now()
    questionnaire = Questionnaire.objects.active().get(url=URL)
    return Answers.objects.create(
        citizen=cast.edvard, questionnaire=questionnaire, given=given, finished_at=now, finished_by=cast.kari.user
    )


def noted(cast, citizen, *needs):
    return note_needs(citizen, needs, said_by="self", by=cast.marit.user, at=timezone.now())


def young(cast):
    """Edvard is too young for a guess from his age."""
    cast.edvard.born = timezone.localdate() - timedelta(days=365 * 70)
    cast.edvard.save()
    return cast.edvard


def test_what_stands_in_the_way_in_the_talk_is_supposed_until_the_person_is_asked(cast):
    edvard = young(cast)
    assert supposed(edvard, None, timezone.localdate()) == []
    talked(cast, CHOIR | DANCE)
    maybe = supposed(edvard, last_talk(edvard.pk), timezone.localdate())
    assert {(one.need, one.interests) for one in maybe} == {("company", ("dancing",)), ("ride", ("choir",))}
    known = needs_of([edvard], timezone.localdate())[edvard.pk]
    assert (known.needs, known.confirmed) == ({"ride", "company"}, False)

    noted(cast, edvard, Need.HEARING_LOOP)
    known = needs_of([edvard], timezone.localdate())[edvard.pk]
    assert (known.needs, known.confirmed) == ({"hearing_loop"}, True)


def test_age_is_a_guess_and_never_overrules_what_the_person_says(cast, driver):  # noqa: F811
    offered("Kor", "singing", 9)
    wished(cast, cast.astrid, "synge", "singing")
    assert planned(cast).choices.get().driver == driver  # born in 1939: fetched until somebody has asked

    noted(cast, cast.astrid)
    assert planned(cast).choices.get().driver is None


def test_a_place_with_stairs_is_no_place_for_who_cannot_manage_them_and_the_reason_says_so(cast, web, driver):  # noqa: F811
    there = offered("Kor", "singing", 9)
    Arena.objects.update(has=["toilet"])
    wished(cast, cast.astrid, "synge", "singing")
    noted(cast, cast.astrid, Need.WALKING_AID)
    plan = planned(cast)
    assert (plan.unmet.get().why, plan.unmet.get().missing) == ("place", "step_free")
    said = web.be(cast.marit).get(plan.get_absolute_url() + "?by=person", headers={"accept-language": "nb"}).text
    assert "Samfunnshuset har trapper" in said

    Arena.objects.update(has=[])
    said = web.get(plan.get_absolute_url() + "?by=person", headers={"accept-language": "nb"}).text
    assert "har trapper" not in said  # nobody has looked: that is another thing than stairs
    assert "ingen har skrevet hva som finnes der: spør Samfunnshuset" in said

    Arena.objects.update(has=["step_free"])
    assert planned(cast).choices.get().occurrence == there


def test_a_wheelchair_needs_a_car_with_room_for_it(cast, driver):  # noqa: F811
    offered("Kor", "singing", 9)
    Arena.objects.update(has=["step_free", "wheelchair"])
    wished(cast, cast.astrid, "synge", "singing")
    noted(cast, cast.astrid, Need.RIDE, Need.WHEELCHAIR)
    left = planned(cast).unmet.get()
    assert (left.why, left.missing) == ("no_driver", "car_for_wheelchair")

    driver.wheelchair_places = 1
    driver.save()
    assert planned(cast).choices.get().driver == driver


def test_company_speaks_the_persons_language(cast, driver):  # noqa: F811
    offered("Kor", "singing", 9)
    cast.astrid.language = "lulesamisk"
    cast.astrid.save()
    wished(cast, cast.astrid, "synge", "singing")
    noted(cast, cast.astrid, Need.COMPANY)
    left = planned(cast).unmet.get()
    assert (left.why, left.missing) == ("no_company", "language")

    driver.languages = "Norsk, lule sami"
    driver.save()
    assert planned(cast).choices.get().companion == driver


@pytest.mark.parametrize(
    ("written", "languages", "must"),
    [
        ("norsk", ["norwegian"], ""),
        ("Lulesamisk og norsk", ["lule sami", "norwegian"], ""),
        ("julevsámegiella", ["lule sami"], "lule sami"),
        ("Engelsk/polsk", ["english", "polish"], "english"),
        ("tigrinja", ["tigrinja"], "tigrinja"),
        ("", [], ""),
    ],
)
def test_languages_are_read_as_people_write_them(written, languages, must):
    assert (spoken(written), company_must_speak(written)) == (languages, must)


def test_marit_notes_it_with_who_said_so_and_the_plan_stops_saying_that_it_is_supposed(cast, web, driver):  # noqa: F811
    offered("Kor", "singing", 9)
    wished(cast, cast.astrid, "synge", "singing")
    plan, page = planned(cast), reverse("everyday:needs", args=[cast.astrid.pk])
    assert f'href="{page}"' in web.be(cast.marit).get(plan.get_absolute_url()).text
    said = {"needs": ["ride", "quiet"], "said_by": "kin", "words": "Ikke i mørket."}
    assert web.post(page, said).url == reverse("everyday:citizen_everyday", args=[cast.astrid.pk])

    note = NeedsNote.objects.get()
    assert (note.needs, note.said_by, note.noted_by, note.words) == (
        ["ride", "quiet"], "kin", cast.marit.user, "Ikke i mørket."
    )  # fmt: skip
    assert f'href="{page}"' not in web.get(plan.get_absolute_url()).text
    assert "Ikke i mørket." in web.get(reverse("everyday:citizen_everyday", args=[cast.astrid.pk])).text
    assert web.post(page, {"needs": ["a helicopter"], "said_by": "self"}).status_code == 422
    assert web.be(cast.nils).post(page, said).status_code == 404
    assert web.be(cast.per.user).get(page).status_code == 403
    assert NeedsNote.objects.count() == 1


def test_the_database_itself_shows_a_note_only_to_who_may_see_the_person(cast):
    noted(cast, cast.astrid, Need.RIDE)
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE omtanke_web")
    try:
        for somebody, seen in ((cast.kari.user, 1), (cast.marit.user, 1), (cast.nils.user, 0), (None, 0)):
            act_as(somebody.pk if somebody else None)
            assert NeedsNote.objects.count() == seen
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE; SELECT set_config('omtanke.actor', '', true)")


def test_who_is_signed_up_where_the_place_does_not_fit_is_not_refused_but_told(cast, web):
    there = offered("Kor", "singing", 9)
    Arena.objects.update(has=["toilet"])
    noted(cast, cast.astrid, Need.STEP_FREE)
    page, said = reverse("everyday:sign_up", args=[there.pk]), {"citizen": cast.astrid.pk, "state": "yes", "way": "own"}
    answer = web.be(cast.kari).post(page, said, headers={"accept-language": "nb"}, follow=True)
    assert "Samfunnshuset har trapper" in answer.text
    answer = web.post(page, said | {"citizen": cast.edvard.pk}, headers={"accept-language": "nb"}, follow=True)
    assert "har trapper" not in answer.text
