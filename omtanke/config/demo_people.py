"""Who one can be in the demo."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from omtanke.access.models import RoleAssignment, User
from omtanke.access.permissions import Role
from omtanke.people.models import Unit

DEMO_DOMAIN = "demo.example.org"

# What there is to see for each, by the name before the @.
TO_TRY = {
    "kari": _("Take a list, visit Astrid, write in the visit book; see the people you are contact for."),
    "tor": _("You are new here: a minute's briefing before each first visit."),
    "ola": _("You are Astrid's secondary contact. Try to take a list at the same time as Kari."),
    "hanne": _("The home helper's list: just as real as the others."),
    "liv": _("From decision to visits on a list; next week's lists; granted against delivered time."),
    "lars": _("Today in every unit: lists nobody has, who is away, what to follow up; give and end roles."),
    "marit": _("Activities, volunteers and wishes in every hamlet; the month planned so that wishes come true."),
    "per": _("You are a volunteer: see what you are asked to, and say yes or no."),
    "anne": _("Bring in the municipality's own spreadsheets, with a preview; users and roles."),
    "petra": _("Who can see whom, since when and why; who has looked."),
    "eva": _("You are Astrid's daughter: see who can read about your mother, and who has."),
    "gudrun": _(
        "You lead a visit service: from a relative's order to visits, and what must come before the first one."
    ),
    "arne": _("You are a senior who visits: your people, what to know before you go, and your next visits."),
    "turid": _("You visit too, and see nothing of those whom Arne visits."),
    "sverre": _("You are about to become a visiting senior: two trainings and a declaration, at your own pace."),
    "hilde": _("The professional lead of the visit service: every order, and who has it."),
    "nils": _("You work in another zone: here you see nothing of Nord-Steigen."),
}


@dataclass(frozen=True)
class DemoPerson:
    name: str
    email: str
    role: str
    where: str
    to_try: str | Promise

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    @property
    def initials(self) -> str:
        return "".join(word[:1] for word in (self.name.split()[0], self.name.split()[-1])).upper()


def demo_cast() -> Sequence[DemoPerson]:
    """Every demo person who can log in, those with most to show first."""
    units = dict(Unit.objects.values_list("pk", "name"))
    of_care = Unit.objects.exclude(kind=Unit.Kind.VISIT_SERVICE).count()
    roles = Prefetch("role_assignments", RoleAssignment.objects.current(), to_attr="roles_now")
    users = (
        User.objects.filter(email__endswith=f"@{DEMO_DOMAIN}", is_active=True).prefetch_related(roles).order_by("pk")
    )
    return [
        DemoPerson(
            name=user.name,
            email=user.email,
            role=" · ".join(dict.fromkeys(str(Role(held.role).label) for held in user.roles_now)),
            where=_where([units[held.unit_id] for held in user.roles_now if held.unit_id in units], of_care),
            to_try=TO_TRY.get(user.email.partition("@")[0], ""),
        )
        for user in users
    ]


def _where(names: Sequence[str], of: int) -> str:
    return gettext("all units") if len(names) == of > 1 else " · ".join(names)
