"""An order comes by a public page, is taken on by its department, and never makes two of one person unasked."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.urls import reverse
from django.utils import timezone

from omtanke.befriending import order as deeds
from omtanke.befriending.areas import bring_areas
from omtanke.befriending.models import Order
from omtanke.befriending.tests.making import acting, make_order, ready, taken_on
from omtanke.befriending.views.public import MOST_IN_AN_HOUR
from omtanke.config.tests.cast import today
from omtanke.people.models import Belonging, Citizen

SAID = {
    "first_name": "Borghild",
    "last_name": "Strand",
    "address": "Kaiveien 3",
    "areas": ["quality_visit", "conversation"],
    "wishes": "En fast person.",
    "person_knows": "on",
    "ordered_by": "Kristin Strand",
    "relation": "datter",
    "phone": "44 10 20 304",
    "consent": "on",
}


def order(web, cast, **changed):
    bring_areas()
    said = {**SAID, "department": cast.seniorene.pk, **changed}
    return web.post(reverse("befriending:order_visits"), {name: value for name, value in said.items() if value})


def take_on(cast, one, **how):
    deeds.take_on(one, told=True, by=cast.gudrun.user, has_it=cast.gudrun, at=timezone.now(), on=today(), **how)


def test_a_relative_orders_without_a_login_and_the_department_sees_it(cast, web):
    assert order(web, cast).status_code == 302
    (one,) = Order.objects.all()
    assert (one.for_whom, one.areas, one.citizen_id, one.has_it_id) == (
        "Borghild Strand", ["quality_visit", "conversation"], None, None,
    )  # fmt: skip
    page = web.be(cast.gudrun).get(reverse("befriending:orders")).content.decode()
    assert "Borghild Strand" in page
    assert web.be(cast.lars).get(reverse("befriending:orders")).status_code == 403


def test_what_is_missing_is_said_and_what_was_typed_is_kept(cast, web):
    answer = order(web, cast, phone="", consent="")
    assert (answer.status_code, Order.objects.count()) == (422, 0)
    assert "En fast person." in answer.content.decode()


def test_a_machine_is_thanked_and_nothing_is_kept(cast, web):
    assert order(web, cast, website="https://spam.example.org").status_code == 302
    assert Order.objects.count() == 0


def test_too_many_in_an_hour_wait(cast, web):
    for number in range(MOST_IN_AN_HOUR):
        make_order(cast, last_name=f"Nr{number}")
    assert order(web, cast).status_code == 422
    Order.objects.update(ordered_at=timezone.now() - timedelta(hours=2))
    assert order(web, cast).status_code == 302


def test_behind_the_public_page_nobody_reads_an_order_or_writes_a_finished_one(cast):
    one = make_order(cast)
    closed = Order(department=cast.seniorene, first_name="X", last_name="Y", closed_at=timezone.now())
    with acting(None):
        assert Order.objects.count() == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            Order.objects.bulk_create([closed], ignore_conflicts=True)
    assert Order.objects.get() == one


def test_taken_on_the_person_belongs_to_the_department_and_gudrun_has_it(cast, web):
    one = make_order(cast)
    address = reverse("befriending:take_on", args=[one.pk])
    assert web.be(cast.gudrun).post(address, {}).status_code == 422  # the person has not been told
    assert web.post(address, {"told": "on"}).status_code == 302
    one.refresh_from_db()
    assert (one.citizen.name, one.has_it, one.person_knows) == ("Borghild Strand", cast.gudrun, True)
    assert Belonging.objects.current().filter(citizen=one.citizen, unit=cast.seniorene).count() == 1
    assert web.get(reverse("befriending:order", args=[one.pk])).status_code == 200
    assert web.be(cast.turid).get(reverse("befriending:order", args=[one.pk])).status_code == 403


def test_a_colleague_who_is_second_is_told(cast):
    one = make_order(cast)
    take_on(cast, one)
    with pytest.raises(deeds.AlreadyTakenOn):
        take_on(cast, one)


def test_somebody_who_is_registered_is_found_again_only_when_the_department_says_so(cast, web):
    """Astrid of Nord: Gudrun cannot see her, and is asked by what she has been told already."""
    one = make_order(cast, first_name="Astrid", last_name="Nilsen", born=date(1939, 5, 4), address="")
    address = reverse("befriending:take_on", args=[one.pk])
    page = web.be(cast.gudrun).post(address, {"told": "on"})
    assert "Er det samme person?" in page.content.decode()
    assert Order.objects.get().citizen_id is None
    assert web.post(address, {"told": "on", "same_as": cast.edvard.pk}).status_code == 200  # none of those asked about
    assert Order.objects.get().citizen_id is None
    web.post(address, {"told": "on", "same_as": cast.astrid.pk})
    assert Order.objects.get().citizen == cast.astrid
    assert set(cast.astrid.belongings.values_list("unit__name", flat=True)) == {"Nord", "Seniorene"}


def test_the_same_name_is_somebody_else_when_the_department_says_so(cast, web):
    one = make_order(cast, first_name="Astrid", last_name="Nilsen", born=date(1939, 5, 4), address="Kaiveien 3")
    web.be(cast.gudrun).post(reverse("befriending:take_on", args=[one.pk]), {"told": "on", "is_new": "yes"})
    assert Citizen.objects.filter(first_name="Astrid", last_name="Nilsen").count() == 2


def test_a_department_cannot_take_somebody_registered_by_writing_a_belonging(cast):
    sql = "INSERT INTO people_belonging (citizen_id, unit_id, since) VALUES (%s, %s, now())"
    with pytest.raises(ProgrammingError), acting(cast.gudrun.user) as cursor:
        cursor.execute(sql, [cast.astrid.pk, cast.seniorene.pk])


def test_an_order_ends_with_a_reason_when_nobody_visits_on_it_any_more(cast):
    how = {"because": "Flytter til datteren", "by": cast.gudrun.user, "at": timezone.now(), "on": today()}
    visited = ready(cast).order
    with pytest.raises(deeds.StillVisited):
        deeds.close(visited, **how)
    one = taken_on(cast, first_name="Sverre")
    deeds.close(one, **how)
    with pytest.raises(deeds.AlreadyClosed):
        deeds.close(one, **how)
    belonging = one.citizen.belongings.get()
    assert belonging.until == today() + deeds.AFTERWARDS
