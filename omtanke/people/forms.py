"""Forms about a person: who they are in their own words, plain facts, and those around them."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from omtanke.people.edit_together import EditTogether
from omtanke.people.models import Citizen, Portrait, Tie


class PortraitForm(EditTogether):
    class Meta:
        model = Portrait
        fields = ("what_matters", "talk_about", "avoid", "good_to_know", "i_do_myself", "life_story")
        widgets: ClassVar = {
            "what_matters": forms.Textarea(attrs={"rows": 4, "class": "own-words-input"}),
            "good_to_know": forms.Textarea(attrs={"rows": 3}),
            "i_do_myself": forms.Textarea(attrs={"rows": 3}),
            "life_story": forms.Textarea(attrs={"rows": 6}),
        }
        labels: ClassVar = {
            "what_matters": _("What matters to me"),
            "talk_about": _("I like to talk about"),
            "avoid": _("Better not to talk about"),
            "good_to_know": _("Good to know before you go in"),
            "i_do_myself": _("What I do myself"),
            "life_story": _("From my life"),
        }
        help_texts: ClassVar = {
            "what_matters": _("Write it as it was said. Ask: what makes a day a good day?"),
            "good_to_know": _("Where the key is, the dog, how to knock, what makes the person feel safe."),
            "i_do_myself": _("So that nobody takes over what the person can and wants to do."),
        }


class FactsForm(EditTogether):
    class Meta:
        model = Citizen
        fields = (
            "called",
            "phone",
            "address",
            "postal_code",
            "town",
            "hamlet",
            "language",
            "memory_loss",
            "vulnerable",
        )
        labels: ClassVar = {
            "called": _("Likes to be called"),
            "phone": _("Telephone"),
            "address": _("Address"),
            "postal_code": _("Postal code"),
            "town": _("Town"),
            "hamlet": _("Hamlet"),
            "language": _("Language the person speaks"),
            "memory_loss": _("Needs to be reminded of who comes and when"),
            "vulnerable": _("New faces are hard: spare them as long as possible"),
        }
        help_texts: ClassVar = {"vulnerable": ""}


class TieForm(EditTogether):
    class Meta:
        model = Tie
        fields = (
            "name",
            "kind",
            "relation",
            "closeness",
            "contributes",
            "phone",
            "lives_in",
            "is_next_of_kin",
            "call_first",
        )
        widgets: ClassVar = {"closeness": forms.RadioSelect}
        labels: ClassVar = {
            "name": _("Name"),
            "kind": _("Who is it?"),
            "relation": _("What are they to the person?"),
            "closeness": _("How close are they?"),
            "contributes": _("What do they do together, what do they help with?"),
            "phone": _("Telephone"),
            "lives_in": _("Lives in"),
            "is_next_of_kin": _("Is next of kin"),
            "call_first": _("Call this one first"),
        }
        help_texts: ClassVar = {
            "relation": _("As “daughter”, “sings in the same choir”."),
            "contributes": _("As “calls every Sunday”, “shovels the snow”, “plays cards with her”."),
        }
