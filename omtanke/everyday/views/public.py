"""The calendar that everybody may see, without a login: what is open to all, and nothing about people."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from omtanke.access.gate import open_to_all
from omtanke.everyday.models import Occurrence
from omtanke.everyday.views.calendar import shown
from omtanke.people.models import Unit


@open_to_all
@require_safe
def public_calendar(request: HttpRequest, unit_code: str = "") -> HttpResponse:
    """Of the whole municipality, or of one unit."""
    among = Occurrence.objects.filter(activity__open_to_all=True)
    unit = get_object_or_404(Unit, code=unit_code) if unit_code else None
    if unit:
        among = among.for_unit(unit.pk)
    context = shown(request, among) | {"of_unit": unit, "place": unit or settings.MUNICIPALITY}
    return render(request, "everyday/public_calendar.html", context)
