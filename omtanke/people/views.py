"""The people somebody answers for, the unit's people, and one person on one page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.models import Grant, Reason
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.people.circle import circle_of
from omtanke.people.models import Belonging, Citizen, Portrait
from omtanke.people.models.citizens import CitizenQuerySet
from omtanke.people.my_units import my_units
from omtanke.people.questions import Helper, Part, helpers_of, next_visits, what_is_due
from omtanke.people.sorting import searched

ON_A_PAGE = 30
COUNTED = 500


@dataclass(frozen=True)
class Page:
    """Some of many. `count` goes up to one more than COUNTED."""

    citizens: Sequence[Citizen]
    number: int
    has_next: bool
    count: int

    @property
    def is_many(self) -> bool:
        return self.count > COUNTED

    @property
    def before(self) -> int:
        return self.number - 1

    @property
    def after(self) -> int:
        return self.number + 1


@requires(Permission.SEE_CITIZEN)
@require_safe
def my_people(request: ActorRequest) -> HttpResponse:
    """Those I am primary or secondary contact for. The ledger knows: being their contact is why I may see them."""
    because = Grant.objects.running().filter(holder=request.user, reason=Reason.CONTACT).values("citizen_id")
    citizens = list(Citizen.objects.filter(pk__in=because).select_related("portrait", "hamlet").in_order())
    look(request, [citizen.pk for citizen in citizens])
    return render(request, "people/my_people.html", {"people": _with_what_is_next(request, citizens)})


def _with_what_is_next(request: ActorRequest, citizens: Iterable[Citizen]) -> list[dict[str, Any]]:
    """Each person with my part, the next visit and what is due."""
    ids = [citizen.pk for citizen in citizens]
    helpers = helpers_of(ids, timezone.localdate())
    visits = {visit.citizen_id: visit for visit in next_visits.ask(ids, timezone.now())}
    due: dict[int, list[Any]] = {pk: [] for pk in ids}
    for one in sorted(what_is_due.ask(ids, timezone.localdate()), key=lambda one: one.on):
        due[one.citizen_id].append(one)
    return [
        {
            "citizen": citizen,
            "mine": _my_part(request, helpers[citizen.pk]),
            "visit": visits.get(citizen.pk),
            "due": due[citizen.pk],
        }
        for citizen in citizens
    ]


def _my_part(request: ActorRequest, helpers: Iterable[Helper]) -> Helper | None:
    employee = getattr(request.user, "employee", None)
    return next((helper for helper in helpers if employee and helper.employee_id == employee.pk), None)


@requires(Permission.SEE_CITIZEN)
@require_safe
def citizens(request: ActorRequest) -> HttpResponse:
    """The people of my units, by name; those of them whom need-to-know opens."""
    units = my_units(request, Permission.SEE_CITIZEN)
    chosen = [unit for unit in units if str(unit.pk) == request.GET.get("unit")] or units
    words = request.GET.get("q", "").strip()
    belonging = Belonging.objects.current().filter(unit__in=[unit.pk for unit in chosen]).values("citizen_id")
    found = Citizen.objects.filter(searched(words), pk__in=belonging).select_related("hamlet").in_order()
    page = _page_of(found, request.GET.get("page", ""))
    look(request, [citizen.pk for citizen in page.citizens])
    helpers = helpers_of([citizen.pk for citizen in page.citizens], timezone.localdate())
    context = {
        "page": page,
        "people": [{"citizen": citizen, "contacts": _contacts(helpers[citizen.pk])} for citizen in page.citizens],
        "words": words,
        "units": units,
        "chosen": chosen[0] if len(chosen) == 1 else None,
    }
    template = "people/citizens.html#found" if request.headers.get("HX-Request") else "people/citizens.html"
    return render(request, template, context)


def _page_of(found: CitizenQuerySet, asked: str) -> Page:
    """One page of those found. Nobody reads 25,000 names, so they are counted only so far."""
    number = int(asked) if asked.isdecimal() and 0 < int(asked) < 10_000 else 1
    first = (number - 1) * ON_A_PAGE
    rows = list(found[first : first + ON_A_PAGE + 1])
    return Page(rows[:ON_A_PAGE], number, len(rows) > ON_A_PAGE, found[: COUNTED + 1].count())


def _contacts(helpers: Iterable[Helper]) -> list[Helper]:
    return [helper for helper in helpers if helper.part != Part.SERVICE]


@requires(Permission.SEE_CITIZEN)
@require_safe
def citizen(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """One person on one page: their own words, who is nearest, the week, the circle, what is due."""
    person = get_object_or_404(Citizen.objects.select_related("hamlet"), pk=citizen_id)
    look(request, [citizen_id])
    helpers = helpers_of([citizen_id], timezone.localdate())[citizen_id]
    context = {
        "citizen": person,
        "portrait": Portrait.objects.filter(citizen=citizen_id).first(),
        "contacts": _contacts(helpers),
        "has_primary": any(helper.part == Part.PRIMARY for helper in helpers),
        "circle": circle_of(person, person.ties.all(), helpers),
        "due": sorted(what_is_due.ask([citizen_id], timezone.localdate()), key=lambda one: one.on),
        "may_write": request.actor.may(Permission.WRITE_ABOUT_CITIZEN),
    }
    return render(request, "people/citizen.html", context)
