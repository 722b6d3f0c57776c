"""Where a background map comes from: the one host outside that a page may ask, when the operator says so.

Only images are asked for, and which part of the map is seen is all that they tell; that is why none is set by default.
"""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def tile_hosts(address: str) -> list[str]:
    """What the Content-Security-Policy has to allow for this address of tiles; nothing for our own host or none.

    `{s}` (as in https://{s}.tiles.example.org/{z}/{x}/{y}.png) stands for any name in front of that host.
    Raises ImproperlyConfigured where it is no address of tiles.
    """
    if not address or (address.startswith("/") and not address.startswith("//")):
        return []
    parts = urlsplit(address.replace("{s}.", "*."))
    if parts.scheme not in ("https", "http") or not parts.netloc.strip("*.") or "{" in parts.netloc:
        raise ImproperlyConfigured(
            "OMTANKE_MAP_TILES must be an address like https://tiles.example.org/{z}/{x}/{y}.png"
        )
    if any(f"{{{name}}}" not in address for name in "zxy"):
        raise ImproperlyConfigured("OMTANKE_MAP_TILES must have {z}, {x} and {y} in it.")
    return [f"{parts.scheme}://{parts.netloc}"]
