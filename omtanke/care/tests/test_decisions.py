"""A decision from the allocation office is taken in by the coordinator of the unit that carries it out."""

import pytest

from omtanke.access.models import Look
from omtanke.care.decisions import ReferenceTaken, take_in
from omtanke.care.models import Decision, Service
from omtanke.config.tests.cast import day, make_citizen, make_unit, today
from omtanke.people.models import Citizen


def filled_in(unit, **other):
    return {
        "service": "home_nursing",
        "unit": unit.pk,
        "minutes_per_week": 105,
        "since": day(1).isoformat(),
        "purpose": "Å klare trappa selv.",
        "reference": "V-77",
        **other,
    }


def test_liv_takes_in_a_decision_about_edvard_and_nils_and_kari_may_not(cast, web):
    page = f"/decisions/new/?citizen={cast.edvard.pk}"
    answer = web.be(cast.liv).post(page, filled_in(cast.nord, last_day=day(30).isoformat()))

    made = Decision.objects.get(reference="V-77")
    assert answer.headers["Location"] == f"/decisions/{made.pk}/"
    assert (made.citizen, made.until, made.purpose) == (cast.edvard, day(31), "Å klare trappa selv.")
    for carer in (cast.nils, cast.kari):
        assert web.be(carer).post(page, filled_in(cast.nord, reference="V-78")).status_code == 403


def test_what_was_typed_is_still_there_when_the_reference_is_taken_or_the_end_comes_first(cast, web):
    page = f"/decisions/new/?citizen={cast.edvard.pk}"
    taken = web.be(cast.liv).post(page, filled_in(cast.nord, reference="V-1")).content.decode()
    assert "ds-error-summary" in taken
    assert "Å klare trappa selv." in taken
    backwards = web.post(page, filled_in(cast.nord, last_day=day(-1).isoformat())).content.decode()
    assert "ds-error-summary" in backwards
    assert Decision.objects.count() == 1


def test_a_reference_used_in_a_unit_one_does_not_see_is_refused_and_not_an_error(cast, web):
    Decision.objects.create(
        reference="S-1", citizen=cast.stranger, unit=cast.sør, service=Service.MEALS, minutes_per_week=0, since=today()
    )
    answer = web.be(cast.liv).post(f"/decisions/new/?citizen={cast.edvard.pk}", filled_in(cast.nord, reference="S-1"))
    assert answer.status_code == 200
    with pytest.raises(ReferenceTaken):
        take_in(
            cast.edvard,
            unit=cast.nord,
            by=None,
            on=today(),
            reference="S-1",
            service="meals",
            minutes_per_week=0,
            since=today(),
        )


def test_a_unit_that_is_not_livs_cannot_be_chosen(cast, web):
    page = f"/decisions/new/?citizen={cast.edvard.pk}"
    web.be(cast.liv).post(page, filled_in(cast.sør))
    assert not Decision.objects.filter(reference="V-77").exists()


def test_with_a_decision_the_person_belongs_to_the_unit_that_carries_it_out(cast):
    help_unit = make_unit("Praktisk bistand")
    values = {"service": "practical_help", "minutes_per_week": 60, "since": today()}
    take_in(cast.edvard, unit=help_unit, by=cast.liv.user, on=today(), reference="V-8", **values)
    take_in(cast.edvard, unit=help_unit, by=cast.liv.user, on=today(), reference="V-9", **values)
    assert [held.unit for held in cast.edvard.belongings.order_by("pk")] == [cast.nord, help_unit]


