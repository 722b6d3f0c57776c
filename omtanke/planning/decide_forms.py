"""What one fills in to change a draft."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.people.models import Citizen, Employee
from omtanke.planning.from_rows import Case
from omtanke.planning.models import DraftRule
from omtanke.visits.lay_out import moment_on_list
from omtanke.visits.models import Shift, Visit, WorkList

Kind = DraftRule.Kind
ABOUT = timedelta(minutes=60)  # whoever comes an hour later can still be asked


class MoveVisitForm(forms.Form):
    """To whom, and if one likes at what time."""

    shift = forms.TypedChoiceField(label=_("To whom"), coerce=int)
    at = forms.TimeField(
        label=_("At"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Leave empty for the best time on that tour."),
    )
    stays = forms.BooleanField(label=_("It stays there when the draft is planned again"), required=False, initial=True)

    def __init__(self, *args: Any, case: Case, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit = visit
        field = self.fields["shift"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(shift.pk, shift_in_words(shift)) for shift in shifts_for(case, visit)]

    @property
    def moment(self) -> datetime | None:
        clock = self.cleaned_data["at"]
        return moment_on_list(self.visit.round.work_list, self.visit.on, clock) if clock else None


class VisitRuleForm(forms.Form):
    """Not this carer: at this visit, or never at this person's in this draft."""

    kind = forms.ChoiceField(
        label=_("For how much"),
        choices=[(Kind.NOT_VISIT, _("Only this visit")), (Kind.NOT_PERSON, _("All visits to this person"))],
        widget=forms.RadioSelect,
        initial=Kind.NOT_VISIT,
    )
    employee = forms.ModelChoiceField(Employee.objects.none(), label=_("Who is not to come"), empty_label=_("Choose"))
    said_by = forms.CharField(label=_("Who said so"), max_length=80, required=False)
    why = forms.CharField(label=_("Why"), max_length=200, required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "employee", carers_of(case))


class WishForm(forms.Form):
    """A carer wishes for a list, or somebody wishes to be met by a carer."""

    employee = forms.ModelChoiceField(Employee.objects.none(), label=_("Who"), empty_label=_("Choose"))
    citizen = forms.ModelChoiceField(
        Citizen.objects.none(), label=_("Is to meet"), required=False, empty_label=_("Choose")
    )
    work_list = forms.ModelChoiceField(
        WorkList.objects.none(), label=_("Or is to have the list"), required=False, empty_label=_("Choose")
    )
    said_by = forms.CharField(label=_("Who said so"), max_length=80, required=False)
    why = forms.CharField(label=_("Why"), max_length=200, required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "employee", carers_of(case))
        choose_from(self, "citizen", Citizen.objects.filter(pk__in=[int(pk) for pk in case.citizens]).in_order())
        choose_from(self, "work_list", WorkList.objects.filter(unit__in=case.units, active=True))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("citizen")) == bool(cleaned.get("work_list")):
            self.add_error("citizen", _("Choose a person or a list."))
        return cleaned


def choose_from(form: forms.Form, name: str, rows: Any) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows


def carers_of(case: Case) -> Any:
    return Employee.objects.filter(pk__in=[int(pk) for pk in case.employees]).in_order()


def shifts_for(case: Case, visit: Visit) -> list[Shift]:
    """The shifts in which the visit could lie about as agreed, by name."""
    starts, ends = visit.planned_start, visit.planned_start + timedelta(minutes=visit.minutes)
    during = [s for s in case.shifts.values() if s.starts - ABOUT <= starts and ends <= s.ends + ABOUT]
    return sorted(during, key=lambda shift: (shift.employee.sort_name, shift.starts))


def shift_in_words(shift: Shift) -> str:
    starts, ends = timezone.localtime(shift.starts), timezone.localtime(shift.ends)
    return f"{shift.employee.name}, {starts:%H:%M}–{ends:%H:%M}"
