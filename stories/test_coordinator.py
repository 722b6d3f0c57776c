"""A coordinator: from decision to visits on a list, next week's lists, granted against delivered."""

import pytest


@pytest.fixture(scope="module")
def astrid(omtanke) -> int:
    return omtanke.execute("SELECT id FROM people_citizen WHERE first_name = 'Astrid' AND last_name = 'Nilsen'")[0][0]


def test_liv_takes_in_a_decision_and_gives_it_visits_on_a_list(somebody, omtanke, astrid):
    liv = somebody("liv")
    liv.goes_to("/decisions/")
    liv.finds_the_page_accessible()
    liv.presses("Ta inn et vedtak", "link")
    liv.page.locator("input[name=q]").fill("Astrid Nilsen")
    liv.presses("Søk")
    liv.presses("Astrid Nilsen", "link")
    liv.page.locator("#id_service").select_option("day_activity")
    for field, value in (("reference", "V-2026-999"), ("purpose", "Synge sammen med andre igjen.")):
        liv.page.locator(f"#id_{field}").fill(value)
    liv.page.locator("#id_minutes_per_week").fill("120")
    today = omtanke.execute("SELECT to_char(omtanke_today(), 'YYYY-MM-DD')")[0][0]
    liv.page.locator("#id_since").fill(today)
    liv.page.locator("#id_unit").select_option(label="Nord-Steigen")
    liv.finds_the_page_accessible()
    liv.presses("Ta inn, og gå videre til besøkene")
    decision = omtanke.execute("SELECT id FROM care_decision WHERE reference = 'V-2026-999'")[0][0]

    liv.goes_to(f"/decisions/{decision}/visits/add/")
    liv.page.locator("input[name=weekdays][value='2']").check()
    liv.page.locator("#id_starts").fill("14:00")
    liv.page.locator("#id_minutes").fill("60")
    liv.page.locator("#id_what").fill("Sang og kaffe")
    second_list = liv.page.locator("#id_work_list option", has_text="Liste 2").first.get_attribute("value")
    liv.page.locator("#id_work_list").select_option(second_list)
    liv.finds_the_page_accessible()
    liv.presses("Lagre, og legg ut ukene framover")
    liv.sees("Sang og kaffe")
    laid_out = omtanke.execute("SELECT count(*) FROM visits_visit WHERE decision_id = %s", decision)
    assert laid_out[0][0] >= 3


def test_liv_moves_a_visit_with_the_keyboard_and_undoes_it(somebody, omtanke):
    liv = somebody("liv")
    liv.goes_to("/week/")
    liv.finds_the_page_accessible()
    liv.takes_a_picture("week")
    visit = liv.page.locator("[data-visit]").first
    visit_id = visit.get_attribute("data-visit")
    before = omtanke.execute("SELECT round_id FROM visits_visit WHERE id = %s", visit_id)
    visit.locator("summary").focus()
    with liv.page.expect_response(lambda response: response.request.method == "POST"):
        liv.page.keyboard.press("Alt+ArrowRight")
    liv.page.get_by_role("button", name="Angre").wait_for()
    assert omtanke.execute("SELECT round_id FROM visits_visit WHERE id = %s", visit_id) != before
    liv.finds_the_page_accessible()

    liv.presses("Angre")
    assert omtanke.execute("SELECT round_id FROM visits_visit WHERE id = %s", visit_id) == before


def test_liv_drags_a_visit_to_another_list(somebody, omtanke):
    liv = somebody("liv")
    liv.goes_to("/week/")
    visit = liv.page.locator("[data-visit]").first
    visit_id = visit.get_attribute("data-visit")
    before = omtanke.execute("SELECT round_id FROM visits_visit WHERE id = %s", visit_id)
    target = liv.page.locator("[data-list]").nth(1).locator("h3")
    with liv.page.expect_response(lambda response: response.request.method == "POST"):
        visit.drag_to(target)
    liv.page.get_by_role("button", name="Angre").wait_for()
    assert omtanke.execute("SELECT round_id FROM visits_visit WHERE id = %s", visit_id) != before


def test_the_forms_do_the_same_and_say_what_it_means_first(somebody):
    liv = somebody("liv", width=390)
    liv.goes_to("/week/")
    liv.finds_the_page_accessible()
    address = liv.page.locator("[data-round]").first.get_attribute("data-edit")
    for deed in ("move", "split", "swap"):
        liv.goes_to(address.replace("move/", f"{deed}/"))
        liv.sees("Hva det gjør")
        liv.finds_the_page_accessible()


def test_granted_and_delivered_has_a_chart_and_the_table_behind_it(somebody):
    liv = somebody("liv")
    liv.goes_to("/delivered/")
    assert liv.page.locator("figure svg").count() == 1
    assert liv.page.locator("table").count() >= 1
    liv.finds_the_page_accessible()
    liv.takes_a_picture("delivered")


def test_who_and_what_has_no_place_is_on_one_page(somebody):
    liv = somebody("liv", width=390, language="en", dark=True)
    liv.goes_to("/no-place/")
    liv.finds_the_page_accessible()


def test_kari_is_refused_the_coordinators_pages(somebody):
    kari = somebody("kari")
    for page in ("/week/", "/decisions/", "/delivered/", "/no-place/"):
        assert kari.page.request.get(f"{kari.base}{page}").status == 403
