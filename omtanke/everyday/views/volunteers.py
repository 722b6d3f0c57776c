"""The register of volunteers, for those who look after them; and the public page on which people sign up."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omtanke.access.gate import ActorRequest, open_to_all, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.everyday import assignments, gates, interests, tasks, what_they_can
from omtanke.everyday.models import Assignment, Availability, HelpWanted, Volunteer
from omtanke.everyday.recruits import recruits
from omtanke.everyday.volunteer_forms import ChangeVolunteerForm, GateForm, SignUpForm
from omtanke.everyday.volunteer_history import changes_of
from omtanke.people.models import Employee
from omtanke.trust.first_login import HasLoginAlready, invite

MAY = Permission.LOOK_AFTER_VOLUNTEERS
MOST_IN_AN_HOUR = 20


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def become_volunteer(request: HttpRequest) -> HttpResponse:
    """Somebody offers their time. A machine that fills in everything is thanked, and nothing is kept."""
    form = SignUpForm(request.POST if request.method == "POST" else None, initial={"times_a_month": 2})
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        many = Volunteer.objects.filter(consented_at__gt=now - timedelta(hours=1)).count() >= MOST_IN_AN_HOUR
        if many:
            form.add_error(None, _("Many sign up right now. Try again in an hour, or call the municipality."))
        else:
            chosen = form.cleaned_data
            known = Volunteer.objects.filter(email__iexact=chosen["email"], stopped_on=None).exists()
            if not chosen["website"] and not known:
                gates.sign_up(
                    form.facts(), weekdays=[int(day) for day in chosen["weekdays"]], parts=chosen["parts"], at=now
                )
            return redirect("everyday:signed_up")
    return render(request, "everyday/volunteer_sign_up.html", {"form": form}, status=422 if form.errors else 200)


@open_to_all
@require_safe
def signed_up(request: HttpRequest) -> HttpResponse:
    return render(request, "everyday/volunteer_signed_up.html")


@requires(MAY)
@require_safe
def volunteers(request: ActorRequest) -> HttpResponse:
    """Those who wait for us, those who are with us, and where somebody is wanted."""
    now = timezone.now()
    coming = Q(assignments__state__in=["asked", "accepted"], assignments__ends__gte=now)
    everybody = Volunteer.objects.select_related("hamlet", "looked_after_by").annotate(
        coming=Count("assignments", filter=coming)
    )
    here = everybody.filter(stopped_on=None).order_by("hamlet__name", "name")
    wanted = _wanted()
    doubtful = what_they_can.in_doubt(now)
    look(request, {one.citizen_id for one in wanted} | {one.citizen_id for one in doubtful})
    context = {
        "waiting": [one for one in here if not one.is_ready],
        "ready": [one for one in here if one.is_ready],
        "stopped": everybody.exclude(stopped_on=None).count(),
        "wanted": wanted,
        "doubtful": doubtful,
        "now": now,
    }
    return render(request, "everyday/volunteers.html", context)


@requires(MAY)
@require_safe
def where_needed(request: ActorRequest) -> HttpResponse:
    """By hamlet and interest, where somebody new would help most. Numbers, nobody named."""
    places = recruits(timezone.localdate())
    context = {
        "short": [one for one in places if one.is_short],
        "enough": [one for one in places if not one.is_short],
    }
    return render(request, "everyday/recruits.html", context)


def _wanted() -> list[HelpWanted]:
    """Until somebody has found another or closed it, also when the time has passed."""
    every = HelpWanted.objects.open().soonest_first()
    found = list(
        every.select_related(
            "citizen__hamlet",
            "assignment__volunteer",
            "occurrence__activity__arena__hamlet",
            "occurrence__arena__hamlet",
            "participation__occurrence",
            "owner",
        )
    )
    ready = list(Volunteer.objects.ready().select_related("hamlet").prefetch_related("availabilities").order_by("name"))
    for one in found:
        before = one.assignment.volunteer_id if one.assignment and one.because != "again" else None
        others = [each for each in ready if each.pk != before]
        one.could = [each for each in others if what_they_can.could(one, each)]  # type: ignore[attr-defined] # for the page
        one.others = [each for each in others if each not in one.could]  # type: ignore[attr-defined]
    return found


@requires(MAY)
@require_safe
def volunteer(request: ActorRequest, volunteer_id: int) -> HttpResponse:
    """One volunteer: the gates, who looks after them, what they have said yes to."""
    times = Prefetch("availabilities", Availability.objects.order_by("weekday", "starts"))
    found = Volunteer.objects.select_related("hamlet", "looked_after_by", "user").prefetch_related(times)
    one = get_object_or_404(found, pk=volunteer_id)
    theirs = Assignment.objects.filter(volunteer=one).select_related("citizen", "occurrence__activity")
    coming = list(theirs.filter(ends__gte=timezone.now(), state__in=["asked", "accepted"]).order_by("starts"))
    look(request, {each.citizen_id for each in coming})
    context = {
        "one": one,
        "gates": [(name, label, getattr(one, name)) for name, label in gates.GATES.items()],
        "interests": [interests.label(code) for code in one.interests],
        "coming": coming,
        "changes": changes_of(one),
        "today": timezone.localdate(),
    }
    return render(request, "everyday/volunteer.html", context)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def change_volunteer(request: ActorRequest, volunteer_id: int) -> HttpResponse:
    one = get_object_or_404(Volunteer, pk=volunteer_id)
    form = ChangeVolunteerForm(request.POST if request.method == "POST" else None, instance=one)
    if request.method == "POST" and form.is_valid():
        what_they_can.change(one, form.facts(), at=timezone.now())
        return redirect("everyday:volunteer", one.pk)
    page = {"heading": one.name, "button": _("Save"), "back": "../", "form": form}
    return render(request, "everyday/activity_form.html", page, status=422 if form.errors else 200)


@requires(MAY)
@require_POST
def pass_gate(request: ActorRequest, volunteer_id: int, gate: str) -> HttpResponse:
    one, form = get_object_or_404(Volunteer, pk=volunteer_id), GateForm(request.POST)
    if gate not in gates.GATES or not form.is_valid():
        messages.error(request, _("Choose the day."))
        return redirect("everyday:volunteer", one.pk)
    try:
        gates.pass_gate(one, gate, on=form.cleaned_data["on"], by=_me(request), today=timezone.localdate())
    except gates.NotInTheFuture:
        messages.error(request, _("That day has not come yet."))
    return redirect("everyday:volunteer", one.pk)


@requires(MAY)
@require_POST
def give_login(request: ActorRequest, volunteer_id: int) -> HttpResponse:
    one = get_object_or_404(Volunteer, pk=volunteer_id)
    try:
        invite(gates.give_login(one, by=request.user, on=timezone.localdate()), request)
    except gates.NotReady:
        messages.error(request, _("All three steps come first."))
    except HasLoginAlready:
        messages.error(request, _("This e-mail address has a login already."))
    else:
        messages.success(request, _("%(name)s has got an e-mail with the way in.") % {"name": one.name})
    return redirect("everyday:volunteer", one.pk)


@requires(MAY)
@require_POST
def i_look_after(request: ActorRequest, volunteer_id: int) -> HttpResponse:
    one = get_object_or_404(Volunteer, pk=volunteer_id)
    Volunteer.objects.filter(pk=one.pk).update(looked_after_by=_me(request))
    return redirect("everyday:volunteer", one.pk)


@requires(MAY)
@require_POST
def stop_volunteer(request: ActorRequest, volunteer_id: int) -> HttpResponse:
    """They stop. Whoever they were to help stands on the list of those who need somebody."""
    one = get_object_or_404(Volunteer, pk=volunteer_id)
    try:
        released = assignments.stop(one, by=request.user, on=timezone.localdate(), at=timezone.now())
    except assignments.NotYourTurn:
        messages.warning(request, _("A colleague has written it already."))
        return redirect("everyday:volunteers")
    tasks.release_the_rest.defer(volunteer_id=one.pk)
    messages.success(
        request,
        _("%(name)s has stopped. Assignments that need somebody else: %(n)d.") % {"name": one.name, "n": released},
    )
    return redirect("everyday:volunteers")


@requires(MAY)
@require_POST
def ask_another(request: ActorRequest, wanted_id: int) -> HttpResponse:
    wanted = get_object_or_404(
        HelpWanted.objects.select_related("assignment", "participation__occurrence"), pk=wanted_id
    )
    other = Volunteer.objects.ready().filter(pk=request.POST.get("volunteer") or 0).first()
    if other is None:
        messages.error(request, _("Choose whom to ask."))
        return redirect("everyday:volunteers")
    try:
        assignments.ask_another(wanted, other, by=request.user, at=timezone.now())
    except assignments.NotPossible:
        messages.error(request, _("%(name)s is somewhere else then.") % {"name": other.name})
    except assignments.NotYourTurn:
        messages.warning(request, _("A colleague has found somebody already."))
    else:
        messages.success(request, _("%(name)s is asked.") % {"name": other.name})
    return redirect("everyday:volunteers")


@requires(MAY)
@require_POST
def close_wanted(request: ActorRequest, wanted_id: int) -> HttpResponse:
    """Nobody is needed any more."""
    wanted = get_object_or_404(HelpWanted, pk=wanted_id)
    look(request, [wanted.citizen_id])
    try:
        assignments.close_wanted(wanted, by=request.user, at=timezone.now())
    except assignments.NotYourTurn:
        messages.warning(request, _("A colleague has found somebody already."))
    return redirect("everyday:volunteers")


def _me(request: ActorRequest) -> Employee | None:
    return Employee.objects.filter(user=request.user).first()
