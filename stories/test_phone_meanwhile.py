"""While a phone is out of coverage the world goes on: lists are changed, visits are moved, two are on the same visit.

Real browsers without a network, a real coordinator, and nothing lost, nothing doubled; what needs a person's eye is
shown to one.
"""

import pytest
from playwright.sync_api import expect

from stories import phones


@pytest.fixture(scope="module")
def two_lists(omtanke):
    """Kari and Ola have the two lists of today that share a visit of two carers, and the visit's two halves."""
    pairs = omtanke.execute(
        """SELECT v.id, v.round_id, o.id, o.round_id
             FROM visits_visit v JOIN visits_visit o ON o.id = v.together_with_id
            JOIN visits_round r ON r.id = v.round_id JOIN visits_worklist w ON w.id = r.work_list_id
            JOIN people_employee e ON e.unit_id = w.unit_id JOIN access_user u ON u.id = e.user_id
           WHERE v.on = omtanke_today() AND v.id < o.id AND v.round_id <> o.round_id
             AND v.started_at IS NULL AND o.started_at IS NULL AND u.email = 'kari@demo.example.org'
           ORDER BY v.planned_start LIMIT 1"""
    )
    half, karis, other_half, olas = pairs[0]
    phones.give_list(omtanke, karis, "kari")
    phones.give_list(omtanke, olas, "ola")
    return {"kari": karis, "ola": olas, "halves": (half, other_half)}


@pytest.fixture
def kari(somebody, two_lists):
    kari = somebody("kari", width=390)
    phones.takes_the_list_along(kari)
    return kari


def moves(liv, visit, from_round, to_round, omtanke):
    """Liv moves a visit to another list, this day only."""
    to_list = omtanke.execute("SELECT work_list_id FROM visits_round WHERE id = %s", to_round)[0][0]
    liv.goes_to(f"/week/{from_round}/move/?visit={visit}")
    liv.page.locator("#id_to_list").select_option(str(to_list))
    liv.presses("Flytt", exact=True)
    assert omtanke.execute("SELECT round_id FROM visits_visit WHERE id = %s", visit) == [(to_round,)]


def stands(omtanke, visit):
    return omtanke.execute(
        "SELECT v.started_at IS NOT NULL, v.ended_at IS NOT NULL, e.first_name FROM visits_visit v "
        "LEFT JOIN people_employee e ON e.id = v.done_by_id WHERE v.id = %s",
        visit,
    )[0]


def waiting(omtanke, visit):
    return {
        why
        for (why,) in omtanke.execute(
            "SELECT why FROM phone_report WHERE visit_id = %s AND why <> '' AND seen_at IS NULL", visit
        )
    }


def test_a_list_that_the_coordinator_changed_meanwhile_loses_nothing_and_comes_anew(kari, somebody, omtanke, two_lists):
    visit = phones.open_visit(omtanke, two_lists["kari"])
    phones.without_coverage(kari)
    phones.opens_the_list(kari)
    phones.does_the_visit(kari, visit, "Vi satt på trappa i sola.")
    phones.waits_to_be_sent(kari, "3 ikke sendt ennå")

    new = phones.open_visit(omtanke, two_lists["ola"])  # while she is away, Liv gives her one of Ola's
    moves(somebody("liv"), new, two_lists["ola"], two_lists["kari"], omtanke)
    assert kari.page.locator(f"[data-visit='{new}']").count() == 0

    phones.with_coverage(kari)
    assert stands(omtanke, visit) == (True, True, "Kari")
    assert waiting(omtanke, visit) == set()
    notes = omtanke.execute("SELECT count(*) FROM visits_note WHERE text = 'Vi satt på trappa i sola.'")
    assert notes == [(1,)]
    kari.page.locator(f"[data-visit='{new}']").wait_for()  # the newest list has come, without a new code
    expect(kari.page.locator(f"[data-visit='{visit}']")).to_contain_text("Gjort")


def test_a_visit_moved_to_a_colleague_and_done_all_the_same_is_written_down_and_shown_to_liv(
    kari, somebody, omtanke, two_lists
):
    visit = phones.open_visit(omtanke, two_lists["kari"])
    name = omtanke.execute(
        "SELECT c.first_name || ' ' || c.last_name FROM visits_visit v JOIN people_citizen c ON c.id = v.citizen_id "
        "WHERE v.id = %s",
        visit,
    )[0][0]
    phones.without_coverage(kari)
    phones.opens_the_list(kari)
    phones.does_the_visit(kari, visit, "Jeg var der før jeg visste at det var flyttet.")

    liv = somebody("liv")
    moves(liv, visit, two_lists["kari"], two_lists["ola"], omtanke)
    phones.with_coverage(kari)
    assert stands(omtanke, visit) == (True, True, "Kari")
    assert waiting(omtanke, visit) == {"moved"}

    liv.goes_to("/phones/")
    liv.finds_the_page_accessible()
    card = liv.page.locator("[data-event]", has_text=name)
    expect(card.first).to_contain_text("Besøket var flyttet til en annen liste i mellomtida")
    for _ in range(card.count()):
        card.first.locator("input[name=words]").fill("Snakket med Kari og Ola: det ble gjort én gang.")
        card.first.get_by_role("button").click()
        liv.settles()
    assert waiting(omtanke, visit) == set()


def test_two_phones_on_the_same_visit_of_two_write_each_their_half_whoever_sends_first(
    kari, somebody, omtanke, two_lists
):
    karis, olas = two_lists["halves"]
    ola = somebody("ola", width=390)
    phones.takes_the_list_along(ola)
    for person, half in ((kari, karis), (ola, olas)):
        phones.without_coverage(person)
        phones.opens_the_list(person)
        phones.does_the_visit(person, half, f"Vi løftet sammen, skrev den som hadde besøk {half}.")
    phones.with_coverage(ola)
    phones.with_coverage(kari)
    assert (stands(omtanke, karis), stands(omtanke, olas)) == ((True, True, "Kari"), (True, True, "Ola"))
    assert waiting(omtanke, karis) | waiting(omtanke, olas) == set()
    written = omtanke.execute("SELECT count(*) FROM visits_note WHERE starts_with(text, 'Vi løftet sammen, skrev')")
    assert written == [(2,)]


def test_two_who_did_the_same_visit_are_shown_to_somebody_and_neither_is_lost(kari, somebody, omtanke, two_lists):
    """Moved to Ola while Kari is away: both drive there, and both write what they saw."""
    visit = phones.open_visit(omtanke, two_lists["kari"])
    phones.without_coverage(kari)
    phones.opens_the_list(kari)
    phones.does_the_visit(kari, visit, "Hun hadde spist da jeg kom, skrev Kari.")

    moves(somebody("liv"), visit, two_lists["kari"], two_lists["ola"], omtanke)
    ola = somebody("ola", width=390)
    phones.takes_the_list_along(ola)
    phones.without_coverage(ola)
    phones.opens_the_list(ola)
    phones.does_the_visit(ola, visit, "Kari hadde nettopp vært der, skrev Ola.")
    phones.with_coverage(ola)
    phones.with_coverage(kari)

    assert stands(omtanke, visit) == (True, True, "Ola")
    assert waiting(omtanke, visit) == {"somebody_else"}
    written = "SELECT count(*) FROM visits_note WHERE visit_id = %s"
    assert omtanke.execute(written, visit) == [(2,)]
    expect(kari.page.locator("#state")).to_have_text("Alt er sendt")
