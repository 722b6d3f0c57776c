"""What one fills in about a visit that recurs, and about the end of things."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from omtanke.people.models import Competence
from omtanke.visits.models import RecurringVisit, WorkList

WEEKDAY_CHOICES = [(number, name) for number, name in WEEKDAYS.items()]


class ListChoice(forms.ModelChoiceField):  # type: ignore[type-arg] # as above
    def label_from_instance(self, obj: WorkList) -> str:
        return f"{obj.name} · {obj.starts:%H:%M}–{obj.ends:%H:%M}"


class RecurringForm(forms.ModelForm):  # type: ignore[type-arg] # not subscriptable when it runs
    """When, on which list, and what is done."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"), choices=WEEKDAY_CHOICES, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    since = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=True
    )
    work_list = ListChoice(WorkList.objects.none(), label=_("List"), empty_label=_("Choose"))
    second_list = ListChoice(
        WorkList.objects.none(),
        label=_("The second carer's list"),
        required=False,
        empty_label=_("Nobody"),
        help_text=_("When two must come. Both lists get the visit."),
    )

    class Meta:
        model = RecurringVisit
        fields = (
            "what",
            "weekdays",
            "every_weeks",
            "starts",
            "minutes",
            "competence",
            "work_list",
            "second_list",
            "since",
        )
        labels = {
            "what": _("What is done"),
            "every_weeks": _("Every … weeks"),
            "starts": _("At"),
            "minutes": _("Minutes"),
            "competence": _("Asks for"),
        }
        help_texts = {"every_weeks": _("1 is every week, 2 every second.")}
        widgets = {"starts": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}

    def __init__(self, *args: Any, unit_id: int, earliest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earliest = earliest
        lists = WorkList.objects.filter(unit=unit_id, active=True)
        for name in ("work_list", "second_list"):
            chosen = self.fields[name]
            chosen.queryset = lists  # type: ignore[attr-defined] # both are ListChoice
        self.fields["weekdays"].initial = self.instance.weekdays
        self.fields["competence"].choices = [("", _("Nothing in particular")), *Competence.choices]  # type: ignore[attr-defined]

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if since < self.earliest:
            raise forms.ValidationError(_("The earliest day is today, or the day the decision begins."))
        return since

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("work_list") and cleaned.get("work_list") == cleaned.get("second_list"):
            self.add_error("second_list", _("The second carer needs another list than the first."))
        return cleaned


class LastDayForm(forms.Form):
    """The last day with something; people say it so."""

    last_day = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=True
    )

    def __init__(self, *args: Any, earliest: date, may_hold_on: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earliest = earliest
        if may_hold_on:
            self.fields["last_day"].required = False
            self.fields["last_day"].help_text = _("Leave empty if it holds on.")

    def clean_last_day(self) -> date | None:
        last: date | None = self.cleaned_data["last_day"]
        if last is not None and last < self.earliest:
            raise forms.ValidationError(_("The last day comes before the first."))
        return last

    @property
    def until(self) -> date | None:
        """The first day without it."""
        last: date | None = self.cleaned_data["last_day"]
        return last + timedelta(days=1) if last else None


def weekday_words(weekdays: Iterable[int]) -> str:
    """As people say them: 'Every day', 'Monday to Friday', 'Monday, Thursday'."""
    days = sorted(set(weekdays))
    if days == list(range(7)):
        return str(_("Every day"))
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return str(_("%(first)s to %(last)s")) % {"first": WEEKDAYS[days[0]], "last": WEEKDAYS[days[-1]]}
    return ", ".join(str(WEEKDAYS[day]) for day in days)
