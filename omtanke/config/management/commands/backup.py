"""`omtanke backup FILE`: the whole database in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from omtanke.config.backup import CannotBackUp, back_up


class Command(BaseCommand):
    help = "Write the whole database into one file. Omtanke may go on meanwhile; the file is of one instant."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            back_up(file)
        except (CannotBackUp, OSError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        self.stdout.write(f"{file} ({file.stat().st_size / 1e6:.1f} MB). It holds everything about everybody.")