def test_liv_registers_somebody_new_whom_she_and_lars_then_see_and_nils_does_not(cast, web):
    known = {"first_name": "Borghild", "last_name": "Åsen", "unit": cast.nord.pk, "national_id": "010140 12345"}
    answer = web.be(cast.liv).post("/decisions/new-person/", known)

    new = Citizen.objects.get(first_name="Borghild")
    assert answer.headers["Location"] == f"/decisions/new/?citizen={new.pk}"
    assert (new.national_id, new.belongings.get().unit) == ("01014012345", cast.nord)
    assert web.get(answer.headers["Location"]).status_code == 200
    assert web.be(cast.lars).get(answer.headers["Location"]).status_code == 200
    assert web.be(cast.nils).get(answer.headers["Location"]).status_code == 403


def test_somebody_registered_in_a_unit_one_does_not_see_is_not_registered_twice_or_told_about(cast, web):
    Citizen.objects.filter(pk=cast.stranger.pk).update(national_id="02024012345")
    known = {"first_name": "Signe", "last_name": "S", "unit": cast.nord.pk, "national_id": "02024012345"}
    page = web.be(cast.liv).post("/decisions/new-person/", known).content.decode()
    assert "ds-error-summary" in page
    assert "Sørli" not in page
    assert Citizen.objects.filter(first_name="Signe").count() == 1


def test_a_change_keeps_what_the_decision_said_before_and_who_changed_it(cast, web):
    page = f"/decisions/{cast.decision.pk}/change/"
    changed = filled_in(cast.nord, reference="V-1", since=day(-90).isoformat(), minutes_per_week=240)
    assert web.be(cast.nils).post(page, changed).status_code == 403
    web.be(cast.liv).post(page, changed)

    cast.decision.refresh_from_db()
    assert cast.decision.minutes_per_week == 240
    shown = web.get(f"/decisions/{cast.decision.pk}/").content.decode()
    assert "3 t 30 min" in shown
    assert "Liv Dahl" in shown


def test_the_list_shows_what_is_new_and_what_ends_soon_and_logs_whom_it_showed(cast, web):
    values = {"unit": cast.nord, "service": Service.HOME_NURSING, "minutes_per_week": 30}
    Decision.objects.create(reference="N", citizen=cast.edvard, since=today(), **values)
    Decision.objects.create(reference="E", citizen=cast.astrid, since=day(-50), until=day(10), **values)
    old = make_citizen("Gammel", "Sak", cast.nord)
    Decision.objects.create(reference="O", citizen=old, since=day(-500), until=day(-1), **values)

    new = web.be(cast.liv).get("/decisions/?show=new").content.decode()
    assert ("Edvard Moen" in new, "Astrid Nilsen" in new) == (True, False)
    ending = web.get("/decisions/?show=ending").content.decode()
    assert ("Edvard Moen" in ending, "Astrid Nilsen" in ending) == (False, True)
    everything = web.get("/decisions/?show=all").content.decode()
    assert ("Edvard Moen" in everything, "Gammel Sak" in everything) == (True, False)
    assert set(Look.objects.filter(what="care:decisions").values_list("citizen_id", flat=True)) == {
        cast.edvard.pk,
        cast.astrid.pk,
    }


def test_the_search_finds_those_one_sees_by_the_beginning_of_a_name(cast, web):
    web.be(cast.liv)
    assert "Astrid Nilsen" in web.get("/decisions/new/?q=nils+astr").content.decode()
    assert "Signe Sørli" not in web.get("/decisions/new/?q=signe").content.decode()


def test_the_list_asks_the_database_as_often_for_thirty_decisions_as_for_one(
    cast, web, django_assert_num_queries, django_assert_max_num_queries
):
    values = {"unit": cast.nord, "service": Service.HOME_NURSING, "minutes_per_week": 30, "since": today()}
    Decision.objects.create(reference="first", citizen=cast.edvard, **values)
    web.be(cast.liv).get("/decisions/")
    with django_assert_max_num_queries(30) as one:
        web.get("/decisions/")
    for number in range(30):
        Decision.objects.create(reference=f"N{number}", citizen=make_citizen("A", f"B{number}", cast.nord), **values)
    with django_assert_num_queries(len(one)):
        web.get("/decisions/")
