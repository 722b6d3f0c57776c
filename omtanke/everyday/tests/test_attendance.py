"""It happened: taking part and looking on both count; how it was is the person's own to say; and what was wished for
is told in the same moment."""

import pytest

from omtanke.config.tests.cast import at, day
from omtanke.everyday.attendance import (
    DidNotTakePlace,
    ElsewhereThen,
    NotYet,
    tell_how_it_was,
    was_not_there,
    was_there,
)
from omtanke.everyday.models import Activity, Occurrence, Participation, Wish
from omtanke.everyday.say_wish import say_wish

NOON, EVENING = at("12:00"), at("18:00")


def happens(title: str = "Salmekveld", clock: str = "11:00", on=None, interests=("hymns", "choir")) -> Occurrence:
    starts, ends = at(clock, on), at("13:00", on)
    activity = Activity.objects.create(title=title, starts=starts, minutes=120, interests=list(interests))
    return Occurrence.objects.create(activity=activity, starts=starts, ends=ends)


def expected(citizen, occurrence, **facts) -> Participation:
    period = {"starts": occurrence.starts, "ends": occurrence.ends}
    return Participation.objects.create(citizen=citizen, occurrence=occurrence, state="yes", **period, **facts)


def test_looking_on_is_taking_part_and_the_wish_has_been_tried(cast):
    wish = say_wish(cast.astrid, "Synge i kor igjen", by=cast.kari.user, at=at("08:00"))
    one = happens()
    expected(cast.astrid, one)

    part = was_there(cast.astrid, one, "looking_on", by=cast.kari.user, at=NOON)
    assert (part.state, part.part, part.wish) == ("there", "looking_on", wish)
    tell_how_it_was(part, words="Jeg kjente alle versene", smile=5, wish="again", by=cast.kari.user, at=NOON)

    steps = [(step.state, step.words, step.participation) for step in wish.steps.all()[1:]]
    assert steps == [("tried", "", part), ("again", "Jeg kjente alle versene", part)]
    assert Wish.objects.get().state == "again"


def test_somebody_comes_anyway_and_is_noted_once(cast):
    one = happens()
    was_there(cast.edvard, one, "active", by=cast.kari.user, at=NOON)
    was_there(cast.edvard, one, "looking_on", by=cast.kari.user, at=NOON)
    assert list(one.participations.values_list("citizen", "part")) == [(cast.edvard.pk, "looking_on")]


def test_noted_by_mistake_is_undone_and_the_wish_is_as_offered(cast):
    wish = say_wish(cast.astrid, "Synge i kor igjen", by=cast.kari.user, at=at("08:00"))
    one = happens()
    part = was_there(cast.astrid, one, "active", by=cast.kari.user, at=NOON)
    was_not_there(part, by=cast.kari.user, at=NOON)
    part.refresh_from_db()
    wish.refresh_from_db()
    assert (part.state, part.part, wish.state) == ("not_there", "", "offered")


def test_not_before_it_begins_nor_when_it_was_cancelled_nor_in_two_places(cast):
    with pytest.raises(NotYet):
        was_there(cast.astrid, happens("I morgen", on=day(1)), "active", by=None, at=NOON)
    cancelled = happens("Avlyst")
    cancelled.cancelled_at = at("09:00")
    cancelled.save()
    with pytest.raises(DidNotTakePlace):
        was_there(cast.astrid, cancelled, "active", by=None, at=NOON)
    expected(cast.astrid, happens("Bingo"))
    with pytest.raises(ElsewhereThen):
        was_there(cast.astrid, happens("Strikk"), "active", by=None, at=EVENING)


def test_kari_notes_it_on_her_phone_and_nils_finds_nobody_of_hers(cast, web):
    one = happens(clock="00:00")
    part = expected(cast.astrid, one)
    page = f"/activities/times/{one.pk}/it-happened/"
    assert "Astrid Nilsen" in web.be(cast.kari).get(page).content.decode()
    answer = web.post(f"{page}attend/", {"citizen": cast.astrid.pk, "part": "active"})
    assert answer.headers["Location"] == f"{page}#c{cast.astrid.pk}"
    web.post(f"{page}{part.pk}/", {"words": "Fint!", "smile": "4", "wish": ""})
    part.refresh_from_db()
    assert (part.part, part.words, part.smile) == ("active", "Fint!", 4)

    assert "Astrid Nilsen" not in web.be(cast.nils).get(page).content.decode()
    assert web.post(f"{page}attend/", {"citizen": cast.astrid.pk, "part": ""}).status_code == 404
    for refused in (cast.eva, cast.per.user):
        assert web.be(refused).get(page).status_code == 403
