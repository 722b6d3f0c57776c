"""What this room tells when it is asked who can see a person: a volunteer who has said yes to something."""

from collections.abc import Collection, Mapping

from omtanke.everyday.models import Assignment
from omtanke.trust.causes import explains


@explains("everyday.assignment")
def assignments_in_words(keys: Collection[int]) -> Mapping[int, str]:
    """'Company, Coffee and songs', where the actor may know it."""
    found = Assignment.objects.filter(pk__in=keys).select_related("occurrence__activity")
    return {
        one.pk: f"{one.get_kind_display()}, {one.occurrence.activity.title}"
        if one.occurrence
        else one.get_kind_display()
        for one in found
    }
