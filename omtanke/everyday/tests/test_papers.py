"""On paper: the poster says every week once and each date by itself; a sheet says what is mine, who fetches me, what
fits me; the public calendar says nothing about people."""

from datetime import timedelta

import pytest
from django.urls import reverse

from omtanke.config.tests.cast import at, day, today
from omtanke.everyday.arrange import arrange, cancel, move
from omtanke.everyday.models import Arena, Assignment, Occurrence, Participation, Wish
from omtanke.everyday.poster import month_of, poster
from omtanke.everyday.sheet import sheet
from omtanke.everyday.views.calendar import midnight
from omtanke.people.models import Hamlet
from omtanke.shell.pictures import svg


@pytest.fixture
def now():
    return at("08:00")


def happens(title, days, now, *, interests=(), rule="", arena=None, minutes=60):
    facts = {"title": title, "starts": at("11:00", day(days)), "minutes": minutes, "repeats": rule}
    return arrange(facts | {"interests": list(interests), "arena": arena}, by=None, now=now)


def test_every_week_stands_once_with_the_days_without_it_and_the_rest_by_date(cast, now):
    first, after = month_of(today() + timedelta(days=40))
    begins = (first - today()).days
    weekly = happens("Kor", begins, now, rule="FREQ=WEEKLY")
    second_weekly = happens("Strikk", begins, now, rule="FREQ=WEEKLY;INTERVAL=2")
    happens("Fest", begins + 3, now)
    second, third = weekly.occurrences.in_order()[1:3]
    cancel(second, "", by=None, now=now)
    move(
        third,
        {"starts": third.starts + timedelta(hours=2), "ends": third.ends + timedelta(hours=2)},
        "",
        by=None,
        now=now,
    )
    in_month = (
        Occurrence.objects.filter(starts__gte=midnight(first), starts__lt=midnight(after)).with_place().in_order()
    )
    said = poster(in_month, first, paper="a4", where=None, ask="Marit, 12 34", municipality="Steigen")
    assert [row["title"] for row in said["weekly"]] == ["Kor"]
    assert said["weekly"][0]["not_on"].startswith("Ikke ")
    dated = [row["title"] for row in said["dated"]]
    assert dated.count("Fest") == 1
    assert dated.count("Kor") == 1  # the one that is moved
    assert dated.count("Strikk") == second_weekly.occurrences.filter(starts__lt=midnight(after)).count()
    assert said["ask"] == "Spør Marit, 12 34"


def test_the_sheet_says_what_is_mine_who_fetches_me_what_fits_me_and_what_is_near(cast, now):
    here = Hamlet.objects.create(name="Leinesfjord", latitude=67.95, longitude=15.05)
    far = Hamlet.objects.create(name="Langt borte", latitude=60.0, longitude=10.0)
    near_hall = Arena.objects.create(name="Samfunnshuset", hamlet=here, latitude=67.95, longitude=15.06)
    far_hall = Arena.objects.create(name="Storsalen", hamlet=far, latitude=60.0, longitude=10.0)
    one = happens("Kor", 2, now, arena=near_hall).occurrences.get()
    place = Participation.objects.create(
        citizen=cast.astrid, occurrence=one, state="yes", starts=one.starts, ends=one.ends
    )
    Assignment.objects.create(
        volunteer=cast.per, citizen=cast.astrid, occurrence=one, participation=place, kind="ride", state="accepted",
        starts=one.starts, ends=one.ends, pick_up_at=at("10:20", day(2)),
    )  # fmt: skip
    happens("Fisketur", 3, now, interests=["fishing"], arena=far_hall)
    happens("Bingo", 4, now, interests=["bingo"], arena=near_hall)
    happens("Konsert", 5, now, arena=far_hall)
    asked = happens("Middag", 6, now, arena=near_hall).occurrences.get()
    Participation.objects.create(
        citizen=cast.astrid, occurrence=asked, state="invited", starts=asked.starts, ends=asked.ends
    )
    Wish.objects.create(citizen=cast.astrid, words="Fiske igjen", interest="fishing")
    said = sheet(cast.astrid, now=now)
    assert [each["title"] for each in said["mine"]] == ["Kor"]
    assert said["mine"][0]["words"] == ["Per Strand henter deg klokka 10:20."]
    assert [each["title"] for each in said["asked"]] == ["Middag"]
    assert [each["title"] for each in said["fitting"]] == ["Fisketur"]
    assert [each["title"] for each in said["near"]] == ["Bingo"]


def test_both_are_drawn_and_an_icon_is_an_svg_of_its_own(cast, web, now):
    happens("Kor", 1, now, rule="FREQ=WEEKLY", interests=["choir"])
    web.be(cast.marit)
    for page in (
        reverse("everyday:print_poster") + "?paper=a3",
        reverse("everyday:print_poster") + f"?unit={cast.nord.pk}&day=2027-02-01",
        reverse("everyday:print_sheet", args=[cast.astrid.pk]),
    ):
        answer = web.get(page)
        assert answer.content.startswith(b"%PDF")
    assert "<svg" in svg("Microphone")
    assert svg("NoSuchIcon") == ""


def test_nils_gets_no_sheet_of_astrids(cast, web):
    for page in ("citizen_sheet", "print_sheet"):
        assert web.be(cast.nils).get(reverse(f"everyday:{page}", args=[cast.astrid.pk])).status_code == 404


def test_without_a_login_one_sees_what_is_open_and_nobody(cast, web, now):
    one = happens("Kor", 1, now).occurrences.get()
    closed = happens("Beboermøte", 1, now)
    closed.open_to_all = False
    closed.save()
    Participation.objects.create(citizen=cast.astrid, occurrence=one, state="yes", starts=one.starts, ends=one.ends)
    page = reverse("everyday:public_calendar_of_unit", args=[cast.nord.code]) + f"?day={day(1)}"
    said = web.get(page).content.decode()
    assert "Kor" in said
    assert "Beboermøte" not in said
    assert "Astrid" not in said
    assert web.get(reverse("everyday:public_calendar_of_unit", args=["nowhere"])).status_code == 404
