"""`omtanke import PATH... [--dry-run] [--accept-good] [--json]`: take the municipality's own spreadsheets in.

Exit codes: 0 all rows taken, 1 some rows refused, 2 unusable.
"""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from omtanke.exchange.spreadsheets.languages import LANGUAGES, language_of_terminal
from omtanke.exchange.spreadsheets.reports import Report, SheetReport
from omtanke.exchange.spreadsheets.sources import files_at
from omtanke.exchange.spreadsheets.taking_in import read_files, take_in
from omtanke.exchange.spreadsheets.words import Unusable

ALL_TAKEN, SOME_REFUSED, UNUSABLE = 0, 1, 2
SHOWN = 200  # refused rows on a terminal; --json has them all


class Command(BaseCommand):
    help = "Take in units, employees, citizens, relatives, decisions, rota and absences from .xlsx and .csv files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="A .xlsx or .csv file, or a folder of them.")
        parser.add_argument("--dry-run", action="store_true", help="Write nothing; count the rows that could be taken.")
        parser.add_argument("--accept-good", action="store_true", help="Take the good rows of files with errors.")
        parser.add_argument("--json", action="store_true", help="Print the report as JSON.")
        parser.add_argument("--language", choices=LANGUAGES, default=language_of_terminal())

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            try:
                read = read_files(files_at(options["paths"]))
                report = take_in(
                    read,
                    by=None,
                    on=timezone.localdate(),
                    accept_good=options["accept_good"],
                    dry_run=options["dry_run"],
                )
            except Unusable as error:
                self._say_unusable(error, as_json=options["json"])
                sys.exit(UNUSABLE)
            self._say(report, **options)
        sys.exit(ALL_TAKEN if report.is_clean else SOME_REFUSED)

    def _say_unusable(self, error: Unusable, *, as_json: bool) -> None:
        self.stderr.write(str(error))
        if as_json:
            self.stdout.write(json.dumps({"sheets": [], "error": str(error)}, ensure_ascii=False))

    def _say(self, report: Report, **options: Any) -> None:
        if options["json"]:
            printed = {"sheets": [sheet.as_printed() for sheet in report.sheets]}
            self.stdout.write(json.dumps(printed, ensure_ascii=False, indent=2))
        else:
            for sheet in report.sheets:
                self._say_sheet(sheet)
        for file, name in report.unrecognised:
            words = _("%(file)s, “%(sheet)s”: we recognise no headings, so this sheet was left out.")
            self.stderr.write(words % {"file": file, "sheet": name})
        self._say_what_next(report, **options)

    def _say_sheet(self, sheet: SheetReport) -> None:
        counts = _("%(taken)d new, %(changed)d changed, %(unchanged)d unchanged, %(refused)d refused")
        numbers = {name: getattr(sheet, name) for name in ("taken", "changed", "unchanged")}
        said = counts % {**numbers, "refused": sheet.rows_refused}
        self.stdout.write(f"{sheet.file} · {sheet.sheet} ({sheet.kind}): {said}")
        for problem in sheet.refused[:SHOWN]:
            row = _("row %(row)d") % {"row": problem.row}
            self.stdout.write(f"  {row} · {problem.column}: {problem.why}")
        if len(sheet.refused) > SHOWN:
            rest = len(sheet.refused) - SHOWN
            self.stdout.write("  " + ngettext("and %(count)d more", "and %(count)d more", rest) % {"count": rest})
        if sheet.unknown_columns:
            columns = ", ".join(sheet.unknown_columns)
            self.stdout.write("  " + _("columns that were left out: %(columns)s") % {"columns": columns})

    def _say_what_next(self, report: Report, **options: Any) -> None:
        if options["dry_run"]:
            self.stderr.write(_("Nothing was written: this was a dry run."))
        elif held := sorted({sheet.file for sheet in report.sheets if sheet.held_back}):
            words = _("Nothing was written of %(files)s. Mend the rows, or take in the good ones with --accept-good.")
            self.stderr.write(words % {"files": ", ".join(held)})
