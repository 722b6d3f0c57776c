"""A partner's file is read event by event: what is bad is told with its line and why, and the rest is not lost."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from omtanke.exchange.ical.reading import MOST_EVENTS, NotACalendar, read

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2026, 11, 24, 12, tzinfo=OSLO)
GOOD = "\n".join(
    [
        "BEGIN:VEVENT",
        "UID:good@x",
        "SUMMARY:God",
        "DTSTART;TZID=Europe/Oslo:20261201T110000",
        "DTEND;TZID=Europe/Oslo:20261201T120000",
        "END:VEVENT",
    ]
)
MANY = ",".join(
    f"2027{month:02}{day:02}T{hour:02}0000Z"
    for month in range(1, 13)
    for day in range(1, 29)
    for hour in (8, 9, 10, 11)
)


def calendar(*events: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *events, "END:VCALENDAR"]).encode()


def event(*lines: str, begins: str = "DTSTART:20261201T110000Z") -> str:
    return "\n".join(
        ["BEGIN:VEVENT", "UID:bad@x", "SUMMARY:Dårlig", *([begins] if begins else []), *lines, "END:VEVENT"]
    )


def test_with_a_zone_in_utc_floating_and_whole_days():
    content = read(
        calendar(
            GOOD,
            event(),
            event(begins="DTSTART:20261201T110000").replace("bad@x", "floating"),
            event(begins="DTSTART;VALUE=DATE:20261201").replace("bad@x", "day"),
            event(begins="DTSTART;TZID=W. Europe Standard Time:20261201T110000").replace("bad@x", "windows"),
        ),
        now=NOW,
    )
    assert content.problems == []
    starts = {one.uid: one.starts.astimezone(OSLO) for one in content.events}
    assert starts["good@x"] == datetime(2026, 12, 1, 11, tzinfo=OSLO)
    assert starts["bad@x"] == datetime(2026, 12, 1, 12, tzinfo=OSLO)
    assert starts["floating"] == starts["windows"] == datetime(2026, 12, 1, 11, tzinfo=OSLO)
    whole = next(one for one in content.events if one.uid == "day")
    assert (whole.all_day, whole.minutes, whole.starts.astimezone(OSLO).hour) == (True, 1440, 0)


@pytest.mark.parametrize(
    ("bad", "line", "says"),
    [
        (event(begins=""), 10, "DTSTART"),
        (event("this is no line"), 14, "this is no line"),
        (event("RRULE:FREQ=SECONDLY"), 10, "flere ganger om dagen"),
        (event("RRULE:FREQ=DAILY;COUNT=10000"), 10, "tusen"),
        (event("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), 10, "Ingen dag"),
        (event("RRULE:FREQ=WEEKLY;BYEASTER=1"), 10, ""),
        (event("RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"), 10, "flere"),
        (event("DTEND:20261130T110000Z"), 10, "før"),
        (event("DTEND:20271201T110000Z"), 10, "to uker"),
        (event(begins="DTSTART:20261399T110000Z"), 10, ""),
        (event(begins="DTSTART:tomorrow"), 10, ""),
        (event().replace("END:VEVENT", ""), 10, "END:VEVENT"),
        (event("RECURRENCE-ID:20261201T110000Z"), 10, "ikke er i fila"),
        (event(f"RDATE:{MANY}"), 10, "tusen"),
    ],
)  # fmt: skip
def test_a_bad_event_is_told_with_its_line_and_the_good_one_is_kept(bad, line, says):
    content = read(calendar(GOOD, bad), now=NOW)
    assert [one.uid for one in content.events] == ["good@x"]
    (problem,) = content.problems
    assert problem.line == line
    assert problem.what == "Dårlig"
    assert says in problem.why


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>404</html>", b"%PDF-1.7", b"\xff\xfe\x00", b"BEGIN:VCARD\nEND:VCARD", b"x" * (5 * 1024 * 1024 + 1)],
    ids=["empty", "html", "pdf", "bytes", "card", "huge"],
)
def test_what_is_no_calendar_is_refused_as_a_whole(content):
    with pytest.raises(NotACalendar):
        read(content, now=NOW)


def test_a_hundred_thousand_events_are_refused_before_any_is_read():
    small = b"BEGIN:VEVENT\nEND:VEVENT\n"
    with pytest.raises(NotACalendar) as refused:
        read(b"BEGIN:VCALENDAR\n" + small * 100_000, now=NOW)
    assert str(MOST_EVENTS) in str(refused.value)


def test_a_rule_without_end_is_kept_and_one_of_so_many_times_gets_a_last_day():
    content = read(
        calendar(event("RRULE:FREQ=WEEKLY"), event("RRULE:FREQ=WEEKLY;COUNT=3").replace("bad@x", "three")), now=NOW
    )
    rules = {one.uid: one.rule for one in content.events}
    assert rules == {"bad@x": "FREQ=WEEKLY", "three": "FREQ=WEEKLY;UNTIL=20261215T110000Z"}


def test_moved_and_cancelled_times_belong_to_their_event():
    moved = event("RECURRENCE-ID:20261208T110000Z", begins="DTSTART:20261208T150000Z")
    gone = event("RECURRENCE-ID:20261215T110000Z", "STATUS:CANCELLED", begins="DTSTART:20261215T110000Z")
    (one,) = read(calendar(moved, event("RRULE:FREQ=WEEKLY", "EXDATE:20261222T110000Z"), gone), now=NOW).events
    assert [(change.starts - change.recurs_on, change.cancelled) for change in one.changes] == [
        (timedelta(hours=4), False),
        (timedelta(0), True),
    ]
    assert len(one.not_on) == 1


def test_the_same_event_twice_counts_once_and_that_is_told():
    older, newer = event("SEQUENCE:1"), event("SEQUENCE:2").replace("Dårlig", "Ny")
    content = read(calendar(newer, older), now=NOW)
    assert [one.title for one in content.events] == ["Ny"]
    assert len(content.problems) == 1


def test_alarms_folded_lines_and_missing_uids_do_no_harm():
    folded = event("DESCRIPTION:Et langt", "  ord", "BEGIN:VALARM", "TRIGGER:-PT10M", "END:VALARM")
    (one,) = read(calendar(folded.replace("UID:bad@x\n", "")), now=NOW).events
    assert one.about == "Et langt ord"
    assert one.uid.startswith("no-uid-")
