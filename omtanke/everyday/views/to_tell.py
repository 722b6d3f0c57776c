"""Whom somebody must tell that a thing is cancelled or moved; they stand here until they are told."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.everyday.models import Notice
from omtanke.everyday.reach import take, tell

TOLD_SHOWN = 20


@requires(Permission.SEE_ACTIVITIES)
@require_safe
def to_tell(request: ActorRequest) -> HttpResponse:
    """Mine first, then my colleagues'; and who was told lately, by whom."""
    related = Notice.objects.select_related(
        "citizen__hamlet", "volunteer", "occurrence__activity", "occurrence__arena", "teller__employee", "told_by"
    )
    waiting = list(related.to_tell().most_urgent_first())
    told = list(related.filter(told_at__isnull=False).order_by("-told_at", "-pk")[:TOLD_SHOWN])
    look(request, {notice.citizen_id for notice in [*waiting, *told] if notice.citizen_id})
    context = {
        "mine": [notice for notice in waiting if notice.teller_id == request.user.pk],
        "others": [notice for notice in waiting if notice.teller_id != request.user.pk],
        "told": told,
    }
    return render(request, "everyday/to_tell.html", context)


@requires(Permission.DO_ASSIGNMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def my_notices(request: ActorRequest) -> HttpResponse:
    """A volunteer's own: what is cancelled or moved, until they have read it. A panel of their page, or a page."""
    mine = Notice.objects.to_tell().filter(volunteer__user=request.user)
    if request.method == "POST":
        read = get_object_or_404(mine, pk=request.POST.get("notice", "0"))
        tell(read, how=Notice.How.READ, by=request.user, now=timezone.now())
        return redirect("everyday:my_assignments")
    listed = mine.select_related("occurrence__activity__arena", "occurrence__arena").most_urgent_first()
    page = "everyday/my_notices.html"
    return render(request, f"{page}#panel" if request.headers.get("HX-Request") else page, {"notices": list(listed)})


@requires(Permission.SEE_ACTIVITIES)
@require_POST
def told(request: ActorRequest, notice_id: int) -> HttpResponse:
    notice = get_object_or_404(Notice, pk=notice_id)
    how = request.POST.get("how", "")
    if how not in {Notice.How.CALLED, Notice.How.SAID}:
        return redirect("everyday:to_tell")
    if tell(notice, how=how, by=request.user, now=timezone.now()):
        messages.success(request, _("Noted: %(name)s knows.") % {"name": _name(notice)})
    else:
        messages.warning(request, _("A colleague has told %(name)s already.") % {"name": _name(notice)})
    return redirect("everyday:to_tell")


@requires(Permission.SEE_ACTIVITIES)
@require_POST
def i_tell(request: ActorRequest, notice_id: int) -> HttpResponse:
    """I take it over from a colleague."""
    notice = get_object_or_404(Notice, pk=notice_id)
    if take(notice, by=request.user):
        messages.success(request, _("You tell %(name)s.") % {"name": _name(notice)})
    else:
        messages.warning(request, _("A colleague has told %(name)s already.") % {"name": _name(notice)})
    return redirect("everyday:to_tell")


def _name(notice: Notice) -> str:
    return notice.citizen.short_name if notice.citizen else str(notice.volunteer)
