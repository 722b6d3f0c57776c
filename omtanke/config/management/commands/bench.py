"""`omtanke bench WHAT`: measure what must hold, on data and a database of its own."""

import json
import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from django.core.management.base import BaseCommand

from omtanke.config.bench import beside, city
from omtanke.config.bench.continuity import add_arguments as add_continuity_arguments
from omtanke.config.bench.continuity import run as run_continuity
from omtanke.config.bench.moments import add_arguments as add_moments_arguments
from omtanke.config.bench.moments import measure as measure_moments
from omtanke.config.bench.municipality import Size
from omtanke.config.bench.sync import measure as measure_sync
from omtanke.config.bench.web import LARGE, POLICIES_COST_AT_MOST, SLOWER_AT_MOST, SMALL, Figures, measure
from omtanke.exchange.spreadsheets.bench import measure as measure_import
from omtanke.kernel.planning.__main__ import add_arguments as add_planning_arguments
from omtanke.kernel.planning.__main__ import measure as measure_planning


class Command(BaseCommand):
    help = (
        "Measure what must hold: `web` the ten busiest pages, `import` a municipality, `planning` public instances, "
        "`city` made-up towns, `continuity` faces in a fortnight, `sync` phones that come back, "
        "`moments` a month of wishes. Exit code 1: it does not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="what", required=True)
        web = kinds.add_parser("web", help="The ten busiest pages in a village and in a city.")
        web.add_argument("--json", action="store_true", help="Print JSON alone.")
        web.add_argument("--small-only", action="store_true", help="The small size twice: does everything work?")
        web.add_argument("--citizens", type=int, default=LARGE.citizens)
        web.add_argument("--visits", type=int, default=LARGE.visits)
        spreadsheets = kinds.add_parser("import", help="10,000 citizens with decisions and a month's rota from a file.")
        spreadsheets.add_argument("--json", action="store_true", help="Print JSON alone.")
        spreadsheets.add_argument("--citizens", type=int, default=10_000)
        sync = kinds.add_parser("sync", help="All phones of a city come back from a shift without coverage at once.")
        sync.add_argument("--json", action="store_true", help="Print JSON alone.")
        sync.add_argument("--phones", type=int, default=5_000)
        sync.add_argument("--events", type=int, default=40, help="Events that each phone has kept.")
        planning = kinds.add_parser("planning", help="Public planning problems: ours against the best.")
        add_planning_arguments(planning)
        planning.add_argument("--beside", action="store_true", help="OR-Tools routing and PyVRP for the same seconds.")
        city.add_arguments(kinds.add_parser("city", help="Made-up towns up to 5,000 visits; a small one is mended."))
        add_continuity_arguments(kinds.add_parser("continuity", help="How many faces a person meets in a fortnight."))
        add_moments_arguments(kinds.add_parser("moments", help="A month of wishes: planned against what is possible."))

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what == "import":
            self._measure_import(**options)
        elif what == "sync":
            self._measure_sync(**options)
        elif what == "planning":
            measure_plans = beside.measure if options["beside"] else measure_planning
            if measure_plans(Namespace(**options), self.stdout.write):
                sys.exit(1)
        elif what == "city":
            if city.measure(Namespace(**options), self.stdout.write):
                sys.exit(1)
        elif what == "continuity":
            if not run_continuity(Namespace(**options), self.stdout.write, self.stderr.write):
                sys.exit(1)
        elif what == "moments":
            self._measure_moments(**options)
        else:
            self._measure_web(**options)

    def _measure_moments(self, **options: Any) -> None:
        sizes = options["citizens"], options["seeds"], options["seconds"]
        if not measure_moments(*sizes, self.stdout.write, as_json=options["json"]):
            sys.exit(1)

    def _measure_import(self, **options: Any) -> None:
        figures = measure_import(citizens=options["citizens"])
        if options["json"]:
            self.stdout.write(json.dumps(figures.as_json(), indent=2))
        else:
            for name, run in (("first", figures.first), ("again", figures.again)):
                counted = f"{run.taken} new, {run.changed} changed, {run.unchanged} unchanged, {run.refused} refused"
                self.stdout.write(f"{name:<8}{run.seconds:>8.1f} s{run.peak_mb:>8} MB   {counted}")
        if not figures.holds:
            sys.exit(1)

    def _measure_sync(self, **options: Any) -> None:
        figures = measure_sync(options["phones"], options["events"], lambda said: self.stderr.write(said))
        told = figures.as_json()
        if options["json"]:
            self.stdout.write(json.dumps(told, indent=2))
        else:
            self.stdout.write(
                f"{figures.phones:,} phones with {figures.events} events: {figures.seconds} s, "
                f"{told['events_a_second']:,} events a second\nA phone waits {figures.median} s (median), "
                f"{figures.p95} s (95th percentile), {figures.slowest} s (slowest); its batch takes "
                f"{figures.batch_median} s (median), {figures.batch_p95} s (95th percentile)\n"
                f"Web {figures.cost.web_mb} MB, {figures.cost.web_cpu} s of processor; "
                f"database {figures.cost.database_mb} MB, {figures.cost.database_cpu} s\n"
                f"Wanted {dict(figures.wanted)}\nCounted {dict(figures.counted)}, {figures.refused} not taken in"
            )
        if not figures.holds:
            sys.exit(1)

    def _measure_web(self, **options: Any) -> None:
        large = SMALL if options["small_only"] else Size(options["citizens"], options["visits"])
        figures = measure(SMALL, large, lambda said: self.stderr.write(said))
        if options["json"]:
            self.stdout.write(json.dumps(figures.as_json(), indent=2))
        else:
            self.stdout.write(_table(figures))
        if not figures.holds:
            sys.exit(1)


def _table(figures: Figures) -> str:
    small, large = f"{figures.small.citizens:,}", f"{figures.large.citizens:,}"
    lines = [f"{'page':<24}{small:>10}{large:>10}  ms   ratio   queries   policies"]
    for page in figures.pages:
        policy = figures.policies[page.page]
        cost = policy["with"] / policy["without"] - 1
        lines.append(
            f"{page.page:<24}{page.small:>10.1f}{page.large:>10.1f}      {page.ratio:>6.2f}   "
            f"{page.queries_small:>3}/{page.queries_large:<3}   {cost:>+7.0%}{'' if page.holds else '   <-'}"
        )
    lines.append(
        f"\nMedian ratio per page at most {SLOWER_AT_MOST}; policies cost {figures.policies_cost:+.1%} in sum, "
        f"at most {POLICIES_COST_AT_MOST:+.0%}. {'All holds.' if figures.holds else 'Not all holds.'}"
    )
    return "\n".join(lines)
