"""What is filled in about exercises: what a plan rests on, a choice by hand, a department's own exercise."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from omtanke.befriending.exercises.bank import by_family, family_name, shipped
from omtanke.befriending.exercises.facts import AIDS, FALLS, LACKS, LIKES, STAMINA, WHEN
from omtanke.befriending.models import OwnExercise
from omtanke.kernel.exercises.problem import (
    Aid,
    Caution,
    Falls,
    Kind,
    Part,
    Person,
    Sense,
    Situation,
    Stamina,
    Taste,
)

CAUTIONS = {
    Caution.DIZZINESS: _("those who get dizzy"),
    Caution.RECENT_FALL: _("a fall in the last twelve weeks"),
    Caution.NEW_HIP: _("a new hip"),
}
SENSES = {Sense.SIGHT: _("sight"), Sense.HEARING: _("hearing")}


capfirst_lazy = lazy(capfirst, str)  # in the language of the page, not of the import


def _choices(words: Any) -> list[tuple[str, Any]]:
    return [(key.value, capfirst_lazy(said)) for key, said in words.items()]


def _capital(choices: Any) -> list[tuple[str, Any]]:
    return [(value, capfirst_lazy(said)) for value, said in choices]


class PlanForm(forms.Form):
    """What is known of the person, and how long a visit's exercises take."""

    falls = forms.ChoiceField(label=_("Falls"), choices=_choices(FALLS), widget=forms.RadioSelect)
    last_fall = forms.DateField(
        label=_("The last fall, about when"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Left empty, the plan is as careful as after a fall yesterday."),
    )
    fell_when = forms.MultipleChoiceField(
        label=_("In what situation"), required=False, choices=_choices(WHEN), widget=forms.CheckboxSelectMultiple
    )
    hurt = forms.BooleanField(label=_("Was hurt in a fall"), required=False)
    dizzy = forms.BooleanField(label=_("Gets dizzy"), required=False)
    new_hip = forms.BooleanField(label=_("Has a new hip"), required=False)
    aid = forms.ChoiceField(label=_("Walks"), choices=_choices(AIDS), widget=forms.RadioSelect)
    body = forms.ChoiceField(label=_("Exercises for the body"), choices=_choices(STAMINA), widget=forms.RadioSelect)
    mind = forms.ChoiceField(label=_("Exercises for the mind"), choices=_choices(STAMINA), widget=forms.RadioSelect)
    lacks = forms.MultipleChoiceField(
        label=_("Sight and hearing"), required=False, choices=_choices(LACKS), widget=forms.CheckboxSelectMultiple
    )
    likes = forms.MultipleChoiceField(
        label=_("Likes"), required=False, choices=_choices(LIKES), widget=forms.CheckboxSelectMultiple
    )
    minutes = forms.IntegerField(label=_("Minutes of exercise at a visit"), min_value=20, max_value=120, initial=45)
    note = forms.CharField(
        label=_("To whoever visits"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    changed = forms.CharField(
        label=_("What you changed, and why"),
        required=False,
        max_length=300,
        help_text=_("Earlier versions are kept, with these words beside them."),
    )

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["changed"]

    def person(self) -> Person:
        said = self.cleaned_data
        fell = Falls(said["falls"]) is not Falls.NONE
        return Person(
            falls=Falls(said["falls"]),
            last_fall=said["last_fall"] if fell else None,
            hurt=said["hurt"] and fell,
            fell_when=frozenset(map(Situation, said["fell_when"])) if fell else frozenset(),
            dizzy=said["dizzy"],
            new_hip=said["new_hip"],
            aid=Aid(said["aid"]),
            body=Stamina(said["body"]),
            mind=Stamina(said["mind"]),
            lacks=frozenset(map(Sense, said["lacks"])),
            likes=frozenset(map(Taste, said["likes"])),
        )


class ChoiceForm(forms.Form):
    """Why an exercise is put first or left out."""

    why = forms.CharField(label=_("Why"), max_length=200)


class OwnExerciseForm(forms.ModelForm):  # type: ignore[type-arg] # not subscriptable when it runs
    """An exercise of the department's own."""

    family = forms.ChoiceField(label=_("A step of"), required=False)
    not_with = forms.MultipleChoiceField(
        label=_("Not with"), required=False, choices=_choices(CAUTIONS), widget=forms.CheckboxSelectMultiple
    )
    asks = forms.MultipleChoiceField(
        label=_("Asks for good"), required=False, choices=_choices(SENSES), widget=forms.CheckboxSelectMultiple
    )
    likes = forms.MultipleChoiceField(
        label=_("For those who like"), required=False, choices=_choices(LIKES), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = OwnExercise
        fields = (
            *("kind", "name", "how", "watch", "needs", "family", "level", "minutes"),
            *("position", "trains", "not_with", "asks", "likes"),
        )
        widgets = {"how": forms.Textarea(attrs={"rows": 4}), "kind": forms.RadioSelect, "position": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        main = [one for one in shipped() if one.part is Part.MAIN]
        self.kinds = {one.family: one.kind for one in main}
        families = [(family, family_name(family)) for family in by_family(main)]
        self.fields["family"].choices = [("", _("None of ours: it stands alone")), *families]  # type: ignore[attr-defined]
        self.fields["kind"].choices = _capital(OwnExercise.Kind.choices)  # type: ignore[attr-defined] # no empty choice
        self.fields["position"].choices = _capital(OwnExercise.Position.choices)  # type: ignore[attr-defined] # as above

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        family, kind = cleaned.get("family"), cleaned.get("kind")
        if family and kind and self.kinds[family] is not Kind(kind):
            self.add_error("family", _("One is for the body and the other for the mind."))
        minutes = cleaned.get("minutes")
        if minutes is not None and not 1 <= minutes <= 30:
            self.add_error("minutes", _("Between 1 and 30 minutes."))
        return cleaned
