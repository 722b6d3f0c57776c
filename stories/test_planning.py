"""Planning: a draft is made while Liv watches, she reads what it means, changes it, and puts a day of it into use."""

import re

import pytest

WORKER = True
MADE = 120_000  # milliseconds: the search itself takes some ten seconds, on a machine with nothing else to do


@pytest.fixture(scope="module")
def drafted(omtanke):
    """The draft that the first story makes; those after it go on with it."""
    return {}


def test_liv_asks_for_a_draft_and_sees_it_get_better(somebody, drafted):
    liv = somebody("liv")
    liv.goes_to("/drafts/")
    liv.finds_the_page_accessible()
    liv.page.get_by_role("button", name=re.compile("Lag et utkast for neste uke")).click()
    liv.page.wait_for_url(re.compile(r"/drafts/\d+/$"))
    drafted["page"] = re.search(r"/drafts/\d+/", liv.page.url)[0]
    liv.page.get_by_role("heading", name="Lages nå").wait_for(timeout=MADE)
    liv.page.get_by_role("table").first.wait_for(timeout=MADE)  # the best so far, while it is made
    liv.page.get_by_text("Klart til at du ser på det").wait_for(timeout=MADE)
    liv.settles()
    liv.sees("Listene slik de er")
    liv.sees("Dette utkastet")
    liv.finds_the_page_accessible()
    liv.takes_a_picture("draft")


def test_before_and_after_can_be_read_on_a_phone(somebody, drafted):
    liv = somebody("liv", width=390)
    liv.goes_to(drafted["page"])
    liv.sees("Ulike ansikter en person møter på 14 dager, i snitt")
    liv.sees("Dag for dag")
    liv.finds_the_page_accessible()


def test_liv_moves_a_visit_reads_what_it_means_first_and_undoes_it(somebody, omtanke, drafted):
    liv = somebody("liv")
    draft = drafted["page"].strip("/").split("/")[1]
    visit, shift = omtanke.execute(
        "SELECT visit_id, shift_id FROM planning_draftvisit WHERE draft_id = %s AND shift_id IS NOT NULL LIMIT 1", draft
    )[0]
    liv.goes_to(f"{drafted['page']}visits/{visit}/")
    liv.presses("Flytt det, eller si hvem", "link")
    liv.finds_the_page_accessible()
    effects = liv.page.get_by_role("region", name="Hva det ville bety")
    other = liv.page.locator(f'#id_shift option:not([value="{shift}"])').first.get_attribute("value")
    with liv.page.expect_response(lambda response: "look=1" in response.url):
        liv.page.locator("#id_shift").select_option(other)
    effects.locator("li").first.wait_for()
    where = "SELECT shift_id FROM planning_draftvisit WHERE draft_id = %s AND visit_id = %s"
    assert omtanke.execute(where, draft, visit) == [(shift,)]  # looking saves nothing

    allowed = liv.page.locator("#id_shift option").evaluate_all("all => all.map(one => one.value)")
    for candidate in (value for value in allowed if value != str(shift)):
        liv.page.locator("#id_shift").select_option(candidate)
        liv.presses("Flytt det", exact=True)
        if "/move/" not in liv.page.url:
            break
    liv.sees("Flyttet.")
    assert omtanke.execute(where, draft, visit) != [(shift,)]

    liv.goes_to(f"{drafted['page']}rules/")  # moved by hand, it stays there when planned again
    liv.sees("blir hos denne medarbeideren")
    liv.finds_the_page_accessible()
    liv.goes_to(drafted["page"])
    liv.presses("Angre")
    liv.sees("Angret. Alt ligger som før.")
    assert omtanke.execute(where, draft, visit) == [(shift,)]


def test_liv_puts_a_day_into_use_and_kari_sees_a_list_suggested_for_her(somebody, omtanke, drafted):
    liv = somebody("liv")
    draft = drafted["page"].strip("/").split("/")[1]
    day = omtanke.execute(
        """SELECT to_char(min(r.on), 'YYYY-MM-DD') FROM planning_draftvisit d
           JOIN visits_visit v ON v.id = d.visit_id JOIN visits_round r ON r.id = v.round_id
           JOIN visits_shift s ON s.id = d.shift_id JOIN people_employee e ON e.id = s.employee_id
           WHERE d.draft_id = %s AND e.first_name = 'Kari' AND e.last_name = 'Berg'""",
        draft,
    )[0][0]
    liv.goes_to(f"{drafted['page']}use/")
    liv.finds_the_page_accessible()
    for box in liv.page.locator("input[name=day]").all():
        box.set_checked(box.get_attribute("value") == day)
    liv.presses("Ta det i bruk")
    liv.sees("1 dag ligger på listene nå.")
    liv.sees("Delvis i bruk")
    liv.finds_the_page_accessible()

    kari = somebody("kari", width=390)
    kari.goes_to(f"/shift/lists/?on={day}")
    kari.sees("Foreslått for deg i planen")
    kari.finds_the_page_accessible()
    taken = omtanke.execute(
        "SELECT count(*) FROM visits_round WHERE proposed_for_id IS NOT NULL AND taken_by_id IS NOT NULL"
    )
    assert taken == [(0,)]  # she takes it herself


def test_planned_again_with_few_changes_two_drafts_lie_side_by_side(somebody, drafted):
    liv = somebody("liv", width=390, language="sv", dark=True)
    liv.goes_to(drafted["page"])
    liv.presses("Planera om med få ändringar")
    liv.page.get_by_text("Klart för dig att titta på").wait_for(timeout=MADE)
    liv.settles()
    liv.page.get_by_role("link", name=re.compile("Lägg det bredvid")).first.click()
    liv.settles()
    liv.sees("Två utkast sida vid sida" if liv.page.title().startswith("Två") else "två utkast sida vid sida")
    liv.finds_the_page_accessible()


def test_kari_and_nils_are_refused(somebody, drafted):
    for who in ("kari", "nils"):
        person = somebody(who)
        for page in ("/drafts/", drafted["page"], f"{drafted['page']}use/"):
            assert person.page.request.get(f"{person.base}{page}").status == 403
