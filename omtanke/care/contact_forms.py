"""The form to choose somebody's contact."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omtanke.care.candidates import Candidate
from omtanke.care.models import NamedContact

NOBODY = "nobody"


class ChooseForm(forms.Form):
    """`instead_of` is the contact that was there when the page was drawn, so that two who choose notice each other."""

    employee = forms.ChoiceField(label=_("Who?"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("From which day?"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    instead_of = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, now: NamedContact | None, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.candidates = {str(candidate.employee.pk): candidate.employee for candidate in candidates}
        field = self.fields["employee"]
        if isinstance(field, forms.ChoiceField):
            people = [(pk, employee.name) for pk, employee in self.candidates.items()]
            field.choices = people + ([(NOBODY, _("Nobody for now"))] if now else [])
            field.error_messages["required"] = _("Choose one of them.")
        self.initial.setdefault("instead_of", str(now.pk) if now else "")

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if self.now and on < self.now.since:
            raise forms.ValidationError(
                _("%(name)s has been the contact only since %(since)s.")
                % {"name": self.now.employee.name, "since": self.now.since.strftime("%d.%m.%Y")}
            )
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("instead_of", "") != (str(self.now.pk) if self.now else ""):
            raise forms.ValidationError(
                _("A colleague has chosen somebody while you had this page open. Look at who it is now.")
            )
        return cleaned
