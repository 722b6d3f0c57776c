"""The pictures of a draft: a day as bars that the keyboard moves, tours on a map without tiles, who comes to whom."""

import re

import pytest
from playwright.sync_api import expect

from stories.conftest import Person

WORKER = True
A_DRAFT_TAKES = 120_000  # milliseconds at most, on a busy machine


@pytest.fixture(scope="module")
def draft(browser, omtanke) -> int:
    """Liv has asked for a draft of next week, and the worker has made it."""
    context = browser.new_context(locale="nb", viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "django_language", "value": "nb", "url": omtanke.url}])
    liv = Person(context.new_page(), omtanke.url).is_("liv")
    liv.goes_to("/drafts/")
    liv.page.locator("button[name=days][value=week]").click()
    expect(liv.page.get_by_text("Klart til at du ser på det").first).to_be_visible(timeout=A_DRAFT_TAKES)
    number = int(re.search(r"/drafts/(\d+)/", liv.page.url).group(1))
    context.close()
    return number


def lies(omtanke, visit: str):
    (row,) = omtanke.execute("SELECT shift_id, starts FROM planning_draftvisit WHERE visit_id = %s", visit)
    return row


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (768, False), (390, True)], ids=["desk", "tablet", "phone"])
def test_the_day_can_be_read_at_every_width(somebody, draft, width, dark):
    liv = somebody("liv", width=width, dark=dark)
    liv.goes_to(f"/drafts/{draft}/day/")
    liv.sees("Time for time")
    if width < 600:
        expect(liv.page.locator(".timeline-picture").first).to_be_hidden()
        liv.page.locator(".timeline-list summary").first.click()
        expect(liv.page.locator(".timeline-list .timeline-stop").first).to_be_visible()
    else:
        expect(liv.page.locator(".timeline-bar").first).to_be_visible()
    liv.finds_the_page_accessible()
    if width == 1280:
        liv.takes_a_picture("draft-day")


def test_arrow_keys_go_from_visit_to_visit(somebody, draft):
    liv = somebody("liv")
    liv.goes_to(f"/drafts/{draft}/day/")
    first = liv.page.locator(".timeline-row[data-shift] .timeline-bar").first
    first.focus()
    liv.page.keyboard.press("ArrowRight")
    second = liv.page.locator(".timeline-bar:focus")
    assert second.get_attribute("data-at") > first.get_attribute("data-at")
    liv.page.keyboard.press("ArrowDown")
    row = liv.page.locator(".timeline-row:has(.timeline-bar:focus)").get_attribute("data-shift")
    assert row != liv.page.locator(".timeline-row:has(.timeline-bar)").first.get_attribute("data-shift")
    assert liv.page.locator(".timeline-bar[tabindex='0']").count() == 1


def test_alt_and_an_arrow_moves_a_visit_says_what_it_means_and_undo_stands_beside(somebody, omtanke, draft):
    liv = somebody("liv")
    liv.goes_to(f"/drafts/{draft}/day/")
    bar = liv.page.locator(".timeline-row[data-shift] .timeline-bar[data-visit]").nth(1)
    visit = bar.get_attribute("data-visit")
    before = lies(omtanke, visit)
    bar.focus()
    with liv.page.expect_response(lambda response: response.request.method == "POST"):
        liv.page.keyboard.press("Alt+ArrowDown")
    expect(liv.page.locator("#announce")).to_contain_text("Flyttet.")
    assert lies(omtanke, visit)[0] != before[0]
    expect(liv.page.locator(f".timeline-bar[data-visit='{visit}']")).to_be_focused()
    liv.finds_the_page_accessible()

    liv.presses("Angre")
    expect(liv.page.locator("#announce")).to_contain_text("Angret")
    assert lies(omtanke, visit) == before


