"""What was done about what stands in the way, and who has it from now."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omtanke.everyday.models import Hindrance
from omtanke.everyday.wish_forms import WORDS_MAX, could_have_it
from omtanke.people.models import Competence


class DealtForm(forms.Form):
    words = forms.CharField(
        label=_("What was done, or agreed?"),
        max_length=WORDS_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("As “tries the chair exercises first, the physiotherapist comes on Thursday”."),
        error_messages={"required": _("Write in a few words what was done.")},
    )


class TakesItUpForm(forms.Form):
    """Those near the person; where it is health, nurses stand first."""

    owner = forms.ChoiceField(
        label=_("Who takes it up?"),
        help_text=_("Whoever is not a contact or a leader sees it when they are at work in the unit."),
    )

    def __init__(self, *args: Any, hindrance: Hindrance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = {one.pk: one for one in could_have_it(hindrance.citizen_id)}
        self.near = near
        nurses = [one for one in near.values() if Competence.NURSE in one.competences]
        others = [one for one in near.values() if one not in nurses]
        if hindrance.kind == Hindrance.Kind.HEALTH and nurses:
            groups = [(Competence.NURSE.label, nurses), (_("Others"), others)]
            rows: list[Any] = [(name, [(one.pk, one.name) for one in group]) for name, group in groups]
        else:
            rows = [(one.pk, one.name) for one in near.values()]
        self.fields["owner"].choices = [("", _("Choose")), *rows]  # type: ignore[attr-defined] # a ChoiceField
