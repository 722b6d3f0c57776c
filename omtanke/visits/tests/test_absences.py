"""Somebody away leaves no list without a carer unseen, and no vulnerable person without being thought of."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from omtanke.access.models import Look
from omtanke.config.tests.cast import Cast, at, day, make_list, make_shift, make_visit, today
from omtanke.visits.absences import AlreadyAway, AlreadyBack, concerned_by, end_absence, register_absence
from omtanke.visits.models import Absence, Round


def away(employee, first=0, last: int | None = 0, kind="ill"):
    last_day = None if last is None else day(last)
    return register_absence(employee, kind, first_day=day(first), last_day=last_day, on=today())


def take(round_, employee):
    Round.objects.filter(pk=round_.pk).update(taken_by=employee)


def test_the_lists_of_somebody_away_are_free_again_and_other_days_stay(cast):
    later = Round.objects.create(work_list=cast.list2, on=day(3), taken_by=cast.ola)
    take(cast.round1, cast.ola)

    _absence, freed = away(cast.ola, last=1)

    assert freed == [cast.round1]
    assert Round.objects.get(pk=cast.round1.pk).taken_by is None
    assert Round.objects.get(pk=later.pk).taken_by == cast.ola


def test_a_list_of_yesterday_keeps_who_had_it(cast):
    yesterday = Round.objects.create(work_list=cast.list2, on=day(-1), taken_by=cast.ola)
    away(cast.ola, first=-1, last=None)
    assert Round.objects.get(pk=yesterday.pk).taken_by == cast.ola


@pytest.mark.parametrize(
    ("first", "last", "clashes"),
    [(0, 0, True), (2, 5, True), (-3, None, True), (3, 4, False), (-2, -1, False)],
    ids=["the same day", "from its last day", "before it and open", "after it", "before it"],
)
def test_nobody_is_away_twice_on_one_day(cast, first, last, clashes):
    away(cast.ola, 0, 2)
    if clashes:
        with pytest.raises(AlreadyAway):
            away(cast.ola, first, last)
    else:
        away(cast.ola, first, last)


def test_back_today_ends_the_absence_yesterday(cast):
    absence, _freed = away(cast.ola, -4, None)
    end_absence(absence, back_on=today())
    absence.refresh_from_db()
    assert absence.last_day == day(-1)
    with pytest.raises(AlreadyBack):
        end_absence(absence, back_on=today())


def test_an_absence_that_never_came_to_anything_is_taken_away(cast):
    absence, _freed = away(cast.ola, 0, 3)
    end_absence(absence, back_on=today())
    assert not Absence.objects.exists()


def test_it_concerns_the_free_lists_of_their_hours_and_the_vulnerable_people(cast):
    make_shift(cast.kari)
    for citizen in (cast.astrid, cast.edvard, cast.stranger):
        citizen.vulnerable = True
        citizen.save()
    make_visit(cast.edvard, cast.round1)
    take(cast.round1, cast.kari)

    absence, _freed = away(cast.kari)
    concern = concerned_by(absence, on=today())

    assert [shift.employee for shift in concern.shifts] == [cast.kari]
    assert concern.lists == [cast.round1]  # round2 has no visits
    assert concern.people == [cast.edvard, cast.astrid]  # not the stranger, who is on no list of theirs


def test_a_night_list_is_concerned_by_an_absence_from_the_night_shift(cast):
    night = Round.objects.create(work_list=make_list(cast.nord, "Natt", "22:00", "07:30"), on=today())
    make_visit(cast.edvard, night, "23:00")
    shift = make_shift(cast.kari, starts="15:00", ends="22:00")
    shift.starts, shift.ends = at("22:00"), at("07:30", day(1))
    shift.save()
    absence, _freed = away(cast.kari)
    assert concerned_by(absence, on=today()).lists == [night]


@pytest.mark.django_db(transaction=True)
def test_two_leaders_who_register_at_once_make_one_absence():
    cast = Cast()

    def register(_n):
        try:
            away(cast.ola, last=None)
        except AlreadyAway:
            return "refused"
        finally:
            connection.close()
        return "registered"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(register, range(2))) == ["refused", "registered"]
    assert Absence.objects.count() == 1


def test_a_leader_registers_it_sees_whom_it_concerns_and_takes_it_back(cast, web):
    make_shift(cast.kari)
    cast.astrid.vulnerable = True
    cast.astrid.save()
    take(cast.round1, cast.kari)

    page = web.be(cast.lars).post(
        reverse("visits:new_absence"),
        {"employee": cast.kari.pk, "kind": "ill", "first_day": today(), "last_day": ""},
        follow=True,
    )
    assert "Liste 1" in page.text
    assert "Astrid Nilsen" in page.text
    assert Look.objects.filter(actor=cast.lars.user, citizen_id=cast.astrid.pk, what="visits:absence").exists()

    web.post(reverse("visits:back", args=[Absence.objects.get().pk]))
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"last_day": str(day(-3))}, {"first_day": "31.31.2026"}, {"employee": ""}],
    ids=["ends before it begins", "no such day", "nobody chosen"],
)
def test_what_was_typed_stays_when_something_is_wrong(cast, web, wrong):
    typed = {"employee": cast.kari.pk, "kind": "course", "first_day": str(day(0)), "last_day": str(day(2))} | wrong
    page = web.be(cast.lars).post(reverse("visits:new_absence"), typed)
    assert page.status_code == 200
    assert 'value="course" selected' in page.text
    assert "ds-error-summary" in page.text
    assert not Absence.objects.exists()


def test_only_a_leader_of_the_unit_registers_absences_there(cast, web):
    absence, _freed = away(cast.nils)
    typed = {"employee": cast.nils.pk, "kind": "ill", "first_day": str(day(10))}

    assert web.be(cast.kari).get(reverse("visits:new_absence")).status_code == 403
    assert web.be(cast.lars).post(reverse("visits:new_absence"), typed).status_code == 200  # no choice of his
    assert web.get(reverse("visits:absence", args=[absence.pk])).status_code == 403
    assert web.post(reverse("visits:back", args=[absence.pk])).status_code == 403
    assert Absence.objects.count() == 1
