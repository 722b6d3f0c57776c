"""Which department and which days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omtanke.exchange.tripletex.periods import last_of, month_name, months_until, usual_month
from omtanke.exchange.tripletex.runs import LONGEST
from omtanke.people.models import Unit


class PeriodForm(forms.Form):
    """A month, or days of one's own."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Department"), empty_label=None)
    month = forms.ChoiceField(label=_("Month"))
    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("To and with"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, units: list[Unit], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        self.fields["unit"].queryset = offered  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = units[0].pk
        self.fields["month"].choices = [(month.isoformat(), month_name(month)) for month in months_until(today)]  # type: ignore[attr-defined]
        self.fields["month"].initial = usual_month(today).isoformat()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if bool(first) != bool(last) and not self.errors:
            self.add_error("last" if first else "first", _("Say both days, or neither."))
        elif first and last and last < first:
            self.add_error("last", _("The last day is before the first."))
        elif first and last and last - first > LONGEST:
            self.add_error("last", _("Three months at most at once."))
        return said

    @property
    def period(self) -> tuple[date, date]:
        """First and last day."""
        said = self.cleaned_data
        if said["first"]:
            return said["first"], said["last"]
        month = date.fromisoformat(said["month"])
        return month, last_of(month)
