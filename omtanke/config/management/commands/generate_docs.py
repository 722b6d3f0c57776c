"""`omtanke generate_docs`: write docs/generated/; `--check` only says what is stale."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from omtanke.config.generated_docs import GENERATED


class Command(BaseCommand):
    help = "Write the parts of docs/ that follow from the code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Change nothing; fail if a page is stale.")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        stale = []
        for name, write in GENERATED:
            file = settings.BASE_DIR / "docs" / "generated" / name
            text = write()
            if file.exists() and file.read_text() == text:
                continue
            stale.append(name)
            if not check:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
        if check and stale:
            raise CommandError(f"Stale: {', '.join(stale)}. Run `omtanke generate_docs`.")
        self.stdout.write("docs/generated is up to date." if not stale or not check else "")
