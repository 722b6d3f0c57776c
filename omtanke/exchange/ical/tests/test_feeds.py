"""Feeds say what happens and nothing about people, the same every time, and end when somebody ends them."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from icalendar import Calendar

from omtanke.befriending.team_meeting import call_meeting, cancel_meeting
from omtanke.config.tests.cast import at, day, make_unit
from omtanke.everyday.arrange import arrange, cancel, change_all, move
from omtanke.everyday.models import Assignment, Participation
from omtanke.exchange.ical.feeds import make_feed
from omtanke.people.models import Unit

OSLO = ZoneInfo("Europe/Oslo")


@pytest.fixture
def now():
    return at("08:00")


@pytest.fixture
def choir(cast, now):
    facts = {
        "title": "Seniorkoret på Leinesfjord samfunnshus, kaffe etterpå",
        "starts": at("11:00", day(1)),
        "minutes": 90,
        "repeats": "FREQ=WEEKLY",
        "about": "Æ, ø; å, og\nny linje. " + "Vi synger viser og gamle slagere, " * 5 + "slutt.",
    }
    return arrange(facts, by=None, now=now)


def parsed(answer) -> Calendar:
    return Calendar.from_ical(answer.content)


def events(answer) -> list:
    return parsed(answer).walk("VEVENT")


def feed(web, unit=None):
    return web.get(reverse("ical:public_feed_of_unit", args=[unit.code]) if unit else reverse("ical:public_feed"))


def test_the_rule_with_its_zone_and_each_exception_of_it(cast, choir, web, now):
    first, second, third = choir.occurrences.in_order()[:3]
    cancel(first, "", by=None, now=now)
    move(
        second,
        {"starts": second.starts + timedelta(hours=2), "ends": second.ends + timedelta(hours=2)},
        "",
        by=None,
        now=now,
    )
    answer = feed(web)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    master, gone, moved = events(answer)
    assert master["rrule"]["FREQ"] == ["WEEKLY"]
    assert master["dtstart"].params["TZID"] == "Europe/Oslo"
    assert master["dtstart"].dt == choir.starts.astimezone(OSLO)
    assert {each["uid"] for each in (master, gone, moved)} == {f"activity-{choir.pk}@steigen.omtanke"}
    assert (gone["status"], gone["recurrence-id"].dt) == ("CANCELLED", first.recurs_on.astimezone(OSLO))
    assert (moved["status"], moved["dtstart"].dt.hour, moved["recurrence-id"].dt.hour) == ("CONFIRMED", 13, 11)
    (zone,) = parsed(answer).walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Oslo"
    assert [str(part["rrule"]["BYMONTH"][0]) for part in zone.subcomponents] == ["3", "10"]
    assert third.recurs_on == third.starts


def test_lines_are_folded_and_end_as_the_standard_says_and_nothing_is_lost(cast, choir, web):
    answer = feed(web)
    lines = answer.content.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    (event,) = events(answer)
    assert str(event["summary"]) == choir.title
    assert str(event["description"]) == choir.about


def test_asked_again_without_a_change_it_is_not_sent_and_after_a_change_it_is(cast, choir, web, now):
    first = feed(web)
    again = web.get(reverse("ical:public_feed"), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert (
        web.get(reverse("ical:public_feed"), headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    )
    sequence = events(first)[0]["sequence"]
    change_all(choir, {"title": "Blandakoret"}, by=None, now=now + timedelta(hours=1))
    changed = web.get(reverse("ical:public_feed"), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert events(changed)[0]["sequence"] > sequence


def test_a_unit_has_its_own_and_what_is_for_all_but_not_what_is_not_open(cast, choir, web, now):
    for title, unit, open_to_all in (("Nord", cast.nord, True), ("Sør", cast.sør, True), ("Lukket", cast.nord, False)):
        facts = {"title": title, "starts": at("12:00", day(2)), "minutes": 60, "unit": unit, "open_to_all": open_to_all}
        arrange(facts, by=None, now=now)
    assert {str(event["summary"]) for event in events(feed(web, cast.nord))} == {choir.title, "Nord"}
    assert web.get("/calendar/nowhere.ics").status_code == 404


def test_what_lasts_the_whole_day_is_a_day(cast, web, now):
    arrange({"title": "Tur", "starts": at("00:00", day(3)), "minutes": 1440, "all_day": True}, by=None, now=now)
    (event,) = events(feed(web))
    assert (event["dtstart"].dt, event["dtend"].dt) == (day(3), day(4))


def test_a_volunteers_feed_says_when_and_not_for_whom_and_ends_when_it_is_ended(cast, choir, web):
    one = choir.occurrences.in_order()[0]
    Assignment.objects.create(
        volunteer=cast.per, citizen=cast.astrid, occurrence=one, kind="ride", state="accepted",
        starts=one.starts - timedelta(minutes=30), ends=one.ends, pick_up_at=one.starts - timedelta(minutes=20),
    )  # fmt: skip
    web.be(cast.per.user)
    page = web.post(reverse("ical:my_feed")).content.decode()
    address = page.split('value="http://testserver')[1].split('"')[0]
    web.logout()
    answer = web.get(address)
    (event,) = events(answer)
    assert event["status"] == "CONFIRMED"
    assert event["dtstart"].dt == one.starts - timedelta(minutes=20)
    assert "Astrid" not in answer.content.decode()
    assert "Vegen" not in answer.content.decode()

    web.be(cast.per.user).post(reverse("ical:my_feed"))
    assert web.get(address).status_code == 404  # a new one ends the old one
    web.post(reverse("ical:stop_feed"))
    assert web.get(reverse("ical:personal_feed", args=["guess"])).status_code == 404


def test_a_carers_feed_has_their_units_activities_and_no_names(cast, choir, web, now):
    Participation.objects.create(
        citizen=cast.astrid, occurrence=choir.occurrences.in_order()[0], state="yes",
        starts=choir.starts, ends=choir.starts + timedelta(minutes=90),
    )  # fmt: skip
    arrange({"title": "Bare Sør", "starts": at("12:00", day(2)), "minutes": 60, "unit": cast.sør}, by=None, now=now)
    web.be(cast.kari)
    address = web.post(reverse("ical:my_feed")).content.decode().split('value="http://testserver')[1].split('"')[0]
    answer = web.get(address)
    assert [str(event["summary"]) for event in events(answer)] == [choir.title]
    assert "Astrid" not in answer.content.decode()
    cast.kari.user.is_active = False
    cast.kari.user.save()
    web.logout()
    assert web.get(address).status_code == 404


def test_a_senior_has_the_team_meetings_of_the_own_department_in_the_own_feed(cast, web, now):
    other = make_unit("Vennene", Unit.Kind.VISIT_SERVICE)
    facts = {"theme": "safety", "starts": at("12:00", day(3)), "ends": at("13:30", day(3)), "place": "Samfunnshuset"}
    meeting = call_meeting(facts | {"department": cast.seniorene}, by=cast.hilde.user, at=now)
    call_meeting(facts | {"department": other, "place": "Et annet sted"}, by=cast.hilde.user, at=now)
    secret = {
        who: reverse("ical:personal_feed", args=[make_feed(who.user, language="nb", now=now)])
        for who in (cast.arne, cast.kari)
    }
    (event,) = events(web.get(secret[cast.arne]))
    assert (event["location"], event["status"], event["dtend"].dt) == (
        "Samfunnshuset",
        "CONFIRMED",
        at("13:30", day(3)),
    )
    assert "Trygghet" in event["summary"]
    assert events(web.get(secret[cast.kari])) == []

    cancel_meeting(meeting, at=now)
    (gone,) = events(web.get(secret[cast.arne]))
    assert (gone["uid"], gone["status"]) == (event["uid"], "CANCELLED")
    assert gone["sequence"] >= event["sequence"]
