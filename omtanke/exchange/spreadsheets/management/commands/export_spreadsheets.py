"""`omtanke export DIR|FILE.xlsx [--format xlsx|csv]`: give out everything in the shape in which it is taken in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from omtanke.exchange.spreadsheets.exporting import TooManyRows, export_texts, export_workbook
from omtanke.exchange.spreadsheets.languages import LANGUAGES, language_of_terminal


class Command(BaseCommand):
    help = "Write units, employees, citizens, relatives, decisions, rota and absences to spreadsheets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="DIR|FILE.xlsx", help="A folder, or a file that ends in .xlsx.")
        parser.add_argument("--format", choices=("xlsx", "csv"), help="csv into a folder unless said otherwise.")
        parser.add_argument("--language", choices=LANGUAGES, default=language_of_terminal())

    def handle(self, *args: Any, **options: Any) -> None:
        path, language = Path(options["path"]), options["language"]
        is_file = path.suffix.lower() == ".xlsx"
        form = options["format"] or ("xlsx" if is_file else "csv")
        with translation.override(language), transaction.atomic():
            try:
                if form == "csv":
                    if is_file:
                        raise CommandError(_("Name a folder for .csv files, not a file."), returncode=2)
                    export_texts(path, language)
                    written = path
                else:
                    written = path if is_file else path / "omtanke.xlsx"
                    written.parent.mkdir(parents=True, exist_ok=True)
                    export_workbook(written, language)
            except TooManyRows as error:
                raise CommandError(_("Excel cannot hold that many rows. Use --format csv."), returncode=2) from error
            except OSError as error:
                raise CommandError(f"{path}: {error.strerror}", returncode=2) from error
            self.stdout.write(_("Written to %(path)s. It holds personal data: keep it safe.") % {"path": written})
