"""`omtanke demo`: load the demo municipality, or bring it up to today."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation

from omtanke.config.demo.load import NotTheDemo, Outcome, When, load
from omtanke.config.demo_people import demo_cast

SAID = {
    Outcome.LOADED: "A whole municipality has moved in",
    Outcome.ROLLED_FORWARD: "The demo municipality has been brought up to today",
    Outcome.UNCHANGED: "The demo municipality is here already",
}


class Command(BaseCommand):
    help = "Load a lifelike municipality to try Omtanke in: real places, made-up people, always around today's date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="Another number gives other people. (1)")
        parser.add_argument("--reset", action="store_true", help="Forget everything in the demo first.")

    def handle(self, *args: Any, seed: int, reset: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not demo mode. Set OMTANKE_DEMO=1 where nobody's real data is.")
        began = time.perf_counter()
        _migrate()
        try:
            outcome = load(seed=seed, when=When.of(), reset=reset)
        except NotTheDemo as why:
            raise CommandError(
                "There are other people in this database, and they stay. Use a database of its own for the demo, or "
                "--reset if all of it is made up."
            ) from why
        self.stdout.write(f"{SAID[outcome]} ({time.perf_counter() - began:.1f} s).\n\nWho you can be:")
        with translation.override("en"):
            cast = demo_cast()
        for person in cast:
            self.stdout.write(f"  {person.name:<14} {person.role}{f' · {person.where}' if person.where else ''}")
        self.stdout.write("\n`omtanke serve` shows the address; press a name there and you are in.")


def _migrate() -> None:
    """Only where something is missing: asking Django to do nothing takes it a second."""
    plan = MigrationExecutor(connection)
    if plan.migration_plan(plan.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)
