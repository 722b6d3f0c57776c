"""What one fills in about a residents' meeting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from omtanke.people.models import Citizen, Employee, Unit

USUAL = (
    gettext_lazy("What came of it since last time?"),
    gettext_lazy("Food and meals"),
    gettext_lazy("What shall we do in the weeks to come?"),
    gettext_lazy("What would make the days better here?"),
)


class MeetingForm(forms.Form):
    """When and where, and what is talked about: a line for each."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"), empty_label=None)
    starts = forms.DateTimeField(
        label=gettext_lazy("When?"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    place = forms.CharField(label=gettext_lazy("Where?"), max_length=80, required=False)
    agenda = forms.CharField(
        label=gettext_lazy("What is talked about?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("A line for each. More can be added at the meeting."),
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        self.initial.setdefault("agenda", "\n".join(str(line) for line in USUAL))

    def clean_agenda(self) -> list[str]:
        lines = [line.strip()[:120] for line in self.cleaned_data["agenda"].splitlines() if line.strip()]
        if not lines:
            raise forms.ValidationError(_("Write at least one thing to talk about."))
        return lines


class ItemForm(forms.Form):
    """What was said and decided about one thing."""

    said = forms.CharField(
        label=gettext_lazy("What was said"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 2})
    )
    decision = forms.CharField(label=gettext_lazy("What was decided"), required=False, max_length=300)
    owner = forms.ModelChoiceField(
        Employee.objects.none(), label=gettext_lazy("Who has it?"), required=False, empty_label=gettext_lazy("Choose")
    )
    due = forms.DateField(
        label=gettext_lazy("By when?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Employee.objects.at_work().filter(unit=unit_id).in_order()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("decision") and not said.get("owner"):
            self.add_error("owner", _("Who has it? What is decided always has somebody."))
        return said


class WishAtMeetingForm(forms.Form):
    """Somebody wished for something at the meeting."""

    citizen = forms.ModelChoiceField(
        Citizen.objects.none(), label=gettext_lazy("Who said it?"), empty_label=gettext_lazy("Choose")
    )
    words = forms.CharField(label=gettext_lazy("In the person's own words"), max_length=300)

    def __init__(self, *args: Any, citizens: Sequence[Citizen], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["citizen"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Citizen.objects.filter(pk__in=[one.pk for one in citizens]).in_order()
