"""The end of the interest talk: wishes in the person's own words, in the person's own order."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.everyday import talk as talks
from omtanke.everyday.follow_up import rank
from omtanke.everyday.interests import bank, choices
from omtanke.everyday.models import Wish
from omtanke.everyday.say_wish import LONGEST, AlreadyFollowedUp, NoWords, say_wish, take_back
from omtanke.forms.filling_in import AlreadyFinished
from omtanke.forms.models import Answers

SUGGEST = "?"  # the interest is to be found in the words


@requires(Permission.TALK_ABOUT_INTERESTS)
@require_http_methods(["GET", "HEAD", "POST"])
def talk_wishes(request: ActorRequest, citizen_id: int, answers_id: int) -> HttpResponse:
    """Say a wish, put them in order, take a slip back, and finish the talk."""
    every = Answers.objects.to(talks.URL).select_related("questionnaire", "citizen")
    answers = get_object_or_404(every, pk=answers_id, citizen=citizen_id)
    look(request, [citizen_id])
    if answers.is_finished:
        return redirect("everyday:talk", citizen_id)
    if request.method != "POST":
        return _draw(request, answers)
    if "finish" in request.POST:
        return _finish(request, answers)
    if "words" in request.POST:
        return _say(request, answers)
    return _move(request, answers)


def _wishes(answers: Answers) -> list[Wish]:
    return list(Wish.objects.filter(citizen=answers.citizen_id).open().select_related("owner").as_ranked())


def _draw(request: ActorRequest, answers: Answers, *, typed: str = "", error: str = "") -> HttpResponse:
    liked = talks.liked(answers)
    about = request.POST.get("about") or request.GET.get("about") or SUGGEST
    wishes = _wishes(answers)
    context = {
        "citizen": answers.citizen,
        "answers": answers,
        "wants_more": [one for one in liked if one.wants_more],
        "wishes": wishes,
        "choices": choices(),
        "about": about,
        "suggest": SUGGEST,
        "typed": typed,
        "error": error,
        "longest": LONGEST,
        "moved": request.GET.get("moved", ""),
        "moved_to": request.GET.get("to", ""),
        "last_step": len(answers.questionnaire.form.steps) - 1,
        "mine": {one.pk for one in wishes if one.said_to_id == request.user.pk and one.state == Wish.State.SAID},
    }
    return render(request, "everyday/talk_wishes.html", context, status=422 if error else 200)


def _say(request: ActorRequest, answers: Answers) -> HttpResponse:
    """A new wish goes last in the person's order; they move it up if it is dearer."""
    words, about = request.POST["words"], request.POST.get("about", SUGGEST)
    if len(" ".join(words.split())) > LONGEST:
        return _draw(request, answers, typed=words, error=_("Say it in at most %(n)d signs.") % {"n": LONGEST})
    try:
        wish = say_wish(
            answers.citizen,
            words,
            by=request.user,
            at=timezone.now(),
            source=Wish.Source.TALK,
            interest=about if about in bank() or about == "" else None,
        )
    except NoWords:
        return _draw(request, answers, error=_("Write the wish as it was said."))
    before = [one.pk for one in _wishes(answers) if one.pk != wish.pk]
    rank(answers.citizen, [*before, wish.pk])
    return redirect(_here(answers))


def _move(request: ActorRequest, answers: Answers) -> HttpResponse:
    """Up or down one place, or, with `take_back`, not said after all."""
    order = [one.pk for one in _wishes(answers)]
    deed, _colon, number = request.POST.get("deed", "").partition(":")
    if not number.isdecimal() or int(number) not in order:
        return redirect(_here(answers))
    at = order.index(int(number))
    if deed == "take_back":
        try:
            take_back(Wish.objects.get(pk=order[at]), by=request.user, at=timezone.now())
        except AlreadyFollowedUp:
            messages.error(request, _("Somebody has done something about this wish already, so it stays."))
        return redirect(_here(answers))
    to = at + {"up": -1, "down": 1}.get(deed, 0)
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
        rank(answers.citizen, order)
    return redirect(f"{_here(answers)}?{urlencode({'moved': number, 'to': deed})}#wish-{number}")


def _finish(request: ActorRequest, answers: Answers) -> HttpResponse:
    try:
        written = talks.finish_talk(answers, by=request.user, at=timezone.now())
    except AlreadyFinished:
        written = False
    thanks = _("Thank you both. Next time is in a year.")
    if written:
        thanks += " " + _("What %(name)s does without help now stands on the overview too.") % {
            "name": answers.citizen.first_name
        }
    messages.success(request, thanks)
    return redirect("everyday:talk", answers.citizen_id)


def _here(answers: Answers) -> str:
    return reverse("everyday:talk_wishes", args=[answers.citizen_id, answers.pk])
