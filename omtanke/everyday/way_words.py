"""How somebody gets to what they are signed up for, in few words: who drives, who comes along, or who looks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from omtanke.everyday.models import Assignment, HelpWanted, Participation

Way, Kind = Participation.Way, Assignment.Kind
STANDS = (Assignment.State.ASKED, Assignment.State.ACCEPTED, Assignment.State.DONE)


def ways_of(places: Iterable[Participation]) -> dict[int, list[str]]:
    """For each place that is taken, in a fixed number of queries; nothing where nobody has asked."""
    taken = {one.pk: one for one in places if one.state in Participation.TAKES_PLACE}
    said: dict[int, list[str]] = defaultdict(list)
    given = Assignment.objects.filter(participation__in=list(taken), state__in=STANDS).select_related("volunteer")
    for one in given.order_by("-kind", "pk"):  # the ride first
        said[one.participation_id or 0].append(_asked(one))
    wanted = HelpWanted.objects.open().filter(participation__in=list(taken)).select_related("owner")
    for each in wanted.order_by("-kind", "pk"):
        said[each.participation_id or 0].append(looked_for(each))
    for pk, place in taken.items():
        if place.way == Way.DRIVEN:
            said[pk].insert(0, _("%(name)s drives") % {"name": place.driven_by})
        elif place.way in {Way.WALKS, Way.OWN}:
            said[pk].insert(0, place.get_way_display())
    return dict(said)


def _asked(one: Assignment) -> str:
    who, is_ride = one.volunteer.name, one.kind == Kind.RIDE
    if one.state == Assignment.State.ASKED:
        return (_("%(name)s is asked to drive") if is_ride else _("%(name)s is asked to come along")) % {"name": who}
    return (_("%(name)s drives") if is_ride else _("%(name)s comes along")) % {"name": who}


def looked_for(wanted: HelpWanted) -> str:
    """With a name for who does it."""
    is_ride = wanted.kind == Kind.RIDE
    if wanted.owner is None:
        return _("Nobody drives yet") if is_ride else _("Nobody comes along yet")
    words = _("%(name)s looks for somebody to drive") if is_ride else _("%(name)s looks for somebody to come along")
    return words % {"name": wanted.owner.name}
