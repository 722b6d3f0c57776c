"""What one fills in to ask what a change of the rota would mean: one short form for each kind of question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from omtanke.access.models import User
from omtanke.people.models import Employee, Unit
from omtanke.planning.models import WhatIf
from omtanke.planning.what_if import ask_away, ask_longer, ask_one_more, ask_swap
from omtanke.visits.lay_out import moment
from omtanke.visits.models import Shift

AHEAD = timedelta(days=28)  # as far as visits are laid out
HALF_HOURS = [(minutes, minutes) for minutes in (15, 30, 60, 90)]


class ShiftChoice(forms.ModelChoiceField):  # type: ignore[type-arg] # not subscriptable when it runs
    """The shifts of the unit by day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Shift.objects.none(), empty_label=gettext_lazy("Choose"), **kwargs)

    def label_from_instance(self, obj: Shift) -> str:
        starts, ends = timezone.localtime(obj.starts), timezone.localtime(obj.ends)
        return f"{obj.employee.name} · {format_date(starts, 'SHORT_MONTH_DAY_FORMAT')} {starts:%H:%M}–{ends:%H:%M}"


class AskForm(forms.Form):
    """What all questions share: the unit and its people, and today."""

    def __init__(self, *args: Any, unit: Unit, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.today = unit, today
        until = today + AHEAD + timedelta(days=1)
        ahead = Shift.objects.filter(unit=unit, starts__gte=moment(today, time.min), starts__lt=moment(until, time.min))
        ahead = ahead.select_related("employee").order_by("starts", "employee__sort_name")
        for field in self.fields.values():
            if isinstance(field, ShiftChoice):
                field.queryset = ahead
                field.choices = [("", field.empty_label), *_by_day(field, list(ahead))]
        if "employee" in self.fields:
            people = Employee.objects.at_work().filter(unit=unit).in_order()
            self.fields["employee"].queryset = people  # type: ignore[attr-defined] # it chooses one of them

    def ask(self, *, by: User, at: datetime) -> WhatIf:
        raise NotImplementedError


def _by_day(field: ShiftChoice, shifts: list[Shift]) -> list[tuple[str, list[tuple[int, str]]]]:
    return [
        (
            format_date(day, "WEEKDAY_FORMAT").capitalize(),
            [(shift.pk, field.label_from_instance(shift)) for shift in those],
        )
        for day, those in groupby(shifts, key=lambda shift: timezone.localdate(shift.starts))
    ]


def _date() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AwayForm(AskForm):
    employee = forms.ModelChoiceField(
        Employee.objects.none(), label=gettext_lazy("Who?"), empty_label=gettext_lazy("Choose")
    )
    first_day = forms.DateField(label=gettext_lazy("First day"), widget=_date())
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=_date(),
        help_text=gettext_lazy("At most the first fortnight is worked out."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and first < self.today:
            self.add_error("first_day", _("Choose today or a day to come."))
        elif first and first > self.today + AHEAD:
            self.add_error("first_day", _("Visits are laid out four weeks ahead. Choose a day within them."))
        elif first and last and last < first:
            self.add_error("last_day", _("The last day comes before the first."))
        return cleaned

    def ask(self, *, by: User, at: datetime) -> WhatIf:
        said = self.cleaned_data
        return ask_away(self.unit, said["employee"], said["first_day"], said["last_day"], by=by, at=at)


class SwapForm(AskForm):
    shift = ShiftChoice(label=gettext_lazy("This shift"))
    other_shift = ShiftChoice(label=gettext_lazy("For this one"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        one, other = cleaned.get("shift"), cleaned.get("other_shift")
        if one and other and one.employee_id == other.employee_id:
            self.add_error("other_shift", _("Choose the shift of somebody else."))
        elif one and other and abs(one.starts - other.starts) > timedelta(days=13):
            self.add_error("other_shift", _("Choose two shifts within a fortnight."))
        return cleaned

    def ask(self, *, by: User, at: datetime) -> WhatIf:
        return ask_swap(self.unit, self.cleaned_data["shift"], self.cleaned_data["other_shift"], by=by, at=at)


class LongerForm(AskForm):
    shift = ShiftChoice(label=gettext_lazy("Which shift?"))
    minutes = forms.TypedChoiceField(label=gettext_lazy("Minutes longer"), choices=HALF_HOURS, coerce=int, initial=30)

    def ask(self, *, by: User, at: datetime) -> WhatIf:
        return ask_longer(self.unit, self.cleaned_data["shift"], self.cleaned_data["minutes"], by=by, at=at)


class OneMoreForm(AskForm):
    shift = ShiftChoice(label=gettext_lazy("In the hours of this shift"))
    employee = forms.ModelChoiceField(
        Employee.objects.none(), label=gettext_lazy("Who?"), required=False, empty_label=gettext_lazy("Somebody new")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        shift, employee = cleaned.get("shift"), cleaned.get("employee")
        if shift and employee and employee.shifts.filter(starts__lt=shift.ends, ends__gt=shift.starts).exists():
            self.add_error("employee", _("%(name)s is at work then already.") % {"name": employee})
        return cleaned

    def ask(self, *, by: User, at: datetime) -> WhatIf:
        return ask_one_more(self.unit, self.cleaned_data["shift"], self.cleaned_data["employee"], by=by, at=at)


FORMS: Mapping[str, Callable[..., AskForm]] = {
    WhatIf.Kind.AWAY: AwayForm,
    WhatIf.Kind.SWAP: SwapForm,
    WhatIf.Kind.LONGER: LongerForm,
    WhatIf.Kind.ONE_MORE: OneMoreForm,
}
