"""What a change of the rota means is told before it is decided: who meets somebody new, and who could step in gently.

Asking changes nothing. Whoever does not plan the unit's lists may neither ask nor read.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from omtanke.access.permissions import Role
from omtanke.config.tests.cast import at, day, make_citizen, make_employee, make_shift, make_visit, today
from omtanke.people.models import Employee
from omtanke.planning.models import WhatIf
from omtanke.planning.what_if import ask_away, ask_longer, ask_one_more, ask_swap, look_after_questions, work_out
from omtanke.planning.what_if_read import read
from omtanke.visits.models import Absence, Round, Shift, Visit

State, Trouble = WhatIf.State, WhatIf.Trouble


def done_by(cast, citizen, employee, offset=-3):
    """They have met."""
    round_, _made = Round.objects.get_or_create(work_list=cast.list1, on=day(offset))
    visit = make_visit(citizen, round_, "10:00")
    visit.done_by, visit.started_at, visit.ended_at = employee, at("10:00", day(offset)), at("10:30", day(offset))
    visit.save()


def worked_out(asked: WhatIf) -> WhatIf:
    work_out(asked.pk)
    asked.refresh_from_db()
    return asked


def away(cast, employee, first=1, last=1) -> WhatIf:
    return worked_out(ask_away(cast.nord, employee, day(first), day(last), by=cast.liv.user, at=timezone.now()))


@pytest.fixture
def astrid_spared(tomorrow):
    """Astrid finds new faces hard. Siri, who is free tomorrow, has been at her home; Tor has not."""
    tomorrow.astrid.vulnerable = True
    tomorrow.astrid.save()
    tomorrow.siri = make_employee("Siri Sand", tomorrow.nord, Role.CARER)
    for employee in (tomorrow.siri, tomorrow.tor):
        make_shift(employee, day(-3))
    done_by(tomorrow, tomorrow.astrid, tomorrow.siri)
    return tomorrow


def rota():
    return list(Shift.objects.order_by("pk").values()), list(Visit.objects.order_by("pk").values())


def test_the_one_she_knows_is_the_one_to_ask_and_nothing_changes_by_asking(astrid_spared):
    cast, before = astrid_spared, rota()
    asked = away(cast, cast.kari)

    assert (asked.state, asked.progress) == (State.READY, 1.0)
    (empty,) = read(asked).shifts
    assert empty.shift == cast.karis
    assert empty.first.employee == cast.siri
    assert [one.employee for one in empty.others] == [cast.tor]
    assert empty.others[0].new_for_vulnerable == cast.astrid.short_name
    assert rota() == before
    assert not Absence.objects.exists()


def test_without_stand_ins_the_others_take_over_and_new_faces_are_told_by_name(astrid_spared):
    cast = astrid_spared
    cast.secondary.delete()  # so that Ola is new to Astrid
    for employee in (cast.kari, cast.ola, cast.siri):
        done_by(cast, cast.edvard, employee)
    told = read(away(cast, cast.kari))

    assert told.now.new_to_vulnerable == 0
    assert [(each.citizen, each.carers, each.spared) for each in told.new_faces] == [(cast.astrid, "Ola Lind", True)]
    assert (told.then.new_to_vulnerable, told.gently.new_to_vulnerable) == (1, 0)


def test_when_nobody_is_left_the_visits_have_no_place_and_the_stand_in_gives_them_one(astrid_spared):
    cast = astrid_spared
    cast.olas.delete()
    told = read(away(cast, cast.kari))

    assert {visit.pk for visit in told.unplaced} == {cast.morning.pk, cast.edvards.pk}
    assert (told.now.unplaced, told.then.unplaced, told.gently.unplaced) == (0, 2, 0)
    assert told.still_unplaced == frozenset()


@pytest.mark.parametrize("why", ["at work", "evening before", "away", "works evenings only"])
def test_whoever_has_no_time_or_rest_is_not_asked(astrid_spared, why):
    cast = astrid_spared
    if why == "at work":
        make_shift(cast.siri, day(1))
    elif why == "evening before":
        make_shift(cast.siri, today(), "15:00", "22:30")
    elif why == "away":
        Absence.objects.create(employee=cast.siri, first_day=today(), last_day=day(5))
    else:
        Shift.objects.filter(employee=cast.siri).update(code="A")
    (empty,) = read(away(cast, cast.kari)).shifts
    assert empty.first.employee == cast.tor
    assert empty.others == []


def test_a_swap_tells_who_meets_somebody_new(tomorrow):
    cast = tomorrow
    round_ = Round.objects.create(work_list=cast.list1, on=day(2))
    ruth = make_citizen("Ruth", "Sand", cast.nord)
    make_visit(ruth, round_, "09:00")
    theirs = make_shift(cast.tor, day(2))
    done_by(cast, ruth, cast.tor)
    asked = ask_swap(cast.nord, cast.karis, theirs, by=cast.liv.user, at=timezone.now())

    asked = worked_out(asked)
    told = read(asked)
    assert (ruth, "Kari Berg") in [(each.citizen, each.carers) for each in told.new_faces]
    assert ruth.pk not in [int(person) for person, _carers in asked.answer["now"]["new"]]
    assert told.shifts == []


def test_a_longer_shift_makes_room_for_what_had_none(tomorrow):
    cast = tomorrow
    cast.olas.delete()
    Shift.objects.filter(pk=cast.karis.pk).update(ends=at("08:30", day(1)))
    asked = ask_longer(cast.nord, Shift.objects.get(pk=cast.karis.pk), 90, by=cast.liv.user, at=timezone.now())

    told = read(worked_out(asked))
    assert told.now.unplaced > told.then.unplaced == 0


@pytest.mark.parametrize("known", [True, False], ids=["a colleague", "somebody new"])
def test_one_more_at_work_makes_room_too(tomorrow, known):
    cast = tomorrow
    cast.olas.delete()
    Visit.objects.filter(pk__in=[cast.morning.pk, cast.edvards.pk]).update(minutes=300)
    employee = cast.ola if known else None
    asked = ask_one_more(cast.nord, cast.karis, employee, by=cast.liv.user, at=timezone.now())

    with translation.override("en"):
        told = read(worked_out(asked))
    assert (told.now.unplaced, told.then.unplaced) == (1, 0)
    assert [each.carers for each in told.new_faces if each.citizen == cast.edvard] in (
        [[], ["Ola Lind"]] if known else [[], ["somebody new"]]
    )


def test_what_makes_no_difference_is_said(tomorrow):
    assert away(tomorrow, tomorrow.tor).trouble == Trouble.NO_SHIFT
    Visit.objects.all().delete()
    assert away(tomorrow, tomorrow.kari).trouble == Trouble.NOTHING_TO_DO


def test_an_absence_that_is_registered_already_can_be_asked_about(astrid_spared):
    Absence.objects.create(employee=astrid_spared.kari, first_day=day(1))
    assert len(read(away(astrid_spared, astrid_spared.kari)).shifts) == 1


def test_of_a_long_absence_the_first_fortnight_is_worked_out(tomorrow):
    asked = ask_away(tomorrow.nord, tomorrow.kari, day(1), None, by=tomorrow.liv.user, at=timezone.now())
    assert asked.last == day(14)


def test_a_question_whose_worker_is_gone_says_so(tomorrow):
    asked = ask_away(tomorrow.nord, tomorrow.kari, day(1), None, by=tomorrow.liv.user, at=timezone.now())
    WhatIf.objects.filter(pk=asked.pk).update(state=State.RUNNING, beat_at=timezone.now() - timedelta(minutes=5))
    look_after_questions()
    asked.refresh_from_db()
    assert (asked.state, asked.trouble) == (State.FAILED, Trouble.WORKER_GONE)


def test_lars_asks_before_he_registers_and_goes_on_with_what_he_filled_in(astrid_spared, web):
    cast = astrid_spared
    web.be(cast.lars)
    given = {"employee": cast.kari.pk, "kind": "leave", "first_day": str(day(1)), "last_day": str(day(1))}
    answer = web.post(reverse("planning:before_absence"), given)
    asked = WhatIf.objects.get()
    page = reverse("planning:what_if_answer", args=[asked.pk])
    assert answer.headers["Location"] == page
    assert 'hx-trigger="every 1s"' in web.get(page).content.decode()

    work_out(asked.pk)
    drawn = web.get(page).content.decode()
    assert cast.siri.name in drawn
    onwards = f"employee={cast.kari.pk}&amp;first_day={day(1)}&amp;last_day={day(1)}"
    assert onwards in drawn
    form = web.get(reverse("visits:new_absence") + "?" + onwards.replace("&amp;", "&")).context["form"]
    assert (form["employee"].value(), form["last_day"].value()) == (str(cast.kari.pk), str(day(1)))


def test_kari_may_neither_ask_nor_read_and_a_stranger_to_the_unit_neither(astrid_spared, web):
    cast = astrid_spared
    asked = away(cast, cast.kari)
    elsewhere: Employee = make_employee("Siv Sør", cast.sør, Role.COORDINATOR)
    page = reverse("planning:what_if_answer", args=[asked.pk])
    given = {"employee": cast.kari.pk, "first_day": str(day(1)), "last_day": ""}
    for who in (cast.kari, elsewhere):
        assert web.be(who).get(page).status_code == 403
        assert web.post(reverse("planning:before_absence"), given).status_code == 403
        assert web.post(f"{reverse('planning:what_if')}?unit={cast.nord.pk}", given).status_code == 403
    assert WhatIf.objects.count() == 1
    assert web.be(cast.liv).get(page).status_code == 200


def test_what_does_not_fit_is_said(tomorrow, web):
    cast, page = tomorrow, reverse("planning:what_if")
    web.be(cast.liv)

    def wrong(kind, **given):
        return set(web.post(f"{page}?kind={kind}", given).context["form"].errors)

    assert wrong("away", employee=cast.kari.pk, first_day=str(day(-1))) == {"first_day"}
    assert wrong("away", employee=cast.kari.pk, first_day=str(day(60))) == {"first_day"}
    assert wrong("away", employee=cast.kari.pk, first_day=str(day(2)), last_day=str(day(1))) == {"last_day"}
    assert wrong("away", employee=cast.nils.pk, first_day=str(day(2))) == {"employee"}
    assert wrong("swap", shift=cast.karis.pk, other_shift=cast.karis.pk) == {"other_shift"}
    assert wrong("one_more", shift=cast.karis.pk, employee=cast.ola.pk) == {"employee"}
    assert not WhatIf.objects.exists()
    web.post(f"{page}?kind=longer", {"shift": cast.karis.pk, "minutes": 30})
    assert WhatIf.objects.get().kind == WhatIf.Kind.LONGER
