"""From a wish to a moment: caught in two taps and a sentence, followed up, tried, enjoyed, and known.

Kari catches Astrid's wish at the kitchen table; her contact follows it up; what many wish for and nobody offers is seen
and written to the volunteer centre about; who was there is noted on a phone; residents say how they want it.
"""

import pytest

BEEN = """
SELECT o.id, c.first_name || ' ' || c.last_name FROM everyday_participation p
  JOIN everyday_occurrence o ON o.id = p.occurrence_id JOIN people_citizen c ON c.id = p.citizen_id
  JOIN people_belonging b ON b.citizen_id = c.id JOIN people_unit u ON u.id = b.unit_id
 WHERE u.code = 'seniorsenter' AND o.starts < now() AND o.cancelled_at IS NULL ORDER BY o.starts DESC, c.id LIMIT 1
"""


@pytest.fixture(scope="module")
def astrid(omtanke) -> int:
    return omtanke.execute("SELECT id FROM people_citizen WHERE first_name = 'Astrid' AND last_name = 'Nilsen'")[0][0]


def test_kari_catches_a_wish_in_two_taps_and_a_sentence(somebody, omtanke):
    kari = somebody("kari", width=390)
    kari.goes_to("/people/")
    kari.presses("+ Ønske", "link")
    kari.finds_the_page_accessible()
    kari.takes_a_picture("catch-a-wish")
    kari.page.keyboard.type("Jeg vil så gjerne spille kort igjen")  # the field has the focus already
    kari.page.get_by_text("Spille kort").wait_for()
    kari.presses("Astrid Nilsen")

    kari.sees("Ønsket er lagret. Kari Berg har det nå.")
    kari.sees("Det handler om: Spille kort")
    kari.finds_the_page_accessible()
    kari.presses("Tilbake dit jeg var", "link")
    kari.sees("Nytt ønske: «Jeg vil så gjerne spille kort igjen»")

    saved = "SELECT source, state, interest FROM everyday_wish WHERE words = 'Jeg vil så gjerne spille kort igjen'"
    assert omtanke.execute(saved) == [("caught", "said", "cards")]


def test_a_slip_is_undone_and_the_words_stay(somebody, astrid):
    kari = somebody("kari", width=390)
    kari.goes_to(f"/people/{astrid}/")
    kari.presses("Ønske", "link", exact=True)
    kari.page.keyboard.type("Dette sa egentlig Edvard")
    kari.presses("Lagre ønsket")
    kari.presses("Angre")

    assert kari.page.locator("#words").input_value() == "Dette sa egentlig Edvard"
    kari.presses("Edvard Moen")
    kari.sees("Edvard ønsker")


def test_the_contact_follows_it_up_until_it_became_a_moment(somebody, omtanke, astrid):
    kari = somebody("kari")
    kari.goes_to(f"/people/{astrid}/")
    kari.sees("Busstur til Engeløya")
    kari.goes_to(f"/people/{astrid}/everyday/")
    for words in ("Jeg ønsker meg", "«Vi må gjøre det igjen!»", "Salmekveld"):
        kari.sees(words)
    kari.finds_the_page_accessible()
    kari.takes_a_picture("everyday-and-wishes")
    kari.presses("Noen å gå tur med", "link", exact=True)
    kari.finds_the_page_accessible()

    kari.page.get_by_label("Det lar seg ikke gjøre nå").check()
    kari.presses("Skriv det ned")
    kari.sees("Si hvorfor: det viser hva som ville hjelpe.")
    kari.errors.clear()  # the browser notes the 422 that the form came back with
    kari.finds_the_page_accessible()
    kari.page.get_by_label("Noe er tilbudt").check()
    kari.page.locator("#id_words").fill("Borghild går med henne på onsdager")
    kari.presses("Skriv det ned")
    kari.sees("Borghild går med henne på onsdager")
    kari.page.get_by_label("Det ble en opplevelse", exact=True).check()
    kari.page.locator("#id_words").fill("Vinden i ansiktet, helt til brua")
    kari.presses("Skriv det ned")
    kari.sees("Vinden i ansiktet, helt til brua")
    steps = """SELECT s.state FROM everyday_wishstep s JOIN everyday_wish w ON w.id = s.wish_id
               WHERE w.words = 'Noen å gå tur med' AND w.citizen_id = %s ORDER BY s.at, s.id"""
    assert [state for (state,) in omtanke.execute(steps, astrid)] == ["said", "said", "offered", "enjoyed"]


@pytest.mark.parametrize("width", [390, 1280])
def test_marit_sees_what_is_wished_for_and_not_offered_and_writes_a_letter(somebody, width):
    marit = somebody("marit", width=width)
    marit.goes_to("/wishes/offered/?by=unit&place=all")
    marit.sees("og ingenting er tilbudt i kommunen")
    marit.finds_the_page_accessible()
    marit.takes_a_picture("wished-for-and-offered")
    letter = marit.page.get_by_role("link", name="Brev til frivilligsentralen").get_attribute("href")
    pdf = marit.page.request.get(f"{marit.base}{letter}")
    assert pdf.body().startswith(b"%PDF")

    marit.page.locator("tbody a").first.click()
    marit.settles()
    marit.finds_the_page_accessible()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_ledger_tells_what_came_of_the_wishes(somebody, omtanke, width):
    nord = omtanke.execute("SELECT id FROM people_unit WHERE name = 'Nord-Steigen'")[0][0]
    lars = somebody("lars", width=width)
    lars.goes_to(f"/wishes/?unit={nord}")
    lars.sees("ønsker ble en opplevelse")
    lars.sees("Har stått stille i 60 dager")
    lars.finds_the_page_accessible()
    lars.takes_a_picture("wish-ledger")
    lars.presses("Uoppfylte", "link")
    lars.sees("Uoppfylt")
    lars.finds_the_page_accessible()
    assert "Nord-Steigen" in lars.page.request.get(f"{lars.base}/wishes/wishes.csv").text()


