"""What volunteers write on the public page, and what those who look after them change."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from omtanke.everyday import interests
from omtanke.everyday.models import Volunteer
from omtanke.people.models import Hamlet

WHEN = [("day", _("By day, 9 to 16")), ("evening", _("In the evening, 16 to 22"))]
INTERESTS_SHOWN = (
    "walking", "conversation", "coffee_with_others", "choir", "cards", "knitting", "baking", "fishing", "garden",
    "church_services", "concerts_and_theatre", "drive",
)  # fmt: skip


class SignUpForm(forms.ModelForm):  # type: ignore[type-arg] # not subscriptable when it runs
    weekdays = forms.MultipleChoiceField(
        label=_("Which days suit you?"), choices=list(WEEKDAYS.items()), widget=forms.CheckboxSelectMultiple
    )
    parts = forms.MultipleChoiceField(label=_("When in the day?"), choices=WHEN, widget=forms.CheckboxSelectMultiple)
    interests = forms.MultipleChoiceField(
        label=_("What do you like to do with others?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    consent = forms.BooleanField(
        label=_("The municipality may keep what I write here as long as I am a volunteer, and delete it afterwards.")
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)  # people leave it empty

    class Meta:
        model = Volunteer
        fields = (
            "name", "phone", "email", "hamlet", "languages", "weekdays", "parts", "times_a_month", "range_km",
            "has_car", "seats", "wheelchair_places", "interests", "about", "consent", "website",
        )  # fmt: skip
        help_texts = {
            "seats": _("How many you can take with you, if you have a car."),
            "languages": _("As Norwegian, Lule Sami, English."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hamlet"].queryset = Hamlet.objects.order_by("name")  # type: ignore[attr-defined]
        self.fields["hamlet"].empty_label = _("Choose")  # type: ignore[attr-defined]
        self.fields["email"].required = True
        self.fields["interests"].choices = [  # type: ignore[attr-defined]
            (code, interests.label(code)) for code in INTERESTS_SHOWN
        ]
        self.fields["about"].widget.attrs["rows"] = 3

    def clean_times_a_month(self) -> int:
        return min(max(int(self.cleaned_data["times_a_month"]), 1), 12)

    def clean_seats(self) -> int:
        return min(int(self.cleaned_data["seats"] or 0), 8)

    def facts(self) -> dict[str, Any]:
        """What becomes the volunteer's row."""
        left_out = {"weekdays", "parts", "consent", "website"}
        facts = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        if not facts["has_car"]:
            facts["seats"] = facts["wheelchair_places"] = 0
        hamlet = facts["hamlet"]
        if hamlet:
            facts["latitude"], facts["longitude"] = hamlet.latitude, hamlet.longitude
        return facts


class ChangeVolunteerForm(forms.ModelForm):  # type: ignore[type-arg] # as above
    class Meta:
        model = Volunteer
        fields = (
            "name", "phone", "email", "hamlet", "languages", "times_a_month", "range_km", "has_car", "seats",
            "wheelchair_places", "accompanies", "about",
        )  # fmt: skip


class GateForm(forms.Form):
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
