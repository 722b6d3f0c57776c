"""The month planned: somebody signs up, Marit opens the way for them, plans a month and asks; Per drives.

The demo's people differ in how they can be reached, so the stories choose from what was proposed instead of by name.
Each story stands alone: what it needs it makes, unless an earlier one has.
"""

import re
import time

import pytest

from stories.conftest import Person
from stories.server import ZONE

WORKER = True
MADE = 60_000  # milliseconds: the search itself takes a second or two, on a machine with nothing else to do
UNIT = "Nord-Steigen"
WIDTHS = (390, 1280)


@pytest.fixture
def unit(omtanke) -> int:
    return omtanke.execute("SELECT id FROM people_unit WHERE name = %s", UNIT)[0][0]


@pytest.fixture
def asked(somebody, omtanke, unit):
    """Somebody is asked to drive: by an earlier story, or by a plan that Marit makes now."""
    if omtanke.execute("SELECT 1 FROM everyday_assignment WHERE kind = 'ride' AND state = 'asked'") == []:
        marit = somebody("marit")
        plans(marit, unit)
        marit.presses("Spør dem")
        marit.sees("er invitert. Svarene kommer gjennom dem som kjenner dem.")


@pytest.fixture
def nobody_is_asked(omtanke):
    """As before any plan: what an earlier story asked is not asked."""
    of_plans = "(SELECT participation_id FROM everyday_monthchoice WHERE participation_id IS NOT NULL)"
    wishes = "(SELECT wish_id FROM everyday_monthchoice WHERE participation_id IS NOT NULL)"
    given = f"(SELECT id FROM everyday_assignment WHERE participation_id IN {of_plans})"
    for statement in (
        f"DELETE FROM everyday_helpwanted WHERE assignment_id IN {given}",
        f"DELETE FROM everyday_assignment WHERE participation_id IN {of_plans}",
        f"UPDATE everyday_wish SET state = 'said' WHERE id IN {wishes}",
        f"UPDATE everyday_wishstep SET participation_id = NULL WHERE participation_id IN {of_plans}",
    ):
        omtanke.execute(statement)
    places = [pk for (pk,) in omtanke.execute(f"SELECT id FROM everyday_participation WHERE id IN {of_plans}")]
    omtanke.execute("UPDATE everyday_monthchoice SET participation_id = NULL")
    omtanke.execute("DELETE FROM everyday_participation WHERE id = ANY (%s)", places)


def looks_at(somebody, who: str, pages: list[str]) -> None:
    for width in WIDTHS:
        person = somebody(who, width=width)
        for page in pages:
            assert person.goes_to(page).status == 200
            person.finds_the_page_accessible()


def test_somebody_signs_up_without_a_login(browser, omtanke):
    for width in WIDTHS:
        context = browser.new_context(viewport={"width": width, "height": 844}, locale="nb", timezone_id=ZONE)
        unni = Person(context.new_page(), omtanke.url)
        unni.goes_to("/volunteer/")
        unni.finds_the_page_accessible()
        if width == WIDTHS[0]:
            signs_up(unni, "Unni Storvik")
        context.close()
    found = omtanke.execute("SELECT user_id, talked_on, seats FROM everyday_volunteer WHERE name = 'Unni Storvik'")
    assert found == [(None, None, 3)]


def signs_up(unni: Person, name: str) -> None:
    unni.presses("Meld meg på")  # with nothing written: nothing is kept, and she is told what is missing
    assert unni.page.url.endswith("/volunteer/")
    email = f"{name.split()[0].lower()}@demo.example.org"
    for field, words in (("name", name), ("phone", "902 00 111"), ("email", email)):
        unni.page.locator(f"[name={field}]").fill(words)
    for label in ("tirsdag", "På dagtid, 9 til 16", "Har bil"):
        unni.page.get_by_label(label).check()
    unni.page.locator("[name=seats]").fill("3")
    unni.page.locator("[name=consent]").check()
    unni.errors.clear()  # the browser itself writes down the 422 above
    unni.presses("Meld meg på")
    unni.sees("Tusen takk!")
    unni.finds_the_page_accessible()


