"""The newsletter: read by everybody, written by those who lead or administer the visit service."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omtanke.access.gate import ActorRequest, open_to_all, requires
from omtanke.access.permissions import Permission
from omtanke.befriending import newsletter as deeds
from omtanke.befriending.models import Newsletter
from omtanke.befriending.newsletter_pdf import on_paper
from omtanke.befriending.senior_forms import NewsletterForm, WriteNewsletterForm
from omtanke.shell.pdf import pdf_response

MAY = Permission.WRITE_NEWSLETTER


@open_to_all
@require_safe
def newsletter(request: HttpRequest, year: int | None = None, month: int | None = None) -> HttpResponse:
    """The newest, or that of a month; and all earlier ones."""
    published = Newsletter.objects.published()
    if year is None or month is None:
        shown = published.first()
    else:
        shown = get_object_or_404(published, month=_first(year, month))
    others = [one for one in published if shown is None or one.pk != shown.pk]
    context = {"newsletter": shown, "others": others, "meetings": deeds.meetings_of(shown) if shown else []}
    return render(request, "befriending/newsletter.html", context)


@open_to_all
@require_safe
def newsletter_paper(request: HttpRequest, year: int, month: int) -> HttpResponse:
    shown = get_object_or_404(Newsletter.objects.published(), month=_first(year, month))
    return pdf_response("befriending/newsletter.typ", on_paper(shown), filename=f"{slugify(str(shown))}.pdf")


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def newsletters(request: ActorRequest) -> HttpResponse:
    """Drafts and published ones, and a new one."""
    first = {"month": timezone.localdate().replace(day=1)}
    form = NewsletterForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        said, now = form.cleaned_data, timezone.now()
        try:
            new = deeds.begin_newsletter(said["month"], said["title"], by=request.user, at=now)
        except deeds.MonthHasOne as there:
            messages.info(request, _("There is one for that month already; here it is."))
            new = there.newsletter
        return redirect("befriending:write_newsletter", new.pk)
    every = Newsletter.objects.select_related("changed_by", "published_by")
    return render(
        request, "befriending/newsletters.html", {"every": every, "form": form}, status=422 if form.errors else 200
    )


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def write_newsletter(request: ActorRequest, newsletter_id: int) -> HttpResponse:
    it = get_object_or_404(Newsletter, pk=newsletter_id)
    form = WriteNewsletterForm(request.POST if request.method == "POST" else None, initial=_as_written(it))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            deeds.write(
                it, title=said["title"], lead=said["lead"], pieces=form.pieces(), by=request.user, at=timezone.now()
            )
        except deeds.AlreadyPublished:
            messages.warning(request, _("It is published. Take it back before you change it."))
        else:
            messages.success(request, _("Saved. Nobody else can read it until it is published."))
        return redirect("befriending:write_newsletter", it.pk)
    pieces = [(form[f"heading_{number}"], form[f"text_{number}"]) for number in range(1, form.PIECES + 1)]
    context = {"it": it, "form": form, "pieces": pieces, "meetings": deeds.meetings_of(it)}
    return render(request, "befriending/write_newsletter.html", context, status=422 if form.errors else 200)


@requires(MAY)
@require_POST
def publish_newsletter(request: ActorRequest, newsletter_id: int) -> HttpResponse:
    """Only after "it says nothing about anybody we visit"."""
    it = get_object_or_404(Newsletter, pk=newsletter_id)
    if "take_back" in request.POST:
        deeds.take_back(it)
        messages.success(request, _("Taken back. Nobody can read it until it is published again."))
        return redirect("befriending:write_newsletter", it.pk)
    if "no_persons" not in request.POST:
        messages.error(request, _("Look through it first: nothing about the people we visit, and no names of theirs."))
        return redirect("befriending:write_newsletter", it.pk)
    try:
        deeds.publish(it, by=request.user, at=timezone.now())
    except deeds.NothingToPublish:
        messages.error(request, _("Write something first."))
    except deeds.AlreadyPublished:
        messages.warning(request, _("A colleague has published it already."))
    else:
        messages.success(request, _("Published. Everybody can read it now."))
    return redirect("befriending:write_newsletter", it.pk)


def _first(year: int, month: int) -> date:
    try:
        return date(year, month, 1)
    except ValueError:
        raise Http404 from None


def _as_written(it: Newsletter) -> dict[str, Any]:
    written: dict[str, Any] = {"title": it.title, "lead": it.lead}
    for number, piece in enumerate(it.pieces.all(), 1):
        written[f"heading_{number}"], written[f"text_{number}"] = piece.heading, piece.text
    return written
