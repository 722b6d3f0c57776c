"""`omtanke bench web`: are pages as quick in a city as in a village, and what does row-level security cost?

Only ratios within one run count: both sizes are asked in turn on the same machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from statistics import median
from tempfile import TemporaryFile
from typing import Any

from django.utils import timezone

from omtanke.config.bench.municipality import Size, build
from omtanke.config.bench.scratch import scratch_database
from omtanke.config.static_files import gather_when_changed

SMALL, LARGE = Size(100, 20_000), Size(25_000, 5_000_000)
TURNS, TIMES = 8, 5
SLOWER_AT_MOST, POLICIES_COST_AT_MOST = 1.5, 0.15


@dataclass(frozen=True)
class PageFigures:
    """One page at both sizes: median milliseconds and number of queries."""

    page: str
    status: int
    small: float
    large: float
    queries_small: int
    queries_large: int

    @property
    def ratio(self) -> float:
        return self.large / self.small

    @property
    def holds(self) -> bool:
        return self.status == 200 and self.ratio <= SLOWER_AT_MOST and self.queries_small == self.queries_large


@dataclass(frozen=True)
class Figures:
    small: Size
    large: Size
    pages: list[PageFigures]
    policies: dict[str, dict[str, float]]

    @property
    def policies_cost(self) -> float:
        """The share that policies add to the pages' SELECTs in sum."""
        without = sum(page["without"] for page in self.policies.values())
        return sum(page["with"] for page in self.policies.values()) / without - 1

    @property
    def holds(self) -> bool:
        return all(page.holds for page in self.pages) and self.policies_cost <= POLICIES_COST_AT_MOST

    def as_json(self) -> dict[str, Any]:
        pages = [asdict(page) | {"ratio": round(page.ratio, 3), "holds": page.holds} for page in self.pages]
        return {
            "small": asdict(self.small),
            "large": asdict(self.large),
            "pages": pages,
            "policies": self.policies,
            "policies_cost": round(self.policies_cost, 4),
            "holds": self.holds,
        }


class Asked:
    """A measuring process (measuring.py) for one database."""

    def __init__(self, address: str) -> None:
        own = {
            "DATABASE_URL": address,
            "OMTANKE_DATABASE_ROLE": "omtanke_web",
            "OMTANKE_DEMO": "1",
            "OMTANKE_POOL": "2",
        }
        self.said = TemporaryFile("w+")  # noqa: SIM115 - what it logs, for as long as it runs; told if it ends early
        self.process = subprocess.Popen(
            [sys.executable, "-m", "omtanke.config.bench.measuring"],
            env=os.environ | own | {"DJANGO_SETTINGS_MODULE": "omtanke.config.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.said,
            text=True,
        )

    def __call__(self, do: str, **what: Any) -> Any:
        """Raises RuntimeError when the process could not answer."""
        questions, answers = self.process.stdin, self.process.stdout
        if questions is None or answers is None:
            raise RuntimeError("The measuring process has no pipes.")
        questions.write(json.dumps({"do": do} | what) + "\n")
        questions.flush()
        if not (line := answers.readline()):
            raise RuntimeError(f"The measuring process ended ({self.process.wait()}): {self._last_words()}")
        return json.loads(line)

    def _last_words(self) -> str:
        self.said.seek(0)
        return self.said.read().strip().rpartition("\n")[2]


@contextmanager
def _measured(name: str, size: Size, say: Callable[[str], None]) -> Iterator[Asked]:
    say(f"Building a municipality of {size.citizens:,} people with {size.visits:,} visits …")
    with scratch_database(name) as address:
        build(address, size, timezone.localdate())
        asked = Asked(address)
        try:
            yield asked
        finally:
            asked.process.terminate()
            asked.process.wait()


def measure(small: Size, large: Size, say: Callable[[str], None]) -> Figures:
    """Build both, ask both in turn, drop both. The same size twice tells how much the machine itself varies."""
    gather_when_changed()
    with ExitStack() as both:
        few = both.enter_context(_measured("omtanke_bench_small", small, say))
        many = both.enter_context(_measured("omtanke_bench_large", large, say))
        seen_few, seen_many = few("look"), many("look")
        pages = []
        for page in seen_many:
            say(f"Opening {page} …")
            turns = [(few("time", page=page, times=TIMES), many("time", page=page, times=TIMES)) for _n in range(TURNS)]
            pages.append(
                PageFigures(
                    page=page,
                    status=seen_many[page]["status"],
                    small=round(median(ms for turn in turns for ms in turn[0]), 2),
                    large=round(median(ms for turn in turns for ms in turn[1]), 2),
                    queries_small=seen_few[page]["queries"],
                    queries_large=seen_many[page]["queries"],
                )
            )
        say("Asking the same queries with and without policies …")
        return Figures(small, large, pages, many("policies", rounds=25))
