"""Demand against supply: per unit and hamlet, the people behind a number, and a letter without names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.everyday.demand import By, finding, want_more, wanted
from omtanke.everyday.demand_letter import letter
from omtanke.everyday.interests import bank, label
from omtanke.everyday.models import Wish
from omtanke.people.models import Belonging, Hamlet, Unit
from omtanke.shell.pdf import pdf_response

IN_CHART = 10  # bars that can be read; the table has everything


@dataclass(frozen=True)
class Where:
    """A unit, a hamlet, or (place None) the whole municipality."""

    by: By
    place: Unit | Hamlet | None

    @property
    def name(self) -> str:
        return self.place.name if self.place else _("the municipality")

    @property
    def pk(self) -> int | None:
        return self.place.pk if self.place else None

    @property
    def query(self) -> str:
        return f"by={self.by.value}&place={self.pk or 'all'}"


@requires(Permission.SEE_WISHES)
@require_safe
def demand(request: ActorRequest) -> HttpResponse:
    """A chart whose title says the finding, with the table behind it."""
    where = _where(request)
    rows = wanted(where.by, where.pk, at=timezone.now())
    counted = [one for one in rows if one.people and one.could_be_offered]
    context: dict[str, Any] = {
        "where": where,
        "units": Unit.objects.all(),
        "hamlets": Hamlet.objects.order_by("name"),
        "rows": counted,
        "charted": counted[:IN_CHART],
        "title": finding(rows, where.name),
        "few": [one for one in rows if one.people is None and one.could_be_offered],
        "at_home": [one for one in rows if not one.could_be_offered],
    }
    return render(request, "everyday/demand.html", context)


@requires(Permission.SEE_WISHES)
@require_safe
def demand_people(request: ActorRequest, interest: str) -> HttpResponse:
    """The people behind a number whom need-to-know opens: an open wish, or “wants more” in the last talk."""
    if interest not in bank():
        raise Http404
    where = _where(request)
    wishes = Wish.objects.filter(_there(where), interest=interest, state__in=[*Wish.OPEN, Wish.State.UNMET])
    found = list(wishes.select_related("citizen__hamlet", "owner").order_by("said_at", "pk"))
    wishing = {wish.citizen_id for wish in found}
    more = want_more(interest).filter(_there(where)).exclude(citizen__in=wishing)
    talks = list(more.select_related("citizen__hamlet").order_by("citizen__sort_name"))
    seen = wishing | {talk.citizen_id for talk in talks}
    look(request, seen)
    counted = next((one for one in wanted(where.by, where.pk, at=timezone.now()) if one.interest == interest), None)
    context = {
        "where": where,
        "wishes": found,
        "talks": talks,
        "interest": interest,
        "label": label(interest),
        "seen": len(seen),
        "counted": counted.people if counted else None,
    }
    return render(request, "everyday/demand_people.html", context)


def _there(where: Where) -> Q:
    """Rows about people of the place."""
    if where.place and where.by == By.HAMLET:
        return Q(citizen__hamlet=where.place.pk)
    if where.place:
        return Q(citizen__in=Belonging.objects.current().filter(unit=where.place.pk).values("citizen"))
    return Q()


@requires(Permission.SEE_WISHES)
@require_safe
def demand_letter(request: ActorRequest) -> HttpResponse:
    """A letter to the volunteer centre."""
    where, employee = _where(request), getattr(request.user, "employee", None)
    rows = wanted(where.by, where.pk, at=timezone.now())
    unit_phone = employee.unit.phone if employee and employee.unit else ""
    phone = (employee.phone if employee else "") or unit_phone
    data = letter(rows, where.name, name=request.user.name, phone=phone, on=timezone.localdate())
    return pdf_response("everyday/demand_letter.typ", data, filename=f"{slugify(data['title'])}.pdf")


def _where(request: ActorRequest) -> Where:
    """The place that the address asks for; otherwise the actor's own unit, or the whole municipality for those who look
    after more than one."""
    by = By.HAMLET if request.GET.get("by") == By.HAMLET else By.UNIT
    asked = request.GET.get("place", "")
    places: Any = Hamlet.objects.all() if by == By.HAMLET else Unit.objects.all()
    if asked.isdecimal():
        place = places.filter(pk=int(asked)).first()
        if place is None:
            raise Http404
        return Where(by, place)
    employee = getattr(request.user, "employee", None)
    units = request.actor.units(Permission.SEE_WISHES)
    in_one = units is not None and len(units) == 1
    own = employee.unit if employee and in_one and not asked and by == By.UNIT else None
    return Where(by, own)
