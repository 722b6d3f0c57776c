"""What one fills in about a decision, and about a person who is new."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omtanke.care.models import Decision, Service
from omtanke.people.models import Citizen, Unit


def day_field(**kwargs: Any) -> forms.DateField:
    """A day, chosen in the browser's own calendar."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def first_day_after(last: date | None) -> date | None:
    """People say the last day with it; the database keeps the first day without it."""
    return last + timedelta(days=1) if last else None


def unit_field(label: Any, units: Sequence[Unit]) -> "forms.ModelChoiceField[Unit]":
    """One of these units; the only one is chosen already."""
    among = Unit.objects.filter(pk__in=[unit.pk for unit in units])
    return forms.ModelChoiceField(
        among, label=label, initial=units[0] if len(units) == 1 else None, empty_label=_("Choose")
    )


class DecisionForm(forms.ModelForm):  # type: ignore[type-arg] # not subscriptable when it runs
    """What a decision says, without when it ends."""

    since = day_field(label=_("From"))
    decided_on = day_field(label=_("Decided on"), required=False)

    class Meta:
        model = Decision
        fields = ("service", "minutes_per_week", "since", "purpose", "reference", "decided_on")
        labels = {
            "service": _("Service"),
            "minutes_per_week": _("Minutes a week"),
            "purpose": _("What the help is to make possible"),
            "reference": _("The allocation office's reference"),
        }
        help_texts = {
            "minutes_per_week": _("3 hours and 30 minutes are 210."),
            "purpose": _("In the person's own words, if you have them."),
        }
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = [("", _("Choose")), *Service.choices]  # type: ignore[attr-defined]

    def validate_unique(self) -> None:
        """The database answers for it: the one with the same reference may be one that we do not see."""


class TakeInForm(DecisionForm):
    """A decision that comes from the allocation office."""

    unit = forms.Field(label=_("Unit that carries it out"))
    last_day = day_field(label=_("Last day"), required=False, help_text=_("Leave empty if it holds on."))

    field_order = (
        "service",
        "unit",
        "minutes_per_week",
        "since",
        "last_day",
        "purpose",
        "reference",
        "decided_on",
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = unit_field(self.fields["unit"].label, units)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, last = cleaned.get("since"), cleaned.get("last_day")
        if since and last and last < since:
            self.add_error("last_day", _("The last day comes before the first."))
        return cleaned

    def decided(self) -> dict[str, Any]:
        """The fields of the decision, unit left out."""
        values = dict(self.cleaned_data)
        values["until"] = first_day_after(values.pop("last_day"))
        del values["unit"]
        return values


class PersonForm(forms.ModelForm):  # type: ignore[type-arg] # not subscriptable when it runs
    """A person who is new to us: what one needs to find the way and to call."""

    unit = forms.Field(label=_("Belongs to"))
    born = day_field(label=_("Born"), required=False)

    class Meta:
        model = Citizen
        fields = (
            "first_name",
            "last_name",
            "called",
            "born",
            "national_id",
            "phone",
            "address",
            "postal_code",
            "town",
            "hamlet",
            "language",
        )
        labels = {
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "called": _("Likes to be called"),
            "national_id": _("National identity number"),
            "phone": _("Phone"),
            "address": _("Address"),
            "postal_code": _("Postal code"),
            "town": _("Town"),
            "hamlet": _("Hamlet"),
            "language": _("Language"),
        }
        help_texts = {"national_id": _("11 digits (12 for a Swedish one).")}

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = unit_field(self.fields["unit"].label, units)
        self.fields["hamlet"].empty_label = _("Not known")  # type: ignore[attr-defined]

    def clean_national_id(self) -> str | None:
        digits = "".join(sign for sign in self.cleaned_data.get("national_id") or "" if sign.isdigit())
        if not digits:
            return None
        if len(digits) not in (11, 12):
            raise forms.ValidationError(_("A national identity number has 11 digits, a Swedish one 12."))
        return digits

    def validate_unique(self) -> None:
        """The database answers for it: the person may be registered in a unit that we do not see."""

    def known(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        del values["unit"]
        return values
