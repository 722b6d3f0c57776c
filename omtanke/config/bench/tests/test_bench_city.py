"""Made-up towns are the same each time and can be planned; the bench tells what it found and how soon."""

import json
from contextlib import suppress
from dataclasses import replace
from io import StringIO

from django.core.management import call_command

from omtanke.config.bench.city import CityRow, ReplanFigures, growth, holds, measure_city, measure_replan
from omtanke.config.bench.towns import town


def test_the_same_seed_makes_the_same_town_and_another_one_another():
    first, again, other = town(60), town(60), town(60, seed=2)

    assert (first.tasks, first.shifts, first.persons) == (again.tasks, again.shifts, again.persons)
    assert first.tasks != other.tasks


def test_a_larger_town_is_wider_not_denser():
    small, large = town(100), town(400)

    assert 1.6 < large.travel.max() / small.travel.max() < 2.6
    assert len(large.carers) == 4 * len(small.carers)


def test_a_small_town_is_planned_whole_and_keeps_all_rules():
    seconds = iter(range(10_000))
    row = measure_city(60, 20.0, 1, lambda: float(next(seconds)))

    assert (row.unplaced, row.faults) == (0, 0)
    assert row.placed >= 60
    assert row.within["2%"] >= row.within["10%"] > 0


def test_linear_growth_is_a_power_of_one():
    small = CityRow(500, 60, 6.0, 1, 1.0, 500, 0, 0, {"5%": 2.0})

    assert growth([small, replace(small, visits=5_000, within={"5%": 20.0})], "5%") == 1.0
    assert growth([small, replace(small, visits=5_000, within={"5%": 200.0})], "5%") == 2.0


def test_mending_a_town_leaves_nobody_out_and_moves_few_others():
    def ticking() -> float:
        return next(seconds)

    seconds = iter(n * 0.02 for n in range(10_000))
    towns = [measure_replan(ticking, seed=seed) for seed in (1, 2, 4)]

    assert all(town.whole for town in towns)
    assert sum(town.moved for town in towns) / len(towns) <= 0.05


def test_the_bar_is_on_the_mean_of_moves_but_on_every_town_in_seconds_and_places():
    calm = ReplanFigures(0.4, 0, 0.3, others=100, changed_carer=0, changed_time=2, unplaced=0)
    lively = replace(calm, changed_carer=5)

    assert holds([calm, lively])
    assert not holds([lively])
    assert not holds([calm, calm, replace(calm, mended=1.2)])
    assert not holds([calm, calm, replace(calm, unplaced=1)])


def test_the_command_says_it_as_json():
    said = StringIO()

    options = ["--visits", "40", "--seconds-a-visit", "0.005", "--cores", "1", "--mend", "2", "--json"]
    with suppress(SystemExit):  # a busy machine may not mend the town in time; what is said is the same
        call_command("bench", "city", *options, stdout=said)

    told = json.loads(said.getvalue())
    assert [row["visits"] for row in told["towns"]] == [40]
    assert len(told["replan"]["towns"]) == 2
    assert all(mended["others"] > 50 for mended in told["replan"]["towns"])
    assert told["replan"]["worst_moved"] >= told["replan"]["moved"]