def test_the_mouse_drags_a_visit_to_another_carer(somebody, omtanke, draft):
    liv = somebody("liv")
    liv.goes_to(f"/drafts/{draft}/day/")
    bar = liv.page.locator(".timeline-row[data-shift] .timeline-bar[data-visit]").nth(1)
    visit, shift = bar.get_attribute("data-visit"), lies(omtanke, bar.get_attribute("data-visit"))[0]
    box = bar.locator("rect").bounding_box()
    target = liv.page.locator(".timeline-row[data-shift]").nth(1)
    lane = target.locator(".timeline-lane").bounding_box()
    liv.page.mouse.move(box["x"] + 5, box["y"] + 10)
    liv.page.mouse.down()
    liv.page.mouse.move(box["x"] + 8, box["y"] + 40, steps=4)
    liv.page.mouse.move(box["x"] + 8, lane["y"] + lane["height"] / 2, steps=8)
    with liv.page.expect_response(lambda response: response.request.method == "POST"):
        liv.page.mouse.up()
    expect(liv.page.locator("#announce")).to_contain_text("Flyttet.")
    assert str(lies(omtanke, visit)[0]) == target.get_attribute("data-shift") != str(shift)
    liv.presses("Angre")
    expect(liv.page.locator("#announce")).to_contain_text("Angret")


def test_enter_shows_why_and_what_can_be_done_over_the_day(somebody, draft):
    liv = somebody("liv")
    liv.goes_to(f"/drafts/{draft}/day/")
    liv.page.locator(".timeline-bar[data-visit]").first.focus()
    liv.page.keyboard.press("Enter")
    dialog = liv.page.locator("#dialog")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("heading", name="De beste andre måtene")).to_be_visible()
    liv.finds_the_page_accessible()
    liv.takes_a_picture("draft-visit")
    liv.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_without_scripts_a_bar_is_a_link_to_the_same(browser, omtanke, draft):
    context = browser.new_context(java_script_enabled=False, locale="nb")
    liv = Person(context.new_page(), omtanke.url).is_("liv")
    liv.goes_to(f"/drafts/{draft}/day/")
    liv.page.locator(".timeline-bar").first.click()
    expect(liv.page.get_by_role("heading", name="De beste andre måtene")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_map_needs_no_tiles_and_asks_nobody_outside(somebody, omtanke, draft, width):
    liv = somebody("liv", width=width)
    asked = []
    liv.page.on("request", lambda request: asked.append(request.url))
    liv.goes_to(f"/drafts/{draft}/map/")
    expect(liv.page.locator(".tour-stop").first).to_be_visible()
    assert liv.page.locator(".tour-hamlet").count() > 3
    expect(liv.page.locator(".leaflet-control-scale-line")).to_be_visible()
    expect(liv.page.locator(".tour-north")).to_be_visible()
    assert all(url.startswith(omtanke.url) for url in asked)
    liv.finds_the_page_accessible()
    if width == 1280:
        liv.takes_a_picture("draft-map")

    tables = liv.page.locator("[data-tour]:visible").count()
    liv.page.locator("[data-choose]").nth(1).click()
    assert tables > 1
    expect(liv.page.locator("[data-tour]:visible")).to_have_count(1)
    assert "tour=" in liv.page.url


def test_a_printed_map_has_initials_and_no_names(somebody, draft):
    liv = somebody("liv")
    liv.goes_to(f"/drafts/{draft}/map/")
    liv.page.emulate_media(media="print")
    expect(liv.page.locator(".tour-name").first).to_be_hidden()
    expect(liv.page.locator(".tour-initials").first).to_be_visible()
    expect(liv.page.locator(".leaflet-tooltip")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
def test_who_comes_to_astrid_can_be_read_aloud_to_her(somebody, omtanke, draft, width):
    astrid = omtanke.execute("SELECT id FROM people_citizen WHERE first_name = 'Astrid' AND last_name = 'Nilsen'")[0][0]
    liv = somebody("liv", width=width)
    liv.goes_to(f"/drafts/{draft}/people/{astrid}/")
    liv.sees("Hvem som kommer til Astrid")
    liv.sees("Slik det er i utkastet")
    liv.sees("Kari er primærkontakt.")
    liv.finds_the_page_accessible()


def test_kari_is_refused_the_pictures(somebody, draft):
    kari = somebody("kari")
    for page in ("day", "map"):
        assert kari.page.request.get(f"{kari.base}/drafts/{draft}/{page}/").status == 403
