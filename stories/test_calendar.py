"""Marit arranges what happens; those concerned are told; the month is on the wall, a partner's calendar comes in."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from stories.server import ZONE


@pytest.fixture(scope="module")
def today(omtanke) -> date:
    return omtanke.execute("SELECT omtanke_today()")[0][0]


def choir_of(omtanke, number: int) -> int:
    """The number-th coming time of Marit's evening of songs."""
    coming = omtanke.execute(
        "SELECT o.id FROM everyday_occurrence o JOIN everyday_activity a ON a.id = o.activity_id "
        "WHERE a.title = 'Visekveld' AND o.cancelled_at IS NULL AND o.starts > now() ORDER BY o.starts"
    )
    return coming[number][0]


def choir_when_astrid_is_free(omtanke, number: int) -> int:
    """The number-th of those times on days when Astrid has no place at anything else: Christmas parties move about."""
    free = omtanke.execute(
        "SELECT o.id FROM everyday_occurrence o JOIN everyday_activity a ON a.id = o.activity_id "
        "WHERE a.title = 'Visekveld' AND o.cancelled_at IS NULL AND o.starts > now() AND NOT EXISTS "
        "(SELECT FROM everyday_participation p JOIN everyday_occurrence other ON other.id = p.occurrence_id "
        "JOIN people_citizen c ON c.id = p.citizen_id WHERE c.first_name = 'Astrid' AND other.id <> o.id "
        "AND other.starts::date = o.starts::date) ORDER BY o.starts"
    )
    return free[number][0]


def test_marit_makes_a_weekly_activity_with_one_exception(somebody, omtanke, today):
    marit = somebody("marit")
    marit.goes_to("/activities/")
    marit.finds_the_page_accessible()
    marit.takes_a_picture("calendar")
    marit.presses("Ny aktivitet", "link")
    page = marit.page
    page.locator("#id_title").fill("Visekveld")
    page.locator("#id_interest").select_option("sing_along")
    page.locator("#id_arena").select_option(label="Leinesfjord samfunnshus")
    page.locator("#id_day").fill((today + timedelta(days=2)).isoformat())
    page.locator("#id_from_clock").fill("19:30")
    page.locator("#id_to_clock").fill("21:00")
    page.get_by_label("Hver uke", exact=True).check()
    marit.finds_the_page_accessible()
    marit.presses("Lagre og legg i kalenderen")
    marit.sees("Visekveld står i kalenderen.")
    marit.sees("Hver uke på")
    marit.finds_the_page_accessible()

    second = choir_of(omtanke, 1)
    marit.goes_to(f"/activities/times/{second}/move/")
    page.locator("#id_from_clock").fill("18:00")
    page.locator("#id_to_clock").fill("19:30")
    marit.finds_the_page_accessible()
    marit.presses("Lagre denne gangen")
    marit.sees("Endret, bare denne gangen.")
    marit.sees("Flyttet fra")
    clocks = omtanke.execute(
        "SELECT to_char(o.starts, 'HH24:MI') FROM everyday_occurrence o "
        "JOIN everyday_activity a ON a.id = o.activity_id WHERE a.title = 'Visekveld' ORDER BY o.starts LIMIT 3"
    )
    assert [clock for (clock,) in clocks] == ["19:30", "18:00", "19:30"]


@pytest.mark.parametrize("width", [390, 1280])
def test_astrid_has_a_place_it_is_cancelled_and_stands_there_until_she_is_told(somebody, omtanke, width):
    one = choir_when_astrid_is_free(omtanke, -1 if width == 390 else -2)
    marit = somebody("marit", width=width)
    marit.goes_to(f"/activities/times/{one}/")
    marit.finds_the_page_accessible()
    marit.presses("Meld på noen", "link")
    marit.page.locator("#id_citizen").select_option(label="Astrid Nilsen")
    marit.finds_the_page_accessible()
    marit.presses("Neste")
    marit.sees("Hvordan kommer Astrid seg dit og hjem igjen?")
    marit.page.get_by_label("Trenger at en av oss kjører").check()
    marit.finds_the_page_accessible()
    marit.presses("Lagre")
    if marit.page.locator("#id_despite_visit").is_visible():  # she expects a visit then: asked, never silently booked
        marit.page.locator("#id_despite_visit").check()
        marit.presses("Lagre")
    marit.sees("Astrid N.")
    marit.sees("Marit Lund finner noen som kan kjøre")
    driver = "SELECT count(*) FROM everyday_helpwanted WHERE occurrence_id = %s AND kind = 'ride' AND found_at IS NULL"
    assert omtanke.execute(driver, one) == [(1,)]
    marit.presses("Avlys denne gangen", "link")
    marit.sees("Astrid N.")
    marit.finds_the_page_accessible()
    marit.page.locator("#id_words").fill("Pianisten er syk.")
    marit.presses("Avlys denne gangen")
    marit.sees("Du sier fra")
    marit.sees("Pianisten er syk.")
    marit.finds_the_page_accessible()
    waiting = marit.page.locator("section.ds-card", has_text="Pianisten er syk.").first
    waiting.get_by_role("button", name="Har ringt Astrid Nilsen").click()
    marit.sees("Notert: Astrid N. vet det.")
    left = omtanke.execute("SELECT count(*) FROM everyday_notice WHERE occurrence_id = %s AND told_at IS NULL", one)
    assert left == [(0,)]

    marit.goes_to(f"/activities/times/{one}/")
    marit.presses("Det blir noe av likevel", "link")
    marit.finds_the_page_accessible()
    marit.page.locator("#id_words").fill("Vi har fått en ny pianist.")
    marit.presses("Det blir noe av")
    marit.sees("Vi har fått en ny pianist.")  # whoever was told is told again
    marit.finds_the_page_accessible()
    state = "SELECT p.state FROM everyday_participation p JOIN people_citizen c ON c.id = p.citizen_id"
    whose = "WHERE p.occurrence_id = %s AND c.first_name = 'Astrid'"
    assert omtanke.execute(f"{state} {whose}", one) == [("yes",)]
    assert omtanke.execute(driver, one) == [(1,)]  # looked for again


