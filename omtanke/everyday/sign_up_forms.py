"""Whom one signs up, what they say, and how they get there."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from omtanke.everyday.getting_there import GettingThere
from omtanke.everyday.models import Participation
from omtanke.people.models import Citizen

State, Way = Participation.State, Participation.Way


class WhoForm(forms.Form):
    """One of the people whom the actor sees."""

    citizen = forms.ModelChoiceField(
        Citizen.objects.none(), label=gettext_lazy("Who"), empty_label=gettext_lazy("Choose")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Citizen.objects.filter(belongings__isnull=False).distinct().in_order()
        self.fields["citizen"].queryset = mine  # type: ignore[attr-defined] # a ModelChoiceField


class SignUpForm(forms.Form):
    """What one person says, and how they get there: asked whenever they may come."""

    state = forms.ChoiceField(
        label=gettext_lazy("What they say"),
        choices=[
            (State.YES, gettext_lazy("Says yes")),
            (State.INVITED, gettext_lazy("Is invited, has not answered yet")),
            (State.NO, gettext_lazy("Says no, thank you")),
        ],
        widget=forms.RadioSelect,
        initial=State.YES,
    )
    way = forms.ChoiceField(choices=Way.choices, widget=forms.RadioSelect, required=False)
    driven_by = forms.CharField(
        label=gettext_lazy("Who drives?"), max_length=80, required=False, help_text=gettext_lazy("As “Tone, daughter”.")
    )
    company = forms.BooleanField(
        label=pgettext_lazy("signing up", "Wants somebody of us to go with them"), required=False
    )
    despite_visit = forms.BooleanField(
        label=gettext_lazy("I have talked with them about the visit"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, citizen: Citizen, full: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if full:
            waits = (State.WAITING, _("Waits for a place, and is asked when one is free"))
            self.fields["state"].choices = [*self.fields["state"].choices, waits]  # type: ignore[attr-defined]
        self.fields["way"].label = _("How does %(name)s get there, and home again?") % {"name": citizen.first_name}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("state") not in {State.NO, None} and not said.get("way"):
            self.add_error("way", _("Ask how they get there: whoever must drive is looked for from now."))
        if said.get("way") == Way.DRIVEN and not said.get("driven_by"):
            self.add_error("driven_by", _("Write who drives, so that somebody can call them when it is cancelled."))
        return said

    @property
    def getting_there(self) -> GettingThere | None:
        """None while they do not come."""
        said = self.cleaned_data
        if said["state"] == State.NO or not said["way"]:
            return None
        return GettingThere(said["way"], said["driven_by"], said["company"])

    def ask_about_visit(self) -> None:
        """Show the box that says: they know."""
        self.fields["despite_visit"].widget = forms.CheckboxInput()
