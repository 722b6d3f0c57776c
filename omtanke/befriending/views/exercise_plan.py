"""A person's exercise plan: read, made from the getting-to-know form, changed by hand, printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.befriending.before import FORM
from omtanke.befriending.exercise_forms import ChoiceForm, PlanForm
from omtanke.befriending.exercises import plan as deeds
from omtanke.befriending.exercises.bank import Bank, by_family
from omtanke.befriending.exercises.facts import as_data, in_words, suggested
from omtanke.befriending.exercises.paper import sheet
from omtanke.befriending.exercises.plan import Whole, history_of, programme_of, whole
from omtanke.befriending.exercises.progress import over_time
from omtanke.befriending.exercises.reasons import EXCLUDED
from omtanke.befriending.exercises.shown import answers_in_words, shown
from omtanke.befriending.models import ExerciseChoice, ExercisePlan, Order
from omtanke.befriending.models.exercises import latest_plan
from omtanke.forms.models import Answers
from omtanke.kernel.exercises.excluded import excluded
from omtanke.kernel.exercises.programme import Nothing, Programme, TooShort
from omtanke.people.models import Citizen
from omtanke.shell.pdf import pdf_response

MAY = Permission.GET_TO_KNOW
VERSIONS = 8
ASKED = ("mind", "tired", "fallen", "falls", "likes")  # the form's questions that a plan rests on


@requires(MAY)
@require_safe
def exercise_plan(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """What the plan rests on, what the next visit holds, how it has gone, and earlier versions."""
    citizen = _citizen(request, citizen_id)
    plan = latest_plan(citizen.pk)
    context: dict[str, Any] = {"citizen": citizen, "plan": plan}
    if plan:
        context |= _of_plan(whole(plan))
    return render(request, "befriending/exercise_plan.html", context)


def _of_plan(of: Whole) -> dict[str, Any]:
    today = timezone.localdate()
    versions = ExercisePlan.objects.filter(citizen=of.plan.citizen_id).newest_first().select_related("made_by")
    made = _programme(of)
    return {
        "facts": in_words(of.person),
        "programme": shown(made, of.bank) if made else None,
        "minutes": made.minutes if made else 0,
        "by_hand": [(of.bank.words(one.exercise), one) for one in of.choices if one.exercise in of.bank],
        "ways": over_time(history_of(of.plan.citizen_id), of.bank, on=today),
        "versions": versions[:VERSIONS],
    }


def _programme(of: Whole) -> Programme | None:
    """Today's; None where even the shortest does not fit."""
    try:
        return programme_of(of, on=timezone.localdate())
    except (TooShort, Nothing):
        return None


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """What is known of the person: from the form the first time, from the last version after that."""
    citizen, order = _citizen(request, citizen_id), _order(citizen_id)
    plan, answers = latest_plan(citizen_id), _answers(citizen_id)
    form = PlanForm(_posted(request), initial=_initial(plan, answers), first=plan is None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            deeds.make_plan(
                order,
                form.person(),
                minutes=said["minutes"],
                note=said["note"],
                changed=said.get("changed", ""),
                answers=answers,
                seen=plan,
                by=request.user,
                at=timezone.now(),
            )
        except deeds.ChangedMeanwhile:
            messages.warning(request, _("A colleague was first; here is the newest version."))
        else:
            messages.success(request, _("The plan is made. Read it through."))
        return redirect("befriending:exercise_plan", citizen_id)
    context = {"citizen": citizen, "form": form, "plan": plan, "said": _said(answers)}
    return render(request, "befriending/make_exercise_plan.html", context, status=422 if form.errors else 200)


def _initial(plan: ExercisePlan | None, answers: Answers | None) -> dict[str, Any]:
    if plan:
        return {**plan.facts, "minutes": plan.minutes, "note": plan.note}
    if answers:
        return as_data(suggested(answers, on=timezone.localdate()))
    return {}


def _said(answers: Answers | None) -> list[tuple[str, str]]:
    """Question and answer, as they stand in the form."""
    if answers is None:
        return []
    return answers_in_words(answers, ASKED)


@requires(MAY)
@require_safe
def paper(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """The plan for a visit on paper: a page for the body, a page for the mind."""
    citizen = _citizen(request, citizen_id)
    plan = latest_plan(citizen_id)
    made = _programme(whole(plan)) if plan else None
    if plan is None or made is None:
        raise Http404("Nothing to print yet.")
    of = whole(plan)
    data = sheet(citizen, of, made, on=timezone.localdate())
    return pdf_response("befriending/exercises.typ", data, filename=f"{_('exercises')}-{citizen.pk}.pdf")


@dataclass(frozen=True)
class Row:
    """An exercise with whether this person may do it, and what was chosen about it."""

    words: Any
    code: str
    why_not: Any
    choice: ExerciseChoice | None


@requires(MAY)
@require_safe
def all_of_them(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """The whole bank as it is for this person: what may be put first, what is not for now and why."""
    citizen = _citizen(request, citizen_id)
    plan = latest_plan(citizen_id)
    if plan is None:
        return redirect("befriending:exercise_plan", citizen_id)
    of = whole(plan)
    families = by_family(of.bank.exercises)
    rows = {family: [_row(one.code, of) for one in steps] for family, steps in families.items()}
    kinds = {family: steps[0].kind.value for family, steps in families.items()}
    groups = [
        (title, [(rows[family][0].words.family, rows[family]) for family, its in kinds.items() if its == kind])
        for kind, title in (("physical", _("For the body")), ("cognitive", _("For the mind")))
    ]
    return render(request, "befriending/exercises_for.html", {"citizen": citizen, "groups": groups})


def _row(code: str, of: Whole) -> Row:
    barred = excluded(of.bank.get(code), of.person, on=timezone.localdate())
    choice = next((one for one in of.choices if one.exercise == code), None)
    return Row(of.bank.words(code), code, EXCLUDED[barred] if barred else None, choice)


KINDS = {"first": ExerciseChoice.Kind.FIRST, "left_out": ExerciseChoice.Kind.LEFT_OUT, "back": None}


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: ActorRequest, citizen_id: int, code: str) -> HttpResponse:
    """One exercise: put it first, leave it out, or let the rules decide again; with why."""
    citizen = _citizen(request, citizen_id)
    plan = latest_plan(citizen_id)
    of = whole(plan) if plan else None
    if plan is None or of is None or code not in of.bank:
        raise Http404("No such exercise in the plan.")
    form = ChoiceForm(_posted(request))
    if request.method == "POST" and form.is_valid() and request.POST.get("kind") in KINDS:
        _choose(request, plan, of.bank, code, form.cleaned_data["why"])
        return redirect("befriending:exercise_plan", citizen_id)
    context = {"citizen": citizen, "row": _row(code, of), "form": form}
    return render(request, "befriending/choose_exercise.html", context, status=422 if form.errors else 200)


def _choose(request: ActorRequest, plan: ExercisePlan, bank: Bank, code: str, why: str) -> None:
    kind = KINDS[request.POST["kind"]]
    try:
        deeds.choose(plan, bank.get(code), kind, why=why, by=request.user, at=timezone.now())
    except deeds.Unfit as unfit:
        messages.error(request, _("Not for now: %(why)s.") % {"why": EXCLUDED[unfit.why]})
    except deeds.StaysGentle:
        messages.error(request, _("The gentlest warm-up and the calm end belong to every visit."))
    except deeds.ChangedMeanwhile:
        messages.warning(request, _("A colleague was first; here is the newest version."))
    else:
        messages.success(request, _("Changed. The version before is kept."))


def _posted(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _citizen(request: ActorRequest, citizen_id: int) -> Citizen:
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    _order(citizen_id)
    look(request, [citizen.pk])
    return citizen


def _order(citizen_id: int) -> Order:
    """The order that the visits are on; without one that the actor may see there is no page."""
    order = Order.objects.filter(citizen=citizen_id).order_by("closed_at", "-ordered_at").first()
    if order is None:
        raise Http404("Nobody visits this person.")
    return order


def _answers(citizen_id: int) -> Answers | None:
    return Answers.objects.filter(citizen=citizen_id).to(FORM).finished().newest_first().first()
