"""Ready for visits: the trainings, the declaration and the plans, in big type, at one's own pace."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.befriending import trainings
from omtanke.befriending.declaration import NotTheirName, is_newer, sign, signed
from omtanke.befriending.long_texts import long_text, parse
from omtanke.befriending.models import ChapterSeen, Match, Signature, Training, TrainingVideo
from omtanke.befriending.readiness import NoPlanYet, plans_of, steps_of, who_helps
from omtanke.befriending.readiness import read_plan as mark_plan_read
from omtanke.befriending.views.me import senior_of

MAY = Permission.VISIT_AS_SENIOR


@requires(MAY)
@require_safe
def ready(request: ActorRequest) -> HttpResponse:
    """What is done, what is next, and who helps."""
    me = senior_of(request)
    steps, plans = steps_of(me), plans_of(me)
    look(request, {plan.match.citizen_id for plan in plans})
    following = next((step.code for step in steps if step.at is None), "")
    to_read = next((plan.match.pk for plan in plans if plan.at is None), None)
    context = {
        "steps": steps,
        "plans": plans,
        "next": following,
        "next_plan": None if following else to_read,
        "is_ready": not following and to_read is None,
        "helpers": who_helps(me),
    }
    return render(request, "befriending/ready.html", context)


@requires(MAY)
@require_safe
def training(request: ActorRequest, training: str) -> HttpResponse:
    """One training: the video, if there is one, and the chapters."""
    where = trainings.standing(senior_of(request), _training(training))
    chapters = [(one, where.seen.get(one.code)) for one in where.text.chapters]
    video = TrainingVideo.objects.filter(training=training).first()
    context = {"where": where, "chapters": chapters, "video": video}
    return render(request, "befriending/training.html", context)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def chapter(request: ActorRequest, training: str, chapter: str) -> HttpResponse:
    """Read one chapter; the press at its end says that one has."""
    which, me = _training(training), senior_of(request)
    text = long_text(which)
    found = text.chapter(chapter)
    if found is None:
        raise Http404
    coming = text.after(chapter)
    if request.method == "POST":
        trainings.see_chapter(me, which, chapter, how=ChapterSeen.How.READ, at=timezone.now())
        if coming:
            return redirect("befriending:chapter", training, coming.code)
        return redirect("befriending:training", training)
    context = {
        "training": which,
        "chapter": found,
        "coming": coming,
        "number": text.codes.index(chapter) + 1,
        "count": len(text.codes),
        "seen": trainings.standing(me, which).seen.get(chapter),
    }
    return render(request, "befriending/chapter.html", context)


@requires(MAY)
@require_POST
def see_video(request: ActorRequest, training: str) -> HttpResponse:
    which = _training(training)
    get_object_or_404(TrainingVideo, training=training)
    trainings.see_video(senior_of(request), which, at=timezone.now())
    return redirect("befriending:training", training)


@requires(MAY)
@require_POST
def finish_training(request: ActorRequest, training: str) -> HttpResponse:
    """ "I have been through it"."""
    try:
        trainings.finish(senior_of(request), _training(training), at=timezone.now())
    except trainings.ChaptersLeft:
        messages.error(request, _("Some chapters are left. They are marked on this page."))
        return redirect("befriending:training", training)
    messages.success(request, _("Thank you. It is written down that you have been through it."))
    return redirect("befriending:ready")


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def declaration(request: ActorRequest) -> HttpResponse:
    """Read it, and sign with one's name."""
    me, text, wrong = senior_of(request), long_text("declaration"), False
    if request.method == "POST":
        try:
            sign(me, name=request.POST.get("name", ""), language=get_language() or "nb", at=timezone.now())
        except NotTheirName:
            wrong = True
        else:
            messages.success(request, _("You have signed. Thank you."))
            return redirect("befriending:ready")
    last = signed(me)
    context = {
        "text": text.chapters[0],
        "version": text.version,
        "to_sign": is_newer(text, last),
        "signed": last,
        "me": me,
        "wrong": wrong,
        "typed": request.POST.get("name", ""),
    }
    return render(request, "befriending/declaration.html", context, status=422 if wrong else 200)


@requires(MAY)
@require_safe
def signed_declaration(request: ActorRequest, signature_id: int) -> HttpResponse:
    """What one has signed, as it stood then."""
    kept = get_object_or_404(Signature, pk=signature_id, senior=senior_of(request))
    text = parse(kept.words, name="declaration", language=kept.language)
    return render(request, "befriending/signed.html", {"signed": kept, "text": text.chapters[0]})


@requires(MAY)
@require_POST
def read_plan(request: ActorRequest, match_id: int) -> HttpResponse:
    """ "I have read the plan and tried the exercises"."""
    me = senior_of(request)
    match = get_object_or_404(Match.objects.standing(), pk=match_id, senior=me)
    look(request, [match.citizen_id])
    try:
        mark_plan_read(match, at=timezone.now())
    except NoPlanYet:
        messages.error(request, _("The plan is not made yet. It is made from the getting-to-know form."))
    else:
        messages.success(request, _("Thank you. It is written down that you have read the plan."))
    return redirect("befriending:ready")


def _training(name: str) -> Training:
    if name not in Training.values:
        raise Http404
    return Training(name)
