"""Static files as they are served: fingerprinted and compressed in build/collected.

`make setup` gathers them, `omtanke web` and `omtanke serve` again when one has changed. Tests and OMTANKE_DEBUG serve
the sources.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

MANIFEST = "staticfiles.json"
type Found = dict[str, tuple[Any, str]]


def sources() -> Found:
    """Each static file by the name it is served under: the storage it lies in, and its path there."""
    found: Found = {}
    for finder in get_finders():
        for path, storage in finder.list([".*", "*~"]):
            prefix = getattr(storage, "prefix", None)
            found.setdefault(f"{prefix}/{path}" if prefix else path, (storage, path))
    return found


def gather_when_changed() -> bool:
    """Gather the static files anew unless they are as they were. Returns whether it was needed.

    Raises ValueError when a stylesheet names a file that is not there.
    """
    found = sources()
    manifest = Path(settings.STATIC_ROOT) / MANIFEST
    newest = max((Path(storage.path(path)).stat().st_mtime for storage, path in found.values()), default=0.0)
    if manifest.exists() and manifest.stat().st_mtime >= newest:
        return False
    gathered: Any = CompressedManifestStaticFilesStorage(location=settings.STATIC_ROOT, base_url=settings.STATIC_URL)
    for name, (storage, path) in found.items():
        gathered.delete(name)
        with storage.open(path) as source:
            gathered.save(name, source)
    for _name, _served_as, processed in gathered.post_process(found):
        if isinstance(processed, Exception):
            raise processed
    return True  # the manifest was written last: an interrupted gathering is done again
