"""Whoever may ask sees everyone who can see a person, since when and why, and every look; nobody else does."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from omtanke.access import grants
from omtanke.access.models import Grant, Look
from omtanke.access.roles import end_role
from omtanke.config.tests.cast import day, make_shift, today

PAGES = ("", "before/", "looks/", "statement.pdf")


def page(web, who, citizen, below="") -> str:
    answer = web.be(who).get(f"/people/{citizen.pk}/access/{below}", headers={"accept-language": "en"})
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_everyone_who_can_see_astrid_stands_there_with_the_reason(cast, web):
    make_shift(cast.tor)
    seen = page(web, cast.kari, cast.astrid)

    for who_and_why in ("Kari Berg", "Lars Holm", "Leads Nord", "Coordinates the work in Nord", "Petra Vern"):
        assert who_and_why in seen
    assert "Everyone at work in Nord" in seen
    assert "Right now this one:</p>" in seen
    assert "Tor Vik" in seen
    assert "Nils Ås" not in seen


@pytest.mark.parametrize("who", ["kari", "liv", "lars", "petra", "eva"])
@pytest.mark.parametrize("below", PAGES)
def test_those_with_a_reason_open_the_pages_and_leave_a_line_themselves(cast, web, who, below):
    person = getattr(cast, who)
    assert web.be(person).get(f"/people/{cast.astrid.pk}/access/{below}").status_code == 200
    assert Look.objects.filter(actor=getattr(person, "user", person), citizen_id=cast.astrid.pk).exists()


@pytest.mark.parametrize("below", PAGES)
def test_nils_finds_nothing_and_the_administrator_is_not_let_in(cast, web, below):
    assert web.be(cast.nils).get(f"/people/{cast.astrid.pk}/access/{below}").status_code == 404
    assert web.be(cast.admin).get(f"/people/{cast.astrid.pk}/access/{below}").status_code == 403


def test_eva_sees_only_the_one_she_acts_for(cast, web):
    mine = web.be(cast.eva).get("/access/mine/").content.decode()
    assert ("Astrid Nilsen" in mine, "Edvard Moen" in mine) == (True, False)
    assert web.get(f"/people/{cast.edvard.pk}/access/").status_code == 404


def test_who_no_longer_leads_the_unit_could_see_before_and_cannot_now(cast, web):
    Grant.objects.update(since=timezone.now() - timedelta(days=50))
    end_role(cast.lars.user.role_assignments.get(), by=cast.admin, on=today())

    assert "Lars Holm" not in page(web, cast.kari, cast.astrid)
    assert "Lars Holm" in page(web, cast.kari, cast.astrid, "before/")


def test_the_shifts_of_a_colleague_are_told_together(cast, web):
    for days_ago in (3, 2, 1):
        make_shift(cast.tor, day(-days_ago))
    before = page(web, cast.kari, cast.astrid, "before/")
    assert "Was at work in Nord (3 shifts)" in before
    assert before.count("Tor Vik</strong>") == 1


def test_shifts_from_before_she_came_to_the_unit_opened_nothing(cast, web):
    make_shift(cast.tor, day(-150))
    assert "Tor Vik" not in page(web, cast.kari, cast.astrid, "before/")


def test_looks_of_one_day_are_one_line_with_how_many_and_why(cast, web):
    contact = Grant.objects.get(because=grants.cause(cast.contact))
    for _time in range(3):
        Look.objects.create(
            actor=cast.kari.user, role="carer", citizen_id=cast.astrid.pk, what="people:citizen", grant=contact
        )
    seen = page(web, cast.eva, cast.astrid, "looks/")
    assert "The overview of the person" in seen
    assert "3 times" in seen
    assert "Named contact" in seen


def test_a_look_without_a_running_reason_is_marked(cast, web):
    Look.objects.create(actor=cast.nils.user, role="carer", citizen_id=cast.astrid.pk, what="people:citizen")
    assert "No running reason" in page(web, cast.petra, cast.astrid, "looks/")


def test_the_statement_on_paper_says_it_in_plain_words(cast, web):
    Look.objects.create(actor=cast.kari.user, role="carer", citizen_id=cast.astrid.pk, what="visits:visit_book")
    answer = web.be(cast.eva).get(f"/people/{cast.astrid.pk}/access/statement.pdf", headers={"accept-language": "en"})
    text = text_of(answer.content)
    assert "Who can see information about Astrid Nilsen" in text
    assert "Leads Nord" in text
    assert "The visit book" in text


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_ledger(
    cast, web, django_assert_max_num_queries
):
    for days_ago in range(1, 15):
        make_shift(cast.tor, day(-days_ago))
        make_shift(cast.ola, day(-days_ago))
    web.be(cast.kari)
    for below in ("", "before/", "looks/"):
        with django_assert_max_num_queries(24):
            web.get(f"/people/{cast.astrid.pk}/access/{below}")
