"""Kari is with them at an activity where there is no coverage: who was there is written down, and Marit sees it."""

import pytest
from playwright.sync_api import expect

from stories import phones

HOW = "Jeg kjente alle versene."


@pytest.fixture(scope="module")
def hymns(omtanke):
    """An evening of hymns has begun; Astrid and another of Kari's people are expected."""
    phones.give_list(omtanke, phones.round_with(omtanke, "Astrid", "Nilsen"), "kari")
    (activity,) = omtanke.execute(
        """INSERT INTO everyday_activity (title, about, interests, starts, minutes, all_day, repeats, also_on, not_on,
                                          open_to_all, ride_possible, icon, source_uid, source, active, changed_at)
           VALUES ('Salmekveld uten dekning', '', '{}', now() - interval '30 minutes', 60, false, '', '{}', '{}',
                   true, true, '', '', '', true, now()) RETURNING id"""
    )[0]
    (one,) = omtanke.execute(
        """INSERT INTO everyday_occurrence (activity_id, starts, ends, note, cancelled_because, changed_at)
           VALUES (%s, now() - interval '30 minutes', now() + interval '30 minutes', '', '', now()) RETURNING id""",
        activity,
    )[0]
    expected = omtanke.execute(
        """INSERT INTO everyday_participation
                  (citizen_id, occurrence_id, state, starts, ends, part, words, way, driven_by, wants_company, made_at)
           SELECT c.id, %s, 'yes', now() - interval '30 minutes', now() + interval '30 minutes',
                  '', '', '', '', false, now()
             FROM people_citizen c JOIN people_belonging b ON b.citizen_id = c.id
             JOIN people_employee e ON e.unit_id = b.unit_id JOIN access_user u ON u.id = e.user_id
            WHERE u.email = 'kari@demo.example.org' AND NOT EXISTS (
                  SELECT 1 FROM everyday_participation p WHERE p.citizen_id = c.id
                     AND p.starts < now() + interval '30 minutes' AND p.ends > now() - interval '30 minutes')
            ORDER BY (c.first_name, c.last_name) <> ('Astrid', 'Nilsen'), c.id LIMIT 2
           RETURNING citizen_id""",
        one,
    )
    return one, [citizen for (citizen,) in expected]


def unfolds(kari):
    card = kari.page.locator(".activity", has_text="Salmekveld uten dekning")
    card.wait_for()
    if card.locator("> details[open]").count() == 0:
        card.locator("summary").first.click()
    return card


def noted(omtanke, one):
    rows = omtanke.execute(
        "SELECT citizen_id, state, part, words FROM everyday_participation WHERE occurrence_id = %s", one
    )
    return {citizen: tuple(how) for citizen, *how in rows}


def test_who_was_there_and_how_it_was_is_kept_without_coverage_and_seen_by_marit(somebody, omtanke, hymns):
    one, (astrid, other) = hymns
    kari = somebody("kari", width=390)
    phones.takes_the_list_along(kari)
    phones.without_coverage(kari)
    phones.opens_the_list(kari)
    card = unfolds(kari)
    phones.finds_it_accessible(kari)
    card.locator(f"[data-citizen='{astrid}']").get_by_role("button", name="Så på", exact=True).click()
    card = unfolds(kari)
    card.locator(f"[data-citizen='{other}']").get_by_role("button", name="Kom ikke").click()
    phones.waits_to_be_sent(kari, "2 ikke sendt ennå")
    assert noted(omtanke, one)[astrid][0] == "yes"

    # The battery dies in the middle of her sentence.
    her = unfolds(kari).locator(f"[data-citizen='{astrid}']")
    her.locator("summary").click()
    her.locator("textarea").fill("Jeg kjente al")
    expect(her.get_by_text("Tatt vare på som utkast")).to_be_visible()
    kari.page.reload()
    phones.opens_the_list(kari)
    her = unfolds(kari).locator(f"[data-citizen='{astrid}']")
    expect(her.get_by_role("button", name="Så på", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(her.locator("textarea")).to_have_value("Jeg kjente al")
    her.locator("textarea").fill(HOW)
    her.get_by_text("Kjempefint", exact=True).click()
    phones.finds_it_accessible(kari)
    kari.takes_a_picture("phone-activity")
    her.get_by_role("button", name="Skriv det ned").click()
    phones.waits_to_be_sent(kari, "3 ikke sendt ennå")

    phones.with_coverage(kari)
    assert noted(omtanke, one) == {astrid: ("there", "looking_on", HOW), other: ("not_there", "", "")}
    marit = somebody("marit")
    marit.goes_to(f"/activities/times/{one}/it-happened/")
    marit.sees(HOW)


def test_what_a_colleague_wrote_differently_meanwhile_stands_and_is_shown_to_liv(somebody, omtanke, hymns):
    one, (_astrid, other) = hymns
    kari = somebody("kari", width=390)
    phones.takes_the_list_along(kari)
    phones.without_coverage(kari)
    phones.opens_the_list(kari)
    card = unfolds(kari)
    card.locator(f"[data-citizen='{other}']").get_by_role("button", name="Var med").click()
    phones.waits_to_be_sent(kari, "1 ikke sendt ennå")

    ola = somebody("ola", width=390)
    ola.goes_to(f"/activities/times/{one}/it-happened/")
    ola.page.locator(f"#c{other}").get_by_role("button", name="Så på", exact=True).click()
    ola.settles()

    phones.with_coverage(kari)
    assert noted(omtanke, one)[other][:2] == ("there", "looking_on")
    liv = somebody("liv")
    liv.goes_to("/phones/")
    liv.sees("Noen andre har skrevet noe annet i mellomtida")
    liv.finds_the_page_accessible()
