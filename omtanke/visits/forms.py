"""What people type at a visit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omtanke.visits.models import Note, Visit


class NoteForm(forms.ModelForm[Note]):
    """A line in the visit book."""

    class Meta:
        model = Note
        fields = ("text", "for_next")
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].max_length = 5000  # type: ignore[attr-defined]
        self.fields["text"].error_messages["required"] = _("Write a few words first.")


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
