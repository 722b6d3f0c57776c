"""The month planned: somebody signs up, Marit opens the way for them, plans a month and asks; Per drives.

The demo's people differ in how they can be reached, so the stories choose from what was proposed instead of by name.
"""

import re

import pytest

from stories.conftest import Person
from stories.server import ZONE

WORKER = True
MADE = 60_000  # milliseconds: the search itself takes a second or two, on a machine with nothing else to do
UNIT = "Nord-Steigen"
WIDTHS = (390, 1280)


@pytest.fixture(scope="module")
def planned(omtanke):
    """The plan that the story makes; those after it go on with it."""
    return {"unit": omtanke.execute("SELECT id FROM people_unit WHERE name = %s", UNIT)[0][0]}


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
            signs_up(unni)
        context.close()
    found = omtanke.execute("SELECT user_id, talked_on, seats FROM everyday_volunteer WHERE name = 'Unni Storvik'")
    assert found == [(None, None, 3)]


def signs_up(unni: Person) -> None:
    unni.presses("Meld meg på")  # with nothing written: nothing is kept, and she is told what is missing
    assert unni.page.url.endswith("/volunteer/")
    for name, words in (("name", "Unni Storvik"), ("phone", "902 00 111"), ("email", "unni@demo.example.org")):
        unni.page.locator(f"[name={name}]").fill(words)
    for label in ("tirsdag", "På dagtid, 9 til 16", "Har bil"):
        unni.page.get_by_label(label).check()
    unni.page.locator("[name=seats]").fill("3")
    unni.page.locator("[name=consent]").check()
    unni.errors.clear()  # the browser itself writes down the 422 above
    unni.presses("Meld meg på")
    unni.sees("Tusen takk!")
    unni.finds_the_page_accessible()


def test_marit_sees_her_in_the_register_and_opens_the_way_step_by_step(somebody, omtanke):
    marit = somebody("marit", width=390)
    marit.goes_to("/volunteers/")
    marit.finds_the_page_accessible()
    marit.presses("Unni Storvik", "link")
    page = marit.page.url.removeprefix(marit.base)
    for _gate in range(3):
        marit.does_not_see("Gi innlogging")
        marit.presses("Noter")
    marit.sees("Gi innlogging")
    marit.sees("Marit Lund følger opp")
    passed = "SELECT talked_on, confidentiality_on, certificate_seen_on FROM everyday_volunteer WHERE name = %s"
    assert all(omtanke.execute(passed, "Unni Storvik")[0])
    looks_at(somebody, "marit", ["/volunteers/", page])


def test_marit_plans_a_month_steers_it_and_asks(somebody, omtanke, planned):
    marit = somebody("marit")
    marit.goes_to(f"/months/?unit={planned['unit']}")
    marit.presses("Foreslå en plan")
    is_ready(marit)
    (kept, *_driven), every = driven(omtanke, marit), choices(omtanke, marit)
    row(marit, every, kept).get_by_role("button", name="Fest").click()
    marit.page.wait_for_load_state("networkidle")
    out = next(one for one in every if one != kept)
    row(marit, every, out).get_by_role("button", name="Ta ut").click()
    marit.page.wait_for_load_state("networkidle")
    marit.sees("tatt ut")
    marit.finds_the_page_accessible()

    first = marit.page.url
    marit.presses("Planlegg på nytt, endre lite")
    marit.page.wait_for_url(lambda url: url.split("#")[0] != first.split("#")[0])
    is_ready(marit)
    again = choices(omtanke, marit)
    assert kept in again
    assert out not in again
    planned["page"] = re.search(r"/months/\d+/", marit.page.url)[0]
    looks_at(somebody, "marit", ["/months/", planned["page"], f"{planned['page']}?by=person"])
    marit.goes_to(planned["page"])
    marit.takes_a_picture("month")
    marit.presses("Spør dem")
    marit.sees("er invitert. Svarene kommer gjennom dem som kjenner dem.")
    asked = (
        "SELECT count(*) FROM everyday_participation WHERE wish_id = %s AND occurrence_id = %s AND state = 'invited'"
    )
    assert omtanke.execute(asked, *kept) == [(1,)]
    assert omtanke.execute(asked, *out) == [(0,)]


def is_ready(marit: Person) -> None:
    marit.page.get_by_role("button", name="Spør dem").wait_for(timeout=MADE)
    marit.page.wait_for_load_state("networkidle")


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


def test_per_sees_on_his_phone_what_he_needs_says_yes_and_sees_whom_when_the_day_comes(somebody, omtanke, planned):
    ride, name, birth = rides(omtanke)
    per = somebody("per", width=390)
    per.goes_to("/assignments/")
    per.does_not_see(name)  # not before he has said yes, and the day is near
    per.finds_the_page_accessible()
    per.page.locator(f'form[action="/assignments/{ride}/answer/"]').get_by_role("button", name="Ja, gjerne").click()
    per.page.wait_for_load_state("networkidle")
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


def test_those_who_do_not_plan_or_look_after_volunteers_are_refused(somebody, planned):
    refused = {
        "kari": ["/volunteers/", "/months/", planned.get("page", "/months/1/"), "/assignments/", "/assignments/rides/"],
        "eva": ["/volunteers/", "/months/", planned.get("page", "/months/1/"), "/assignments/"],
        "per": ["/volunteers/", "/months/", planned.get("page", "/months/1/")],
    }
    for who, pages in refused.items():
        person = somebody(who)
        for page in pages:
            assert person.page.request.get(f"{person.base}{page}").status == 403, f"{who} at {page}"
