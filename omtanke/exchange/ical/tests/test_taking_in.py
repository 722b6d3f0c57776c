"""A partner's calendar read again changes what has changed; nothing is there twice, and nothing ends unconfirmed."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from omtanke.config.tests.cast import at, day
from omtanke.everyday.models import Activity, Notice, Occurrence, Participation
from omtanke.exchange.ical import jobs
from omtanke.exchange.ical.imports import AT_ONCE, keep_or_ask
from omtanke.exchange.ical.models import CalendarImport, PartnerCalendar
from omtanke.exchange.ical.reading import NotACalendar, read
from omtanke.exchange.ical.taking_in import look_at, take_in


def stamp(moment) -> str:
    return f"{timezone.localtime(moment):%Y%m%dT%H%M%S}"


def event(uid: str, title: str, starts, *more: str) -> str:
    begins = f"DTSTART;TZID=Europe/Oslo:{stamp(starts)}"
    ends = f"DTEND;TZID=Europe/Oslo:{stamp(starts + timedelta(hours=1))}"
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", begins, ends, *more, "END:VEVENT"])


def calendar(*events: str) -> bytes:
    return "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR"]).encode()


@pytest.fixture
def now():
    return at("08:00")


@pytest.fixture
def parish(cast) -> PartnerCalendar:
    return PartnerCalendar.objects.create(name="Menigheten")


@pytest.fixture
def taken(parish, cast, now):
    def take(*events, end_gone=False, later=timedelta(0)):
        content = read(calendar(*events), now=now + later)
        return take_in(parish, content, end_gone=end_gone, by=cast.marit.user, now=now + later)

    return take


def supper(title="Kveldsmat", days=3, *more):
    return event(
        "supper@parish", title, at("18:00", day(days)), "RRULE:FREQ=WEEKLY", "LOCATION:Leines kirke\\, Leines", *more
    )


def test_read_twice_it_is_there_once(taken, cast):
    assert taken(supper()).new == ["Kveldsmat"]
    again = taken(supper())
    assert (again.new, again.changed, again.same) == ([], [], 1)
    activity = Activity.objects.get()
    assert (activity.arena.name, activity.occurrences.count()) == ("Leines kirke", 52)


def test_a_new_title_changes_it_and_a_new_time_moves_those_who_have_a_place(taken, cast):
    taken(supper())
    one = Occurrence.objects.in_order()[0]
    Participation.objects.create(citizen=cast.astrid, occurrence=one, state="yes", starts=one.starts, ends=one.ends)
    assert taken(supper("Suppekveld")).changed == ["Suppekveld"]
    assert not Notice.objects.exists()
    moved = event("supper@parish", "Suppekveld", at("19:00", day(3)), "RRULE:FREQ=WEEKLY")
    taken(moved)
    assert Participation.objects.get().starts == at("19:00", day(3))
    assert Notice.objects.get().about == "moved"
    assert Occurrence.objects.count() == 52
    assert taken(moved).same == 1


def test_a_week_later_the_same_file_changes_nothing_and_a_changed_one_keeps_what_was(taken, cast):
    taken(supper(days=-20))
    times = list(Occurrence.objects.in_order().values_list("starts", flat=True))
    week = timedelta(weeks=1)
    assert taken(supper(days=-20), later=week).same == 1
    assert list(Occurrence.objects.in_order().values_list("starts", flat=True)) == times
    changed = event("supper@parish", "Kveldsmat", at("19:30", day(-20)), "RRULE:FREQ=WEEKLY")
    taken(changed, later=week)
    taken(changed, later=2 * week)
    clocks = [timezone.localtime(one).hour for one in Occurrence.objects.in_order().values_list("starts", flat=True)]
    assert (clocks[0], clocks[-1]) == (18, 19)
    assert len(set(Occurrence.objects.values_list("starts", flat=True))) == len(clocks)
    assert Activity.objects.exclude(source_uid="").count() == 1


def test_single_times_are_moved_and_cancelled_as_the_calendar_says(taken, cast):
    first, second = at("18:00", day(3)), at("18:00", day(10))
    moved = event(
        "supper@parish", "Kveldsmat", first + timedelta(hours=1), f"RECURRENCE-ID;TZID=Europe/Oslo:{stamp(first)}"
    )
    gone = event(
        "supper@parish", "Kveldsmat", second, f"RECURRENCE-ID;TZID=Europe/Oslo:{stamp(second)}", "STATUS:CANCELLED"
    )
    taken(supper(), moved, gone)
    one, other = Occurrence.objects.in_order()[:2]
    assert one.starts == at("19:00", day(3))
    assert other.cancelled_at
    taken(supper())
    one.refresh_from_db()
    assert one.starts == at("18:00", day(3))


def test_what_is_gone_waits_until_somebody_confirms_and_then_people_are_told(taken, cast, parish, now):
    taken(supper(), event("trip@parish", "Tur", at("10:00", day(5))))
    trip = Occurrence.objects.get(activity__title="Tur")
    Participation.objects.create(citizen=cast.astrid, occurrence=trip, state="yes", starts=trip.starts, ends=trip.ends)
    report = look_at(parish, read(calendar(supper()), now=now), by=cast.marit.user, now=now)
    assert report.gone == ["Tur"]
    assert taken(supper()).gone == ["Tur"]
    trip.refresh_from_db()
    assert trip.cancelled_at is None
    taken(supper(), end_gone=True)
    trip.refresh_from_db()
    assert trip.cancelled_at
    assert Notice.objects.get().citizen == cast.astrid
    assert taken(supper()).gone == []


def test_an_event_that_cannot_be_read_any_more_is_not_taken_as_gone(taken, cast):
    taken(supper())
    broken = supper().replace("FREQ=WEEKLY", "FREQ=SECONDLY")
    report = taken(broken, end_gone=True)
    assert (report.gone, len(report.problems)) == ([], 1)
    assert Occurrence.objects.going_ahead().count() == 52


def test_looking_changes_nothing(parish, cast, now):
    report = look_at(parish, read(calendar(supper()), now=now), by=cast.marit.user, now=now)
    assert report.new == ["Kveldsmat"]
    assert not Activity.objects.exists()


def test_marit_uploads_looks_and_takes_in_once_and_kari_may_not(cast, parish, web):
    page = reverse("ical:partner", args=[parish.pk])
    assert web.be(cast.kari).get(page).status_code == 403
    web.be(cast.marit)
    bad = web.post(page, {"calendar": SimpleUploadedFile("x.ics", b"hello")})
    assert bad.status_code == 422
    assert "BEGIN:VCALENDAR" in bad.content.decode()
    answer = web.post(page, {"calendar": SimpleUploadedFile("x.ics", calendar(supper()))}, follow=True)
    assert "Kveldsmat" in answer.content.decode()
    assert not Activity.objects.exists()
    one = CalendarImport.objects.get()
    for _again in range(2):
        web.post(reverse("ical:take_in_calendar", args=[one.pk]))
    assert Activity.objects.get().title == "Kveldsmat"


class Partner(BaseHTTPRequestHandler):
    answers = {"/ok.ics": calendar(supper()), "/big.ics": b"BEGIN:VCALENDAR\n" + b"x" * (6 * 1024 * 1024)}

    def do_GET(self):
        if self.path == "/away.ics":
            self.send_response(302)
            self.send_header("Location", "file:///etc/hostname")
            self.end_headers()
            return
        found = self.answers.get(self.path)
        self.send_response(200 if found else 404)
        self.end_headers()
        self.wfile.write(found or b"")

    def log_message(self, *args):
        pass


@pytest.fixture
def partners_machine():
    server = HTTPServer(("127.0.0.1", 0), Partner)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_calendar_is_fetched_at_night_and_what_goes_wrong_is_said(cast, parish, partners_machine, settings):
    parish.address = f"{partners_machine}/ok.ics"
    parish.save()
    assert jobs.fetch_calendars() == 0
    parish.refresh_from_db()
    assert "indre nett" in parish.trouble  # our own network is not the open web

    settings.ICAL_FROM_INSIDE = True
    assert jobs.fetch_calendars() == 1
    assert Activity.objects.get().title == "Kveldsmat"
    for path, says in (("/none.ics", "404"), ("/big.ics", "fem megabyte"), ("/away.ics", "302")):
        parish.address = f"{partners_machine}{path}"
        assert not jobs.fetch_one(parish)
        assert says in parish.trouble
    parish.address = "http://127.0.0.1:9/x.ics"
    assert not jobs.fetch_one(parish)
    assert Activity.objects.count() == 1


def many(number: int) -> bytes:
    return calendar(*(event(f"e{n}@x", f"Kaffe {n}", at("11:00", day(3 + n % 40))) for n in range(number)))


def test_a_large_calendar_is_looked_at_and_taken_in_by_the_worker_and_the_page_tells_how_far_it_is(cast, parish, web):
    here = reverse("ical:partner", args=[parish.pk])
    file = SimpleUploadedFile("a.ics", many(AT_ONCE + 1), content_type="text/calendar")
    page = web.be(cast.marit).post(here, {"calendar": file}).url
    one = CalendarImport.objects.get()
    assert (one.state, one.of, one.report) == ("waiting", AT_ONCE + 1, {})
    assert "<progress" in web.get(page).text

    jobs.look_at_calendar(one.pk)
    one.refresh_from_db()
    assert (one.state, len(one.report["new"]), Activity.objects.count()) == ("ready", AT_ONCE + 1, 0)
    web.post(reverse("ical:take_in_calendar", args=[one.pk]))
    assert "<progress" in web.get(page).text
    assert Activity.objects.count() == 0
    jobs.take_in_calendar(one.pk)
    jobs.take_in_calendar(one.pk)  # once more finds nothing to do
    one.refresh_from_db()
    assert (one.state, Activity.objects.count()) == ("done", AT_ONCE + 1)
    assert "<progress" not in web.get(page).text


def test_one_that_does_not_come_to_an_end_says_so_does_nothing_and_is_tried_again(cast, parish, web, monkeypatch, now):
    one = keep_or_ask(parish, many(AT_ONCE + 1), by=cast.marit.user, now=now)
    again = reverse("ical:try_calendar_again", args=[one.pk])
    with monkeypatch.context() as broken:
        broken.setattr(jobs, "look_at", lambda *_a, **_k: 1 / 0)
        jobs.look_at_calendar(one.pk)
    one.refresh_from_db()
    assert one.state == "failed"
    assert "ingenting ble gjort" in web.be(cast.marit).get(reverse("ical:calendar_import", args=[one.pk])).text
    assert web.be(cast.kari).post(again).status_code == 403
    web.be(cast.marit).post(again)
    one.refresh_from_db()
    assert one.state == "waiting"

    CalendarImport.objects.update(state="looking", beat_at=now - timedelta(days=1))
    assert jobs.look_after_imports() == 1


def test_a_file_that_is_no_calendar_is_refused_at_once_however_large(cast, parish, now):
    with pytest.raises(NotACalendar):
        keep_or_ask(parish, b"hei" * 100_000, by=cast.marit.user, now=now)
    assert not CalendarImport.objects.exists()
