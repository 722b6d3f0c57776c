"""A volunteer's times, range, car, languages and interests, changed by themselves or by who looks after volunteers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.everyday import assignments, what_they_can
from omtanke.everyday.models import Assignment, Volunteer
from omtanke.everyday.volunteer_forms import CanForm


@requires(Permission.DO_ASSIGNMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def my_times(request: ActorRequest) -> HttpResponse:
    """My times and what I like."""
    one = get_object_or_404(Volunteer, user=request.user, stopped_on=None)
    return _page(request, one, back=reverse("everyday:my_assignments"), own=True)


@requires(Permission.LOOK_AFTER_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def volunteer_times(request: ActorRequest, volunteer_id: int) -> HttpResponse:
    one = get_object_or_404(Volunteer, pk=volunteer_id, stopped_on=None)
    return _page(request, one, back=reverse("everyday:volunteer", args=[one.pk]), own=False)


def _page(request: ActorRequest, one: Volunteer, *, back: str, own: bool) -> HttpResponse:
    form = CanForm(request.POST if request.method == "POST" else None, instance=one)
    if request.method == "POST" and form.is_valid():
        doubtful = what_they_can.change(one, form.facts(), form.spans(), at=timezone.now())
        messages.success(request, _("Saved. It counts from now on."))
        if doubtful:
            messages.warning(request, _what_no_longer_fits(len(doubtful)))
        return redirect(back)
    context = {"form": form, "one": one, "back": back, "own": own}
    return render(request, "everyday/what_they_can.html", context, status=422 if form.errors else 200)


def _what_no_longer_fits(n: int) -> str:
    return ngettext(
        "%(n)d thing that is agreed does not fit any more. It stands until somebody has said otherwise.",
        "%(n)d things that are agreed do not fit any more. They stand until somebody has said otherwise.",
        n,
    ) % {"n": n}


@requires(Permission.LOOK_AFTER_VOLUNTEERS)
@require_POST
def settle_doubt(request: ActorRequest, given_id: int) -> HttpResponse:
    """They come all the same, or another is looked for."""
    given = get_object_or_404(Assignment, pk=given_id)
    look(request, [given.citizen_id])
    try:
        if request.POST.get("answer") == "stands":
            what_they_can.it_stands(given)
            messages.success(request, _("Noted: it stands."))
        else:
            what_they_can.find_another(given, by=request.user, at=timezone.now())
            messages.success(request, _("Somebody else is looked for. It stands at the top of this page."))
    except assignments.NotYourTurn:
        messages.warning(request, _("This has been settled already."))
    return redirect("everyday:volunteers")


@requires(Permission.DO_ASSIGNMENTS)
@require_POST
def i_still_come(request: ActorRequest, given_id: int) -> HttpResponse:
    """The volunteer's own answer to a doubt."""
    given = get_object_or_404(Assignment, pk=given_id, volunteer__user=request.user)
    try:
        what_they_can.it_stands(given)
        messages.success(request, _("Thank you. It stands."))
    except assignments.NotYourTurn:
        messages.warning(request, _("This has been settled already."))
    return redirect("everyday:my_assignments")
