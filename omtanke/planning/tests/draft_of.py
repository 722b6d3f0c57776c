"""A draft of tomorrow for the cast, made as the worker makes it: Kari and Ola at work, two people to be visited."""

import pytest

from omtanke.config.tests.cast import at, day, make_shift, make_visit
from omtanke.planning.ask import ask_for_draft
from omtanke.planning.make import make
from omtanke.planning.models import Draft


@pytest.fixture
def tomorrow(cast):
    """The cast with tomorrow's lists."""
    return on_tomorrows_lists(cast)


def on_tomorrows_lists(cast):
    """Kari and Ola at work tomorrow; Astrid on list 1, Edvard on list 2."""
    for round_ in (cast.round1, cast.round2):
        round_.pk, round_.on = None, day(1)
        round_.save()
    cast.morning = make_visit(cast.astrid, cast.round1, "09:15")
    cast.edvards = make_visit(cast.edvard, cast.round2, "09:30")
    cast.karis, cast.olas = make_shift(cast.kari, day(1)), make_shift(cast.ola, day(1))
    return cast


def asked(cast, offset: int = 1) -> Draft:
    draft = ask_for_draft(cast.nord, day(offset), day(offset), by=cast.liv.user, at=at("08:00"))
    Draft.objects.filter(pk=draft.pk).update(seconds=1)
    return draft


def made(cast, offset: int = 1) -> Draft:
    draft = asked(cast, offset)
    make(draft.pk)
    draft.refresh_from_db()
    return draft
