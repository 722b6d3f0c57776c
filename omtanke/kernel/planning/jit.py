"""Compile the kernel with Numba, and keep what was compiled.

Numba's own cache looks only at the file a function stands in, not at the functions it calls. So the cache lies in a
folder named after the sources of the whole kernel: after an update nothing stale is ever run.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numba  # type: ignore[import-untyped, unused-ignore]

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
    "rings",
    "moves",
    "tails",
    "visit_moves",
    "anneal",
    "construct",
    "trials",
)
_config: Any = numba.config  # type: ignore[attr-defined, unused-ignore]
CACHE_VARIABLE = "OMTANKE_KERNEL_CACHE"


def cache_folder() -> Path:
    """Where compiled code is kept: $OMTANKE_KERNEL_CACHE, else the user's cache, else a temporary folder."""
    here = Path(__file__).parent
    sources = b"".join((here / f"{name}.py").read_bytes() for name in KERNEL if (here / f"{name}.py").exists())
    key = hashlib.sha256(sources + numba.__version__.encode()).hexdigest()[:16]
    given = os.environ.get(CACHE_VARIABLE)
    candidates = [Path(given)] if given else []
    candidates += [Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "omtanke" / "kernel"]
    candidates += [Path(tempfile.gettempdir()) / f"omtanke-kernel-{os.getuid()}"]
    for folder in candidates:
        try:
            (folder / key).mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder / key, os.W_OK):
            return folder / key
    return candidates[-1] / key


FOLDER = cache_folder()


def compiled[F: Callable[..., Any]](function: F) -> F:
    """Compile without the interpreter lock, so that searches run side by side and the caller stays responsive."""
    before = _config.CACHE_DIR
    _config.CACHE_DIR = str(FOLDER)  # read when the decorator is applied
    try:
        return cast(F, numba.njit(function, cache=True, nogil=True))
    finally:
        _config.CACHE_DIR = before
