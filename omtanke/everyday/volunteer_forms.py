"""What volunteers write on the public page, and what those who look after them change."""

from datetime import time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from omtanke.everyday import interests
from omtanke.everyday.gates import PARTS
from omtanke.everyday.models import Availability, Volunteer
from omtanke.people.models import Hamlet

WHEN = [("day", _("By day, 9 to 16")), ("evening", _("In the evening, 16 to 22"))]
SHORT = [("day", _("By day")), ("evening", _("In the evening"))]
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
    """Who they are and where they live."""

    class Meta:
        model = Volunteer
        fields = ("name", "phone", "email", "hamlet", "about")

    def facts(self) -> dict[str, Any]:
        """With another hamlet the home is there."""
        facts = dict(self.cleaned_data)
        if "hamlet" in self.changed_data and facts["hamlet"]:
            facts |= {"latitude": facts["hamlet"].latitude, "longitude": facts["hamlet"].longitude}
        return facts


class CanForm(forms.ModelForm):  # type: ignore[type-arg] # as above
    """When, how far, which car, which languages and interests: filled in by themselves or with them."""

    interests = forms.MultipleChoiceField(required=False)

    class Meta:
        model = Volunteer
        fields = (
            "times_a_month", "range_km", "has_car", "seats", "wheelchair_places", "accompanies", "languages",
            "interests",
        )  # fmt: skip
        help_texts = {
            "seats": _("How many you can take with you, if you have a car."),
            "languages": _("As Norwegian, Lule Sami, English."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        instance: Volunteer = self.instance
        own = [(code, interests.label(code)) for code in instance.interests if code not in interests.bank()]
        self.fields["interests"].choices = [*interests.choices(), (_("Others"), own)]  # type: ignore[attr-defined]
        rows: dict[int, list[Availability]] = {}
        for one in Availability.objects.filter(volunteer=instance):
            rows.setdefault(one.weekday, []).append(one)
        for weekday in WEEKDAYS:
            self._add_day(weekday, rows.get(weekday, []))

    def _add_day(self, weekday: int, known: list[Availability]) -> None:
        usual = [name for name, span in PARTS.items() if span in [(one.starts, one.ends) for one in known]]
        other = [one for one in known if (one.starts, one.ends) not in PARTS.values()]
        clock: dict[str, Any] = {"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), "required": False}
        self.fields[f"day_{weekday}"] = forms.MultipleChoiceField(choices=WHEN, required=False, initial=usual)
        first, last = (other[0].starts, other[0].ends) if other else (None, None)
        self.fields[f"from_{weekday}"] = forms.TimeField(label=_("From"), initial=first, **clock)
        self.fields[f"to_{weekday}"] = forms.TimeField(label=_("To"), initial=last, **clock)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for weekday, name in WEEKDAYS.items():
            starts, ends = said.get(f"from_{weekday}"), said.get(f"to_{weekday}")
            if bool(starts) != bool(ends) or (starts and ends and ends <= starts):
                self.add_error(None, gettext("%(day)s: write both from and to, and to after from.") % {"day": name})
        return said

    def days(self) -> list[dict[str, Any]]:
        """For the page: each weekday with its two usual parts and its own hours."""
        return [
            {
                "name": name,
                "number": weekday,
                "chosen": self[f"day_{weekday}"].value() or [],
                "parts": SHORT,
                "starts": self[f"from_{weekday}"],
                "ends": self[f"to_{weekday}"],
            }
            for weekday, name in WEEKDAYS.items()
        ]

    @property
    def has_own_hours(self) -> bool:
        return any(day["starts"].value() for day in self.days())

    @property
    def chosen_interests(self) -> list[str]:
        return [interests.label(code) for code in self["interests"].value() or []]

    def groups(self) -> list[dict[str, Any]]:
        """For the page: the bank in its groups, with how many are chosen in each."""
        chosen = set(self["interests"].value() or [])
        every = self.fields["interests"].choices  # type: ignore[attr-defined]
        return [
            {"name": name, "rows": [(*row, row[0] in chosen) for row in rows], "n": len(chosen & {c for c, _l in rows})}
            for name, rows in every
            if rows
        ]

    def facts(self) -> dict[str, Any]:
        facts = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if not facts["has_car"]:
            facts["seats"] = facts["wheelchair_places"] = 0
        return facts

    def spans(self) -> list[tuple[int, time, time]]:
        said, spans = self.cleaned_data, []
        for weekday in WEEKDAYS:
            spans += [(weekday, *PARTS[part]) for part in said[f"day_{weekday}"]]
            if said[f"from_{weekday}"]:
                spans.append((weekday, said[f"from_{weekday}"], said[f"to_{weekday}"]))
        return spans


class GateForm(forms.Form):
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
