"""Keep what a row was before it was changed or deleted, who did it and when (django-pghistory, database triggers)."""

from collections.abc import Callable

import pghistory
from django.db import models


def with_history[Model: type[models.Model]]() -> Callable[[Model], Model]:
    """Decorate a model whose changes must be told. New rows make no copy: they are their own record."""
    track: Callable[[Model], Model] = pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
    return track
