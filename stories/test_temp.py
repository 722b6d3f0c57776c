"""A temp is not left alone: what is new is marked, and a minute's reading comes before the first visit."""


def test_tor_the_temp_reads_up_before_his_first_visit(somebody, omtanke):
    tor = somebody("tor", width=390)
    tor.goes_to("/shift/lists/")
    new_to_him = tor.page.get_by_role("listitem").filter(has_text="Nye for deg:")
    new_to_him.get_by_role("button", name="Ta ").first.click()
    tor.settles()
    tor.sees("Første gang her")
    tor.finds_the_page_accessible()
    tor.page.get_by_role("link", name="Første gang her").first.click()
    tor.settles()
    tor.finds_the_page_accessible()
    tor.takes_a_picture("briefing")
    tor.presses("Jeg har lest")
