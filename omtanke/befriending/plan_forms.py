"""What the department fills in when visits are planned, moved or taken out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from omtanke.befriending.models import Match, Order, Rhythm, ServiceArea
from omtanke.befriending.order_forms import date_input

OFTEN = (
    ("0", gettext_lazy("Once")),
    ("1", gettext_lazy("Every week")),
    ("2", gettext_lazy("Every other week")),
    ("4", gettext_lazy("Every fourth week")),
)


class MatchChoice(forms.ModelChoiceField):  # type: ignore[type-arg] # not subscriptable when it runs
    def label_from_instance(self, obj: Match) -> str:
        return obj.senior.name


class PlanForm(forms.Form):
    """A first day and a time; once, or again and again on that weekday."""

    match = MatchChoice(Match.objects.none(), label=gettext_lazy("Who visits"), empty_label=None)
    area = forms.ChoiceField(label=gettext_lazy("What"), choices=())
    often = forms.ChoiceField(label=gettext_lazy("How often"), choices=OFTEN, widget=forms.RadioSelect, initial="1")
    first = forms.DateField(label=gettext_lazy("The first day"), widget=date_input())
    at = forms.TimeField(label=gettext_lazy("At"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=15, max_value=480, initial=90)

    def __init__(self, *args: Any, order: Order, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        standing = order.matches.standing(today).select_related("senior").order_by("since", "pk")
        self.fields["match"].queryset = standing  # type: ignore[attr-defined] # a ModelChoiceField
        every = list(ServiceArea.objects.filter(offered=True))
        ordered = [area for area in every if area.code in order.areas]
        rest = [area for area in every if area.code not in order.areas]
        self.fields["area"].choices = [(area.code, area.name) for area in [*ordered, *rest]]  # type: ignore[attr-defined]

    def clean_first(self) -> date:
        first: date = self.cleaned_data["first"]
        if first < self.today:
            raise forms.ValidationError(_("This day has passed. Choose today or later."))
        return first

    def rhythm(self, order: Order) -> Rhythm | None:
        """What comes again; None for a single visit."""
        said = self.cleaned_data
        weeks = int(said["often"])
        if not weeks:
            return None
        return Rhythm(
            match=said["match"],
            citizen_id=order.citizen_id or 0,
            department_id=order.department_id,
            weekday=said["first"].weekday(),
            every_weeks=weeks,
            at=said["at"],
            minutes=said["minutes"],
            area=said["area"],
            since=said["first"],
        )


class MoveForm(forms.Form):
    """Another day or time for one visit, this time only."""

    first = forms.DateField(label=gettext_lazy("Day"), widget=date_input())
    at = forms.TimeField(label=gettext_lazy("At"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=15, max_value=480)


def day_name(rhythm: Rhythm) -> str:
    return str(WEEKDAYS[rhythm.weekday])
