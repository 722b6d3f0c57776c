"""Two people write about the same person at once, and nothing of either is lost.

A form carries what its writer saw. Only what the writer changed is saved. Where somebody else has saved another text in
the same field meanwhile, nothing is: the writer gets both texts to see and puts together what should stand.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext as _

from omtanke.access.models import User


class Overtaken(Exception):
    """Somebody else has changed the same meanwhile; `theirs` is what stands there now."""

    def __init__(self, theirs: Mapping[str, Any]) -> None:
        self.theirs = theirs


def said(value: object) -> str:
    """A value as a form carries it, so that what was seen and what is there can be compared."""
    if value is None or value is False:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").strip()


@transaction.atomic
def save_changes[Row: models.Model](row: Row, wanted: Mapping[str, Any], *, seen: Mapping[str, Any]) -> Row:
    """Save those of `wanted` that differ from `seen`. Raises Overtaken if one of them has another value by now."""
    changes = {name: value for name, value in wanted.items() if said(value) != said(seen.get(name))}
    now = type(row)._default_manager.select_for_update().get(pk=row.pk)
    theirs = {
        name: getattr(now, name)
        for name, mine in changes.items()
        if said(getattr(now, name)) not in {said(seen.get(name)), said(mine)}
    }
    if theirs:
        raise Overtaken(theirs)
    for name, value in changes.items():
        setattr(now, name, value)
    if changes:
        now.save()
    return now


class EditTogether(forms.ModelForm):  # type: ignore[type-arg] # of any row
    """A form that knows what its writer saw."""

    template_name = "people/edit_together.html"
    seen = forms.JSONField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theirs: dict[str, tuple[str, str]] = {}  # by field: who saved, and what
        self.initial["seen"] = self._there_now()

    def _there_now(self) -> dict[str, str]:
        return {name: said(self.instance.__dict__.get(name)) for name in self._names()}

    def _names(self) -> list[str]:
        return [self._meta.model._meta.get_field(name).attname for name in self._meta.fields or ()]

    @property
    def wanted(self) -> dict[str, Any]:
        """What the writer has in the fields, by column."""
        values = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        field = self._meta.model._meta.get_field
        return {
            field(name).attname: value.pk if isinstance(value, models.Model) else value
            for name, value in values.items()
        }

    @property
    def was_seen(self) -> dict[str, Any]:
        seen = self.cleaned_data.get("seen")
        return seen if isinstance(seen, dict) else {}


def with_theirs[Form: EditTogether](form: Form, overtaken: Overtaken) -> Form:
    """The same form with what was typed in it, and beside it what somebody else has saved; saving again is possible."""
    row = type(form.instance)._default_manager.get(pk=form.instance.pk)
    typed = dict(form.data.items())
    typed["seen"] = type(form)(instance=row)["seen"].value()
    again = type(form)(typed, instance=row)
    who = last_changed_by(row)
    for name in form._meta.fields or ():
        if row._meta.get_field(name).attname in overtaken.theirs:
            again.theirs[name] = (who, str(getattr(row, name) or "–"))
    for name in again.theirs:
        again.add_error(name, _("Somebody else saved this while you wrote. Their text stands below yours."))
    return again


def last_changed_by(row: models.Model) -> str:
    """The name of who changed this row last; empty if it was not somebody who was logged in."""
    events = apps.get_model(row._meta.app_label, f"{row._meta.object_name}Event")
    last = events._default_manager.filter(pgh_obj=row.pk).select_related("pgh_context").order_by("-pk").first()
    context = getattr(last, "pgh_context", None)
    user = User.objects.filter(pk=context.metadata.get("user")).first() if context else None
    return user.name if user else ""
