"""Where volunteers are needed most: by hamlet, who with a wish needs a ride or company, and who could give it.

Of the people whom the one who asks may see. A volunteer counts where their range reaches, not only where they live.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from omtanke.everyday.interests import label
from omtanke.everyday.models import HelpWanted, Volunteer, Wish
from omtanke.everyday.needs import Need, needs_of
from omtanke.kernel.moments.problem import road_km
from omtanke.kernel.travel import place_of
from omtanke.people.models import Citizen, Hamlet

MOST_INTERESTS = 4


@dataclass
class InHamlet:
    """One hamlet: people with open wishes, what they need, and the volunteers who reach it."""

    hamlet: Hamlet
    people: int = 0
    rides: int = 0
    company: int = 0
    looked_for: int = 0
    drivers: int = 0
    room: float = 0.0
    companions: int = 0
    wished: Counter[str] = field(default_factory=Counter)
    shared: set[str] = field(default_factory=set)

    @property
    def places_a_month(self) -> int:
        return round(self.room)

    @property
    def rides_short(self) -> int:
        """Of those who need a ride once this month, how many the cars that reach here do not have room for."""
        return max(0, self.rides - self.places_a_month)

    @property
    def interests(self) -> list[tuple[str, int]]:
        """What is wished for most that no volunteer who reaches here shares."""
        alone = [(code, n) for code, n in self.wished.most_common() if code not in self.shared]
        return [(label(code), n) for code, n in alone[:MOST_INTERESTS]]

    @property
    def is_short(self) -> bool:
        no_company = self.company > 0 and self.companions == 0
        return bool(self.rides_short or no_company or self.looked_for)


def recruits(on: date) -> list[InHamlet]:
    """Every hamlet where somebody has an open wish, where most is missing first."""
    wishes = list(Wish.objects.open().select_related("citizen__hamlet"))
    citizens = {wish.citizen_id: wish.citizen for wish in wishes if wish.citizen.hamlet_id}
    found = {one.hamlet_id: InHamlet(one.hamlet) for one in citizens.values() if one.hamlet}
    _people(found, citizens, on)
    for wish in wishes:
        if wish.interest and wish.citizen.hamlet_id in found:
            found[wish.citizen.hamlet_id].wished[wish.interest] += 1
    looked_for = HelpWanted.objects.open().values_list("citizen__hamlet", flat=True)
    for hamlet_id, n in Counter(looked_for).items():
        if hamlet_id in found:
            found[hamlet_id].looked_for = n
    _volunteers(found.values())
    return sorted(found.values(), key=_most_missing)


def _most_missing(one: InHamlet) -> tuple[bool, int, int, str]:
    return not one.is_short, -one.rides_short - one.looked_for, -one.company, one.hamlet.name


def _people(found: dict[int | None, InHamlet], citizens: dict[int, Citizen], on: date) -> None:
    needs = needs_of(citizens.values(), on)
    for pk, citizen in citizens.items():
        here = found[citizen.hamlet_id]
        here.people += 1
        here.rides += Need.RIDE in needs[pk].needs
        here.company += Need.COMPANY in needs[pk].needs


def _volunteers(found: Iterable[InHamlet]) -> None:
    """Each where they reach; what a driver can give in a month is shared by those who need a ride there."""
    reached: dict[int, list[InHamlet]] = defaultdict(list)
    ready = {one.pk: one for one in Volunteer.objects.ready().select_related("hamlet")}
    for one in ready.values():
        reached[one.pk] = [here for here in found if _reaches(one, here.hamlet)]
    for pk, places in reached.items():
        volunteer, need = ready[pk], sum(here.rides for here in places)
        for here in places:
            here.companions += volunteer.accompanies > 0
            here.shared |= set(volunteer.interests)
            if volunteer.has_car and volunteer.seats:
                here.drivers += 1
                here.room += volunteer.seats * volunteer.times_a_month * here.rides / need if need else 0


def _reaches(volunteer: Volunteer, hamlet: Hamlet) -> bool:
    if volunteer.hamlet_id == hamlet.pk:
        return True
    home, there = place_of(volunteer, volunteer.hamlet), place_of(hamlet)
    return home is not None and there is not None and road_km(home, there) <= volunteer.range_km
