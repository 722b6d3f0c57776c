"""Pages for the person, who acts for them, those who work with them, and the privacy officer: who sees, who looked."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.models import Grant, Look, Reason, Scope
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.people.models import Citizen
from omtanke.shell.pdf import pdf_response
from omtanke.trust import ledger, read_log
from omtanke.trust.representative_views import may_name

ON_A_PAGE = 40


@requires(Permission.ACT_FOR_CITIZEN)
@require_safe
def my_citizens(request: ActorRequest) -> HttpResponse:
    """Those on whose behalf I act."""
    because = Grant.objects.running().filter(holder=request.user, reason=Reason.REPRESENTS).values("citizen_id")
    citizens = list(Citizen.objects.filter(pk__in=because).in_order())
    look(request, [citizen.pk for citizen in citizens])
    return render(request, "trust/my_citizens.html", {"citizens": citizens})


@requires(Permission.SEE_WHO_SEES)
@require_safe
def who_sees(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Who can see this person now, since when and why."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen_id])
    context = _about(request, citizen) | {"who": ledger.who_sees(citizen_id, at=timezone.now())}
    return render(request, "trust/who_sees.html", context)


@requires(Permission.SEE_WHO_SEES)
@require_safe
def who_could_see(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Who could see this person before, from when to when and why."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen_id])
    lines = ledger.who_could_see(citizen_id, before=timezone.now())
    page = Paginator(lines, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "trust/who_could_see.html", _about(request, citizen) | {"page": page})


@requires(Permission.SEE_WHO_SEES)
@require_safe
def who_has_looked(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """The read log about this person, day by day."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen_id])
    page = Paginator(read_log.grouped(Look.objects.filter(citizen_id=citizen_id)), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = _about(request, citizen) | {"page": page, "looks": read_log.in_words(page)}
    return render(request, "trust/who_has_looked.html", context)


def _about(request: ActorRequest, citizen: Citizen) -> dict[str, Any]:
    return {
        "citizen": citizen,
        "see_citizen": request.actor.may(Permission.SEE_CITIZEN),
        "may_name": may_name(request, citizen),
    }


# A statement is read on paper: beyond so many lines the page in the browser is the better place.
LINES_IN_STATEMENT = 500


@requires(Permission.SEE_WHO_SEES)
@require_safe
def statement(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Everything above on paper, for the person (GDPR Art. 15; pasientjournalloven § 18)."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen_id])
    now = timezone.now()
    who = ledger.who_sees(citizen_id, at=now)
    before = ledger.who_could_see(citizen_id, before=now)[:LINES_IN_STATEMENT]
    looks = read_log.in_words(read_log.grouped(Look.objects.filter(citizen_id=citizen_id))[:LINES_IN_STATEMENT])
    data = {
        "title": _("Who can see information about %(name)s, and who has looked") % {"name": citizen.name},
        "made": _("Printed %(day)s") % {"day": date_format(timezone.localdate(), "DATE_FORMAT")},
        "intro": _(
            "Nobody sees what is written about you without a reason. Here is everyone who can see it now, everyone who "
            "could before, and every time somebody has looked. If there is something you wonder about, ask your "
            "contact or the municipality's privacy officer."
        ),
        "now_heading": _("Who can see information about you now"),
        "now": [[line.name, line.why, _since(line), line.how_much] for line in who.lines]
        + [
            [
                ", ".join(those.names) or _("Nobody right now"),
                _("At work in %(unit)s now") % {"unit": those.unit},
                _("while at work"),
                str(Scope.FULL.label),
            ]
            for those in who.at_work
        ],
        "before_heading": _("Who could see information about you before"),
        "before": [[line.name, line.why, _period(line), line.how_much] for line in before],
        "looks_heading": _("Who has looked"),
        "looks": [[_day(one.day), one.name, one.what, one.why or _("No reason known")] for one in looks],
        "columns": {
            "now": [_("Who"), _("Why"), _("Since"), _("How much")],
            "before": [_("Who"), _("Why"), _("When"), _("How much")],
            "looks": [_("When"), _("Who"), _("What they saw"), _("Why they could")],
        },
        "nothing": _("Nobody."),
    }
    return pdf_response("trust/statement.typ", data, filename=f"{_('accesses')}.pdf")


def _day(value: object) -> str:
    return date_format(value, "DATE_FORMAT")  # type: ignore[arg-type] # a date or a moment


def _since(line: ledger.Line) -> str:
    return _day(timezone.localtime(line.since))


def _period(line: ledger.Line) -> str:
    until = _day(timezone.localtime(line.until)) if line.until else ""
    return _since(line) if _since(line) == until else f"{_since(line)} – {until}"
