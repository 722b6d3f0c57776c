"""What one fills in about an activity: what, where, when, and how often in plain words."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from omtanke.everyday import interests
from omtanke.everyday.models import Activity, Arena, Occurrence, Organiser
from omtanke.everyday.repetition import HowOften, Repetition, first_day, repetition_of, rule_of
from omtanke.people.models import Unit

DAY = {"type": "date"}
CLOCK = {"type": "time"}


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required, help_text=help_text)


def clock_field(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs=CLOCK, format="%H:%M"))


def about_choices() -> list[tuple[str, Any]]:
    return [("", _("Nothing in particular")), *interests.choices()]


class WhatForm(forms.ModelForm):  # type: ignore[type-arg] # not subscriptable when it runs
    """What it is, where, and what it takes: also for an activity whose time a partner decides."""

    interest = forms.ChoiceField(
        label=_("What it is most about"), required=False, help_text=_("So that those who wish for it find it.")
    )
    also = forms.ChoiceField(label=_("… and also"), required=False)

    class Meta:
        model = Activity
        fields = ("title", "about", "arena", "organiser", "unit", "seats", "cost", "open_to_all", "ride_possible")
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"seats": _("Empty: room for everybody."), "cost": _("In kroner. Empty: free.")}

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["arena"].queryset = Arena.objects.filter(active=True)  # type: ignore[attr-defined]
        self.fields["organiser"].queryset = Organiser.objects.filter(active=True)  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])  # type: ignore[attr-defined]
        self.fields["arena"].empty_label = str(_("Not said"))  # type: ignore[attr-defined]
        self.fields["organiser"].empty_label = str(_("Not said"))  # type: ignore[attr-defined]
        self.fields["unit"].empty_label = str(_("The whole municipality"))  # type: ignore[attr-defined]
        for name, which in (("interest", 0), ("also", 1)):
            self.fields[name].choices = about_choices()  # type: ignore[attr-defined]
            self.fields[name].initial = next(iter(self.instance.interests[which:]), "")

    def what(self) -> dict[str, Any]:
        """The fields of Activity that this form is about."""
        cleaned = self.cleaned_data
        chosen = [cleaned["interest"], cleaned["also"], *self.instance.interests[2:]]
        facts = {name: cleaned[name] for name in WhatForm.Meta.fields}
        return facts | {"interests": list(dict.fromkeys(filter(None, chosen)))}


class ActivityForm(WhatForm):
    """All of it. `facts()` are the fields of Activity."""

    day = day_field(_("The first day"))
    from_clock = clock_field(_("From"))
    to_clock = clock_field(_("To"))
    how_often = forms.ChoiceField(label=_("How often"), widget=forms.RadioSelect)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which weekdays"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("For every week and every second week. None: the weekday of the first day."),
    )
    until = day_field(_("Until"), required=False, help_text=_("The last day with it. Empty: it goes on."))

    field_order = (
        "title", "about", "interest", "also", "arena", "day", "from_clock", "to_clock", "how_often", "weekdays",
        "until", "organiser", "unit", "seats", "cost", "open_to_all", "ride_possible",
    )  # fmt: skip

    def __init__(self, *args: Any, at: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        activity: Activity = self.instance
        known = repetition_of(activity.repeats)
        kept = known.how_often == HowOften.AS_IT_IS
        self.fields["how_often"].choices = [  # type: ignore[attr-defined]
            choice for choice in HowOften.choices if kept or choice[0] != HowOften.AS_IT_IS
        ]
        starts = at or activity.starts
        if starts:
            local = timezone.localtime(starts)
            self.initial = dict(self.initial) | {
                "day": local.date(),
                "from_clock": local.time(),
                "to_clock": (local + timedelta(minutes=activity.minutes)).time(),
                "weekdays": known.weekdays,
                "until": known.until,
            }
        self.initial.setdefault("how_often", known.how_often)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        day, until = cleaned.get("day"), cleaned.get("until")
        if day and until and until < day:
            self.add_error("until", _("The last day comes before the first."))
        if cleaned.get("from_clock") and cleaned.get("from_clock") == cleaned.get("to_clock"):
            self.add_error("to_clock", _("It ends when it begins. Choose another time."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Fields of Activity, with the recurrence as a rule."""
        cleaned = self.cleaned_data
        how_often = HowOften(cleaned["how_often"])
        repetition = Repetition(how_often, tuple(cleaned["weekdays"]), cleaned["until"])
        day = first_day(repetition, cleaned["day"])
        starts, ends = period(day, cleaned["from_clock"], cleaned["to_clock"])
        rule = self.instance.repeats if how_often == HowOften.AS_IT_IS else rule_of(repetition, day)
        minutes = round((ends - starts).total_seconds() / 60)
        return self.what() | {"starts": starts, "minutes": minutes, "repeats": rule}


class MoveForm(forms.Form):
    """Another time or place, this time only."""

    day = day_field(_("Day"))
    from_clock = clock_field(_("From"))
    to_clock = clock_field(_("To"))
    arena = forms.ModelChoiceField(Arena.objects.none(), label=_("Place"), required=False)
    note = forms.CharField(
        label=_("For this time"), max_length=200, required=False, help_text=_("As: bring your own mug.")
    )
    words = forms.CharField(
        label=_("Why"), max_length=200, required=False, help_text=_("So that whoever tells people can say it.")
    )

    def __init__(self, *args: Any, occurrence: Occurrence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.occurrence = occurrence
        usual = occurrence.activity.arena
        self.fields["arena"].queryset = Arena.objects.filter(active=True)  # type: ignore[attr-defined]
        self.fields["arena"].empty_label = str(usual or _("As usual"))  # type: ignore[attr-defined]
        starts, ends = timezone.localtime(occurrence.starts), timezone.localtime(occurrence.ends)
        self.initial = {
            "day": starts.date(),
            "from_clock": starts.time(),
            "to_clock": ends.time(),
            "arena": occurrence.arena_id,
            "note": occurrence.note,
        }

    def changes(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        starts, ends = period(cleaned["day"], cleaned["from_clock"], cleaned["to_clock"])
        return {"starts": starts, "ends": ends, "arena": cleaned["arena"], "note": cleaned["note"]}


class CancelForm(forms.Form):
    words = forms.CharField(
        label=_("Why"), max_length=200, required=False, help_text=_("So that whoever tells people can say it.")
    )


def period(day: date, begins: time, ends: time) -> tuple[datetime, datetime]:
    """From a clock to a clock; past midnight when the second comes before the first."""
    start = timezone.make_aware(datetime.combine(day, begins))
    last = day if ends > begins else day + timedelta(days=1)
    return start, timezone.make_aware(datetime.combine(last, ends))


class UncancelForm(forms.Form):
    words = forms.CharField(
        label=_("What you want to say"), max_length=200, required=False, help_text=_("As “The boat runs after all”.")
    )
