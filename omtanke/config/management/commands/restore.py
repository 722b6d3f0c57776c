"""`omtanke restore FILE`: put a backup in the database's place."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

from omtanke.config.backup import CannotRestore, restore


class Command(BaseCommand):
    help = "Put a backup in the database's place. What was there stays beside it under another name."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        connections.close_all()
        try:
            old = restore(file, at=timezone.localtime())
        except CannotRestore as error:
            raise CommandError(f"Nothing was changed: {error}") from error
        self.stdout.write("Restored.")
        if old:
            self.stdout.write(f"What was there before stays in the database {old}. Drop it when you are sure.")
