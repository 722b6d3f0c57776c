"""A carer without coverage: the list is on the phone; what is done there is kept, sent once, and honestly told.

The browser really has no network, the page is really loaded anew, and the server is really killed.
"""

import os
import signal

import pytest
from playwright.sync_api import expect

from stories.phones import (
    finds_it_accessible,
    give_list,
    open_visit,
    opens_the_list,
    opens_the_visit,
    round_with,
    takes_the_list_along,
    with_coverage,
    without_coverage,
)


@pytest.fixture(scope="module")
def taken(omtanke):
    """Kari has a list with Astrid on it today."""
    round_id = round_with(omtanke, "Astrid", "Nilsen")
    give_list(omtanke, round_id, "kari")
    return round_id


@pytest.fixture
def kari(somebody, taken):
    """Kari with her list on the phone."""
    kari = somebody("kari", width=390)
    takes_the_list_along(kari)
    return kari


def test_kari_does_a_whole_visit_without_coverage_and_nothing_is_lost(kari, omtanke, taken):
    visit = open_visit(omtanke, taken)
    without_coverage(kari)
    kari.does_not_see("Astrid")
    kari.takes_a_picture("phone-locked")
    opens_the_list(kari)
    kari.page.locator("[data-view=list]").wait_for()
    opens_the_visit(kari, visit)
    finds_it_accessible(kari)
    kari.takes_a_picture("phone")
    kari.page.get_by_role("button", name="Start besøket").click()
    expect(kari.page.locator("#state")).to_have_text("1 ikke sendt ennå")

    # The battery dies in the middle of a sentence.
    kari.page.get_by_text("Skriv i besøksboka").click()
    kari.page.locator("[data-note] textarea").fill("Hun fortalte om sommeren på fjo")
    kari.sees("Tatt vare på som utkast")
    kari.page.reload()
    opens_the_list(kari)
    expect(kari.page.locator("[data-note] textarea")).to_have_value("Hun fortalte om sommeren på fjo")
    kari.page.locator("[data-note] textarea").fill("Hun fortalte om sommeren på fjorden.")
    kari.page.locator("[data-note] button").click()
    kari.page.get_by_role("button", name="Avslutt besøket").click()
    expect(kari.page.locator("#state")).to_have_text("3 ikke sendt ennå")
    assert omtanke.execute("SELECT started_at FROM visits_visit WHERE id = %s", visit) == [(None,)]

    with_coverage(kari)
    done = omtanke.execute("SELECT ended_at IS NOT NULL FROM visits_visit WHERE id = %s", visit)
    notes = omtanke.execute("SELECT count(*) FROM visits_note WHERE text = 'Hun fortalte om sommeren på fjorden.'")
    assert (done, notes) == ([(True,)], [(1,)])


def test_a_clock_that_is_two_hours_wrong_writes_the_right_time_and_a_wish_reaches_its_owner(somebody, omtanke, taken):
    kari = somebody("kari", width=390)
    wrong = "const now = Date.now; Date.now = () => now() - 7200000;"
    kari.page.context.add_init_script(wrong)
    takes_the_list_along(kari)
    visit = open_visit(omtanke, taken)
    without_coverage(kari)
    opens_the_list(kari)
    opens_the_visit(kari, visit)
    kari.page.get_by_role("button", name="Start besøket").click()
    kari.page.get_by_text("Fang et ønske").click()
    kari.page.locator("[data-wish] input").fill("Jeg skulle gjerne fisket en gang til.")
    kari.page.locator("[data-wish] button").click()
    expect(kari.page.locator("#state")).to_have_text("2 ikke sendt ennå")
    with_coverage(kari)
    recent = "SELECT abs(extract(epoch FROM now() - started_at)) < 600 FROM visits_visit WHERE id = %s"
    owned = "SELECT owner_id IS NOT NULL FROM everyday_wish WHERE words = 'Jeg skulle gjerne fisket en gang til.'"
    assert (omtanke.execute(recent, visit), omtanke.execute(owned)) == ([(True,)], [(True,)])


def test_the_server_is_killed_while_the_phone_sends_and_nothing_is_doubled(kari, omtanke, taken):
    visit = open_visit(omtanke, taken)
    without_coverage(kari)
    opens_the_list(kari)
    opens_the_visit(kari, visit)
    kari.page.get_by_role("button", name="Start besøket").click()
    kari.page.get_by_text("Skriv i besøksboka").click()
    kari.page.locator("[data-note] textarea").fill("Skrevet da tjeneren var borte.")
    kari.page.locator("[data-note] button").click()
    expect(kari.page.locator("#state")).to_have_text("2 ikke sendt ennå")

    web = omtanke.processes[0]
    os.killpg(web.pid, signal.SIGKILL)
    web.wait()
    kari.page.context.set_offline(False)  # coverage, but nobody answers
    kari.page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(kari.page.locator("#state")).to_have_text("2 ikke sendt ennå")

    omtanke.processes.remove(web)
    omtanke.processes.insert(0, omtanke.start_web())
    omtanke.processes.pop()  # start_web has put it last
    for _ in range(2):
        kari.page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(kari.page.locator("#state")).to_have_text("Alt er sendt", timeout=15_000)
    notes = omtanke.execute("SELECT count(*) FROM visits_note WHERE text = 'Skrevet da tjeneren var borte.'")
    assert notes == [(1,)]


def test_a_lost_phone_shows_nothing_and_forgets_its_list_after_five_wrong_codes(kari):
    without_coverage(kari)
    for _ in range(5):
        opens_the_list(kari, "0000")
        expect(kari.page.locator("[data-code] button")).to_be_enabled()
    kari.sees("Denne telefonen har ikke med seg noen liste")
    assert "Astrid" not in kari.page.content()


def test_the_leader_closes_a_lost_phone_and_it_forgets_its_list(kari, somebody):
    lars = somebody("lars")
    lars.goes_to("/phones/")
    lars.sees("Kari Berg")
    lars.finds_the_page_accessible()
    lars.takes_a_picture("phones")
    while (lost := lars.page.get_by_role("button", name="Den er borte: steng den")).count():
        lost.first.click()
        lars.settles()
    kari.goes_to("/phone/")
    kari.sees("Denne telefonen har ikke med seg noen liste")
    assert lars.page.request.get(f"{lars.base}/phones/").status == 200
    assert kari.page.request.get(f"{kari.base}/phones/").status == 403


def test_the_language_is_changed_without_coverage_and_stays(kari):
    without_coverage(kari)
    kari.page.get_by_role("link", name="Svenska").click()
    kari.sees("Ingen täckning")
    kari.page.goto(f"{kari.base}/shift/")
    kari.sees("Ingen täckning")
    opens_the_list_in_swedish = kari.page.get_by_role("button", name="Öppna listan")
    expect(opens_the_list_in_swedish).to_be_visible()


def test_whoever_logs_out_leaves_no_list_behind(kari):
    kari.goes_to("/login/logout/")
    kari.page.locator("main form button[type=submit]").first.click()
    kari.settles()
    kari.goes_to("/phone/")
    kari.sees("Denne telefonen har ikke med seg noen liste")
