"""A carer on a phone: takes a list, visits people, writes in the visit book."""

import pytest


@pytest.fixture(scope="module")
def astrids_visit(omtanke):
    """Astrid's first visit of the day that nobody has begun, and the list it lies on."""
    rows = omtanke.execute(
        """SELECT v.id, l.name FROM visits_visit v JOIN visits_round r ON r.id = v.round_id
           JOIN visits_worklist l ON l.id = r.work_list_id JOIN people_citizen c ON c.id = v.citizen_id
           WHERE c.first_name = 'Astrid' AND c.last_name = 'Nilsen' AND v.on = current_date AND v.started_at IS NULL
           ORDER BY v.planned_start LIMIT 1"""
    )
    return rows[0]


def test_kari_takes_a_list_visits_astrid_and_writes_in_the_visit_book(somebody, astrids_visit):
    visit_id, list_name = astrids_visit
    kari = somebody("kari", width=390)

    kari.goes_to("/shift/lists/")
    kari.sees("Du er primærkontakt for")
    kari.finds_the_page_accessible()
    kari.takes_a_picture("lists")
    kari.presses(f"Ta {list_name}")
    kari.sees("Astrid N.")
    kari.finds_the_page_accessible()
    kari.takes_a_picture("shift")

    kari.goes_to(f"/visits/{visit_id}/")
    kari.finds_the_page_accessible()
    kari.takes_a_picture("visit")
    kari.presses("Start besøket")
    kari.page.locator("#id_text").fill("Vi drakk kaffe, og hun fortalte om koret.")
    kari.presses("Skriv i besøksboka")
    kari.sees("hun fortalte om koret")
    kari.presses("Avslutt besøket")
    kari.sees("Gjort")


def test_ola_is_told_when_kari_was_first(somebody, omtanke):
    kari, ola = somebody("kari", width=390), somebody("ola", width=390)
    for person in (kari, ola):
        person.goes_to("/shift/lists/")
    free = kari.page.get_by_role("button", name="Ta ").first.inner_text()

    kari.presses(free, exact=True)
    ola.presses(free, exact=True)

    ola.sees("Kari Berg")
    ola.finds_the_page_accessible()


def test_the_shift_is_the_same_in_swedish_english_and_in_the_dark(somebody):
    for language, words in (("sv", "Mitt pass"), ("en", "My shift")):
        kari = somebody("kari", width=390, language=language, dark=True)
        kari.goes_to("/shift/")
        kari.sees(words)
        kari.finds_the_page_accessible()


def test_nils_of_another_zone_finds_nothing_of_astrid(somebody, astrids_visit):
    nils = somebody("nils", width=390)
    response = nils.page.goto(f"{nils.base}/visits/{astrids_visit[0]}/")
    assert response.status == 404
    nils.does_not_see("Astrid")
