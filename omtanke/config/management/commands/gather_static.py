"""`omtanke gather_static`: fingerprint and compress the static files, unless they are as they were."""

from typing import Any

from django.core.management.base import BaseCommand

from omtanke.config.static_files import gather_when_changed


class Command(BaseCommand):
    help = "Gather the static files for serving, where they have changed."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(
            "Gathered the static files." if gather_when_changed() else "The static files are as they were."
        )