def test_marit_sees_a_new_one_in_the_register_and_opens_the_way_step_by_step(browser, somebody, omtanke):
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="nb", timezone_id="Europe/Oslo")
    odd = Person(context.new_page(), omtanke.url)
    odd.goes_to("/volunteer/")
    signs_up(odd, "Odd Storvik")
    context.close()

    marit = somebody("marit", width=390)
    marit.goes_to("/volunteers/")
    marit.finds_the_page_accessible()
    marit.presses("Odd Storvik", "link")
    page = marit.page.url.removeprefix(marit.base)
    for _gate in range(3):
        marit.does_not_see("Gi innlogging")
        marit.presses("Noter")
    marit.sees("Gi innlogging")
    marit.sees("Marit Lund følger opp")
    passed = "SELECT talked_on, confidentiality_on, certificate_seen_on FROM everyday_volunteer WHERE name = %s"
    assert all(omtanke.execute(passed, "Odd Storvik")[0])
    looks_at(somebody, "marit", ["/volunteers/", "/volunteers/needed/", page])


def test_marit_asks_astrid_what_she_needs_to_take_part(somebody, omtanke):
    (pk,) = omtanke.execute("SELECT id FROM people_citizen WHERE first_name = 'Astrid' AND last_name = 'Nilsen'")[0]
    page = f"/people/{pk}/everyday/needs/"
    looks_at(somebody, "marit", [page])
    marit = somebody("marit", width=390)
    marit.goes_to(page)
    marit.page.get_by_label("Bruker ganghjelpemiddel").check()
    marit.page.locator("[name=words]").fill("Jeg må sitte langt framme.")
    marit.page.locator("form[novalidate] button[type=submit]").click()
    marit.settles()
    marit.sees("Notert. Månedsplanen følger dette fra nå av.")
    marit.sees("Jeg må sitte langt framme.")
    marit.finds_the_page_accessible()
    noted = omtanke.execute(
        "SELECT 'walking_aid' = ANY (needs), said_by FROM everyday_needsnote WHERE citizen_id = %s", pk
    )
    assert noted == [(True, "self")]


def test_marit_plans_a_month_steers_it_and_asks(somebody, omtanke, unit, nobody_is_asked):
    marit = somebody("marit")
    plans(marit, unit)
    (kept, *_driven), every = driven(omtanke, marit), choices(omtanke, marit)
    row(marit, every, kept).get_by_role("button", name="Fest").click()
    marit.settles()
    out = next(one for one in every if one != kept)
    row(marit, every, out).get_by_role("button", name="Ta ut").click()
    marit.settles()
    marit.sees("tatt ut")
    marit.finds_the_page_accessible()

    first = marit.page.url
    marit.presses("Planlegg på nytt, endre lite")
    marit.page.wait_for_url(lambda url: url.split("#")[0] != first.split("#")[0])
    is_ready(marit)
    again = choices(omtanke, marit)
    assert kept in again
    assert out not in again
    page = re.search(r"/months/\d+/", marit.page.url)[0]
    looks_at(somebody, "marit", ["/months/", page, f"{page}?by=person"])
    marit.goes_to(page)
    marit.takes_a_picture("month")
    marit.presses("Spør dem")
    marit.sees("er invitert. Svarene kommer gjennom dem som kjenner dem.")
    asked = (
        "SELECT count(*) FROM everyday_participation WHERE wish_id = %s AND occurrence_id = %s AND state = 'invited'"
    )
    assert omtanke.execute(asked, *kept) == [(1,)]
    assert omtanke.execute(asked, *out) == [(0,)]


def plans(marit: Person, unit: int) -> None:
    marit.goes_to(f"/months/?unit={unit}")
    marit.presses("Foreslå en plan")
    is_ready(marit)


def is_ready(marit: Person) -> None:
    marit.page.get_by_role("button", name="Spør dem").wait_for(timeout=MADE)
    marit.settles()


CHOICES = """SELECT wish_id, occurrence_id FROM everyday_monthchoice c
             JOIN everyday_occurrence o ON o.id = c.occurrence_id
             WHERE plan_id = %s AND NOT taken_out {} ORDER BY o.starts, stop_number, c.id"""


