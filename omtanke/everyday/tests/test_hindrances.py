"""What the interest talk says stands in the way leads to somebody, by name, with a next step, until it is settled."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from omtanke.config.tests.cast import at, day, today
from omtanke.everyday.arrange import arrange
from omtanke.everyday.hindrances import AlreadyDealtWith, bring_up_with, deal_with, hindrances_due, to_offer
from omtanke.everyday.ledger import Ledger
from omtanke.everyday.models import Arena, Hindrance, WishStep
from omtanke.everyday.say_wish import say_wish
from omtanke.everyday.talk import finish_talk, in_use
from omtanke.everyday.wishes_go_along import wishes_go_along
from omtanke.forms.filling_in import begin
from omtanke.forms.keeping import bring_shipped
from omtanke.forms.models import Answers, Questionnaire


@pytest.fixture
def now():
    return timezone.now()


def talked(cast, **hinders) -> list[Hindrance]:
    """Astrid's talk: interests she wants more of, and what stands in the way of each."""
    if in_use() is None:
        bring_shipped()
        Questionnaire.objects.update(published_at=at("08:00", day(-500)))
    answers = begin(cast.astrid, in_use(), by=cast.kari.user, at=timezone.now())
    given = {}
    for interest, codes in hinders.items():
        given |= {interest: ["strong"], f"{interest}.more": [True], f"{interest}.hinders": codes}
    Answers.objects.filter(pk=answers.pk).update(given=given)
    answers.refresh_from_db()
    finish_talk(answers, by=cast.kari.user, at=timezone.now())
    return list(Hindrance.objects.open().order_by("kind"))


def test_each_kind_is_one_question_to_the_primary_contact_and_rides_are_left_to_the_plan(cast, now):
    found = talked(cast, choir=["money", "ride"], walking=["health", "company"], dancing=["health"])
    told = [(one.kind, one.interests, one.owner) for one in found]
    assert told == [("health", ["dancing", "walking"], cast.kari), ("money", ["choir"], cast.kari)]
    due = list(hindrances_due([cast.astrid.pk, cast.edvard.pk], today()))
    assert {one.citizen_id for one in due} == {cast.astrid.pk}
    assert len(due) == 2


def test_dealt_with_once_with_a_name_and_the_wish_tells_so(cast, now):
    wish = say_wish(cast.astrid, "Jeg vil gå tur", by=cast.kari.user, at=now, interest="walking")
    (health,) = talked(cast, walking=["health"])
    bring_up_with(health, cast.liv, by=cast.kari.user, at=now)
    assert Hindrance.objects.get().owner == cast.liv
    deal_with(health, "Fysioterapeut på torsdag", by=cast.liv.user, at=now)
    assert (health.dealt_by, health.words) == (cast.liv.user, "Fysioterapeut på torsdag")
    told = [step.words for step in WishStep.objects.filter(wish=wish)]
    assert any("Liv Dahl" in words for words in told)
    assert any("Fysioterapeut på torsdag" in words for words in told)
    with pytest.raises(AlreadyDealtWith):
        deal_with(health, "En gang til", by=cast.kari.user, at=now)
    with pytest.raises(AlreadyDealtWith):
        bring_up_with(health, cast.kari, by=cast.kari.user, at=now)


def test_said_again_while_it_is_open_it_is_the_same_question_and_after_that_a_new_one(cast, now):
    (first,) = talked(cast, choir=["money"])
    (again,) = talked(cast, choir=["money"], bingo=["money"])
    assert (again.pk, sorted(again.interests)) == (first.pk, ["bingo", "choir"])
    deal_with(again, "Gratis på sentralen", by=cast.kari.user, at=now)
    (new,) = talked(cast, bingo=["money"])
    assert new.pk != first.pk


def test_what_is_free_or_has_a_hearing_loop_is_offered_first(cast, now):
    loop = Arena.objects.create(name="Kirka", has=["hearing_loop"])
    facts = {"minutes": 60, "interests": ["choir"], "unit": cast.nord}
    for days, title, more in (
        (2, "Dyrt", {"cost": 150}),
        (3, "Gratis", {}),
        (4, "Slynge", {"arena": loop, "cost": 50}),
    ):
        arrange({**facts, "title": title, "starts": at("13:00", day(days)), **more}, by=None, now=now)
    money, senses = talked(cast, choir=["money", "senses"])
    assert [one.activity.title for one in to_offer(money, at=now)] == ["Gratis", "Dyrt", "Slynge"]
    assert [one.activity.title for one in to_offer(senses, at=now)] == ["Slynge", "Dyrt", "Gratis"]


def test_the_question_goes_along_to_the_next_primary_contact(cast, now):
    talked(cast, choir=["does_not_dare"])
    cast.secondary.role = "primary"
    wishes_go_along(cast.contact, cast.secondary, by=cast.lars.user)
    assert Hindrance.objects.get().owner == cast.ola


def test_kari_sees_it_with_the_wish_and_in_her_list_and_liv_the_nurse_takes_it_up(cast, web, now):
    wish = say_wish(cast.astrid, "Jeg vil gå tur", by=cast.kari.user, at=now - timedelta(days=1), interest="walking")
    (health,) = talked(cast, walking=["health"])
    one, listed = reverse("everyday:hindrance", args=[health.pk]), reverse("everyday:hindrances")
    web.be(cast.kari)
    for page in (reverse("people:my_people"), reverse("everyday:wish", args=[wish.pk]), listed):
        assert one in web.get(page).text
    assert 'value="health" selected' in web.get(reverse("everyday:wish", args=[wish.pk])).text
    assert "Kari Berg" in web.get(one).text
    assert web.post(reverse("everyday:takes_it_up", args=[health.pk]), {"owner": cast.nils.pk}).status_code == 422
    web.post(reverse("everyday:takes_it_up", args=[health.pk]), {"owner": cast.liv.pk})
    assert Hindrance.objects.get().owner == cast.liv
    assert "Du har disse" in web.be(cast.liv).get(listed).text
    assert web.post(reverse("everyday:dealt_with", args=[health.pk]), {"words": ""}).status_code == 422
    web.post(reverse("everyday:dealt_with", args=[health.pk]), {"words": "Prøver stoltrim først"})
    assert "Prøver stoltrim først" in web.be(cast.kari).get(reverse("everyday:wish", args=[wish.pk])).text
    assert {web.be(who).get(one).status_code for who in (cast.eva, cast.per.user, cast.admin)} == {403}
    assert web.be(cast.nils).get(one).status_code == 404


def test_the_ledger_says_what_stands_in_the_way_and_hides_a_few(cast):
    talked(cast, choir=["money"])
    (row,) = Ledger(cast.nord, since=day(-365), on=today()).in_the_way
    assert row[1] is None