def test_who_was_there_is_noted_on_a_phone_and_how_it_was(somebody, omtanke):
    occurrence, name = omtanke.execute(BEEN)[0]
    marit = somebody("marit", width=390)
    marit.goes_to(f"/activities/times/{occurrence}/")
    marit.presses("Hvem var der?", "link")
    row = marit.page.get_by_role("form", name=name)
    row.get_by_role("button", name="Kom ikke").click()
    row.get_by_role("button", name="Så på", exact=True).click()
    marit.settles()
    marit.finds_the_page_accessible()
    marit.takes_a_picture("it-happened")
    card = marit.page.locator("li", has=row)
    if not card.locator("textarea").is_visible():
        card.locator("summary").click()
    card.locator("textarea").fill("Jeg satt og hørte på, og det var nok")
    card.get_by_text("Kjempefint").click()
    card.get_by_role("button", name="Lagre hvordan det var").click()
    marit.settles()

    marit.sees("Jeg satt og hørte på, og det var nok")
    saved = "SELECT state, part, smile FROM everyday_participation WHERE words = 'Jeg satt og hørte på, og det var nok'"
    assert omtanke.execute(saved) == [("there", "looking_on", 5)]


@pytest.mark.parametrize("width", [390, 1280])
def test_a_residents_meeting_decides_and_hears_what_came_of_it(somebody, omtanke, width):
    marit = somebody("marit", width=width)
    home = omtanke.execute("SELECT id FROM people_unit WHERE code = 'omsorgsboliger'")[0][0]
    marit.goes_to(f"/meetings/residents/?unit={home}")
    marit.sees("Bestemt, men ingen har fortalt hva det ble til")
    marit.finds_the_page_accessible()
    marit.page.locator("#held + ul a").first.click()
    marit.settles()
    marit.finds_the_page_accessible()
    marit.takes_a_picture("residents-meeting")

    waiting = marit.page.locator("[id^=outcome]").first
    if waiting.count():
        waiting.fill("Fersk torsk tirsdag og fredag")
        marit.presses("Lagre")
        marit.sees("Fersk torsk tirsdag og fredag")
    marit.page.locator("#title").fill(f"Juletreet {width}")
    marit.presses("Legg til")
    marit.sees(f"Juletreet {width}")
    pdf = marit.page.request.get(f"{marit.page.url.split('#')[0]}minutes.pdf")
    assert pdf.body().startswith(b"%PDF")


def test_nils_finds_nothing_of_astrids_and_eva_and_per_no_wishes_at_all(somebody, omtanke, astrid):
    wish = omtanke.execute("SELECT id FROM everyday_wish WHERE citizen_id = %s", astrid)[0][0]
    nils = somebody("nils", width=390)
    for page in (f"/people/{astrid}/everyday/", f"/wishes/{wish}/", f"/people/{astrid}/wishes/catch/"):
        assert nils.page.request.get(f"{nils.base}{page}").status == 404
    for name in ("eva", "per"):
        refused = somebody(name)
        for page in (f"/wishes/{wish}/", "/wishes/", "/wishes/catch/", "/meetings/residents/"):
            assert refused.page.request.get(f"{refused.base}{page}").status == 403


@pytest.mark.parametrize(
    ("language", "words"), [("sv", "Vad önskade någon sig?"), ("en", "What did somebody wish for?")]
)
def test_catching_a_wish_is_the_same_in_swedish_english_and_in_the_dark(somebody, language, words):
    kari = somebody("kari", width=390, language=language, dark=True)
    kari.goes_to("/wishes/catch/")
    kari.sees(words)
    kari.finds_the_page_accessible()


@pytest.mark.parametrize("width", [390, 1280])
def test_what_stands_in_the_way_is_somebodys_question_until_it_is_dealt_with(somebody, omtanke, width):
    (one,) = omtanke.execute("SELECT id FROM everyday_hindrance WHERE dealt_at IS NULL ORDER BY id")[0]
    marit = somebody("marit", width=width)
    marit.goes_to("/wishes/in-the-way/")
    marit.finds_the_page_accessible()
    marit.goes_to(f"/wishes/in-the-way/{one}/")
    marit.finds_the_page_accessible()
    marit.page.locator("#id_words").fill("Prøver en kort tur på en god dag.")
    marit.presses("Det er ordnet")
    marit.sees("Ordnet av Marit Lund")
    marit.finds_the_page_accessible()
    dealt = "SELECT words, dealt_at IS NOT NULL FROM everyday_hindrance WHERE id = %s"
    assert omtanke.execute(dealt, one) == [("Prøver en kort tur på en god dag.", True)]