def choices(omtanke, marit: Person, which: str = "") -> list[tuple[int, int]]:
    """Wish and time, of what is proposed on the page, in its order."""
    return omtanke.execute(CHOICES.format(which), re.search(r"/months/(\d+)/", marit.page.url)[1])


def driven(omtanke, marit: Person) -> list[tuple[int, int]]:
    """Those whom somebody drives: Per's own first."""
    per = "AND driver_id = (SELECT id FROM everyday_volunteer WHERE name = 'Per Strand')"
    return choices(omtanke, marit, per) + choices(omtanke, marit, "AND driver_id IS NOT NULL")


def row(marit: Person, every: list[tuple[int, int]], one: tuple[int, int]):
    """Where it stands on the page: within its activity, by place."""
    together = [each for each in every if each[1] == one[1]]
    return marit.page.locator(f"#one-{one[1]} li").nth(together.index(one))


def test_per_sees_on_his_phone_what_he_needs_says_yes_and_sees_whom_when_the_day_comes(somebody, omtanke, asked):
    ride, name, birth = rides(omtanke)
    per = somebody("per", width=390)
    per.goes_to("/assignments/")
    per.does_not_see(name)  # not before he has said yes, and the day is near
    per.finds_the_page_accessible()
    per.page.locator(f'form[action="/assignments/{ride}/answer/"]').get_by_role("button", name="Ja, gjerne").click()
    per.settles()
    per.sees("Du ser hvem det er, og hvor, fra dagen før.")
    per.does_not_see(name)

    omtanke.execute("UPDATE access_grant SET since = now() WHERE because LIKE %s", f"%assignment%{ride}")
    looks_at(somebody, "per", ["/assignments/", "/assignments/rides/"])
    per.goes_to("/assignments/rides/")
    per.sees(name)
    assert birth not in per.page.content()
    per.takes_a_picture("rides")


def rides(omtanke) -> tuple[int, str, str]:
    """One ride that Per is asked to. Where another volunteer was nearer this month, he takes theirs over."""
    mine = "volunteer_id = (SELECT id FROM everyday_volunteer WHERE name = 'Per Strand')"
    of = "SELECT min(id) FROM everyday_assignment WHERE kind = 'ride' AND state = 'asked'"
    if omtanke.execute(f"{of} AND {mine}") == [(None,)]:
        omtanke.execute(f"UPDATE everyday_assignment SET {mine} WHERE id = ({of})")
    return omtanke.execute(
        f"""SELECT a.id, c.first_name || ' ' || c.last_name, to_char(c.born, 'YYYY')
            FROM everyday_assignment a JOIN people_citizen c ON c.id = a.citizen_id WHERE a.id = ({of} AND {mine})"""
    )[0]


FULL = """
SELECT o.id, o.activity_id, p.citizen_id, a.title FROM everyday_occurrence o
  JOIN everyday_activity a ON a.id = o.activity_id JOIN everyday_participation p ON p.occurrence_id = o.id
  JOIN people_belonging b ON b.citizen_id = p.citizen_id JOIN people_unit u ON u.id = b.unit_id
 WHERE u.name = %s AND p.state = 'yes' AND a.seats IS NOT NULL AND o.cancelled_at IS NULL
   AND o.starts > now() + interval '2 days' AND p.citizen_id <> %s
   AND NOT EXISTS (SELECT FROM everyday_participation q JOIN everyday_occurrence other ON other.id = q.occurrence_id
                   WHERE q.citizen_id = %s AND other.starts::date = o.starts::date)
 ORDER BY o.starts, p.id LIMIT 1
"""
TAKEN = "SELECT count(*) FROM everyday_participation WHERE occurrence_id = %s AND state IN ('invited', 'yes', 'there')"


