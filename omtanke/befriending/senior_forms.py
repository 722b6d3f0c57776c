"""What leaders write about trainings, team meetings and supporters, and seniors about a visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from omtanke.access.models import RoleAssignment, User
from omtanke.access.permissions import PERMISSIONS, Permission
from omtanke.befriending.models import ServiceVisit, Supporter, TeamMeeting, TrainingVideo
from omtanke.everyday.models import Organiser
from omtanke.people.models import Unit

MOMENT = "%Y-%m-%dT%H:%M"


def _day(**attributes: str) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **attributes}, format="%Y-%m-%d")


class VideoForm(forms.ModelForm):  # type: ignore[type-arg] # not subscriptable when it runs
    class Meta:
        model = TrainingVideo
        fields = ("url", "minutes")
        help_texts = {
            "url": gettext_lazy("Where the seniors can see it, without paying and preferably with subtitles.")
        }


def _moment(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        input_formats=[MOMENT],
    )


class NewSeniorForm(forms.Form):
    """Who is taken on, and for which department when one leads several."""

    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=80)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=69)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("The invitation goes here, and they log in with it."),
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=20)
    department = forms.ModelChoiceField(label=gettext_lazy("Department"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, departments: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["department"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Unit.objects.filter(pk__in=[one.pk for one in departments])
        if len(departments) == 1:
            field.initial, field.widget = departments[0].pk, forms.HiddenInput()

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()


class TimesForm(forms.Form):
    """When a visit began and ended. Whoever leads says why, too."""

    began = _moment(gettext_lazy("When did it begin?"))
    ended = _moment(gettext_lazy("When did it end?"))
    because = forms.CharField(label=gettext_lazy("Why is it corrected?"), max_length=300)

    def __init__(self, *args: Any, visit: ServiceVisit, leading: bool, **kwargs: Any) -> None:
        """A visit without an end is supposed to have lasted as long as planned."""
        began = visit.began_at or visit.planned_start
        ended = visit.ended_at or began + timedelta(minutes=visit.minutes)
        super().__init__(*args, **kwargs)
        self.initial.update(began=timezone.localtime(began), ended=timezone.localtime(ended))
        if not leading:
            del self.fields["because"]


class TeamMeetingForm(forms.ModelForm):  # type: ignore[type-arg] # as above
    starts = forms.DateTimeField(
        label=gettext_lazy("When?"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        input_formats=[MOMENT],
    )
    minutes = forms.IntegerField(label=gettext_lazy("How long, in minutes?"), min_value=15, max_value=480, initial=90)

    class Meta:
        model = TeamMeeting
        fields = ("department", "theme", "about", "starts", "minutes", "place", "link")
        help_texts = {
            "place": gettext_lazy("A place, an address of a video meeting, or both."),
            "link": gettext_lazy("Only those invited see it; it is not in the newsletter."),
        }
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, departments: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["department"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Unit.objects.filter(pk__in=[one.pk for one in departments])
            field.required, field.empty_label = True, None
        if self.instance.pk:
            self.initial["minutes"] = round((self.instance.ends - self.instance.starts).total_seconds() / 60)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("place") and not said.get("link") and not {"place", "link"} & set(self.errors):
            self.add_error("place", _("Where do you meet? Write a place, or the address of the video meeting."))
        if "starts" in said and said["starts"] <= timezone.now() and "starts" in self.changed_data:
            self.add_error("starts", _("That time has passed."))
        if "starts" in said and "minutes" in said:
            # Before the model's own check, which compares the two.
            self.instance.ends = said["starts"] + timedelta(minutes=said["minutes"])
        return said

    def facts(self) -> dict[str, Any]:
        """What becomes the meeting's row."""
        facts = dict(self.cleaned_data)
        facts["ends"] = facts["starts"] + timedelta(minutes=facts.pop("minutes"))
        return facts


class NewsletterForm(forms.Form):
    """The month and title of a new one."""

    month = forms.DateField(
        label=gettext_lazy("Which month?"),
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        input_formats=["%Y-%m"],
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=80, initial="Seniorposten")


