"""Say whom a plan had in mind for a list. It opens nothing and binds nobody: staff still take the lists themselves."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from omtanke.visits.models import Round


@transaction.atomic
def propose(for_whom: Mapping[int, int | None]) -> dict[int, int | None]:
    """Rounds (by primary key) with the employee proposed, or None. Returns who was proposed before."""
    rounds = list(Round.objects.select_for_update().filter(pk__in=for_whom).order_by("pk"))
    before = {round_.pk: round_.proposed_for_id for round_ in rounds}
    for round_ in rounds:
        round_.proposed_for_id = for_whom[round_.pk]
    Round.objects.bulk_update(rounds, ["proposed_for"])
    return before
