"""The visiting senior: Sverre becomes ready step by step, Arne visits with the phone in his hand, Hilde sees who lacks
what, publishes the newsletter, and stays in touch with those who speak well of them."""

import pytest

from stories.conftest import Person
from stories.server import ZONE

WIDTHS = (390, 1280)


@pytest.fixture(scope="module")
def arnes_visit(omtanke):
    """Arne's next visit with exercises is today at nine, where the municipality is."""
    rows = omtanke.execute(
        """UPDATE befriending_servicevisit SET planned_start = now() - interval '10 minutes' WHERE id = (
             SELECT v.id FROM befriending_servicevisit v JOIN people_employee e ON e.id = v.senior_id
              WHERE e.first_name = 'Arne' AND v.began_at IS NULL AND v.not_done_because = ''
              ORDER BY v.planned_start LIMIT 1) RETURNING id"""
    )
    return rows[0][0]


def looks_at(somebody, who: str, pages: list[str]) -> None:
    for width in WIDTHS:
        person = somebody(who, width=width)
        for page in pages:
            assert person.goes_to(page).status == 200, page
            person.finds_the_page_accessible()


def test_sverre_reads_signs_and_is_ready_and_was_refused_before(somebody, omtanke):
    lacks = (
        "SELECT befriending_senior_lacks(id) FROM people_employee WHERE (first_name, last_name) = ('Sverre', 'Nymo')"
    )
    assert omtanke.execute(lacks) == [(["preparation", "visit", "declaration"],)]
    sverre = somebody("sverre", width=390)
    sverre.goes_to("/my-visits/ready/")
    sverre.sees("3 av 6 kapitler gjort")
    sverre.sees("Gudrun Vold")
    sverre.finds_the_page_accessible()
    sverre.takes_a_picture("senior-ready")
    for name, left in (("Forberedelse til besøket", 3), ("Gjennomføring av besøket", 6)):
        sverre.page.get_by_role("link", name=name).first.click()
        sverre.settles()
        sverre.does_not_see("Jeg har vært gjennom alt")
        sverre.page.get_by_role("link", name="Les videre").or_(
            sverre.page.get_by_role("link", name="Begynn å lese")
        ).click()
        sverre.settles()
        sverre.finds_the_page_accessible()
        for _chapter in range(left):
            sverre.page.get_by_role("button", name="Lest, ").click()
            sverre.settles()
        sverre.presses("Jeg har vært gjennom alt")
    signs(sverre)
    sverre.sees("Du har vært gjennom alt. Du er klar")
    sverre.finds_the_page_accessible()
    assert omtanke.execute(lacks) == [([],)]
    kept = omtanke.execute(
        "SELECT name, strpos(words, 'taushetsplikten') > 0 FROM befriending_signature ORDER BY id DESC"
    )
    assert kept[0] == ("Sverre Nymo", True)


def signs(sverre: Person) -> None:
    """A wrong name first: what is to be written stands beside the field."""
    sverre.page.get_by_role("link", name="Skriv under taushets\u00aderklæringen").first.click()
    sverre.settles()
    sverre.finds_the_page_accessible()
    sverre.page.locator("#name").fill("S. N.")
    sverre.presses("Jeg har lest og skriver under")
    sverre.sees("Skriv fullt navn slik det står her: Sverre Nymo")
    sverre.errors.clear()  # the browser itself writes down the 422 above
    sverre.page.locator("#name").fill("Sverre Nymo")
    sverre.presses("Jeg har lest og skriver under")


def test_arne_visits_with_the_phone_from_the_list_to_the_visit_book(somebody, omtanke, arnes_visit):
    arne = somebody("arne", width=390)
    arne.goes_to("/my-visits/")
    arne.finds_the_page_accessible()
    arne.takes_a_picture("senior-visits")
    arne.page.locator(f'a[href="/my-visits/visits/{arnes_visit}/"]').click()
    arne.settles()
    arne.sees("Båt og fiske")
    arne.sees("Salget av båten")
    arne.finds_the_page_accessible()
    arne.takes_a_picture("senior-visit")

    arne.presses("Start besøket")
    words = "Vi gikk ned til kaia. Han fortalte om sønnen."
    arne.page.locator("#id_report").fill(words)
    arne.sees("Tatt vare på i denne telefonen")
    arne.goes_to(f"/my-visits/visits/{arnes_visit}/")  # the page is left by mistake, and the words are there again
    arne.page.wait_for_function("document.querySelector('#id_report').value.includes('kaia')")
    arne.finds_the_page_accessible()
    arne.presses("Avslutt besøket")
    arne.page.wait_for_function("document.querySelector('#id_report').value.includes('kaia')")
    arne.presses("Skriv i besøksboka")
    assert omtanke.execute("SELECT report FROM befriending_servicevisit WHERE id = %s", arnes_visit) == [(words,)]
    ready_words = arne.page.locator('a[href^="sms:"]').evaluate_all("all => all.map(a => decodeURIComponent(a.href))")
    assert len(ready_words) == 3
    assert not any("kaia" in one or "sønnen" in one for one in ready_words)
    arne.presses("Jeg har sendt den")
    arne.sees("Sagt fra")
    arne.finds_the_page_accessible()


