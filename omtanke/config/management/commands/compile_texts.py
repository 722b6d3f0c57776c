"""`omtanke compile_texts`: make the .mo files, without a system msgfmt."""

from typing import Any

from django.core.management.base import BaseCommand

from omtanke.config import texts


class Command(BaseCommand):
    help = "Compile the catalogues of texts."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        texts.compile_all()
