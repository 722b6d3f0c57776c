"""`omtanke worker`: do jobs (imports, nightly schedules). Run as many as you like."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from omtanke.visits import tasks


class Command(BaseCommand):
    help = "Do the jobs on the queue, as the database role for jobs."

    def handle(self, *args: Any, **options: Any) -> None:
        tasks.catch_up()
        call_command("procrastinate", "worker", "--concurrency", "1")
