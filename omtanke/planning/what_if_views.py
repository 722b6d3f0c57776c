"""What if? Pages on which one asks what a change of the rota would mean, and reads the answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.people.models import Employee
from omtanke.people.my_units import chosen_unit
from omtanke.planning.models import WhatIf
from omtanke.planning.what_if_forms import FORMS, AskForm, AwayForm
from omtanke.planning.what_if_read import read

MAY = Permission.PLAN_LISTS
ASKED_LATELY = 5


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def what_if(request: ActorRequest) -> HttpResponse:
    """Ask; and what has been asked lately."""
    unit, units = chosen_unit(request, MAY)
    kind = request.GET.get("kind", "")
    kind = kind if kind in FORMS else WhatIf.Kind.AWAY
    form = _form(request, kind, unit=unit)
    if request.method == "POST" and form.is_valid():
        asked = form.ask(by=request.user, at=timezone.now())
        return redirect("planning:what_if_answer", asked.pk)
    lately = WhatIf.objects.filter(unit=unit).select_related("employee", "shift__employee", "other_shift__employee")
    context = {
        "form": form,
        "kind": kind,
        "kinds": WhatIf.Kind.choices,
        "unit": unit,
        "units": units,
        "lately": lately.order_by("-asked_at", "-pk")[:ASKED_LATELY],
    }
    return render(request, "planning/what_if.html", context)


def _form(request: ActorRequest, kind: str, **about: Any) -> AskForm:
    """Filled in from what was posted; or begun from the address, as other pages link here with what they know."""
    given = request.POST if request.method == "POST" else None
    begun = {name: request.GET[name] for name in ("employee", "first_day", "last_day") if request.GET.get(name)}
    today = timezone.localdate()
    return FORMS[kind](given, today=today, initial={"first_day": today} | begun, **about)


@requires(MAY)
@require_POST
def before_absence(request: ActorRequest) -> HttpResponse:
    """From the form of an absence that is not registered yet: the same person and days, asked first."""
    chosen = request.POST.get("employee", "")
    employee = Employee.objects.filter(pk=int(chosen)).first() if chosen.isdigit() else None
    unit = employee.unit if employee else None
    if unit is not None:
        request.actor.must_in(MAY, [unit.pk])
        form = AwayForm(request.POST, unit=unit, today=timezone.localdate())
        if form.is_valid():
            return redirect("planning:what_if_answer", form.ask(by=request.user, at=timezone.now()).pk)
    known = {name: request.POST[name] for name in ("employee", "first_day", "last_day") if request.POST.get(name)}
    return redirect(f"{reverse('planning:what_if')}?{urlencode(known | ({'unit': unit.pk} if unit else {}))}")


@requires(MAY)
@require_safe
def what_if_answer(request: ActorRequest, what_if_id: int) -> HttpResponse:
    """How far it is, and then what it means for people."""
    asked = get_object_or_404(
        WhatIf.objects.select_related("unit", "employee", "shift__employee", "other_shift__employee"), pk=what_if_id
    )
    request.actor.must_in(MAY, [asked.unit_id])
    if request.GET.get("part") == "progress":
        return _progress(request, asked)
    answer = read(asked) if asked.state == WhatIf.State.READY else None
    if answer is not None:
        look(request, answer.citizen_ids)
    context = {"asked": asked, "answer": answer, "leads": request.actor.may_in(Permission.LEAD_UNIT, asked.unit_id)}
    return render(request, "planning/what_if_answer.html", context)


def _progress(request: ActorRequest, asked: WhatIf) -> HttpResponse:
    """The panel asks every second; when there is something to read, the page comes anew."""
    if asked.is_moving:
        return render(request, "planning/what_if_answer.html#progress", {"asked": asked})
    answer = HttpResponse()
    answer["HX-Redirect"] = reverse("planning:what_if_answer", args=[asked.pk])
    return answer
