"""What this room tells when it is asked who can see a person: the senior who visits."""

from collections.abc import Collection, Mapping

from omtanke.befriending.models import Match
from omtanke.trust.causes import explains


@explains("befriending.match")
def matches_in_words(keys: Collection[int]) -> Mapping[int, str]:
    """'Seniorene', where the actor may know it."""
    found = Match.objects.filter(pk__in=keys).select_related("department")
    return {one.pk: one.department.name for one in found}
