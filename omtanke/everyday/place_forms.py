"""What one fills in about a place, and about who arranges things."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omtanke.everyday.models import Arena, Needs, Organiser
from omtanke.people.models import Hamlet


class ArenaForm(forms.ModelForm):  # type: ignore[type-arg] # not subscriptable when it runs
    has = forms.MultipleChoiceField(
        label=_("What there is"), choices=Needs.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Arena
        fields = ("name", "hamlet", "address", "has", "outdoors", "contact_name", "phone", "active")
        help_texts = {"active": _("Places that are not in use are not offered any more. What was there stays.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hamlet"].queryset = Hamlet.objects.order_by("name")  # type: ignore[attr-defined]


class OrganiserForm(forms.ModelForm):  # type: ignore[type-arg] # as above
    class Meta:
        model = Organiser
        fields = ("name", "contact_name", "phone", "email", "web", "is_partner", "active")
        help_texts = {"is_partner": _("Not the municipality itself: a club, a parish, a shop, a school.")}
