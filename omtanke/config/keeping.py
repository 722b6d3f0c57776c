"""Keep processes running on one machine: start, watch, start again, stop."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

GIVE_UP_AFTER = 3  # so many quick deaths in a row
QUICK = 10.0  # seconds
STOPPING = 20.0  # seconds a process has to end its work
PR_SET_PDEATHSIG = 1


def _die_with_the_parent() -> None:
    """Between fork and exec: ask Linux to stop this process if the one that keeps it is killed."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Kept:
    """One process that should run, and how it went so far."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_deaths: int = 0

    def start(self) -> None:
        before = _die_with_the_parent if sys.platform == "linux" else None
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603
            self.command,
            env=dict(self.environment),
            preexec_fn=before,
            start_new_session=True,  # a group of its own: what it starts is stopped with it
        )

    def sweep(self) -> None:
        """End what the process started and left behind: asked to stop in its first second, it may not know it yet."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def ended(self) -> int | None:
        return self.process.poll() if self.process else None


class GivenUp(Exception):
    """A process ends again and again as soon as it is started."""


@dataclass
class Keeper:
    """Runs processes until told to stop; one that ends by itself is started again."""

    kept: Sequence[Kept]
    say: Callable[[str], None]
    asked_to_stop: bool = field(default=False, init=False)

    def run(self) -> None:
        """Start all and watch. Returns when asked to stop; raises GivenUp."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)
        try:
            for one in self.kept:
                one.start()
            while not self.asked_to_stop:
                self.look_after()
                time.sleep(0.2)
        finally:
            self._stop()

    def look_after(self) -> None:
        for one in self.kept:
            code = one.ended()
            if code is None or self.asked_to_stop:
                continue
            quick = time.monotonic() - one.started < QUICK
            one.quick_deaths = one.quick_deaths + 1 if quick else 0
            if one.quick_deaths >= GIVE_UP_AFTER:
                raise GivenUp(f"{one.name} ends as soon as it starts (exit code {code}). See what it said above.")
            self.say(f"{one.name} ended by itself (exit code {code}); starting it again.")
            one.start()

    def _ask(self, _number: int, _frame: object) -> None:
        self.asked_to_stop = True

    def _stop(self) -> None:
        running = [one.process for one in self.kept if one.process and one.process.poll() is None]
        for process in running:
            process.terminate()
        end = time.monotonic() + STOPPING
        for process in running:
            try:
                process.wait(timeout=max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for one in self.kept:
            one.sweep()
