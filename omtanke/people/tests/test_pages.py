"""A primary contact sees the whole picture of a person; somebody of another unit sees nothing, and every look is
written down. Pages cost the same number of queries whatever the number of people."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from omtanke.access.models import Look
from omtanke.config.tests.cast import make_citizen, make_contact, make_shift
from omtanke.people.models import Tie


def url(name, *args):
    return reverse(f"people:{name}", args=args)


def test_kari_finds_those_she_is_contact_for_and_no_others(cast, web):
    make_shift(cast.kari)
    page = web.be(cast.kari).get(url("my_people")).content.decode()
    assert "Astrid Nilsen" in page
    assert "Edvard Moen" not in page


def test_without_contacts_the_page_says_what_will_be_there(cast, web):
    page = web.be(cast.tor).get(url("my_people"))
    assert page.status_code == 200
    assert url("citizens") in page.content.decode()


def test_the_whole_picture_begins_with_her_own_words(cast, web):
    page = web.be(cast.kari).get(url("citizen", cast.astrid.pk)).content.decode()
    assert page.index("Å komme meg ut") < page.index("fiske, barnebarna") < page.index("Kari Berg</strong>")
    assert 'href="tel:90100000"' in page
    assert Look.objects.filter(citizen_id=cast.astrid.pk, actor=cast.kari.user, what="people:citizen").exists()


PAGES = ("citizen", "portrait", "facts", "circle", "add_tie")


@pytest.mark.parametrize("name", PAGES)
def test_who_may_open_a_page_about_astrid(cast, web, name):
    answers = {
        who: web.be(getattr(cast, who)).get(url(name, cast.astrid.pk)).status_code
        for who in ("kari", "liv", "lars", "nils", "admin", "petra", "eva")
    }
    assert answers == {"kari": 200, "liv": 200, "lars": 200, "nils": 404, "admin": 403, "petra": 403, "eva": 403}


def test_the_list_is_sorted_as_a_norwegian_telephone_book(cast, web):
    for last_name in ("Åsen", "Ærlig", "Østby", "Andersen", "Zahl"):
        make_citizen("Per", last_name, cast.nord)
    page = web.be(cast.liv).get(url("citizens")).content.decode()
    names = ("Andersen", "Moen", "Nilsen", "Zahl", "Ærlig", "Østby", "Åsen")
    places = [page.index(f"{name}, ") for name in names]
    assert places == sorted(places)


@pytest.mark.parametrize("words", ["nils", "ASTRID", "nil ast", "  nilsen  "])
def test_a_part_of_the_name_finds_her(cast, web, words):
    page = web.be(cast.liv).get(url("citizens"), {"q": words}).content.decode()
    assert "Nilsen, Astrid" in page
    assert "Moen, Edvard" not in page


def test_nobody_of_another_unit_is_found(cast, web):
    assert "Astrid" not in web.be(cast.nils).get(url("citizens"), {"q": "astrid"}).content.decode()
    assert "Sørli" not in web.be(cast.liv).get(url("citizens")).content.decode()


def test_typing_gets_only_the_list(cast, web):
    page = web.be(cast.liv).get(url("citizens"), {"q": "moen"}, headers={"HX-Request": "true"}).content.decode()
    assert "Moen, Edvard" in page
    assert "<html" not in page


def test_the_list_comes_in_pages(cast, web):
    for number in range(40):
        make_citizen("Per", f"Olsen {number:02}", cast.nord)
    first = web.be(cast.liv).get(url("citizens"))
    second = web.be(cast.liv).get(url("citizens"), {"page": 2})
    assert (first.context["page"].count, len(first.context["people"])) == (42, 30)
    assert len(second.context["people"]) == 12


@pytest.mark.parametrize("page", ["", "0", "-1", "x", "99", "9" * 30])
def test_a_page_that_is_not_there_is_no_error(cast, web, page):
    assert web.be(cast.liv).get(url("citizens"), {"page": page}).status_code == 200


def queries(web, person, address) -> int:
    web.be(person).get(address)  # so that what is found once per process is found
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert web.be(person).get(address).status_code == 200
    return len(captured)


def test_pages_cost_the_same_for_one_person_and_for_many(cast, web):
    addresses = [url("my_people"), url("citizens"), url("citizen", cast.astrid.pk), url("circle", cast.astrid.pk)]
    few = [queries(web, cast.kari, address) for address in addresses]
    make_shift(cast.kari)
    for number in range(12):
        make_contact(make_citizen("Per", f"Olsen {number}", cast.nord), cast.kari)
        Tie.objects.create(citizen=cast.astrid, name=f"Venn {number}", kind=Tie.Kind.FRIEND)
    assert [queries(web, cast.kari, address) for address in addresses] == few
