"""When a visit began and ended, put right: by the senior on the phone, and by those who lead the department."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.befriending import correct_times as deed
from omtanke.befriending.models import ServiceVisit
from omtanke.befriending.on_hold import whom_to_ask
from omtanke.befriending.senior_forms import TimesForm
from omtanke.befriending.visiting import AlreadyOtherwise


@requires(Permission.VISIT_AS_SENIOR)
@require_http_methods(["GET", "HEAD", "POST"])
def my_times(request: ActorRequest, service_visit_id: int) -> HttpResponse:
    """The senior's own visit, until its hours are booked."""
    mine = ServiceVisit.objects.filter(senior__user=request.user)
    visit = get_object_or_404(mine.select_related("citizen", "senior", "order__has_it"), pk=service_visit_id)
    return _page(request, visit, back="befriending:visit", leading=False)


@requires(Permission.HANDLE_ORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_times(request: ActorRequest, service_visit_id: int) -> HttpResponse:
    """Any visit of the department, with a reason."""
    found = ServiceVisit.objects.select_related("citizen", "senior", "order__has_it")
    return _page(request, get_object_or_404(found, pk=service_visit_id), back="befriending:order", leading=True)


def _page(request: ActorRequest, visit: ServiceVisit, *, back: str, leading: bool) -> HttpResponse:
    look(request, [visit.citizen_id])
    form = TimesForm(request.POST if request.method == "POST" else None, visit=visit, leading=leading)
    if request.method == "POST" and form.is_valid() and _correct(request, visit, form):
        return redirect(back, visit.order_id if leading else visit.pk)
    booked = deed.are_booked(visit)
    context = {
        "visit": visit,
        "form": form,
        "leading": leading,
        "booked": booked,
        "begun": visit.began_at is not None and not visit.not_done_because,
        "whom_to_ask": whom_to_ask(visit) if booked and not leading else [],
        "corrections": visit.corrections.select_related("by"),
    }
    return render(request, "befriending/times.html", context, status=422 if form.errors else 200)


def _correct(request: ActorRequest, visit: ServiceVisit, form: TimesForm) -> bool:
    said = form.cleaned_data
    try:
        made = deed.correct_times(
            visit,
            began=said["began"],
            ended=said["ended"],
            because=said.get("because", ""),
            by=request.user,
            at=timezone.now(),
        )
    except deed.NotLikeThis:
        form.add_error(None, _("The visit ends after it begins, is over now, and lies within a week of its day."))
    except deed.HoursAreBooked:
        form.add_error(None, _("The hours are booked already. Whoever leads the department can correct them."))
    except AlreadyOtherwise:
        form.add_error(None, _("The visit has not begun, or was not done. There are no times to correct."))
    except deed.SayWhy:
        form.add_error("because", _("Say why, in a few words."))
    else:
        messages.success(request, _("The times are put right."))
        if made and made.was_booked:
            messages.info(
                request,
                _("The hours were booked already. Whoever books hours looks at that month once more: what is booked"
                  " changes then, and if the month is locked, it says so."),
            )  # fmt: skip
        return True
    return False