@pytest.mark.parametrize("width", [390, 1280])
def test_what_there_is_in_each_hamlet_and_at_each_place(somebody, width):
    kari = somebody("kari", width=width)
    for address in ("/activities/?view=week", "/hamlets/", "/arenas/", "/organisers/", "/activities/to-tell/"):
        kari.goes_to(address)
        kari.finds_the_page_accessible()
    kari.goes_to("/hamlets/")
    kari.presses("Nordfold", "link", exact=True)
    kari.sees("Strikk og prat")
    kari.finds_the_page_accessible()


def test_the_poster_and_astrids_own_sheet_come_as_pdf_and_the_sheet_as_a_page(somebody, omtanke):
    marit = somebody("marit", width=390)
    astrid = omtanke.execute("SELECT id FROM people_citizen WHERE first_name = 'Astrid' AND last_name = 'Nilsen'")[0][0]
    for address in (
        "/activities/poster.pdf?paper=a4",
        "/activities/poster.pdf?paper=a3",
        f"/citizens/{astrid}/sheet.pdf",
    ):
        answer = marit.page.request.get(f"{marit.base}{address}")
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
        assert answer.body().startswith(b"%PDF")
    marit.goes_to(f"/citizens/{astrid}/sheet/")
    marit.sees("Ukene mine")
    marit.finds_the_page_accessible()


def test_the_parish_calendar_is_read_twice_and_is_there_once(somebody, omtanke, today):
    begins = (today + timedelta(days=4)).strftime("%Y%m%d")
    calendar = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:x@parish\r\nSUMMARY:Suppekveld i kirka\r\n"
        f"DTSTART;TZID={ZONE}:{begins}T180000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:y@parish\r\nSUMMARY:Uten dato\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()
    marit = somebody("marit")
    marit.goes_to("/partner-calendars/")
    marit.page.locator("#id_name").fill("Steigen menighets kalender")
    marit.finds_the_page_accessible()
    marit.presses("Lagre kalenderen")
    place = marit.page.url
    for time in range(2):
        marit.page.goto(place)
        marit.page.locator("#id_calendar").set_input_files(
            {"name": "kirka.ics", "mimeType": "text/calendar", "buffer": calendar}
        )
        marit.finds_the_page_accessible()
        marit.presses("Se på fila")
        marit.sees("1 ny aktivitet" if time == 0 else "1 som før")
        marit.sees("Linje 10")
        marit.finds_the_page_accessible()
        marit.presses("Ta den inn")
        marit.sees("Kalenderen er tatt inn.")
    there = omtanke.execute("SELECT count(*) FROM everyday_activity WHERE title = 'Suppekveld i kirka'")
    assert there == [(1,)]


def test_everybody_may_see_the_calendar_and_a_secret_feed_is_ones_own(somebody, browser, omtanke):
    stranger = browser.new_context(viewport={"width": 390, "height": 844})
    page = stranger.new_page()
    assert page.goto(f"{omtanke.url}/calendar/").status == 200
    assert "Seniorkoret" in page.content()
    feed = Calendar.from_ical(page.request.get(f"{omtanke.url}/calendar.ics").body())
    assert "Seniorkoret" in {str(event["summary"]) for event in feed.walk("VEVENT")}
    stranger.close()

    per = somebody("per", width=390)
    per.goes_to("/my-calendar/")
    per.finds_the_page_accessible()
    per.presses("Lag adressen min")
    per.finds_the_page_accessible()
    address = per.page.locator("#address").input_value()
    assert b"BEGIN:VCALENDAR" in per.page.request.get(address).body()


def test_a_carer_sees_and_does_not_arrange_and_eva_and_per_are_refused(somebody, omtanke):
    one = choir_of(omtanke, 0)
    kari = somebody("kari")
    assert kari.goes_to(f"/activities/times/{one}/").status == 200
    kari.does_not_see("Avlys denne gangen")
    for address in ("/activities/new/", f"/activities/times/{one}/cancel/", "/partner-calendars/"):
        assert kari.page.request.get(f"{kari.base}{address}").status == 403
    for name in ("eva", "per"):
        person = somebody(name)
        for address in ("/activities/", f"/activities/times/{one}/", "/activities/to-tell/", "/hamlets/"):
            assert person.page.request.get(f"{person.base}{address}").status == 403
