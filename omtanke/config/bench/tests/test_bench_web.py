"""The bench opens real pages of a municipality that it made itself, and takes it away again."""

import os

import psycopg

from omtanke.config.bench.municipality import Size, build
from omtanke.config.bench.pages import BUSIEST
from omtanke.config.bench.scratch import scratch_database, url_of
from omtanke.config.bench.web import LARGE, SMALL, Asked, Figures, PageFigures
from omtanke.config.tests.cast import today

PASSES = PageFigures("visits:week", 200, small=10, large=14, queries_small=9, queries_large=9)


def figures(page=PASSES, cost=0.1):
    return Figures(SMALL, LARGE, [page], {"visits:week": {"with": 1 + cost, "without": 1}})


def test_every_page_opens_in_a_village_that_is_gone_afterwards(django_db_setup):
    name = f"bench_test_{os.getpid()}"
    with scratch_database(name) as address:
        build(address, Size(100, 6_300), today())
        asked = Asked(address)
        try:
            seen = asked("look")
            costs = asked("policies", rounds=1)
        finally:
            asked.process.terminate()
            asked.process.wait()
    assert {page: told["status"] for page, told in seen.items() if told["status"] != 200} == {}
    assert set(seen) <= {page.name for page in BUSIEST}
    assert all(told["queries"] > 3 for told in seen.values())
    assert all(cost["with"] > 0 and cost["without"] > 0 for cost in costs.values())
    with psycopg.connect(url_of("postgres")) as server:
        assert server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None


def test_a_bar_that_is_broken_is_told():
    slow = PageFigures("visits:week", 200, small=10, large=16, queries_small=9, queries_large=9)
    more_queries = PageFigures("visits:week", 200, small=10, large=10, queries_small=9, queries_large=10)
    broken = PageFigures("visits:week", 500, small=10, large=10, queries_small=9, queries_large=9)
    assert figures().holds
    assert not any(figures(page).holds for page in (slow, more_queries, broken))
    assert not figures(cost=0.2).holds


def test_a_city_has_the_visits_that_were_asked_for():
    assert LARGE.units * 100 == LARGE.citizens
    assert abs(LARGE.days * LARGE.citizens * 1.5 / LARGE.visits - 1) < 0.01
