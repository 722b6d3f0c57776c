"""Kari sits down with Astrid: the interest talk from what is due to ranked wishes, on a phone and by keyboard."""

import json
import re

import pytest
from playwright.sync_api import expect

from omtanke.forms.tests.small import SLEEP, as_file, question, questionnaire, when


@pytest.fixture(scope="module")
def astrid(omtanke) -> int:
    return omtanke.execute("SELECT id FROM people_citizen WHERE first_name = 'Astrid' AND last_name = 'Nilsen'")[0][0]


@pytest.fixture(scope="module")
def talk(omtanke, astrid) -> int:
    """The id of Astrid's talk of this year, once it is begun."""

    def begun() -> int:
        return omtanke.execute(
            "SELECT id FROM questionnaires_answers WHERE citizen_id = %s AND open_to_everyday ORDER BY begun_at DESC",
            astrid,
        )[0][0]

    return begun


def saved(person) -> None:
    expect(person.page.locator("[data-state]")).to_have_text("Lagret")


def choose(person, label: str, answer: str) -> None:
    person.page.get_by_role("radiogroup", name=label).get_by_text(answer, exact=True).click()


def test_kari_begins_from_what_is_due_and_pauses_on_her_phone(somebody, astrid):
    kari = somebody("kari", width=390)
    kari.goes_to("/people/")
    kari.sees("Interessesamtale")
    kari.goes_to(f"/people/{astrid}/interest-talk/")
    kari.sees("har ventet")
    kari.finds_the_page_accessible()
    kari.presses("Begynn samtalen")
    kari.sees("1 av 13")
    kari.finds_the_page_accessible()

    kari.page.get_by_text("Alle gruppene").click()
    kari.presses("Musikk og kultur")
    kari.sees("4 av 13")
    kari.sees("Sist (")
    choose(kari, "Synge i kor", "Ja, veldig")
    expect(kari.page.get_by_text("Hva står i veien?").locator("visible=true")).to_have_count(0)
    kari.page.locator('input[name="choir.more"]').check()
    kari.sees("Hva står i veien?")
    kari.page.get_by_label("Kommer meg ikke dit").locator("visible=true").check()
    kari.page.locator('input[name="choir.words"]').fill("Altstemmen, den satt.")
    saved(kari)
    kari.finds_the_page_accessible()
    kari.takes_a_picture("interest-talk")
    kari.presses("Ta pause")
    kari.sees("Alt som ble sagt, er tatt vare på")


def test_ola_takes_it_up_where_it_was_and_goes_through_a_group_by_keyboard_alone(somebody, omtanke, astrid, talk):
    ola = somebody("ola")
    ola.goes_to(f"/people/{astrid}/interest-talk/")
    ola.presses("Fortsett der dere tok pause", "link")
    ola.sees("4 av 13")
    expect(ola.page.locator('input[name="choir.words"]')).to_have_value("Altstemmen, den satt.")
    ola.finds_the_page_accessible()

    keyboard = ola.page.keyboard
    ola.page.locator('input[name="choir"]').first.focus()
    keyboard.press("ArrowRight")  # from "very much" to "a little"
    for _ in range(20):  # on through what follows from it, to the next interest
        keyboard.press("Tab")
        if ola.page.evaluate("document.activeElement.name") == "sing_along":
            break
    keyboard.press("Space")
    keyboard.press("Tab")
    keyboard.press("Space")  # "I do this now"
    saved(ola)
    given = omtanke.execute("SELECT given FROM questionnaires_answers WHERE id = %s", talk())[0][0]
    given = json.loads(given) if isinstance(given, str) else given
    assert given["choir"] == ["some"]
    assert (given["sing_along"], given["sing_along.now"]) == (["strong"], [True])
    assert given["choir.words"] == ["Altstemmen, den satt."]


def test_a_goal_has_what_i_do_myself_and_what_i_need_help_with(somebody, astrid, talk):
    kari = somebody("kari", width=390)
    kari.goes_to(f"/people/{astrid}/interest-talk/{talk()}/?step=12")
    kari.page.locator('input[name="goals#0/goal"]').fill("Gå til postkassa")
    kari.page.locator('textarea[name="goals#0/goal.myself"]').fill("Kler på meg")
    kari.page.locator('textarea[name="goals#0/goal.help"]').fill("Brodder når det er glatt")
    kari.presses("En til")
    expect(kari.page.locator('input[name="goals#1/goal"]')).to_be_visible()
    expect(kari.page.locator('input[name="goals#0/goal"]')).to_have_value("Gå til postkassa")
    kari.finds_the_page_accessible()


