"""`omtanke web`: serve pages. Holds no state; run as many as you like."""

import os
import sys
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from omtanke.config.ports import must_be_free
from omtanke.config.static_files import gather_when_changed


class Command(BaseCommand):
    help = "Serve pages with granian, as the database role that owns nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=int(os.environ.get("OMTANKE_WEB_WORKERS", "1")))
        parser.add_argument("--threads", type=int, default=int(os.environ.get("OMTANKE_WEB_THREADS", "4")))

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.DEMO and options["host"] not in {"127.0.0.1", "localhost", "::1"}:
            raise CommandError("Demo mode lets anyone log in as anyone: it does not listen on a public address.")
        must_be_free(options["host"], options["port"])
        with suppress(PermissionError):  # where the code may not be written to, it was gathered when it was installed
            gather_when_changed()
        granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "omtanke.config.wsgi:application"]
        granian += ["--host", options["host"], "--port", str(options["port"]), "--log-level", "warning"]
        granian += ["--workers", str(options["workers"]), "--blocking-threads", str(options["threads"])]
        os.execv(granian[0], granian)  # noqa: S606 - our own interpreter, no shell
