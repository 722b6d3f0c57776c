"""Compile the kernel with Numba, and keep what was compiled.

Numba's own cache looks only at the file a function stands in, not at the functions it calls. So the cache lies in a
folder named after the sources of the whole kernel: after an update nothing stale is ever run.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import numba

KERNEL = (
    "jit",
    "problem",
    "memory",
    "board",
    "desk",
    "lateness",
    "timing",
    "scoring",
    "edits",
    "room",
    "near",
    "rings",
    "moves",
    "tails",
    "visit_moves",
    "anneal",
    "construct",
    "trials",
)
_config: Any = numba.config


def cache_folder() -> Path:
    """Where compiled code is kept: the first of `candidates` that can be written to, or one for this run only."""
    here = Path(__file__).parent
    sources = b"".join((here / f"{name}.py").read_bytes() for name in KERNEL)
    key = hashlib.sha256(sources + numba.__version__.encode()).hexdigest()[:16]
    for folder in candidates():
        try:
            (folder / key).mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder / key, os.W_OK):
            return folder / key
    return Path(tempfile.mkdtemp(prefix="omtanke-kernel-"))


def candidates() -> Iterator[Path]:
    """$OMTANKE_KERNEL_CACHE, `kernel` in $OMTANKE_VAR or in the checkout's `var`, the user's cache.

    Never a place that others can write to: what lies there is run.
    """
    if given := os.environ.get("OMTANKE_KERNEL_CACHE"):
        yield Path(given)
    checkout = Path(__file__).parents[3]
    if var := os.environ.get("OMTANKE_VAR"):
        yield Path(var) / "kernel"
    elif (checkout / "pyproject.toml").exists():
        yield checkout / "var" / "kernel"
    yield Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "omtanke" / "kernel"


FOLDER = cache_folder()


def compiled[F: Callable[..., Any]](function: F) -> F:
    """Compile without the interpreter lock, so that searches run side by side and the caller stays responsive."""
    before = _config.CACHE_DIR
    _config.CACHE_DIR = str(FOLDER)  # read when the decorator is applied
    try:
        return cast(F, numba.njit(function, cache=True, nogil=True))
    finally:
        _config.CACHE_DIR = before


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Of several processes that would compile, one does; the others wait and load what it made."""
    with (FOLDER / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
