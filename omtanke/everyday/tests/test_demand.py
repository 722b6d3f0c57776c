"""What is wished for against what is offered. Fewer than five whom one may not see one by one are never counted aloud,
and no sum tells on them; the database itself keeps the number."""

import pytest
from django.db import connection
from django.utils import timezone

from omtanke.access.need_to_know import act_as
from omtanke.access.permissions import Role
from omtanke.access.roles import give_role
from omtanke.config.tests.cast import at, day, make_citizen, make_shift, make_unit
from omtanke.everyday.demand import By, finding, wanted
from omtanke.everyday.demand_letter import letter
from omtanke.everyday.models import Activity, Occurrence
from omtanke.everyday.say_wish import say_wish
from omtanke.everyday.talk import URL
from omtanke.forms.keeping import bring_shipped
from omtanke.forms.models import Answers, Questionnaire

NOW = at("12:00")


def wish_for(unit, interest: str, number: int) -> None:
    for index in range(number):
        person = make_citizen(f"{unit.name}{interest}{index}", "Beboer", unit)
        say_wish(person, f"{interest} {index}", by=None, at=NOW, interest=interest)


def offer(interest: str, unit=None, times: int = 1) -> None:
    for number in range(times):
        starts = at("11:00", day(number + 1))
        activity = Activity.objects.create(title=interest, starts=starts, minutes=60, interests=[interest], unit=unit)
        Occurrence.objects.create(activity=activity, starts=starts, ends=at("12:00", day(number + 1)))


def told(user, unit) -> dict[str, tuple]:
    act_as(user.pk)
    return {one.interest: (one.people, one.offered) for one in wanted(By.UNIT, unit.pk if unit else None, at=NOW)}


def test_the_title_says_the_finding_what_is_missing_first(cast):
    wish_for(cast.nord, "choir", 6)
    wish_for(cast.nord, "fishing", 8)
    offer("fishing", cast.nord, 3)
    act_as(cast.lars.user.pk)
    rows = wanted(By.UNIT, cast.nord.pk, at=NOW)
    assert [(one.interest, one.people, one.offered) for one in rows] == [("choir", 6, 0), ("fishing", 8, 3)]
    assert finding(rows, "Nord") == "6 ønsker seg «Synge i kor», og ingenting er tilbudt i Nord"
    offer("choir", None)
    assert "Alt som er ønsket i Nord, er tilbudt" in finding(wanted(By.UNIT, cast.nord.pk, at=NOW), "Nord")


def test_the_unit_sees_its_own_three_and_others_see_only_that_there_are_some(cast):
    wish_for(cast.nord, "choir", 3)
    wish_for(cast.sør, "choir", 7)
    vest = make_unit("Vest")
    wish_for(vest, "choir", 6)

    assert told(cast.lars.user, cast.nord)["choir"] == (3, 0)
    assert told(cast.nils.user, cast.nord)["choir"] == (None, 0)
    # With Sør and Vest beside the sum of 16, Nord's three could be worked out: one of them is hidden too.
    assert told(cast.nils.user, None)["choir"] == (16, 0)
    assert told(cast.nils.user, vest)["choir"] == (None, 0)
    assert told(cast.nils.user, cast.sør)["choir"] == (7, 0)


def test_who_sees_one_part_of_a_sum_of_two_is_not_told_the_sum(cast):
    wish_for(cast.nord, "choir", 3)
    wish_for(cast.sør, "choir", 7)
    assert told(cast.lars.user, None)["choir"] == (10, 0)
    assert told(cast.lars.user, cast.nord)["choir"] == (3, 0)
    make_shift(cast.nils)
    assert told(cast.nils.user, cast.sør)["choir"] == (7, 0)
    assert told(cast.nils.user, None)["choir"] == (None, 0)
    assert told(cast.nils.user, cast.nord)["choir"] == (None, 0)


def test_the_number_does_not_even_leave_the_database(cast):
    wish_for(cast.nord, "choir", 4)
    act_as(cast.nils.user.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT people, open FROM everyday_wished('unit') WHERE place = %s", [cast.nord.pk])
        assert cursor.fetchall() == [(None, False)]
        act_as(cast.marit.user.pk)
        cursor.execute("SELECT people, open FROM everyday_wished('unit') WHERE place = %s", [cast.nord.pk])
        assert cursor.fetchall() == [(4, True)]


def test_the_letter_names_nobody_and_tells_no_small_group_even_to_their_own_leader(cast):
    wish_for(cast.nord, "choir", 6)
    wish_for(cast.nord, "fishing", 2)
    act_as(cast.lars.user.pk)
    data = letter(wanted(By.UNIT, cast.nord.pk, at=NOW), "Nord", name="Lars Holm", phone="1", on=day(0))
    assert data["missing_rows"] == [["Synge i kor", "6 personer", ""]]
    assert data["offered_rows"] == []
    assert "Beboer" not in str(data)


@pytest.mark.parametrize("page", ["/wishes/offered/", "/wishes/offered/choir/"])
def test_the_people_behind_a_number_are_seen_only_with_need_to_know(cast, web, page):
    say_wish(cast.astrid, "Synge i koret på Leines", by=cast.kari.user, at=NOW)
    answer = web.be(cast.lars).get("/wishes/offered/choir/?by=unit&place=all").content.decode()
    assert "Synge i koret på Leines" in answer
    assert "Synge i koret" not in web.be(cast.nils).get(f"{page}?by=unit&place=all").content.decode()
    for refused in (cast.eva, cast.per.user):
        assert web.be(refused).get(page).status_code == 403


def test_whoever_looks_after_several_units_begins_with_the_whole_municipality(cast, web):
    assert web.be(cast.marit).get("/wishes/offered/").context["where"].place == cast.nord
    give_role(cast.marit.user, Role.ACTIVITY_COORDINATOR, unit_id=cast.sør.pk, by=None, on=timezone.localdate())

    assert web.get("/wishes/offered/").context["where"].place is None
    assert web.get(f"/wishes/offered/?by=unit&place={cast.nord.pk}").context["where"].place == cast.nord


def test_the_letter_is_a_pdf(cast, web):
    wish_for(cast.nord, "choir", 6)
    answer = web.be(cast.marit).get(f"/wishes/offered/letter.pdf?by=unit&place={cast.nord.pk}")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_who_wants_more_in_the_last_talk_is_counted_and_stands_in_the_list_alike(cast, web):
    bring_shipped()
    talk = Questionnaire.objects.active().get(url=URL)

    def said(citizen, on, **facts):
        Answers.objects.create(
            citizen=citizen, questionnaire=talk, open_to_everyday=True, finished_at=at("10:00", on), **facts
        )

    more = {"choir": ["some"], "choir.more": [True]}
    said(cast.edvard, day(-9), given=more)
    say_wish(cast.astrid, "Synge i koret på Leines", by=cast.kari.user, at=NOW, interest="choir")
    page = f"/wishes/offered/choir/?by=unit&place={cast.nord.pk}"
    listed = web.be(cast.lars).get(page, headers={"accept-language": "nb"}).text
    assert told(cast.lars.user, cast.nord)["choir"] == (2, 0)
    assert "2 personer" in listed
    assert "Edvard Moen" in listed

    said(cast.edvard, day(-1), given={}, declined=True)  # the last talk counts, also a no
    assert told(cast.lars.user, cast.nord)["choir"] == (1, 0)
    assert "Edvard Moen" not in web.get(page).text
