"""`omtanke serve`: everything on one machine. Migrates, then keeps web and worker running until told to stop."""

import fcntl
import json
import os
import sys
import threading
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from omtanke.config.database import database_url
from omtanke.config.keeping import GivenUp, Keeper, Kept
from omtanke.config.ports import must_be_free
from omtanke.config.static_files import gather_when_changed


class Command(BaseCommand):
    help = "Serve Omtanke on one machine: PostgreSQL (unless DATABASE_URL is set), web and worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        if settings.DEMO and host not in {"127.0.0.1", "localhost", "::1"}:
            raise CommandError("Demo mode lets anyone log in as anyone: it does not listen on a public address.")
        address = f"http://{host}:{port}"
        lock = _only_one(address)
        must_be_free(host, port)
        call_command("migrate", verbosity=0)
        gather_when_changed()
        environment = os.environ | {"DATABASE_URL": database_url(settings.VAR_DIR)}
        omtanke = [sys.executable, "-m", "omtanke"]
        web = Kept("web", [*omtanke, "web", "--host", host, "--port", str(port)], environment)
        keeper = Keeper([web, Kept("worker", [*omtanke, "worker"], environment)], self.stderr.write)
        threading.Thread(target=self._tell_when_it_answers, args=[address], daemon=True).start()
        try:
            keeper.run()
        except GivenUp as error:
            raise CommandError(str(error)) from error
        finally:
            lock.close()

    def _tell_when_it_answers(self, address: str) -> None:
        for _try in range(150):
            try:
                with urllib.request.urlopen(f"{address}/health/live", timeout=2):  # noqa: S310 - our own address
                    self.stdout.write(f"Omtanke is at {address}   (Ctrl-C stops it)")
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)


def _only_one(address: str) -> IO[str]:
    """Hold var/serve.lock while serving; the system lets go of it even when the process is killed."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    lock = (settings.VAR_DIR / "serve.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        said = lock.read()
        where = json.loads(said)["address"] if said else "another address"
        raise CommandError(f"Omtanke is already running here: {where}. Stop it first, or use that one.") from None
    lock.truncate(0)
    lock.write(json.dumps({"address": address, "pid": os.getpid()}))
    lock.flush()
    return lock
