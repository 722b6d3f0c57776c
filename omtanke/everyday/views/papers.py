"""On paper: the poster of a month, and a citizen's own sheet; the sheet also as a page in big type."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.care.contact_card import language_of
from omtanke.everyday.models import Occurrence
from omtanke.everyday.poster import PAPERS, month_of, poster
from omtanke.everyday.sheet import sheet
from omtanke.everyday.views.calendar import asked_day, chosen, midnight
from omtanke.people.models import Citizen, Hamlet, Unit
from omtanke.shell.pdf import pdf_response


@requires(Permission.SEE_ACTIVITIES)
@require_safe
def print_poster(request: ActorRequest) -> HttpResponse:
    """A month of what is open to all, of a unit or hamlet (`?unit=`, `?hamlet=`), on A4 or A3 (`?paper=`)."""
    on = asked_day(request, timezone.localdate())
    paper = request.GET.get("paper", "a4")
    paper = paper if paper in PAPERS else "a4"
    first, after = month_of(on)
    unit, hamlet = chosen(request)
    happens = Occurrence.objects.filter(
        starts__gte=midnight(first), starts__lt=midnight(after), activity__open_to_all=True
    ).with_place()
    if unit:
        happens = happens.for_unit(unit.pk) if hamlet else happens.filter(activity__unit=unit)
    if hamlet:
        happens = happens.in_hamlet(hamlet.pk)
    where: Unit | Hamlet | None = hamlet or unit
    said = poster(
        happens.in_order(),
        on,
        paper=paper,
        where=where,
        ask=_ask(request, unit),
        municipality=settings.MUNICIPALITY,
    )
    name = slugify(f"{where or settings.MUNICIPALITY} {on:%Y-%m} {paper}")
    return pdf_response("everyday/poster.typ", said, filename=f"{name}.pdf")


def _ask(request: ActorRequest, unit: Unit | None) -> str:
    """The unit's telephone; otherwise whoever makes the poster."""
    if unit and unit.phone:
        return f"{unit}, {unit.phone}"
    employee = getattr(request.user, "employee", None)
    return ", ".join(filter(None, [employee.name, employee.phone])) if employee else request.user.name


@requires(Permission.SEE_WISHES)
@require_safe
def citizen_sheet(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """In big type, to look at together."""
    citizen = get_object_or_404(Citizen.objects.select_related("hamlet"), pk=citizen_id)
    look(request, [citizen.pk])
    context = {"citizen": citizen, "sheet": sheet(citizen, now=timezone.now())}
    return render(request, "everyday/sheet.html", context)


@requires(Permission.SEE_WISHES)
@require_safe
def print_sheet(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """To take home, in the citizen's own language."""
    citizen = get_object_or_404(Citizen.objects.select_related("hamlet"), pk=citizen_id)
    look(request, [citizen.pk])
    language = language_of(citizen)
    with translation.override(language):
        said = sheet(citizen, now=timezone.now()) | {"language": language}
    return pdf_response("everyday/sheet.typ", said, filename=f"{slugify(citizen.first_name)}.pdf")