def test_arne_says_why_there_is_no_visit_and_takes_it_back(somebody, omtanke):
    (coming,) = omtanke.execute(
        """SELECT v.id FROM befriending_servicevisit v JOIN people_employee e ON e.id = v.senior_id
            WHERE e.first_name = 'Arne' AND v.began_at IS NULL
              AND v.planned_start > now() ORDER BY planned_start DESC"""
    )[0]
    arne = somebody("arne", width=390)
    arne.goes_to(f"/my-visits/visits/{coming}/")
    arne.presses("Det blir ikke besøk denne gangen", "link")
    arne.finds_the_page_accessible()
    arne.page.get_by_label("Jeg er syk eller kan ikke komme").check()
    arne.presses("Skriv det ned")
    arne.sees("Ikke besøk denne gangen")
    arne.finds_the_page_accessible()
    arne.presses("Det blir besøk likevel")
    arne.sees("Du starter besøket her når du står på døren.")


def test_turid_of_the_same_department_finds_nothing_of_arnes_visit(somebody, arnes_visit):
    turid = somebody("turid", width=390)
    assert turid.page.request.get(f"{turid.base}/my-visits/visits/{arnes_visit}/").status == 404
    assert turid.page.request.get(f"{turid.base}/seniors/").status == 403


def test_hilde_calls_a_meeting_and_turid_answers(somebody):
    hilde = somebody("hilde")
    hilde.goes_to("/seniors/")
    hilde.finds_the_page_accessible()
    hilde.takes_a_picture("seniors-overview")
    hilde.goes_to("/seniors/meetings/new/")
    hilde.page.locator("#id_starts").fill("2031-03-04T11:00")
    hilde.page.locator("#id_place").fill("Nordfold kirkestue")
    hilde.page.locator("#id_theme").select_option("well_being")
    hilde.presses("Inviter seniorene")
    page = hilde.page.url.removeprefix(hilde.base)
    hilde.finds_the_page_accessible()

    turid = somebody("turid", width=390)
    turid.goes_to("/my-visits/meetings/")
    card = turid.page.locator("article").filter(has_text="Nordfold kirkestue")
    card.get_by_role("button", name="Jeg kommer").click()
    turid.settles()
    turid.sees("Fint, vi venter deg.")
    turid.finds_the_page_accessible()
    hilde.goes_to(page)
    hilde.sees("1 kommer, 0 kan ikke")


def test_hilde_publishes_the_newsletter_and_everybody_reads_it(somebody, omtanke, browser):
    (draft,) = omtanke.execute("SELECT id FROM befriending_newsletter WHERE published_at IS NULL")[0]
    hilde = somebody("hilde")
    hilde.goes_to(f"/newsletters/{draft}/")
    hilde.page.locator("#id_lead").fill("Snart jul.")
    hilde.page.locator("#id_heading_1").fill("Lys i vinduet")
    hilde.page.locator("#id_text_1").fill("Vi møtes til kaffe og lys.")
    hilde.presses("Lagre utkastet")
    hilde.finds_the_page_accessible()
    hilde.page.locator("#no_persons").check()
    hilde.presses("Publiser for alle")
    hilde.sees("Alle kan lese det.")
    for width in WIDTHS:
        context = browser.new_context(viewport={"width": width, "height": 844}, locale="nb", timezone_id=ZONE)
        anybody = Person(context.new_page(), omtanke.url)
        anybody.goes_to("/newsletter/")
        anybody.sees("Lys i vinduet")
        anybody.finds_the_page_accessible()
        if width == WIDTHS[1]:
            anybody.takes_a_picture("newsletter")
        paper = anybody.page.locator('a[href$=".pdf"]').get_attribute("href")
        assert anybody.page.request.get(f"{omtanke.url}{paper}").body().startswith(b"%PDF")
        context.close()


