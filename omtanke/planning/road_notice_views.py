"""Pages of a coordinator about ways that take longer than the map says."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.people.models import Hamlet
from omtanke.planning.models import RoadNotice
from omtanke.planning.road_notices import AlreadyOver, end_notice, give_notice
from omtanke.planning.roads import road_map

MAY = Permission.PLAN_LISTS


def _date() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RoadNoticeForm(forms.Form):
    """From where to where, how much longer, why, and for how long."""

    why = forms.CharField(
        label=gettext_lazy("What is it?"), max_length=200, help_text=gettext_lazy("As people call it: the ferry, ice.")
    )
    from_hamlet = forms.ModelChoiceField(
        Hamlet.objects.none(), label=gettext_lazy("Between"), empty_label=gettext_lazy("Choose")
    )
    to_hamlet = forms.ModelChoiceField(
        Hamlet.objects.none(),
        label=gettext_lazy("And"),
        required=False,
        empty_label=gettext_lazy("Everywhere else"),
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minutes more"), min_value=1, max_value=600)
    one_way = forms.BooleanField(label=gettext_lazy("Only in that direction"), required=False)
    since = forms.DateField(label=gettext_lazy("From"), widget=_date())
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Leave it empty when it holds on."),
        widget=_date(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("from_hamlet", "to_hamlet"):
            self.fields[name].queryset = Hamlet.objects.order_by("name")  # type: ignore[attr-defined] # both choose one

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("from_hamlet") and cleaned.get("from_hamlet") == cleaned.get("to_hamlet"):
            self.add_error("to_hamlet", _("Choose two different places."))
        if cleaned.get("since") and cleaned.get("last_day") and cleaned["last_day"] < cleaned["since"]:
            self.add_error("last_day", _("The last day comes before the first."))
        return cleaned

    @property
    def until(self) -> date | None:
        """The first day without it."""
        last: date | None = self.cleaned_data["last_day"]
        return last + timedelta(days=1) if last else None


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def road_notices(request: ActorRequest) -> HttpResponse:
    """The notices that hold or will, and a form for one more."""
    today = timezone.localdate()
    form = RoadNoticeForm(request.POST if request.method == "POST" else None, initial={"since": today})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        give_notice(
            given["from_hamlet"],
            given["to_hamlet"],
            given["minutes"],
            given["why"],
            both_ways=not given["one_way"],
            since=given["since"],
            until=form.until,
            by=request.user,
        )
        messages.success(request, _("Noted. Plans made from now on reckon with it."))
        return redirect("planning:road_notices")
    notices = RoadNotice.objects.not_ended(today).select_related("from_hamlet", "to_hamlet", "by")
    return render(
        request,
        "planning/road_notices.html",
        {"form": form, "notices": notices.order_by("since", "pk"), "today": today, "by_road": road_map() is not None},
    )


@requires(MAY)
@require_POST
def end_road_notice(request: ActorRequest, notice_id: int) -> HttpResponse:
    """The way is as it was, from today."""
    notice = get_object_or_404(RoadNotice, pk=notice_id)
    try:
        end_notice(notice, on=timezone.localdate())
    except AlreadyOver:
        messages.info(request, _("A colleague has ended that already."))
    else:
        messages.success(request, _("The way is as usual from today: %(why)s") % {"why": notice.why})
    return redirect("planning:road_notices")
