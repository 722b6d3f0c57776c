"""What people do with a phone that is out of coverage, shared by the stories about it."""

from playwright.sync_api import expect

CODE = "2468"


def takes_the_list_along(person):
    person.goes_to("/shift/")
    person.page.get_by_text("Ta med lista, til når det ikke er dekning").click()
    person.page.locator("#code").fill(CODE)
    person.finds_the_page_accessible()
    person.presses("Ta med lista")
    person.sees("Lista di er på denne telefonen også")
    person.page.evaluate("navigator.serviceWorker.ready")
    person.errors.clear()


def opens_the_list(person, code=CODE):
    person.page.locator("[data-code] input").fill(code)
    person.page.get_by_role("button", name="Åpne lista").click()


def opens_the_visit(person, visit):
    """The next visit's card is open by itself."""
    person.page.locator(f"[data-visit='{visit}']").wait_for()
    closed = person.page.locator(f"[data-visit='{visit}'] [data-open]")
    if closed.count():
        closed.click()


def finds_it_accessible(person):
    """That a request did not get through is what the browser itself says without a network."""
    person.errors[:] = [line for line in person.errors if "net::ERR_" not in line]
    person.finds_the_page_accessible()


def without_coverage(person, path="/shift/"):
    """The network is gone, and the page is loaded anew."""
    person.page.context.set_offline(True)
    person.page.goto(f"{person.base}{path}")
    person.page.locator("[data-view=locked]").wait_for()


def waits_to_be_sent(person, words):
    expect(person.page.locator("#state")).to_have_text(words)


def with_coverage(person):
    person.page.context.set_offline(False)
    expect(person.page.locator("#state")).to_have_text("Alt er sendt", timeout=15_000)


def does_the_visit(person, visit, words):
    """Start, a line in the book, end: three events."""
    opens_the_visit(person, visit)
    card = person.page.locator(f"[data-visit='{visit}']")
    start = card.get_by_role("button", name="Start besøket")
    start.click()
    expect(start).to_be_hidden()  # the page has drawn the visit as begun
    card.get_by_text("Skriv i besøksboka").click()
    card.locator("[data-note] textarea").fill(words)
    card.locator("[data-note] button").click()
    card.get_by_role("button", name="Avslutt besøket").click()


def give_list(omtanke, round_id, first_name):
    """Somebody has this list today."""
    omtanke.execute(
        """UPDATE visits_round SET taken_at = now(), handed_out_by_id = NULL, taken_by_id =
           (SELECT e.id FROM people_employee e JOIN access_user u ON u.id = e.user_id WHERE u.email = %s)
           WHERE id = %s""",
        f"{first_name}@demo.example.org",
        round_id,
    )


def round_with(omtanke, first_name, last_name):
    """The list of today with this citizen's first open visit on it."""
    return omtanke.execute(
        """SELECT v.round_id FROM visits_visit v JOIN people_citizen c ON c.id = v.citizen_id
            WHERE c.first_name = %s AND c.last_name = %s AND v.on = omtanke_today()
              AND v.started_at IS NULL AND v.not_done = '' ORDER BY v.planned_start LIMIT 1""",
        first_name,
        last_name,
    )[0][0]


def open_visit(omtanke, round_id):
    """The next visit of one carer on a list that nobody has begun."""
    return omtanke.execute(
        "SELECT id FROM visits_visit WHERE round_id = %s AND started_at IS NULL AND not_done = '' "
        "AND together_with_id IS NULL ORDER BY planned_start, id LIMIT 1",
        round_id,
    )[0][0]
