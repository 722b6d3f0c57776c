"""From a relative's order to visits: Kristin orders for her mother, Gudrun takes it from step to step.

Arne may read what was told, and nobody else. Each story makes an order of its own.
"""

import pytest
from playwright.sync_api import expect

from stories.conftest import Person
from stories.server import ZONE

WIDTHS = (390, 1280)
AREA = "Samtale og selskap"


@pytest.fixture
def relative(browser, omtanke):
    """Somebody without a login, with a phone or at a desk."""
    contexts = []

    def sit_down(width: int) -> Person:
        context = browser.new_context(viewport={"width": width, "height": 844}, locale="nb", timezone_id=ZONE)
        contexts.append(context)
        return Person(context.new_page(), omtanke.url)

    yield sit_down
    for context in contexts:
        context.close()


def writes(person: Person, **fields: str) -> None:
    for name, words in fields.items():
        person.page.locator(f"[name={name}]").fill(words)


def orders(kristin: Person, first_name: str) -> None:
    kristin.goes_to("/order/")
    writes(
        kristin,
        first_name=first_name,
        last_name="Strandvoll",
        address="Kaiveien 3",
        wishes="En fast person som kommer hver uke.",
        ordered_by="Kristin Strandvoll",
        relation="datter",
        phone="44 10 20 304",
    )
    for label in (AREA, "Jeg har snakket med personen om det"):
        kristin.page.get_by_label(label).check()
    kristin.page.locator("[name=consent]").check()
    kristin.presses("Send bestillingen")
    kristin.sees("Takk. Vi ringer deg.")


def order_of(omtanke, first_name: str) -> int:
    sql = "SELECT id FROM befriending_order WHERE first_name = %s AND last_name = 'Strandvoll'"
    return omtanke.execute(sql, first_name)[0][0]


def clock(omtanke, hours: float) -> str:
    """So many hours from now, as the field for a day and a time takes it."""
    when = "SELECT to_char(now() + %s::float8 * interval '1 hour', 'YYYY-MM-DD\"T\"HH24:MI')"
    return omtanke.execute(when, hours)[0][0]


def test_a_relative_orders_without_a_login(relative, omtanke):
    for width in WIDTHS:
        kristin = relative(width)
        kristin.goes_to("/order/")
        kristin.finds_the_page_accessible()
        kristin.presses("Send bestillingen")  # nothing is written yet
        kristin.sees("Noe må rettes")
        kristin.errors.clear()  # the browser itself writes down the 422 above
        kristin.finds_the_page_accessible()
        orders(kristin, f"Oddny{width}")
        kristin.finds_the_page_accessible()
    assert omtanke.execute("SELECT count(*) FROM befriending_order WHERE first_name LIKE %s", "Oddny%")[0][0] == 2


def test_gudrun_takes_an_order_from_step_to_step_until_visits_are_planned(relative, somebody, omtanke):
    orders(relative(390), "Magnhild")
    order = order_of(omtanke, "Magnhild")
    gudrun = somebody("gudrun")
    gudrun.sees("Magnhild Strandvoll")
    gudrun.presses("Magnhild Strandvoll", "link")
    is_taken_on(gudrun)
    talks_with_next_of_kin(gudrun, omtanke)
    meets(gudrun, omtanke)
    judges(gudrun)
    gudrun.presses("Velg en senior", "link")
    gudrun.finds_the_page_accessible()
    gudrun.presses("Velg Arne")
    gudrun.sees("Arne Solli besøker")
    reads_the_plan(omtanke, order)
    plans(gudrun, omtanke)
    planned = omtanke.execute("SELECT count(*) FROM befriending_servicevisit WHERE order_id = %s", order)[0][0]
    assert planned >= 3
    gudrun.goes_to(f"/orders/{order}/")
    gudrun.sees("planlagt til")
    only_those_who_may_read_it(somebody, order)
    for width in WIDTHS:
        again = somebody("gudrun", width=width)
        for page in ("", "talk/", "meeting/", "criteria/", "senior/", "visits/", "form/", "facts/"):
            assert again.goes_to(f"/orders/{order}/{page}").status == 200
            again.finds_the_page_accessible()
        for page in ("/orders/", "/orders/week/"):
            again.goes_to(page)
            again.finds_the_page_accessible()


def is_taken_on(gudrun: Person) -> None:
    gudrun.presses("Ta imot bestillingen", "link")
    gudrun.finds_the_page_accessible()
    gudrun.page.get_by_label("Personen er informert, og ønsker besøkene").check()
    gudrun.presses("Ta imot")
    gudrun.sees("Bestillingen er din")