def test_hilde_stays_in_touch_with_an_ambassador_who_waits(somebody, omtanke):
    hilde = somebody("hilde", width=390)
    hilde.goes_to("/supporters/")
    hilde.sees("Du skulle ta kontakt med")
    hilde.finds_the_page_accessible()
    hilde.presses("Solveig Bergli", "link")
    hilde.page.locator("#id_said").fill("Vi får låne lokalet.")
    hilde.presses("Lagre")
    hilde.sees("Vi får låne lokalet.")
    hilde.finds_the_page_accessible()
    hilde.goes_to("/supporters/")
    hilde.does_not_see("Du skulle ta kontakt med")


def test_the_other_pages_at_both_widths(somebody, omtanke):
    (held,) = omtanke.execute("SELECT id FROM befriending_teammeeting WHERE starts < now() LIMIT 1")[0]
    looks_at(somebody, "hilde", [
        "/seniors/", "/seniors/meetings/", f"/seniors/meetings/{held}/", "/seniors/meetings/new/", "/newsletters/",
        "/seniors/trainings/visit/video/", "/supporters/", "/supporters/new/", "/supporters/1/",
    ])  # fmt: skip
    looks_at(somebody, "arne", [
        "/my-visits/", "/my-visits/ready/", "/my-visits/trainings/visit/", "/my-visits/trainings/visit/unsure/",
        "/my-visits/declaration/", "/my-visits/meetings/",
    ])  # fmt: skip


@pytest.mark.parametrize(("language", "words"), [("sv", "Redo för besök"), ("en", "Ready for visits")])
def test_the_same_in_swedish_and_english_and_in_the_dark(somebody, language, words):
    turid = somebody("turid", width=390, language=language, dark=True)
    for page in ("/my-visits/ready/", "/my-visits/declaration/", "/my-visits/"):
        turid.goes_to(page)
        turid.finds_the_page_accessible()
    turid.goes_to("/my-visits/ready/")
    turid.sees(words)


def test_a_criterion_falls_away_and_the_visits_are_on_hold_until_it_is_met_again(somebody, omtanke):
    order, coming = omtanke.execute(
        """SELECT v.order_id, v.id FROM befriending_servicevisit v JOIN people_employee e ON e.id = v.senior_id
            WHERE e.first_name = 'Arne' AND v.began_at IS NULL AND v.not_done_because = ''
              AND v.planned_start > now() ORDER BY planned_start DESC"""
    )[0]
    gudrun, arne = somebody("gudrun"), somebody("arne", width=390)

    def judges(answer: str) -> None:
        gudrun.goes_to(f"/orders/{order}/criteria/")
        gudrun.page.locator(f'input[name="calm"][value="{answer}"]').check()
        gudrun.presses("Lagre")

    judges("no")
    gudrun.sees("Besøk er på vent")
    gudrun.finds_the_page_accessible()
    gudrun.goes_to("/orders/")
    gudrun.sees("Besøk er på vent")
    gudrun.finds_the_page_accessible()
    arne.goes_to(f"/my-visits/visits/{coming}/")
    arne.sees("Dette besøket blir ikke av foreløpig")
    arne.sees("Gudrun Vold")
    arne.finds_the_page_accessible()
    judges("yes")
    arne.goes_to(f"/my-visits/visits/{coming}/")
    arne.sees("Du starter besøket her når du står på døren.")


def test_times_are_put_right_and_a_new_senior_is_taken_on(somebody, omtanke):
    (done,) = omtanke.execute(
        """SELECT v.id FROM befriending_servicevisit v JOIN people_employee e ON e.id = v.senior_id
            WHERE e.first_name = 'Arne' AND v.ended_at IS NOT NULL ORDER BY planned_start LIMIT 1"""
    )[0]
    looks_at(somebody, "arne", [f"/my-visits/visits/{done}/times/"])
    looks_at(somebody, "gudrun", [f"/orders/visits/{done}/times/", "/seniors/new/"])
    gudrun = somebody("gudrun", width=390)
    gudrun.goes_to("/seniors/new/")
    for name, value in {"first_name": "Ellinor", "last_name": "Moe", "email": "ellinor@example.org"}.items():
        gudrun.page.locator(f"#id_{name}").fill(value)
    gudrun.page.locator("#id_phone").fill("902 11 222")
    gudrun.presses("Ta inn, og send invitasjonen")
    gudrun.sees("Ellinor Moe er nå senior som besøker")
    gudrun.finds_the_page_accessible()
