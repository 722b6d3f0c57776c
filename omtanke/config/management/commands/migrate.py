"""`omtanke migrate`: Django's, and the table of the shared cache."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> str | None:
        call_command("createcachetable", verbosity=0)
        return super().handle(*args, **options)
