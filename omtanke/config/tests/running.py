"""A real `omtanke` process for a test, on the test's own database."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from threading import Event
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

PATIENCE = 300  # tries of a tenth of a second


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def database_url(name: str | None = None) -> str:
    given = connection.settings_dict
    return f"postgresql://{given['USER']}@/{quote(name or given['NAME'])}?host={quote(given['HOST'], safe='')}"


def environment(var) -> dict[str, str]:
    own = {"DATABASE_URL": database_url(), "OMTANKE_VAR": str(var), "OMTANKE_DEMO": "1", "OMTANKE_POOL": "4"}
    return os.environ | own


def start(arguments, var, **options) -> subprocess.Popen:
    command = [sys.executable, "-m", "omtanke", *arguments]
    return subprocess.Popen(
        command, env=environment(var), cwd=settings.BASE_DIR, start_new_session=True, text=True, **options
    )


def kill(process) -> None:
    """As the machine does when it runs out of memory: no goodbye."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def answers(address: str, process) -> bool:
    """Wait until somebody answers; False when the process ended first."""
    for _try in range(PATIENCE):
        if process.poll() is not None:
            return False
        with suppress(URLError, OSError), urllib.request.urlopen(f"{address}/health/ready", timeout=5):
            return True
        Event().wait(0.1)
    return False


@contextmanager
def web(var):
    """`omtanke web`, answering; yields its address and its process."""
    port = free_port()
    process = start(["web", "--port", str(port)], var)
    try:
        assert answers(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        kill(process)


class Visitor:
    """Somebody with a cookie jar, logged in through the demo page."""

    def __init__(self, address: str, email: str) -> None:
        self.address, self.jar = address, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.get("/demo/")
        self.post("/demo/", email=email)

    def get(self, path: str):
        return self.opener.open(self.address + path, timeout=30)

    def post(self, path: str, **data) -> int:
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken")
        body = urlencode(data | {"csrfmiddlewaretoken": token}).encode()
        try:
            return self.opener.open(self.address + path, body, timeout=30).status
        except HTTPError as error:
            return error.code
