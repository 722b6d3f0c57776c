"""`omtanke bench moments`: how many wishes come true, beside what is proven possible and what people do by hand."""

from __future__ import annotations

import json
import resource
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import mean

from omtanke.config.bench.moments_municipality import municipality
from omtanke.kernel.moments.broken import broken_rules
from omtanke.kernel.moments.by_hand import first_come_first_served, greedy_by_rank
from omtanke.kernel.moments.month import Month
from omtanke.kernel.moments.problem import Problem
from omtanke.kernel.moments.propose import Effort, propose

GAP_AT_MOST = 0.01


@dataclass(frozen=True)
class Row:
    """One municipality. `without`: people with wishes who get nothing and had nothing lately.

    `most_fair` is proven for plans that leave as few without as this one, `most_any` for any plan. `gap` and
    `first_gap` are what is missing to the bounds: of wishes in equally fair plans, and of first moments.
    """

    citizens: int
    seed: int
    wished: int
    first_come: int
    greedy: int
    planned: int
    most_fair: int
    most_any: int
    gap: float
    first_gap: float
    without: int
    without_least: int
    without_greedy: int
    seconds: float
    cpu: float
    megabytes: int
    broken: int

    @property
    def better(self) -> float:
        return self.planned / self.greedy - 1 if self.greedy else 0.0

    @property
    def possible(self) -> float:
        """How much better than greedy any plan whatever could be: proven."""
        return self.most_any / self.greedy - 1 if self.greedy else 0.0

    @property
    def keeps_to_the_bound(self) -> bool:
        return max(self.gap, self.first_gap) <= GAP_AT_MOST


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--citizens", type=int, nargs="+", default=[100, 1000, 5000])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument(
        "--seconds",
        type=float,
        default=40.0,
        help="Of the processor, in search, for 1,000 citizens; others in proportion.",
    )
    parser.add_argument("--json", action="store_true", help="Print JSON alone.")


def measure(
    citizens: list[int], seeds: list[int], seconds: float, say: Callable[[str], None], *, as_json: bool
) -> bool:
    """Measure and print; returns whether all that must hold did."""
    rows = []
    if not as_json:
        say(HEAD)
    for number in citizens:
        for seed in seeds:
            rows.append(_row(number, seed, seconds * max(0.2, number / 1000)))
            if not as_json:
                say(_line(rows[-1]))
    if as_json:
        say(json.dumps([asdict(row) | {"better": row.better} for row in rows], indent=2))
    else:
        for number in citizens:
            better = [row.better for row in rows if row.citizens == number]
            say(f"{number:,} citizens: {mean(better):+.1%} against greedy in the mean, {min(better):+.1%} at worst")
            possible = [row.possible for row in rows if row.citizens == number]
            say(f"  (proven: no plan whatever is better by more than {mean(possible):+.1%} and {min(possible):+.1%})")
    return all(row.broken == 0 and (row.citizens > 1000 or row.keeps_to_the_bound) for row in rows)


def _row(citizens: int, seed: int, seconds: float) -> Row:
    problem = municipality(citizens, seed)
    first_come, greedy = first_come_first_served(problem), greedy_by_rank(problem)
    began, cpu = time.monotonic(), time.process_time()
    proposal = propose(problem, Effort(seconds=seconds, seed=seed, clock=time.process_time, part_seconds=60.0))
    took, used = time.monotonic() - began, time.process_time() - cpu
    measured = proposal.measured
    new = sum(1 for one in problem.people if one.had == 0 and one.wishes)
    return Row(
        citizens=citizens,
        seed=seed,
        wished=sum(len(one.wishes) for one in problem.people),
        first_come=len(first_come.granted),
        greedy=len(greedy.granted),
        planned=measured.wishes,
        most_fair=measured.most_fair,
        most_any=measured.most_wishes,
        gap=measured.gap,
        first_gap=measured.first_gap,
        without=new - measured.first,
        without_least=new - measured.most_first,
        without_greedy=_without(problem, greedy),
        seconds=took,
        cpu=used,
        megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        broken=sum(len(broken_rules(one)) for one in (first_come, greedy, proposal.month)),
    )


def _without(problem: Problem, month: Month) -> int:
    return sum(1 for one in problem.people if one.had == 0 and one.wishes and not month.times[one.id])


HEAD = (
    "citizens seed  wished | first come  greedy  planned  better  at most | most, as fair  most, any  gap  "
    "gap of firsts | left with nothing: greedy  planned  at least | seconds   cpu    MB"
)


def _line(row: Row) -> str:
    return (
        f"{row.citizens:>8}{row.seed:>5}{row.wished:>8} |{row.first_come:>11}{row.greedy:>8}{row.planned:>9}"
        f"{row.better:>+8.1%}{row.possible:>+9.1%} |{row.most_fair:>14}{row.most_any:>11}{row.gap:>6.2%}"
        f"{row.first_gap:>14.2%} |{row.without_greedy:>26}{row.without:>9}{row.without_least:>10} |"
        f"{row.seconds:>8.1f}{row.cpu:>6.1f}{row.megabytes:>6}"
        f"{'' if not row.broken else f'   {row.broken} rules broken'}"
    )
