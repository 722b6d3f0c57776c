"""Plan public benchmark instances and compare with the best published costs.

    omtanke bench planning PATH... [--seconds S] [--cores N] [--json] [--solutions DIR] [--best-known FILE]

PATH is an instance (.json or .json.gz) or a folder of them. `best-known.csv` is looked for beside and above the
instances.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from .benchmarks import Case, best_known, load, solution, without_late_breaks
from .cost import Cost, evaluate
from .search import Effort, search, warm

BEST_KNOWN = "best-known.csv"


def instances(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*.json*") if file.suffix in (".json", ".gz"))
        else:
            yield path


def published(path: Path, given: Path | None) -> dict[str, float]:
    """The best published costs that lie nearest to the instance."""
    candidates = [given] if given else [folder / BEST_KNOWN for folder in path.resolve().parents[:3]]
    return next((best_known(file) for file in candidates if file.exists()), {})


def run(
    path: Path, seconds: float, cores: int, seed: int, solutions: Path | None, *, cpu_clock: bool = False
) -> tuple[Case, dict[str, Any]]:
    """Plan one instance; the result as one line of the table."""
    began = time.perf_counter()
    case = load(path)
    clock = time.thread_time if cpu_clock else time.perf_counter
    left = max(0.1, seconds - (time.perf_counter() - began))
    effort = Effort(seconds=left, seeds=tuple(range(seed, seed + cores)), clock=clock)
    found = search(case.problem, effort)
    plan = without_late_breaks(case.problem, found.plan)
    cost = evaluate(case.problem, plan)
    row = {
        "instance": case.name,
        "cost": round(cost.total, 3),
        "seconds": round(time.perf_counter() - began, 2),
        "moves": found.moves,
        "faults": len(cost.faults) + _left_out(cost),
    }
    if solutions is not None:
        target = solutions / f"{case.name}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(solution(case, plan)))
    return case, row


def _left_out(cost: Cost) -> int:
    return int(cost.amounts.get("unplaced", 0))


def table(rows: Sequence[dict[str, Any]]) -> str:
    lines = [f"{'instance':<22}{'cost':>12}{'published':>12}{'better':>9}{'seconds':>9}{'moves':>14}"]
    for row in rows:
        best = f"{row['published']:>12.3f}" if "published" in row else f"{'':>12}"
        gap = f"{100 * row['gap']:>+8.2f}%" if "gap" in row else f"{'':>9}"
        odd = "  not feasible" if row["faults"] else ""
        lines.append(
            f"{row['instance']:<22}{row['cost']:>12.3f}{best}{gap}{row['seconds']:>9.1f}{row['moves']:>14,}{odd}"
        )
    gaps = [row["gap"] for row in rows if "gap" in row]
    if gaps:
        lines.append(
            f"mean {100 * sum(gaps) / len(gaps):+.3f} %, worst {100 * max(gaps):+.2f} %, {len(gaps)} instances"
        )
    return "\n".join(lines)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--solutions", type=Path, metavar="DIR", help="write the plans there")
    parser.add_argument("--best-known", type=Path, metavar="FILE")
    parser.add_argument("--cpu-clock", action="store_true", help="count CPU seconds of each thread, on a busy machine")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m omtanke.kernel.planning", description=__doc__)
    add_arguments(parser)
    return measure(parser.parse_args(arguments), lambda line: print(line, flush=True))


def measure(options: argparse.Namespace, say: Callable[[str], object]) -> int:
    """Plan all instances, say how each went; 1 when a plan is not feasible."""
    warm()
    rows = []
    for path in instances(options.paths):
        case, row = run(
            path, options.seconds, options.cores, options.seed, options.solutions, cpu_clock=options.cpu_clock
        )
        best = published(path, options.best_known).get(case.name)
        rows.append(row | ({} if best is None else {"published": best, "gap": row["cost"] / best - 1}))
        if not options.json:
            say(table(rows[-1:]).splitlines()[1])
    say(json.dumps({"rows": rows}) if options.json else table(rows).splitlines()[-1])
    return 1 if any(row["faults"] for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
