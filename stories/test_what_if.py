"""Before a leave is granted: whom it concerns, and who could step in so that the vulnerable meet nobody new."""

from playwright.sync_api import expect

WORKER = True
LONG = 120_000  # milliseconds: the worker loads what is compiled before its first answer


def first_shift_of(omtanke, name: str) -> str:
    rows = omtanke.execute(
        "SELECT to_char(min(s.starts), 'YYYY-MM-DD') FROM visits_shift s "
        "JOIN people_employee e ON e.id = s.employee_id "
        "WHERE e.first_name || ' ' || e.last_name = %s AND s.starts > now() + interval '1 day'",
        name,
    )
    return rows[0][0]


def test_lars_sees_what_a_leave_means_before_he_registers_it(somebody, omtanke):
    lars, day = somebody("lars"), first_shift_of(omtanke, "Ola Lind")
    lars.goes_to("/absences/new/")
    lars.page.locator("#id_employee").select_option(label="Ola Lind")
    for field in ("first_day", "last_day"):
        lars.page.locator(f"#id_{field}").fill(day)
    lars.presses("Se hva det betyr først")
    lars.finds_the_page_accessible()
    expect(lars.page.get_by_role("heading", name="Side om side")).to_be_visible(timeout=LONG)
    lars.sees("Hvem som kan tre inn mest skånsomt")
    lars.finds_the_page_accessible()
    lars.takes_a_picture("what-if")
    assert omtanke.execute("SELECT count(*) FROM visits_absence WHERE first_day = %s::date", day) == [(0,)]

    lars.presses("Gå videre til fraværet", "link")
    assert lars.page.locator("#id_first_day").input_value() == day
    assert lars.page.locator("#id_employee option:checked").inner_text() == "Ola Lind"


def test_liv_reads_it_on_a_phone_and_asks_about_a_swap(somebody, omtanke):
    liv = somebody("liv", width=390)
    answered = omtanke.execute("SELECT id FROM planning_whatif WHERE state = 'ready'")[0][0]
    liv.goes_to(f"/what-if/{answered}/")
    liv.sees("Ola Lind er borte")
    liv.finds_the_page_accessible()
    liv.goes_to("/what-if/?kind=swap")
    liv.finds_the_page_accessible()
    for field, number in (("shift", 1), ("other_shift", 2)):
        liv.page.locator(f"#id_{field}").select_option(index=number)
    liv.presses("Se hva det betyr")
    expect(liv.page.get_by_role("heading", name="Side om side")).to_be_visible(timeout=LONG)
    liv.finds_the_page_accessible()


def test_liv_notes_that_the_ferry_takes_longer(somebody):
    for width in (1280, 390):
        liv = somebody("liv", width=width)
        liv.goes_to("/road-notices/")
        liv.page.locator("#id_why").fill("Ferja til Leinesfjord")
        liv.page.locator("#id_from_hamlet").select_option(label="Leinesfjord")
        liv.page.locator("#id_minutes").fill("25")
        liv.presses("Noter")
        liv.sees("25 minutter mer")
        liv.finds_the_page_accessible()


def test_kari_is_refused(somebody, omtanke):
    kari = somebody("kari")
    answered = omtanke.execute("SELECT id FROM planning_whatif")[0][0]
    for page in ("/what-if/", f"/what-if/{answered}/", "/road-notices/"):
        assert kari.page.request.get(f"{kari.base}{page}").status == 403
