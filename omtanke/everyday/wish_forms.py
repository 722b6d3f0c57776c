"""What somebody says about a wish: the next step, and who has it from now."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from omtanke.access.models import RoleAssignment
from omtanke.access.permissions import Role
from omtanke.everyday.in_words import step_label
from omtanke.everyday.lifecycle import NEXT
from omtanke.everyday.models import Wish
from omtanke.people.models import Belonging, Employee

JUST_TELL = "tell"
WORDS_MAX = 300


class StepForm(forms.Form):
    """The next step, or only a word on how it goes. `seen` is where the wish stood when the page was drawn."""

    what = forms.ChoiceField(
        label=gettext_lazy("What happened?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what happened.")},
    )
    cause = forms.ChoiceField(
        label=gettext_lazy("Why not?"),
        choices=[("", gettext_lazy("Choose")), *Wish.Cause.choices],
        required=False,
        help_text=gettext_lazy("Only when it cannot come true for now."),
    )
    words = forms.CharField(
        label=gettext_lazy("In words"),
        max_length=WORDS_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("What is offered and when; or how it was, in the person's own words."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, wish: Wish, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [
            (state, step_label(wish.state, state)) for state in Wish.State if state in NEXT[Wish.State(wish.state)]
        ]
        field = self.fields["what"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(JUST_TELL, _("Just a word on how it goes")), *steps]
        self.initial["seen"] = wish.state

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("what") == Wish.State.UNMET and not said.get("cause"):
            self.add_error("cause", _("Say why: it is what shows what would help."))
        if said.get("what") == JUST_TELL and not said.get("words"):
            self.add_error("words", _("Write a word on how it goes."))
        return said


class OwnerForm(forms.Form):
    """Who has the wish from now: those who work in the person's units or arrange activities for them."""

    owner = forms.ModelChoiceField(
        Employee.objects.none(), label=gettext_lazy("Who has it from now?"), empty_label=gettext_lazy("Choose")
    )

    def __init__(self, *args: Any, wish: Wish, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = could_have_it(wish.citizen_id)


def could_have_it(citizen_id: int) -> Any:
    units = list(Belonging.objects.current().filter(citizen=citizen_id).values_list("unit_id", flat=True))
    arranging = RoleAssignment.objects.current().filter(role=Role.ACTIVITY_COORDINATOR, unit_id__in=units)
    near = Employee.objects.at_work().filter(unit__in=units)
    return (near | Employee.objects.at_work().filter(user__in=arranging.values("user"))).distinct().in_order()
