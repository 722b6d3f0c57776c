"""The department leader makes an exercise plan from the getting-to-know form, changes it and prints it; the senior
reads it and notes how it went, one tap each, on a phone."""

from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfReader

WHOSE = """
SELECT o.citizen_id, v.id FROM befriending_order o JOIN befriending_servicevisit v ON v.order_id = o.id
JOIN people_employee e ON e.id = v.senior_id
WHERE e.first_name = 'Arne' ORDER BY v.planned_start DESC LIMIT 1
"""


def of_arne(omtanke) -> tuple[int, int]:
    """Whom Arne visits, and a visit that is today."""
    citizen, visit = omtanke.execute(WHOSE)[0]
    omtanke.execute(
        "UPDATE befriending_servicevisit SET planned_start = now() - interval '10 minutes', began_at = NULL,"
        f" ended_at = NULL, report = '' WHERE id = {visit} RETURNING id"
    )
    return citizen, visit


def test_gudrun_makes_a_plan_from_the_form_changes_it_and_prints_it(somebody, omtanke):
    citizen, _visit = of_arne(omtanke)
    plan = f"/visiting/people/{citizen}/exercises/"
    gudrun = somebody("gudrun")
    gudrun.goes_to(f"{plan}make/")
    gudrun.sees("kjellertrappa")
    gudrun.finds_the_page_accessible()
    gudrun.page.get_by_label("I trapp eller på en terskel").check()
    gudrun.page.get_by_label("Med rullator").check()
    gudrun.page.locator("main form button[type=submit]").first.click()
    gudrun.sees("Det planen bygger på")
    gudrun.sees("Med rullator")
    gudrun.sees("Øver på det som gikk galt i et fall")
    gudrun.finds_the_page_accessible()

    gudrun.presses("Alle øvelser", "link")
    gudrun.sees("ikke nå")
    gudrun.finds_the_page_accessible()
    gudrun.goes_to(f"{plan}choose/reach1/")
    gudrun.page.get_by_label("Hvorfor").fill("Kjøkkenskapene er høye.")
    gudrun.finds_the_page_accessible()
    gudrun.presses("Alltid først")
    gudrun.sees("Kjøkkenskapene er høye.")

    answer = gudrun.page.request.get(f"{gudrun.base}{plan}plan.pdf")
    body, mind = (page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages)
    assert "For kroppen" in body
    assert "Strekke seg etter noe" in " ".join(body.split())
    assert "For hodet" in mind
    assert "Dette er ikke behandling" in " ".join(mind.split())


def test_arne_reads_the_plan_and_notes_how_it_went_on_his_phone(somebody, omtanke):
    citizen, visit = of_arne(omtanke)
    gudrun = somebody("gudrun")
    gudrun.goes_to(f"/visiting/people/{citizen}/exercises/make/")
    gudrun.page.locator("main form button[type=submit]").first.click()
    gudrun.sees("Det planen bygger på")

    arne = somebody("arne", width=390)
    arne.goes_to(f"/visiting/people/{citizen}/exercises/")
    arne.sees("Til neste besøk")
    arne.finds_the_page_accessible()
    arne.goes_to(f"/visiting/visits/{visit}/exercises/")
    arne.finds_the_page_accessible()
    arne.takes_a_picture("exercises")
    first, second = (arne.page.locator("details.one-exercise").nth(n) for n in (0, 1))
    first.get_by_role("button", name="Lett", exact=True).click()
    arne.sees("1 av")
    expect(first).not_to_have_attribute("open", "")  # done and folded, with how it went
    expect(first.locator("summary")).to_contain_text("Lett")
    expect(second).to_have_attribute("open", "")
    expect(second.locator("summary")).to_be_focused()
    first.locator("summary").press("Enter")  # changed by keyboard: one is open at a time
    expect(second).not_to_have_attribute("open", "")
    first.get_by_role("button", name="Tungt", exact=True).click()
    arne.settles()
    expect(first.locator("summary")).to_contain_text("Tungt")
    arne.finds_the_page_accessible()
    said = omtanke.execute(f"SELECT how FROM befriending_exercisedone WHERE visit_id = {visit}")
    assert said == [("hard",)]


def test_turid_who_visits_others_and_kari_of_home_care_do_not_see_the_plan(somebody, omtanke):
    citizen, visit = of_arne(omtanke)
    for name, status in (("turid", 404), ("kari", 403)):
        person = somebody(name)
        for path in (f"/visiting/people/{citizen}/exercises/", f"/visiting/visits/{visit}/exercises/"):
            assert person.page.request.get(f"{person.base}{path}").status == status


def test_hilde_adds_an_exercise_of_their_own_to_the_bank(somebody):
    hilde = somebody("hilde", width=390)
    hilde.goes_to("/visiting/exercises/")
    hilde.finds_the_page_accessible()
    hilde.presses("Legg til en egen", "link")
    hilde.finds_the_page_accessible()
    hilde.page.get_by_label("For hodet").check()
    hilde.page.locator("#id_name").fill("Båtnavn fra kaia")
    hilde.page.locator("#id_how").fill("Si et båtnavn.\nDen andre sier et til.\nHvem eide båten?")
    hilde.presses("Lagre")
    hilde.sees("Båtnavn fra kaia")
    hilde.finds_the_page_accessible()
