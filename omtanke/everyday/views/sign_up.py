"""Sign somebody up for one time of an activity."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.everyday.models import Occurrence, Participation
from omtanke.everyday.month_words import lacks
from omtanke.everyday.needs import lacking, needs_of
from omtanke.everyday.seats import free_at
from omtanke.everyday.sign_up import DoesNotTakePlace, HasRoom, HasVisit, IsElsewhere, NoSeatLeft, sign_up
from omtanke.everyday.sign_up_forms import SignUpForm
from omtanke.people.models import Citizen


@requires(Permission.RECORD_ATTENDANCE)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_somebody_up(request: ActorRequest, occurrence_id: int) -> HttpResponse:
    """Yes, invited or no, for somebody one sees; `?citizen=` chooses them."""
    one = get_object_or_404(Occurrence.objects.with_place(), pk=occurrence_id)
    free = free_at(one)
    if request.method == "POST":
        form = SignUpForm(request.POST, occurrence=one, full=free == 0)
        if form.is_valid() and _signed_up(request, one, form):
            return redirect("everyday:occurrence", occurrence_id=one.pk)
    else:
        form = SignUpForm(initial={"citizen": request.GET.get("citizen")}, occurrence=one, full=free == 0)
    look(request, form.fields["citizen"].queryset.values_list("pk", flat=True))  # type: ignore[attr-defined]
    context = {"one": one, "activity": one.activity, "form": form, "free": free}
    return render(request, "everyday/sign_up.html", context, status=422 if form.errors else 200)


def _signed_up(request: ActorRequest, one: Occurrence, form: SignUpForm) -> bool:
    said = form.cleaned_data
    try:
        with transaction.atomic():
            sign_up(
                one,
                said["citizen"],
                state=said["state"],
                by=request.user,
                now=timezone.now(),
                knowing_of_visits=said["despite_visit"],
            )
    except (DoesNotTakePlace, NoSeatLeft, HasRoom, IsElsewhere, HasVisit) as refused:
        form.add_error(None, why_not(refused, said["citizen"].short_name))
        if isinstance(refused, HasVisit):
            form.ask_about_visit()
        return False
    messages.success(request, _("Noted for %(name)s.") % {"name": said["citizen"].short_name})
    if said["state"] != Participation.State.NO and (missing := _what_is_missing(said["citizen"], one)):
        messages.warning(request, _("Look here first: %(why)s.") % {"why": missing})
    return True


def _what_is_missing(citizen: Citizen, one: Occurrence) -> str:
    """What the place does not have of what the person needs, as far as somebody has asked them."""
    known = needs_of([citizen], timezone.localdate())[citizen.pk]
    codes = lacking(known, one.place) if known.confirmed else []
    return lacks(one.place, codes) if codes else ""


def why_not(refused: Exception, name: str) -> str:
    """As people say it."""
    if isinstance(refused, NoSeatLeft):
        return _("There is no place left. Choose another time, or let %(name)s wait for a place.") % {"name": name}
    if isinstance(refused, HasRoom):
        return _("There is a place: nobody needs to wait.")
    if isinstance(refused, IsElsewhere):
        if refused.where is None:
            return _("%(name)s has a place somewhere else then.") % {"name": name}
        begins = timezone.localtime(refused.where.starts)
        return _("%(name)s has a place at %(what)s then (%(clock)s).") % {
            "name": name,
            "what": refused.where.occurrence.activity.title,
            "clock": f"{begins:%H:%M}",
        }
    if isinstance(refused, HasVisit):
        clocks = ", ".join(
            f"{timezone.localtime(visit.starts):%H:%M}–{timezone.localtime(visit.ends):%H:%M}"
            for visit in refused.visits
        )
        return _(
            "%(name)s expects a visit then (%(clocks)s). Talk with them and with whoever comes; "
            "then tick that you have, and save again."
        ) % {"name": name, "clocks": clocks}
    return _("It is cancelled or over.")
