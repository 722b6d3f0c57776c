"""`omtanke worker`: do jobs (imports, nightly schedules). Run as many as you like."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from omtanke.planning import tasks as planning
from omtanke.visits import tasks as visits


class Command(BaseCommand):
    help = "Do the jobs on the queue, as the database role for jobs."

    def handle(self, *args: Any, **options: Any) -> None:
        visits.catch_up()
        planning.get_ready()
        call_command("procrastinate", "worker", "--concurrency", "1")
