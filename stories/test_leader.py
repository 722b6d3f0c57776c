"""A leader sees the day at a glance, says that somebody is away, and gives and ends roles."""


def test_lars_sees_the_day_and_says_that_somebody_is_away(somebody, omtanke):
    lars = somebody("lars")
    lars.goes_to("/today/")
    lars.sees("På jobb")
    lars.finds_the_page_accessible()
    lars.takes_a_picture("today")

    lars.presses("Noen er borte", "link")
    lars.finds_the_page_accessible()
    lars.page.locator("#id_employee").select_option(index=1)
    lars.page.locator("#id_kind").select_option("ill")
    lars.presses("Registrer fraværet")
    lars.finds_the_page_accessible()
    assert omtanke.execute("SELECT count(*) FROM visits_absence WHERE first_day = current_date AND kind = 'ill'")[0][0]


def test_lars_gives_a_role_and_ends_it(somebody):
    lars = somebody("lars")
    lars.goes_to("/access/roles/")
    lars.finds_the_page_accessible()
    lars.page.locator("#q").fill("Ola Lind")
    lars.presses("Søk")
    lars.presses("Ola Lind", "link")
    lars.finds_the_page_accessible()
    lars.page.locator("#id_role").select_option("coordinator")
    lars.page.locator("#id_unit").select_option(label="Nord-Steigen")
    lars.presses("Gi rollen")
    lars.sees("Koordinator")

    lars.presses("Avslutt Koordinator Nord-Steigen")
    lars.finds_the_page_accessible()


def test_today_fits_a_phone_in_the_dark_in_swedish(somebody):
    lars = somebody("lars", width=390, language="sv", dark=True)
    lars.goes_to("/today/")
    lars.finds_the_page_accessible()


def test_kari_is_refused_the_leaders_pages(somebody):
    kari = somebody("kari")
    for page in ("/today/", "/access/roles/"):
        assert kari.page.request.get(f"{kari.base}{page}").status == 403
