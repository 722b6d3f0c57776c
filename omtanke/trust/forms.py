"""What people fill in on the pages of this room."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from omtanke.access.actor import Actor
from omtanke.access.login import fingerprint
from omtanke.access.models import EmergencyAccess, User
from omtanke.access.permissions import VISIT_SERVICE_ROLES, Permission
from omtanke.access.roles import EVERYWHERE, IN_A_UNIT
from omtanke.people.models import Employee, Unit
from omtanke.trust.emergency import SHORTEST_REASON


class EmergencyForm(forms.Form):
    """Whom, by what the asker already knows; and why."""

    name = forms.CharField(label=gettext_lazy("First and last name"), max_length=161, required=False)
    born = forms.DateField(
        label=gettext_lazy("Born"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    national_id = forms.CharField(
        label=gettext_lazy("National identity number"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Instead of name and birth date, if you have it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    words = forms.CharField(
        label=gettext_lazy("Why do you need to see this person's information now?"),
        min_length=SHORTEST_REASON,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("In your own words. The person and your leader can read it."),
        error_messages={
            "min_length": gettext_lazy("Tell a little more: what has happened, and what do you need to know?"),
            "required": gettext_lazy("Write why you need it. Without a reason nothing is opened."),
        },
    )

    def clean_national_id(self) -> str:
        return "".join(sign for sign in self.cleaned_data["national_id"] if sign.isdigit())

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("national_id") and not (said.get("name") and said.get("born")) and not self.errors:
            raise forms.ValidationError(
                _("Write both the whole name and the birth date, or the national identity number.")
            )
        return said


class FollowUpForm(forms.Form):
    verdict = forms.ChoiceField(
        label=gettext_lazy("Was it right to open it?"),
        choices=EmergencyAccess.Verdict.choices,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("What you found out"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("In a few words: whom you talked with, and whether something should change."),
    )


class InquiryForm(forms.Form):
    """Which looks of one user, and why the privacy officer asks."""

    email = forms.EmailField(
        label=gettext_lazy("The user's e-mail address"),
        help_text=gettext_lazy("The whole address. There is no list to browse."),
    )
    first_day = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=gettext_lazy("To"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    words = forms.CharField(
        label=gettext_lazy("What are you following up?"),
        min_length=SHORTEST_REASON,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Stands in the log of inquiries, which cannot be changed."),
        error_messages={"min_length": gettext_lazy("Tell a little more: what has happened, or who has asked?")},
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("first_day") and said.get("last_day") and said["first_day"] > said["last_day"]:
            raise forms.ValidationError(_("The first day comes after the last."))
        return said


class RoleForm(forms.Form):
    """One role, and where. Which choices there are follows from who gives."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=gettext_lazy("The whole municipality"),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = actor.units(Permission.GIVE_ROLES)
        everywhere = units is None
        # Those of a visit service are no leader's of the municipality's care to give.
        roles = [*IN_A_UNIT, *EVERYWHERE] if everywhere else [r for r in IN_A_UNIT if r not in VISIT_SERVICE_ROLES]
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        where = self.fields["unit"]
        where.queryset = Unit.objects.all() if units is None else Unit.objects.filter(pk__in=units)  # type: ignore[attr-defined]
        if not everywhere:
            where.required = True
            where.empty_label = None  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        role, unit = said.get("role"), said.get("unit")
        if role in IN_A_UNIT and not unit and "unit" not in self.errors:
            self.add_error("unit", _("This role is held in a unit: choose which."))
        if unit and (role in VISIT_SERVICE_ROLES) != (unit.kind == Unit.Kind.VISIT_SERVICE):
            self.add_error("unit", _("This role is not held in such a unit: the visit service has roles of its own."))
        if role in EVERYWHERE and unit:
            self.add_error("unit", _("This role holds for the whole municipality."))
        return said


class NewUserForm(RoleForm):
    """Somebody who will log in, and the first role."""

    field_order = ("name", "email", "employee_number", "national_id", "role", "unit")

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("The invitation goes here, and they log in with it."),
    )
    employee_number = forms.CharField(
        label=gettext_lazy("Employee number"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Links the login to the employee, with the shifts and people they already have."),
    )

    national_id = forms.CharField(
        label=gettext_lazy("National identity number"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Only to log in with ID-porten. The number itself is not kept."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean_national_id(self) -> str:
        digits = "".join(sign for sign in self.cleaned_data["national_id"] if sign.isdigit())
        if digits and User.objects.filter(pid_hash=fingerprint(digits)).exists():
            raise forms.ValidationError(_("Somebody logs in with this number already."))
        return digits

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(_("Somebody has this address already."))
        return email

    def clean_employee_number(self) -> Employee | None:
        number = self.cleaned_data["employee_number"].strip()
        if not number:
            return None
        employee = Employee.objects.filter(number=number).first()
        if employee is None:
            raise forms.ValidationError(_("There is no employee with this number."))
        if employee.user_id:
            raise forms.ValidationError(_("This employee has a login already."))
        return employee


class RepresentativeForm(forms.Form):
    """Who acts on somebody's behalf."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("The invitation goes here, and they log in with it."),
    )
