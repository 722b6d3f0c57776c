"""Who can see a person, since when and why; who has looked; and what happens in an emergency."""

import pytest


@pytest.fixture(scope="module")
def astrid(omtanke):
    """Astrid's id, and her birth date as a date field takes it."""
    rows = omtanke.execute(
        "SELECT id, to_char(born, 'YYYY-MM-DD') FROM people_citizen"
        " WHERE first_name = 'Astrid' AND last_name = 'Nilsen'"
    )
    return rows[0]


def test_nils_helps_in_an_emergency_and_everybody_can_see_that_he_did(somebody, astrid):
    citizen_id, born = astrid
    nils = somebody("nils", width=390)
    nils.goes_to("/access/emergency/")
    nils.finds_the_page_accessible()
    nils.page.get_by_label("Fornavn og etternavn").fill("Astrid Nilsen")
    nils.page.get_by_label("Født").fill(born)
    nils.page.get_by_label("Hvorfor trenger du å se").fill("Naboen ringte: hun svarer ikke når vi banker på.")
    nils.takes_a_picture("emergency")
    nils.presses("Åpne i 12 timer")
    assert nils.goes_to(f"/people/{citizen_id}/").status == 200

    lars = somebody("lars")
    lars.goes_to("/access/emergency/follow-up/")
    lars.sees("Nils Ås")
    lars.sees("hun svarer ikke når vi banker på")
    lars.finds_the_page_accessible()

    eva = somebody("eva", width=390)
    eva.goes_to(f"/people/{citizen_id}/access/")
    eva.sees("Nils Ås")
    eva.finds_the_page_accessible()
    eva.takes_a_picture("who-sees")
    eva.goes_to(f"/people/{citizen_id}/access/looks/")
    eva.sees("Nils Ås")
    eva.finds_the_page_accessible()


def test_the_privacy_officer_sees_names_and_accesses_and_nothing_of_the_care(somebody, astrid):
    petra = somebody("petra")
    petra.goes_to("/access/oversight/")
    petra.finds_the_page_accessible()
    petra.takes_a_picture("oversight")
    assert petra.goes_to(f"/people/{astrid[0]}/access/").status == 200
    petra.sees("Kari Berg")
    petra.finds_the_page_accessible()
    assert petra.page.request.get(f"{petra.base}/people/{astrid[0]}/").status == 403


def test_eva_reads_about_accesses_and_not_the_visit_book(somebody, astrid):
    eva = somebody("eva")
    assert eva.page.request.get(f"{eva.base}/citizens/{astrid[0]}/visit-book/").status == 403
    statement = eva.page.request.get(f"{eva.base}/people/{astrid[0]}/access/statement.pdf")
    assert statement.body().startswith(b"%PDF")
