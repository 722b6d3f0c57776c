"""What people type at a visit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from omtanke.visits.models import Visit


class NoteForm(forms.Form):
    """A line in the visit book."""

    text = forms.CharField(
        label=_("What happened, what was said?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a few words first.")},
    )
    for_next = forms.BooleanField(label=_("The next one must read this"), required=False)


class NotDoneForm(forms.Form):
    """Why a visit was not done."""

    why = forms.ChoiceField(
        label=_("Why was it not done?"),
        choices=Visit.NotDone.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason that fits best.")},
    )
    words = forms.CharField(label=_("In a few words"), max_length=300, required=False)


class BookSearchForm(forms.Form):
    """Search in one person's visit book."""

    words = forms.CharField(label=_("Search the visit book"), max_length=100, required=False)