class WriteNewsletterForm(forms.Form):
    """The whole newsletter: how it begins, and up to so many pieces. An empty piece is left out."""

    PIECES = 6
    title = forms.CharField(label=gettext_lazy("Title"), max_length=80)
    lead = forms.CharField(
        label=gettext_lazy("How it begins"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, self.PIECES + 1):
            self.fields[f"heading_{number}"] = forms.CharField(
                label=_("Heading %(number)d") % {"number": number}, required=False, max_length=100
            )
            self.fields[f"text_{number}"] = forms.CharField(
                label=_("Text %(number)d") % {"number": number},
                required=False,
                max_length=6000,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for number in range(1, self.PIECES + 1):
            heading, text = said.get(f"heading_{number}"), said.get(f"text_{number}")
            if text and not heading:
                self.add_error(f"heading_{number}", _("Give this piece a heading."))
            if heading and not text:
                self.add_error(f"text_{number}", _("Write what is told under this heading."))
        return said

    def pieces(self) -> list[tuple[str, str]]:
        said = self.cleaned_data
        every = ((said[f"heading_{number}"], said[f"text_{number}"]) for number in range(1, self.PIECES + 1))
        return [(heading.strip(), text.strip()) for heading, text in every if heading]


class SupporterForm(forms.ModelForm):  # type: ignore[type-arg] # as above
    new_organiser = forms.CharField(
        label=gettext_lazy("Or an organisation that is not on the list"), required=False, max_length=80
    )

    class Meta:
        model = Supporter
        fields = (
            "name", "kind", "organiser", "new_organiser", "cares_for", "phone", "email", "kept_by", "next_contact_on",
            "next_about",
        )  # fmt: skip
        widgets = {"next_contact_on": _day(), "cares_for": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, among in (("organiser", Organiser.objects.filter(active=True)), ("kept_by", those_in_touch())):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = among
                field.empty_label = _("None") if name == "organiser" else _("Choose")
        self.fields["next_contact_on"].required = True

    def save_with_organiser(self) -> Supporter:
        """An organisation typed by name is the one known by that name, or a new partner."""
        supporter: Supporter = self.save(commit=False)
        if typed := self.cleaned_data["new_organiser"].strip():
            known = Organiser.objects.filter(name__iexact=typed).first()
            supporter.organiser = known or Organiser.objects.create(name=typed, is_partner=True)
        supporter.save()
        return supporter


def those_in_touch() -> Any:
    """Who may have supporters to stay in touch with."""
    roles = [role for role, held in PERMISSIONS.items() if Permission.STAY_IN_TOUCH in held]
    among = RoleAssignment.objects.current().filter(role__in=roles)
    return User.objects.filter(pk__in=among.values("user"), is_active=True).order_by("name")


class ContactHeldForm(forms.Form):
    """What was said, and when one talks again."""

    on = forms.DateField(label=gettext_lazy("Which day?"), widget=_day())
    said = forms.CharField(
        label=gettext_lazy("What did you talk about?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    next_on = forms.DateField(label=gettext_lazy("When is the next contact?"), widget=_day())
    next_about = forms.CharField(label=gettext_lazy("About what?"), max_length=200, required=False)


class ReportForm(forms.Form):
    """What the senior writes after a visit."""

    report = forms.CharField(
        label=gettext_lazy("What did you do, and how was it?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("A few lines, so that the person could gladly read it themselves."),
    )


NOT_DONE = (
    ("declined", gettext_lazy("Said no today")),
    ("away", gettext_lazy("Was not at home")),
    ("moved", gettext_lazy("We agreed on another time")),
    ("ill", gettext_lazy("I am ill or cannot come")),
    ("hospital", gettext_lazy("Is in hospital")),
    ("other", gettext_lazy("Something else")),
)


class NoVisitForm(forms.Form):
    """Why there was, or will be, no visit."""

    why = forms.ChoiceField(label=gettext_lazy("Why not?"), choices=NOT_DONE, widget=forms.RadioSelect)
    words = forms.CharField(label=gettext_lazy("In your own words"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("why") == "other" and not said.get("words", "").strip():
            self.add_error("words", _("Say in a few words what it was."))
        return said

    def because(self) -> str:
        """'Said no today. Was tired.' as one line of the visit book."""
        label = str(dict(NOT_DONE)[self.cleaned_data["why"]])
        words = str(self.cleaned_data["words"]).strip()
        if self.cleaned_data["why"] == "other":
            return words
        return f"{label}. {words}" if words else label
