"""What `omtanke check` says before anybody is let in."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Warning, register


@register()
def front_end_is_built(**_kwargs: Any) -> list[Error | Warning]:
    if not (settings.BASE_DIR / "build" / "static" / "omtanke" / "omtanke.css").exists():
        return [Warning("The front end is not built.", hint="Run `make setup`.", id="omtanke.W001")]
    return []


@register(deploy=True)
def demo_mode_is_off(**_kwargs: Any) -> list[Error | Warning]:
    if settings.DEMO:
        return [Error("Demo mode lets anyone log in as anyone.", hint="Unset OMTANKE_DEMO.", id="omtanke.E001")]
    return []