def talks_with_next_of_kin(gudrun: Person, omtanke) -> None:
    gudrun.does_not_see("Velg en senior")
    gudrun.presses("Samtale med pårørende", "link")
    writes(gudrun, planned_at=clock(omtanke, -1), notes="Kristin ringer før hvert besøk.")
    gudrun.page.get_by_label("Samtalen er holdt").check()
    gudrun.presses("Lagre")
    gudrun.sees("Samtalen er skrevet ned")


def meets(gudrun: Person, omtanke) -> None:
    gudrun.presses("Bli kjent-møte", "link")
    writes(gudrun, starts=clock(omtanke, -0.5))
    gudrun.presses("Avtal møtet")
    gudrun.sees("Møtet er avtalt")
    gudrun.presses("Fyll ut skjemaet")
    expect(gudrun.page.get_by_label("Navn, alder og adresse til den som får besøk")).to_have_value(
        "Magnhild Strandvoll, Kaiveien 3"
    )  # what the order knows is not asked twice
    gudrun.finds_the_page_accessible()
    gudrun.page.get_by_text("Ja, og gleder seg").click()
    gudrun.presses("Neste")
    gudrun.page.get_by_text("Pårørende ringer").click()
    gudrun.presses("Neste")
    gudrun.page.get_by_label("Hva liker personen å snakke om?").fill("Båt og fiske")
    gudrun.presses("Neste")
    gudrun.page.get_by_text("Etter en stund: med pauser").click()
    gudrun.page.get_by_text("Nei", exact=True).click()
    gudrun.presses("Neste")
    gudrun.page.get_by_text("Hver uke", exact=True).click()
    gudrun.presses("Ferdig")
    gudrun.sees("Båt og fiske")
    gudrun.presses("Tilbake", "link")
    writes(gudrun, minutes="75", notebook="89")
    gudrun.presses("Skriv det ned")
    gudrun.sees("Møtet er skrevet ned")
    gudrun.presses("Magnhild Strandvoll", "link")


def judges(gudrun: Person) -> None:
    gudrun.sees("etter de tre kriteriene")
    gudrun.presses("De tre kriteriene", "link")
    for met in gudrun.page.get_by_label("Oppfylt", exact=True).all():
        met.check()
    gudrun.presses("Lagre")
    gudrun.sees("3 av 3 er oppfylt")


def reads_the_plan(omtanke, order: int) -> None:
    """Arne reads the person's exercise plan; how he comes to be ready is told in test_seniors.py."""
    omtanke.execute(
        """INSERT INTO befriending_planread (senior_id, citizen_id, department_id, at)
           SELECT senior_id, citizen_id, department_id, now() FROM befriending_match WHERE order_id = %s""",
        order,
    )


def plans(gudrun: Person, omtanke) -> None:
    gudrun.presses("Planlegg besøk", "link")
    tomorrow = clock(omtanke, 24)[:10]
    writes(gudrun, first=tomorrow, at="11:00")
    gudrun.page.get_by_label("Hver uke", exact=True).check()
    gudrun.presses("Planlegg")
    gudrun.sees("besøk er planlagt")


def only_those_who_may_read_it(somebody, order: int) -> None:
    arne = somebody("arne", width=390)
    arne.goes_to(f"/orders/{order}/form/")
    arne.sees("Båt og fiske")
    arne.finds_the_page_accessible()
    arne.errors.clear()
    assert arne.goes_to(f"/orders/{order}/").status == 403  # the order is the department's
    for name, status in (("hilde", 200), ("turid", 404), ("lars", 403), ("anne", 403), ("kari", 403)):
        assert somebody(name).goes_to(f"/orders/{order}/form/").status == status, name


def test_gudrun_is_asked_before_somebody_registered_becomes_two(somebody, omtanke):
    """The newest order of the demo is for a resident whom the service cannot see."""
    gudrun = somebody("gudrun", width=390)
    waiting = "SELECT id FROM befriending_order WHERE ordered_by = 'Trine Olsen'"
    order = omtanke.execute(waiting)[0][0]
    before = omtanke.execute("SELECT count(*) FROM people_citizen")[0][0]
    gudrun.goes_to(f"/orders/{order}/take-on/")
    gudrun.page.get_by_label("Personen er informert, og ønsker besøkene").check()
    gudrun.presses("Ta imot")
    gudrun.sees("Er det samme person?")
    gudrun.finds_the_page_accessible()
    gudrun.presses("Ja, samme person")
    gudrun.sees("Bestillingen er din")
    assert omtanke.execute("SELECT count(*) FROM people_citizen")[0][0] == before
