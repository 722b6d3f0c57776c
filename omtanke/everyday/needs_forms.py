"""What one ticks about what somebody needs to take part."""

from django import forms
from django.utils.translation import gettext_lazy as _

from omtanke.everyday.models import NeedsNote


class NeedsForm(forms.Form):
    needs = forms.MultipleChoiceField(
        label=_("Tick what fits"),
        choices=NeedsNote.Need.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Nothing ticked means: needs nothing of this."),
    )
    words = forms.CharField(
        label=_("In the person's own words"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("As “I must sit near the front” or “not in the dark”."),
    )
    said_by = forms.ChoiceField(
        label=_("Who says so"),
        choices=NeedsNote.SaidBy.choices,
        widget=forms.RadioSelect,
        initial=NeedsNote.SaidBy.SELF,
    )
