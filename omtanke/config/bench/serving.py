"""What serving cost: memory and processor time of the web processes and of the database's, read from /proc.

Where there is no /proc, or the database runs on another machine, the figure is 0: unmeasured.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import psycopg

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Megabytes at their highest of the web processes, and now of the database's (what they share counted once);
    seconds of processor time."""

    web_mb: int
    web_cpu: float
    database_mb: int
    database_cpu: float


def cost_of(web_pid: int, address: str) -> Cost:
    """What the web process with its children, and the database's processes for it, have used until now."""
    web = [web_pid, *_children(web_pid)]
    with psycopg.connect(address) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        backends = [pid for (pid,) in rows if "postgres" in _read(pid, "comm")]
    return Cost(
        web_mb=_megabytes(web, "status", "VmHWM"),
        web_cpu=round(sum(map(_cpu, web)), 1),
        database_mb=_megabytes(backends, "smaps_rollup", "Pss"),
        database_cpu=round(sum(map(_cpu, backends)), 1),
    )


def _children(pid: int) -> list[int]:
    below = _read(pid, f"task/{pid}/children").split()
    return [found for child in below for found in (int(child), *_children(int(child)))]


def _megabytes(pids: Iterable[int], file: str, line: str) -> int:
    found = [each for pid in pids for each in _read(pid, file).splitlines() if each.startswith(f"{line}:")]
    return sum(int(each.split()[1]) for each in found) // 1024


def _cpu(pid: int) -> float:
    after_the_name = _read(pid, "stat").rpartition(")")[2].split()
    return (int(after_the_name[11]) + int(after_the_name[12])) / TICK if after_the_name else 0.0


def _read(pid: int, file: str) -> str:
    try:
        return Path(f"/proc/{pid}/{file}").read_text()
    except OSError:
        return ""
