"""`omtanke serve`: everything on one machine. Migrates, then runs web and worker until told to stop."""

import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from omtanke.config.database import database_url


class Command(BaseCommand):
    help = "Serve Omtanke on one machine: PostgreSQL (unless DATABASE_URL is set), web and worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        environment = os.environ | {"DATABASE_URL": database_url(settings.VAR_DIR)}
        omtanke = [sys.executable, "-m", "omtanke"]
        where = ["--host", options["host"], "--port", str(options["port"])]
        processes = [
            subprocess.Popen([*omtanke, *command], env=environment)  # noqa: S603 - our own commands
            for command in (["web", *where], ["worker"])
        ]
        self.stdout.write(f"Omtanke: http://{options['host']}:{options['port']}")
        stop = _Stop()
        while not stop.asked and all(process.poll() is None for process in processes):
            time.sleep(0.2)
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=20)
        if not stop.asked:
            sys.exit(1)


class _Stop:
    """Ctrl-C and `kill` ask; the loop answers."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True
