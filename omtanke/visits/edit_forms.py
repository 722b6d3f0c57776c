"""What one fills in to move visits, split a list, or let lists or visits change places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.visits import placements
from omtanke.visits.board import Column
from omtanke.visits.lay_out import moment_on_list
from omtanke.visits.models import Visit, WorkList
from omtanke.visits.placements import Placement


@dataclass(frozen=True)
class Day:
    """The lists of the day, and the one that is edited."""

    columns: list[Column]
    edited: Column

    @property
    def movable(self) -> list[Visit]:
        return _movable(self.edited)

    @property
    def all_movable(self) -> list[Visit]:
        return [visit for column in self.columns for visit in _movable(column)]

    @property
    def visits(self) -> list[Visit]:
        return [stop.visit for column in self.columns for stop in column.stops]

    @property
    def seen(self) -> str:
        """Which versions these are, as a form carries it along."""
        return ",".join(f"{column.work_list.pk}:{column.version}" for column in self.columns)

    def column(self, list_id: int) -> Column | None:
        return next((column for column in self.columns if column.work_list.pk == list_id), None)


def _movable(column: Column) -> list[Visit]:
    return [stop.visit for stop in column.stops if stop.can_move]


def read_seen(seen: str) -> dict[int, int]:
    """The versions of `Day.seen`, by list. What cannot be read counts as not seen."""
    try:
        pairs = [pair.split(":") for pair in seen.split(",") if pair]
        return {int(list_id): int(version) for list_id, version in pairs}
    except ValueError:
        return {}


class EditForm(forms.Form):
    """What all edits share: from when on, and which versions of the lists one saw."""

    SCOPES: ClassVar = [("day", _("This day only")), ("on", _("From now on"))]

    scope = forms.ChoiceField(label=_("For how long"), choices=SCOPES, widget=forms.RadioSelect, initial="day")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, day: Day, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.initial.setdefault("seen", day.seen)

    @property
    def from_now_on(self) -> bool:
        return bool(self.cleaned_data.get("scope") == "on")

    def placements(self) -> list[Placement]:
        """Raises NothingToMove."""
        raise NotImplementedError

    def set_choices(self, name: str, choices: list[tuple[int, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def chosen(self, name: str) -> Visit | None:
        pk = self.cleaned_data.get(name)
        return next((visit for visit in self.day.all_movable if visit.pk == pk), None)


class MoveForm(EditForm):
    visits = forms.TypedMultipleChoiceField(label=_("Which visits"), coerce=int, widget=forms.CheckboxSelectMultiple)
    to_list = forms.TypedChoiceField(label=_("To which list"), coerce=int)
    at = forms.TimeField(
        label=_("New time for the first"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Leave empty to keep the times. The others keep their distance to the first."),
    )
    field_order = ("visits", "to_list", "at", "scope")

    def __init__(self, *args: Any, day: Day, **kwargs: Any) -> None:
        super().__init__(*args, day=day, **kwargs)
        self.set_choices("visits", [(visit.pk, named(visit)) for visit in day.movable])
        self.set_choices("to_list", [(column.work_list.pk, column.work_list.name) for column in day.columns])
        self.initial.setdefault("to_list", day.edited.work_list.pk)

    def placements(self) -> list[Placement]:
        which = [visit for visit in self.day.movable if visit.pk in self.cleaned_data["visits"]]
        to_list, clock = self.cleaned_data["to_list"], self.cleaned_data["at"]
        column = self.day.column(to_list)
        first = moment_on_list(column.work_list, column.on, clock) if clock and column else None
        return placements.move(which, to_list=to_list, first_at=first)


class SplitForm(EditForm):
    visit = forms.TypedChoiceField(label=_("From which visit on"), coerce=int)
    to_list = forms.TypedChoiceField(label=_("To which list"), coerce=int, required=False, empty_value=None)
    new_list = forms.CharField(
        label=_("Or to a new list called"), max_length=40, required=False, help_text=_("With the same hours as this.")
    )
    field_order = ("visit", "to_list", "new_list", "scope")

    def __init__(self, *args: Any, day: Day, **kwargs: Any) -> None:
        super().__init__(*args, day=day, **kwargs)
        others = [column.work_list for column in day.columns if column != day.edited]
        self.set_choices("visit", [(visit.pk, named(visit)) for visit in day.movable])
        self.fields["to_list"].choices = [("", "–"), *((lst.pk, lst.name) for lst in others)]  # type: ignore[attr-defined]
        self.made: WorkList | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("to_list")) == bool(cleaned.get("new_list", "").strip()):
            self.add_error("to_list", _("Choose a list, or name a new one."))
        return cleaned

    def placements(self) -> list[Placement]:
        begins = self.chosen("visit")
        to_list = self.made.pk if self.made else self.cleaned_data["to_list"]
        if begins is None or not to_list:
            raise placements.NothingToMove
        return placements.split(self.day.movable, begins_with=begins, to_list=to_list)


class SwapForm(EditForm):
    with_list = forms.TypedChoiceField(label=_("With which list"), coerce=int)
    field_order = ("with_list", "scope")

    def __init__(self, *args: Any, day: Day, **kwargs: Any) -> None:
        super().__init__(*args, day=day, **kwargs)
        others = [column.work_list for column in day.columns if column != day.edited]
        self.set_choices("with_list", [(lst.pk, lst.name) for lst in others])

    def placements(self) -> list[Placement]:
        other = self.day.column(self.cleaned_data["with_list"])
        theirs = _movable(other) if other else []
        lists = (self.day.edited.work_list.pk, self.cleaned_data["with_list"])
        return placements.swap_lists(self.day.movable, theirs, lists=lists)


class SwapVisitsForm(EditForm):
    visit = forms.TypedChoiceField(label=_("Which visit"), coerce=int)
    with_visit = forms.TypedChoiceField(label=_("Changes places with"), coerce=int)
    field_order = ("visit", "with_visit", "scope")

    def __init__(self, *args: Any, day: Day, **kwargs: Any) -> None:
        super().__init__(*args, day=day, **kwargs)
        self.set_choices("visit", [(visit.pk, named(visit)) for visit in day.movable])
        everybody = [
            (visit.pk, f"{column.work_list.name}: {named(visit)}")
            for column in day.columns
            for visit in _movable(column)
        ]
        self.set_choices("with_visit", everybody)

    def placements(self) -> list[Placement]:
        one, other = self.chosen("visit"), self.chosen("with_visit")
        if one is None or other is None or one == other:
            raise placements.NothingToMove
        return placements.swap_visits(one, other)


FORMS: Mapping[str, type[EditForm]] = {
    "move": MoveForm,
    "split": SplitForm,
    "swap": SwapForm,
    "swap-visits": SwapVisitsForm,
}


def named(visit: Visit) -> str:
    """As '09:15 Astrid N., Morgenstell'."""
    return f"{timezone.localtime(visit.planned_start):%H:%M} {visit.citizen.short_name}, {visit.what}"
