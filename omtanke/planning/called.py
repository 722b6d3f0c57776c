"""What people call the ids and the minutes of the kernel, so that answers can be put into words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.template.defaultfilters import date as format_date
from django.utils.translation import gettext as _

from omtanke.kernel.planning.problem import MINUTES_A_DAY
from omtanke.people.models import Competence


@dataclass(frozen=True)
class Called:
    """Names by kernel id. `been` tells how often a carer was at a person's lately: (person, carer) → times."""

    first_day: date
    carers: Mapping[str, str]
    persons: Mapping[str, str]
    visits: Mapping[str, str] = field(default_factory=dict)
    been: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def carer(self, carer_id: str) -> str:
        return self.carers.get(carer_id, carer_id)

    def person(self, person_id: str | None) -> str:
        """A task without a person is work of the unit's own."""
        return self.persons.get(person_id, person_id) if person_id else _("the unit")

    def day(self, minutes: float) -> date:
        return self.first_day + timedelta(days=int(minutes // MINUTES_A_DAY))

    def clock(self, minutes: float) -> str:
        """As '09:15', to the minute."""
        hour, minute = divmod(round(minutes) % MINUTES_A_DAY, 60)
        return f"{hour:02}:{minute:02}"

    def moment(self, minutes: float) -> str:
        """As 'Thursday 09:15'."""
        return f"{format_date(self.day(minutes), 'l')} {self.clock(minutes)}"


def competence_names(competences: Iterable[str]) -> str:
    """What a visit asks for, as people say it, in one order."""
    known = dict(Competence.choices)
    return ", ".join(str(known.get(one, one)).lower() for one in sorted(competences))


def listed(names: Iterable[str]) -> str:
    """'Kari', 'Kari and Ola', 'Kari, Ola and Siri'; each once."""
    each = list(dict.fromkeys(names))
    if len(each) < 2:
        return "".join(each)
    return _("%(some)s and %(last)s") % {"some": ", ".join(each[:-1]), "last": each[-1]}
