"""Everybody with a need to know reads what has been granted; who handles decisions is led on to change it."""

import pytest

from omtanke.config.tests.cast import day


@pytest.fixture
def ended(cast):
    return type(cast.decision).objects.create(
        reference="V-0",
        citizen=cast.astrid,
        unit=cast.nord,
        service="meals",
        minutes_per_week=60,
        since=day(-400),
        until=day(-100),
    )


def test_her_contact_reads_what_holds_and_what_held_before(cast, web, ended):
    page = web.be(cast.kari).get(f"/people/{cast.astrid.pk}/decisions/").content.decode()
    assert "Hjemmesykepleie" in page
    assert "Matombringing" in page
    assert f"/decisions/{cast.decision.pk}/" not in page


def test_the_panel_tells_only_what_holds_now(cast, web, ended):
    response = web.be(cast.kari).get(f"/people/{cast.astrid.pk}/decisions/now/", headers={"HX-Request": "true"})
    assert "Hjemmesykepleie" in response.content.decode()
    assert "Matombringing" not in response.content.decode()


def test_the_coordinator_is_led_on_to_the_decision(cast, web):
    page = web.be(cast.liv).get(f"/people/{cast.astrid.pk}/decisions/").content.decode()
    assert f"/decisions/{cast.decision.pk}/" in page


def test_nils_of_another_unit_finds_nothing(cast, web):
    assert web.be(cast.nils).get(f"/people/{cast.astrid.pk}/decisions/").status_code == 404
