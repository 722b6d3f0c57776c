"""What a leader types about something that a phone brought back."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SeeToForm(forms.Form):
    """What was done about it."""

    words = forms.CharField(
        label=_("What you did about it"),
        max_length=300,
        error_messages={"required": _("Write a few words, so that the one who was there knows.")},
    )
