"""Visits of coming days are laid out from what recurs, once, and nobody's changes are undone."""

from datetime import time

from omtanke.config.tests.cast import at, day, make_list
from omtanke.visits.lay_out import lay_out, lay_out_weeks_ahead
from omtanke.visits.models import RecurringVisit, Round, Visit


def test_a_daily_visit_is_laid_out_once_for_each_day(cast):
    lay_out([cast.recurring], first=day(1), last=day(7))
    lay_out([cast.recurring], first=day(1), last=day(7))

    laid = Visit.objects.filter(recurring=cast.recurring).order_by("on")
    assert [visit.on for visit in laid] == [day(n) for n in range(1, 8)]
    assert laid[0].planned_start == at("09:15", day(1))


def test_a_visit_moved_to_another_list_stays_where_it_was_moved(cast):
    lay_out([cast.recurring], first=day(1), last=day(1))
    other = Round.objects.create(work_list=cast.list2, on=day(1))
    Visit.objects.filter(recurring=cast.recurring).update(round=other)

    lay_out([cast.recurring], first=day(1), last=day(1))

    assert Visit.objects.get(recurring=cast.recurring).round == other


def test_the_two_parts_of_a_visit_of_two_name_each_other(cast):
    cast.recurring.second_list = cast.list2
    cast.recurring.save()
    lay_out([cast.recurring], first=day(1), last=day(1))

    one, other = Visit.objects.filter(recurring=cast.recurring).order_by("second_carer")
    assert (one.together_with, other.together_with) == (other, one)
    assert (one.round.work_list, other.round.work_list) == (cast.list1, cast.list2)


def test_nothing_is_laid_out_after_the_decision_ends(cast):
    cast.decision.until = day(3)
    cast.decision.save()
    recurring = RecurringVisit.objects.select_related("decision").get(pk=cast.recurring.pk)

    assert lay_out([recurring], first=day(1), last=day(7)) == 2


def test_lists_in_use_have_a_round_on_every_day_ahead_even_when_nobody_is_visited(cast):
    empty = make_list(cast.nord, "Liste 3")
    lay_out_weeks_ahead(day(0), weeks=1)
    assert empty.rounds.count() == 8


def test_a_visit_keeps_its_time_of_day_across_summer_time(cast):
    cast.recurring.starts = time(8, 0)
    lay_out([cast.recurring], first=day(0), last=day(300))
    clocks = {
        timestamp.astimezone(at("08:00").tzinfo).time()
        for timestamp in cast.recurring.visits.values_list("planned_start", flat=True)
    }
    assert clocks == {time(8, 0)}
