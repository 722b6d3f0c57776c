"""Whom one signs up, and what they say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omtanke.everyday.models import Occurrence, Participation
from omtanke.people.models import Citizen

State = Participation.State


class SignUpForm(forms.Form):
    """One of the people whom the actor sees; those who have no answer yet come in the list."""

    citizen = forms.ModelChoiceField(Citizen.objects.none(), label=_("Who"), empty_label=_("Choose"))
    state = forms.ChoiceField(
        label=_("What they say"),
        choices=[
            (State.YES, _("Says yes")),
            (State.INVITED, _("Is invited, has not answered yet")),
            (State.NO, _("Says no, thank you")),
        ],
        widget=forms.RadioSelect,
        initial=State.YES,
    )
    despite_visit = forms.BooleanField(
        label=_("I have talked with them about the visit"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, occurrence: Occurrence, full: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if full:
            waits = (State.WAITING, _("Waits for a place, and is asked when one is free"))
            self.fields["state"].choices = [*self.fields["state"].choices, waits]  # type: ignore[attr-defined]
        mine = Citizen.objects.filter(belongings__isnull=False).distinct().in_order()
        self.fields["citizen"].queryset = mine  # type: ignore[attr-defined] # a ModelChoiceField

    def ask_about_visit(self) -> None:
        """Show the box that says: they know."""
        self.fields["despite_visit"].widget = forms.CheckboxInput()