def test_it_ends_in_wishes_that_astrid_puts_in_order(somebody, omtanke, astrid, talk):
    kari = somebody("kari", width=390)
    kari.goes_to(f"/people/{astrid}/interest-talk/{talk()}/?step=12")
    kari.presses("Videre til ønskene")
    kari.sees("Dette ville du ha mer av")
    before = omtanke.execute("SELECT count(*) FROM everyday_wish WHERE citizen_id = %s AND source = 'talk'", astrid)
    for words in ("Se huset der jeg vokste opp", "Være med i koret igjen"):
        kari.page.get_by_label("Et ønske, med dine egne ord").fill(words)
        kari.presses("Ta vare på ønsket")
    wishes = kari.page.locator(".ranked .said")
    place = wishes.all_inner_texts().index("«Være med i koret igjen»")
    for _ in range(place):
        button = kari.page.get_by_role("button", name=re.compile("Opp.*Være med i koret igjen"))
        button.focus()
        kari.page.keyboard.press("Enter")
        kari.settles()
    expect(wishes.first).to_have_text("«Være med i koret igjen»")
    kari.finds_the_page_accessible()
    kari.presses("Avslutt samtalen")

    kari.sees("Takk til dere begge")
    kari.sees("Gå til postkassa")
    kari.finds_the_page_accessible()
    ranked = omtanke.execute(
        "SELECT w.words, w.interest, e.first_name FROM everyday_wish w JOIN people_employee e ON e.id = w.owner_id"
        " WHERE w.citizen_id = %s AND w.source = 'talk' ORDER BY w.said_at DESC LIMIT 2",
        astrid,
    )
    assert ranked == [
        ("Være med i koret igjen", "choir", "Kari"),
        ("Se huset der jeg vokste opp", "places_of_my_life", "Kari"),
    ]
    assert before == [(0,)]


def test_the_leader_sees_who_waits_and_whose_talk_it_is(somebody):
    lars = somebody("lars")
    lars.goes_to("/interest-talks/")
    lars.sees("er primærkontakt")
    lars.does_not_see("Astrid Nilsen")
    lars.finds_the_page_accessible()


@pytest.mark.parametrize("who", ["eva", "per"])
def test_kin_and_volunteers_are_refused(somebody, astrid, talk, who):
    person = somebody(who)
    for path in (f"/people/{astrid}/interest-talk/", f"/people/{astrid}/interest-talk/{talk()}/"):
        assert person.page.goto(f"{person.base}{path}").status == 403
    assert person.page.goto(f"{person.base}/people/{astrid}/forms/{talk()}/").status == 403


def test_who5_is_filled_in_and_says_what_it_means(somebody, astrid):
    kari = somebody("kari")
    kari.goes_to(f"/people/{astrid}/forms/")
    kari.finds_the_page_accessible()
    kari.presses("Fyll ut Trivsel")
    kari.presses("Ferdig")
    kari.sees("Dette mangler svar.")
    kari.errors.clear()  # the browser notes the 422
    kari.finds_the_page_accessible()
    for question_ in kari.page.locator("fieldset").all():
        question_.get_by_label("Mindre enn halvparten av tiden").check()
    kari.presses("Ferdig")
    kari.sees("40 av 100")
    kari.sees("verdt en prat")
    kari.finds_the_page_accessible()


def test_anne_adds_a_form_and_a_broken_file_is_told_place_by_place(somebody, tmp_path, astrid):
    broken = questionnaire(question("a", "boolean", **when("b", True)), question("b", "boolean", **when("a", True)))
    (tmp_path / "bad.json").write_bytes(as_file(broken))
    (tmp_path / "good.json").write_bytes(as_file(SLEEP))
    anne = somebody("anne")
    anne.goes_to("/forms/")
    anne.page.locator("input[type=file]").set_input_files(tmp_path / "bad.json")
    anne.presses("Legg til som utkast")
    anne.sees("bad.json er ikke lagt til")
    anne.sees("a → b → a")
    anne.errors.clear()  # the browser notes the 422
    anne.finds_the_page_accessible()

    anne.page.locator("input[type=file]").set_input_files(tmp_path / "good.json")
    anne.presses("Legg til som utkast")
    anne.sees("sleep (nb)")
    anne.presses("Svenska", "link")
    anne.sees("sleep (sv)")
    anne.finds_the_page_accessible()
    anne.presses("Ta i bruk")
    kari = somebody("kari")
    kari.goes_to(f"/people/{astrid}/forms/")
    kari.presses("Fyll ut Small (nb)")
    expect(kari.page.get_by_text("why (nb)")).to_be_hidden()
    kari.page.get_by_label("badly (nb)").check()
    expect(kari.page.get_by_text("why (nb)")).to_be_visible()
