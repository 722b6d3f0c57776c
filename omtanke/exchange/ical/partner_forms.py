"""What one fills in about a partner's calendar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omtanke.exchange.ical.models import PartnerCalendar
from omtanke.people.models import Unit


class PartnerForm(forms.ModelForm):  # type: ignore[type-arg] # not subscriptable when it runs
    class Meta:
        model = PartnerCalendar
        fields = ("name", "organiser", "unit", "address")
        help_texts = {"address": _("Fetched every night. Empty: somebody uploads a file now and then.")}

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])  # type: ignore[attr-defined]
        self.fields["organiser"].empty_label = str(_("Not said"))  # type: ignore[attr-defined]
        self.fields["unit"].empty_label = str(_("The whole municipality"))  # type: ignore[attr-defined]


class UploadForm(forms.Form):
    calendar = forms.FileField(label=_("Calendar file (.ics)"))