def test_it_is_full_astrid_waits_a_place_comes_free_and_kari_asks_her(somebody, omtanke):
    (astrid,) = omtanke.execute("SELECT id FROM people_citizen WHERE first_name = 'Astrid' AND last_name = 'Nilsen'")[0]
    one, activity, leaves, title = omtanke.execute(FULL, UNIT, astrid, astrid)[0]
    (taken,) = omtanke.execute(TAKEN, one)[0]
    omtanke.execute("UPDATE everyday_activity SET seats = %s WHERE id = %s", taken, activity)
    page = f"/activities/times/{one}/"

    kari = somebody("kari", width=390)
    kari.goes_to(f"{page}sign-up/?citizen={astrid}")
    kari.page.get_by_label("Venter på plass, og blir spurt når en blir ledig").check()
    kari.page.get_by_label("Trenger at en av oss kjører").check()
    kari.finds_the_page_accessible()
    kari.presses("Lagre")
    kari.sees("Når det blir plass, finner vi noen som kan kjøre eller bli med.")
    kari.sees("Venter på plass, den som har ventet lengst først")
    kari.finds_the_page_accessible()
    kari.page.get_by_text("Venter på plass, den som har ventet lengst først").scroll_into_view_if_needed()
    kari.takes_a_picture("waiting-list")

    marit = somebody("marit", width=390)
    marit.goes_to(f"{page}sign-up/?citizen={leaves}")
    marit.page.get_by_label("Sier nei takk").check()
    marit.finds_the_page_accessible()
    marit.presses("Lagre")

    is_offered(kari, "har nå plass til dem")
    kari.sees(title)
    kari.finds_the_page_accessible()
    kari.goes_to(f"{page}sign-up/?citizen={astrid}")
    kari.page.get_by_label("Sier ja").check()
    kari.presses("Lagre")
    if kari.page.locator("#id_despite_visit[type=checkbox]").count():  # she expects a visit then
        kari.errors.clear()  # the browser notes the 422 that the form came back with
        kari.page.locator("#id_despite_visit").check()
        kari.presses("Lagre")
    kari.sees("finner noen som kan kjøre")
    said = "SELECT state FROM everyday_participation WHERE occurrence_id = %s AND citizen_id = %s"
    assert omtanke.execute(said, one, astrid) == [("yes",)]
    looks_at(somebody, "marit", [page, "/volunteers/"])


def is_offered(kari: Person, words: str) -> None:
    """The worker keeps the place for whoever waited longest, and her contact is to ask."""
    until = time.monotonic() + MADE / 1000
    kari.goes_to("/activities/to-tell/")
    while time.monotonic() < until and kari.page.get_by_text(words).count() == 0:
        kari.goes_to("/activities/to-tell/")
    kari.sees(words)


def test_per_changes_his_times_and_what_is_agreed_stays(somebody, omtanke):
    looks_at(somebody, "per", ["/assignments/my-times/"])
    per = somebody("per", width=390)
    per.goes_to("/assignments/")
    per.presses("Tidene mine og det jeg liker", "link")
    per.page.locator("#day-6-day").set_checked(True)
    per.page.locator("#day-6-evening").set_checked(False)
    per.page.locator("#id_range_km").fill("35")
    per.presses("Lagre")
    per.sees("Lagret. Det gjelder fra nå av.")
    per.finds_the_page_accessible()
    mine = "FROM everyday_volunteer v WHERE v.name = 'Per Strand'"
    assert omtanke.execute(f"SELECT range_km {mine}") == [(35,)]
    sundays = (
        f"SELECT starts::text FROM everyday_availability WHERE weekday = 6 AND volunteer_id = (SELECT v.id {mine})"
    )
    assert omtanke.execute(sundays) == [("09:00:00",)]
    (pk,) = omtanke.execute(f"SELECT v.id {mine}")[0]
    looks_at(somebody, "marit", [f"/volunteers/{pk}/", f"/volunteers/{pk}/times/"])


def test_those_who_do_not_plan_or_look_after_volunteers_are_refused(somebody):
    pages = ["/volunteers/", "/volunteers/needed/", "/months/", "/months/1/"]
    for who, more in {"kari": ["/assignments/", "/assignments/rides/"], "eva": ["/assignments/"], "per": []}.items():
        person = somebody(who)
        for page in [*pages, *more]:
            assert person.page.request.get(f"{person.base}{page}").status == 403, f"{who} at {page}"
