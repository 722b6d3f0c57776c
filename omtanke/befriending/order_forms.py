"""What relatives write on the public page, and what the department fills in about an order."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from omtanke.befriending.models import Order, ServiceArea
from omtanke.people.models import Employee, Unit


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def moment_field(label: Any, **more: Any) -> forms.DateTimeField:
    """A day and a time of day, as the browser's own picker writes it."""
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
        **more,
    )


class OrderForm(forms.ModelForm):  # type: ignore[type-arg] # not subscriptable when it runs
    """The public page. Asks for no more than is needed to call back and to know whom it is about."""

    areas = forms.MultipleChoiceField(
        label=gettext_lazy("What would you like?"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    person_knows = forms.BooleanField(label=gettext_lazy("I have talked with the person about it"), required=False)
    consent = forms.BooleanField(
        label=gettext_lazy("You may keep what I write here to answer me, and for as long as the visits last.")
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)  # people leave it empty

    class Meta:
        model = Order
        fields = (
            "department", "first_name", "last_name", "born", "address", "postal_code", "town", "their_phone",
            "areas", "wishes", "person_knows", "ordered_by", "relation", "phone", "email", "consent", "website",
        )  # fmt: skip
        labels = {
            "department": gettext_lazy("Which department?"),
            "first_name": gettext_lazy("First name"),
            "last_name": gettext_lazy("Last name"),
            "born": gettext_lazy("Date of birth"),
            "address": gettext_lazy("Address"),
            "postal_code": gettext_lazy("Postal code"),
            "town": gettext_lazy("Town"),
            "their_phone": gettext_lazy("Phone"),
            "wishes": gettext_lazy("What do you hope for?"),
            "ordered_by": gettext_lazy("Your name"),
            "relation": gettext_lazy("Who you are to them"),
            "phone": gettext_lazy("Your phone"),
            "email": gettext_lazy("Your e-mail"),
        }
        help_texts = {
            "relation": gettext_lazy("As daughter, neighbour, or “it is for me”."),
            "born": gettext_lazy("If you know it."),
            "wishes": gettext_lazy("In your own words. Leave out illness: we talk about what we need to know."),
        }
        widgets = {"born": date_input(), "wishes": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments = Unit.objects.filter(kind=Unit.Kind.VISIT_SERVICE)
        which = self.fields["department"]
        which.queryset = departments  # type: ignore[attr-defined] # a ModelChoiceField
        which.empty_label = _("Choose")  # type: ignore[attr-defined]
        if len(departments) == 1:  # nothing to choose
            which.widget = forms.HiddenInput()
            self.initial["department"] = departments[0].pk
        self.fields["areas"].choices = [  # type: ignore[attr-defined]
            (area.code, area.name) for area in ServiceArea.objects.filter(offered=True)
        ]

    def about_them(self) -> list[forms.BoundField]:
        """Whoever is to be visited."""
        return [
            self[name] for name in ("first_name", "last_name", "born", "address", "postal_code", "town", "their_phone")
        ]

    def what(self) -> list[forms.BoundField]:
        names = ("areas", "wishes", "person_knows")
        return [self[name] for name in names if not self[name].is_hidden]

    def about_you(self) -> list[forms.BoundField]:
        """Whoever orders; which department, where there are several."""
        names = ("ordered_by", "relation", "phone", "email", "department", "consent")
        return [self[name] for name in names if not self[name].is_hidden]

    def clean_born(self) -> Any:
        born = self.cleaned_data["born"]
        if born and born > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return born

    def said(self) -> dict[str, Any]:
        """What becomes the order."""
        left_out = {"department", "consent", "website"}
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}


class TakeOnForm(forms.Form):
    """The department says yes to an order."""

    told = forms.BooleanField(
        label=gettext_lazy("The person has been told, and wants the visits"),
        error_messages={"required": gettext_lazy("Talk with the person first: nobody gets visits they do not want.")},
    )


class TalkForm(forms.Form):
    """The talk with next of kin: agreed on, or held."""

    with_whom = forms.CharField(label=gettext_lazy("With whom"), max_length=120)
    planned_at = moment_field(gettext_lazy("When"))
    held = forms.BooleanField(label=gettext_lazy("The talk has been held"), required=False)
    notes = forms.CharField(
        label=gettext_lazy("What you agreed on"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Read by those who lead the department, by nobody else."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        when = said.get("planned_at")
        if said.get("held") and when and when > timezone.now():
            self.add_error("planned_at", _("A talk that has been held was before now."))
        return said


class MeetingForm(forms.Form):
    """When the getting-to-know meeting is, and who holds it."""

    starts = moment_field(gettext_lazy("When"))
    held_by = forms.ModelChoiceField(Employee.objects.none(), label=gettext_lazy("Who holds it"), empty_label=None)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_by"].queryset = people  # type: ignore[attr-defined] # a ModelChoiceField


class MeetingHeldForm(forms.Form):
    """The meeting was held: how long it took, who else was there, and the notebook when one was bought."""

    minutes = forms.IntegerField(label=gettext_lazy("How many minutes it took"), min_value=5, max_value=480)
    also_there = forms.ModelMultipleChoiceField(
        Employee.objects.none(),
        label=gettext_lazy("Who else of us was there"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Their hours count too."),
    )
    notebook = forms.DecimalField(
        label=gettext_lazy("What the notebook cost, in kroner"),
        required=False,
        min_value=0,
        max_digits=7,
        decimal_places=2,
        help_text=gettext_lazy("Only if you bought one for the person. It is the service's own expense."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["also_there"].queryset = people  # type: ignore[attr-defined] # a ModelMultipleChoiceField


class CriteriaForm(forms.Form):
    """Each criterion: met, not met, or not judged yet; and why, in one's own words."""

    CHOICES = (("yes", gettext_lazy("Met")), ("no", gettext_lazy("Not met")), ("", gettext_lazy("Not judged yet")))

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        judged = {one.kind: one for one in order.criteria.all()}
        for kind, label in order.criteria.model.Kind.choices:
            one = judged.get(kind)
            self.fields[kind] = forms.ChoiceField(
                label=label, choices=self.CHOICES, widget=forms.RadioSelect, required=False,
                initial="" if one is None else "yes" if one.met else "no",
            )  # fmt: skip
            self.fields[f"{kind}_words"] = forms.CharField(
                label=gettext_lazy("In your own words"), required=False, max_length=300,
                initial=one.words if one else "",
            )  # fmt: skip


class FactsForm(forms.ModelForm):  # type: ignore[type-arg] # as above
    """What changes while an order runs: whom to call, what is wanted, the customer's project."""

    areas = forms.MultipleChoiceField(
        label=gettext_lazy("What is wanted"), widget=forms.CheckboxSelectMultiple, choices=()
    )

    class Meta:
        model = Order
        fields = ("ordered_by", "relation", "phone", "email", "their_phone", "areas", "project_number")
        labels = {
            "ordered_by": gettext_lazy("Next of kin who ordered"),
            "relation": gettext_lazy("Who they are to the person"),
            "phone": gettext_lazy("Phone of next of kin"),
            "email": gettext_lazy("E-mail of next of kin"),
            "their_phone": gettext_lazy("Phone of the person"),
            "project_number": gettext_lazy("Project number"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].choices = [(area.code, area.name) for area in ServiceArea.objects.all()]  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    because = forms.CharField(label=gettext_lazy("Why does it end?"), max_length=300)
