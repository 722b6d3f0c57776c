"""Find a Chromium on this machine: Debian's, Chrome, or Playwright's own. `python -m stories.chromium` installs one
where there is none, and says plainly when it cannot."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PATIENCE = 600  # seconds for an installation


def find() -> str | None:
    """The path of a Chromium, from OMTANKE_CHROMIUM, the PATH or Playwright's own folder; None where there is none."""
    if given := os.environ.get("OMTANKE_CHROMIUM"):
        return given
    for name in NAMES:
        if path := shutil.which(name):
            return path
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
    found = sorted(cache.glob("chromium-*/chrome-linux*/chrome"))
    return str(found[-1]) if found else None


def install() -> bool:
    """Try Debian's package, where we may; otherwise Playwright's own. Returns whether there is one now."""
    ways = []
    if shutil.which("apt-get") and os.geteuid() == 0:
        ways += [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]]
    ways.append([sys.executable, "-m", "playwright", "install", "chromium"])
    for way in ways:
        if find():
            break
        try:
            subprocess.run(way, check=False, capture_output=True, timeout=PATIENCE, env=_quietly())
        except (OSError, subprocess.TimeoutExpired):
            continue
    return find() is not None


def _quietly() -> dict[str, str]:
    return os.environ | {"DEBIAN_FRONTEND": "noninteractive"}


if __name__ == "__main__":
    if not find():
        print("No Chromium here; trying to install one for the browser stories ...", flush=True)
        if not install():
            print(
                "!! No Chromium could be installed: THE BROWSER STORIES WILL NOT RUN.\n"
                "!! Install Chromium or Chrome, or name one in OMTANKE_CHROMIUM, and run this again.",
                file=sys.stderr,
            )
