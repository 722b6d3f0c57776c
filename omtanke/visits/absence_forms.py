"""What a leader fills in when somebody is away."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omtanke.people.models import Employee
from omtanke.visits.models import Absence


class AbsenceForm(forms.ModelForm):  # type: ignore[type-arg] # not subscriptable when it runs
    """Who, why, and from when until when. Without a last day nobody knows yet."""

    class Meta:
        model = Absence
        fields = ("employee", "kind", "first_day", "last_day")
        labels = {"employee": _("Who is away?"), "kind": _("Why")}
        help_texts = {"last_day": _("Leave it empty when nobody knows yet.")}
        widgets = {
            "first_day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "last_day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, employees: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employee"].queryset = employees  # type: ignore[attr-defined] # a ModelChoiceField

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        first: date | None = cleaned.get("first_day")
        last: date | None = cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first one."))
        return cleaned

    def validate_unique(self) -> None:
        """Overlaps are the deed's business: it knows them all, and says them in the same way."""

    def validate_constraints(self) -> None:
        """As above."""

    @property
    def employee(self) -> Employee:
        chosen: Employee = self.cleaned_data["employee"]
        return chosen
