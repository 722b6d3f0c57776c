"""`omtanke texts`: bring the catalogues up to the source; `--check` only says what is missing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from omtanke.config import texts


class Command(BaseCommand):
    help = "Gather the texts of code and templates into each room's catalogues."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Change nothing; fail if a text is missing.")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if not check:
            for room in texts.rooms():
                for language in texts.LANGUAGES:
                    texts.write(room, language, texts.update(room, language))
            texts.compile_all()
        problems = [p for room in texts.rooms() for language in texts.LANGUAGES for p in texts.problems(room, language)]
        problems += [problem for language in texts.LANGUAGES for problem in texts.contradictions(language)]
        if problems:
            raise CommandError("\n".join([*problems, f"{len(problems)} texts to see to."]))
        self.stdout.write("All texts are there in nb, sv and en.")
