"""The bank of exercises: ours and the department's own, which its professional lead adds to."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.befriending.exercise_forms import OwnExerciseForm
from omtanke.befriending.exercises.bank import Bank, by_family, shipped
from omtanke.befriending.models import OwnExercise
from omtanke.people.models import Unit

KEEPS = Permission.KEEP_EXERCISES


@requires(Permission.GET_TO_KNOW)
@require_safe
def bank(request: ActorRequest) -> HttpResponse:
    """Everything there is, by what it is for."""
    own = list(OwnExercise.objects.filter(department__in=_mine(request, Permission.GET_TO_KNOW), taken_out_at=None))
    ours = Bank(shipped(), {})
    families = by_family(shipped())
    groups = [
        (title, [[ours.words(one.code) for one in steps] for steps in families.values() if steps[0].kind == kind])
        for kind, title in (("physical", _("For the body")), ("cognitive", _("For the mind")))
    ]
    context = {"groups": groups, "own": [(row, ours.own_words(row)) for row in own], "keeps": request.actor.may(KEEPS)}
    return render(request, "befriending/exercise_bank.html", context)


@requires(KEEPS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    departments = _mine(request, KEEPS)
    if not departments:
        raise Http404("Leads no department.")
    form = OwnExerciseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = form.save(commit=False)
        made.department, made.added_by = departments[0], request.user
        made.save()
        messages.success(request, _("Added. From now on it can be in every plan that it fits."))
        return redirect("befriending:exercise_bank")
    return render(request, "befriending/own_exercise.html", {"form": form}, status=422 if form.errors else 200)


@requires(KEEPS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ActorRequest, own_exercise_id: int) -> HttpResponse:
    row = _own(request, own_exercise_id)
    form = OwnExerciseForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Changed."))
        return redirect("befriending:exercise_bank")
    context = {"form": form, "row": row}
    return render(request, "befriending/own_exercise.html", context, status=422 if form.errors else 200)


@requires(KEEPS)
@require_POST
def take_out(request: ActorRequest, own_exercise_id: int) -> HttpResponse:
    """No plan has it from now on; what was done stays told."""
    row = _own(request, own_exercise_id)
    OwnExercise.objects.filter(pk=row.pk).update(taken_out_at=timezone.now(), taken_out_by=request.user)
    messages.success(request, _("Taken out. What was done with it stays in the visit books."))
    return redirect("befriending:exercise_bank")


def _own(request: ActorRequest, pk: int) -> OwnExercise:
    mine = OwnExercise.objects.filter(department__in=_mine(request, KEEPS), taken_out_at=None)
    return get_object_or_404(mine, pk=pk)


def _mine(request: ActorRequest, permission: Permission) -> list[Unit]:
    """The departments in which one holds the permission."""
    held = request.actor.units(permission) or frozenset()
    return list(Unit.objects.filter(pk__in=held, kind=Unit.Kind.VISIT_SERVICE).order_by("pk"))
