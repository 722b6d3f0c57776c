"""`omtanke bench planning … --beside`: OR-Tools routing and PyVRP on the same instances, for the same seconds.

One after the other, so that none takes the machine from another. The peers run in one thread, which is all they can;
`--cores 1` gives ours no more. All plans are priced by the kernel's `evaluate`, which agrees with the instances' own
validators.
"""

import json
import time
from argparse import Namespace
from collections.abc import Callable, Mapping
from math import exp, inf, log
from typing import Any

from omtanke.config.bench.peers.or_tools_routing import plan_by_routing
from omtanke.config.bench.peers.pyvrp_two_phase import plan_by_driving
from omtanke.kernel.planning.__main__ import instances, published, run
from omtanke.kernel.planning.cost import evaluate
from omtanke.kernel.planning.plan import Plan
from omtanke.kernel.planning.problem import Problem
from omtanke.kernel.planning.search import warm

AT_LEAST = {"or_tools": 10.0, "pyvrp": 1.15}
COLUMNS = f"{'instance':<22}{'ours':>12}{'OR-Tools':>12}{'ratio':>8}{'PyVRP':>12}{'ratio':>8}{'published':>12}"


def measure(options: Namespace, say: Callable[[str], object]) -> int:
    """Plan all instances three times; 1 when a plan of ours is not feasible or a peer comes too near."""
    warm()
    rows = []
    if not options.json:
        say(COLUMNS)
    for path in instances(options.paths):
        case, ours = run(
            path, options.seconds, options.cores, options.seed, options.solutions, cpu_clock=options.cpu_clock
        )
        best = published(path, options.best_known).get(case.name)
        rows.append(ours | _peers(case.problem, options) | ({} if best is None else {"published": best}))
        if not options.json:
            say(_line(rows[-1]))
    ratios = {peer: _mean([row[peer] / row["cost"] for row in rows]) for peer in AT_LEAST}
    say(
        json.dumps({"rows": [_finite(row) for row in rows], "ratios": _finite(ratios)})
        if options.json
        else _sum(ratios)
    )
    holds = all(ratios[peer] >= least for peer, least in AT_LEAST.items()) and not any(row["faults"] for row in rows)
    return 0 if holds else 1


def _peers(problem: Problem, options: Namespace) -> dict[str, float]:
    """What each peer's plan costs; infinity when it found none or left out a visit that has to be."""
    clock = time.thread_time if options.cpu_clock else time.perf_counter
    return {
        "or_tools": _price(problem, plan_by_routing(problem, options.seconds, clock=clock)),
        "pyvrp": _price(problem, plan_by_driving(problem, options.seconds, seed=options.seed, clock=clock)),
    }


def _price(problem: Problem, plan: Plan | None) -> float:
    if plan is None:
        return inf
    cost = evaluate(problem, plan)
    return inf if cost.faults or cost.amounts.get("unplaced") else cost.total


def _mean(ratios: list[float]) -> float:
    """The geometric mean: what is ten times here and a tenth there is even."""
    return exp(sum(log(ratio) for ratio in ratios) / len(ratios)) if ratios else inf


def _line(row: Mapping[str, Any]) -> str:
    told = f"{row['instance']:<22}{row['cost']:>12.2f}"
    for peer in AT_LEAST:
        found = row[peer] < inf
        told += f"{row[peer]:>12.2f}{row[peer] / row['cost']:>7.2f}x" if found else f"{'nothing':>12}{'':>8}"
    return told + (f"{row['published']:>12.2f}" if "published" in row else "")


def _sum(ratios: Mapping[str, float]) -> str:
    parts = [f"{peer} {ratio:.2f} x ours (wanted {AT_LEAST[peer]} x)" for peer, ratio in ratios.items()]
    return "geometric mean: " + ", ".join(parts)


def _finite(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: None if value == inf else value for name, value in row.items()}
