"""A primary contact knows the whole person: what matters, who stands around them, whose face it is."""

import pytest


@pytest.fixture(scope="module")
def astrid(omtanke) -> int:
    return omtanke.execute("SELECT id FROM people_citizen WHERE first_name = 'Astrid' AND last_name = 'Nilsen'")[0][0]


def test_kari_opens_astrids_page_and_sees_what_matters_first(somebody, astrid):
    kari = somebody("kari")
    kari.goes_to("/people/")
    kari.finds_the_page_accessible()
    kari.takes_a_picture("my-people")
    kari.presses("Astrid Nilsen", "link")

    for words in ("Hva er viktig for meg", "Mine nærmeste i tjenesten", "Denne uka", "ulike ansatte på 14 dager"):
        kari.sees(words)
    kari.finds_the_page_accessible()
    kari.takes_a_picture("person")


def test_the_circle_is_a_picture_and_a_list_and_grows(somebody, astrid):
    kari = somebody("kari", width=390)
    kari.goes_to(f"/people/{astrid}/circle/")
    kari.finds_the_page_accessible()
    kari.presses("Legg til noen", "link")
    kari.page.locator("#id_name").fill("Solveig Myhre")
    kari.page.locator("#id_relation").fill("gammel kollega")
    kari.page.locator("#id_contributes").fill("tar henne med på kafé")
    kari.presses("Lagre")

    kari.sees("Solveig Myhre")
    kari.sees("tar henne med på kafé")
    kari.finds_the_page_accessible()


def test_what_matters_is_written_in_her_own_words(somebody, astrid):
    kari = somebody("kari")
    kari.goes_to(f"/people/{astrid}/portrait/")
    kari.finds_the_page_accessible()
    kari.page.locator("#id_what_matters").fill("Å synge igjen, om det så bare er på kjøkkenet.")
    kari.presses("Lagre")
    kari.sees("Å synge igjen, om det så bare er på kjøkkenet.")


def test_the_contact_card_is_a_pdf_to_hang_on_the_fridge(somebody, astrid):
    kari = somebody("kari")
    kari.goes_to(f"/people/{astrid}/")
    card = kari.page.request.get(f"{kari.base}/people/{astrid}/contact-card.pdf")
    assert card.headers["content-type"] == "application/pdf"
    assert card.body().startswith(b"%PDF")


@pytest.mark.parametrize(("language", "words"), [("sv", "Vad är viktigt för mig"), ("en", "What matters to me")])
def test_the_page_is_whole_in_swedish_and_english_and_in_the_dark(somebody, astrid, language, words):
    kari = somebody("kari", width=390, language=language, dark=True)
    kari.goes_to(f"/people/{astrid}/")
    kari.sees(words)
    kari.finds_the_page_accessible()


def test_nils_of_another_zone_is_told_there_is_nothing_he_can_see(somebody, astrid):
    nils = somebody("nils")
    response = nils.page.goto(f"{nils.base}/people/{astrid}/")
    assert response.status == 404
    nils.sees("Her er det ingenting du kan se")
