"""Add, publish and retire questionnaires. Draft → in use → retired; a new version retires the one before it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from omtanke.access.models import User
from omtanke.forms.items import Form
from omtanke.forms.models import Questionnaire
from omtanke.forms.reading import Reading, form_of
from omtanke.forms.shipped import every_shipped

Status = Questionnaire.Status


class VersionTaken(Exception):
    """This version has been published already, and what was answered on it must stay readable. Give it a new one."""


class NotADraft(Exception):
    """A colleague was first: it is in use or retired already."""


class NotInUse(Exception):
    """A colleague was first: it has been retired already."""


@transaction.atomic
def add(reading: Reading, *, by: User | None) -> Questionnaire:
    """Keep a file that was read without problems as a draft; a draft of the same version is replaced.

    Raises VersionTaken.
    """
    form = reading.form
    assert form is not None, "only what has no problems is added"  # noqa: S101 - callers have asked
    Questionnaire.objects.filter(url=form.url, version=form.version, status=Status.DRAFT, answers=None).delete()
    try:
        with transaction.atomic():
            return _make(form, reading, by)
    except IntegrityError as clash:
        raise VersionTaken from clash


def _make(form: Form, reading: Reading, by: User | None) -> Questionnaire:
    return Questionnaire.objects.create(
        url=form.url,
        version=form.version,
        title=form.title[""][:200],
        content=reading.content,
        page=form.page[:60],
        opens_to_everyday=form.opens_to_everyday,
        # Once kept within a department, every later version is: what was told there stays there.
        kept_within_unit=form.kept_within_unit
        or Questionnaire.objects.filter(url=form.url, kept_within_unit=True).exists(),
        added_by=by,
    )


@transaction.atomic
def publish(questionnaire: Questionnaire, *, by: User | None, at: datetime) -> None:
    """Take a draft into use; the version in use until now is retired. Raises NotADraft."""
    drafts = Questionnaire.objects.select_for_update().filter(pk=questionnaire.pk, status=Status.DRAFT)
    if not drafts.exists():
        raise NotADraft
    before = Questionnaire.objects.active().filter(url=questionnaire.url)
    before.update(status=Status.RETIRED, retired_by=by, retired_at=at)
    drafts.update(status=Status.ACTIVE, published_by=by, published_at=at)


@transaction.atomic
def retire(questionnaire: Questionnaire, *, by: User, at: datetime) -> None:
    """No new answers from now on; those given stay, and those begun can be finished. Raises NotInUse."""
    active = Questionnaire.objects.active().filter(pk=questionnaire.pk)
    if not active.update(status=Status.RETIRED, retired_by=by, retired_at=at):
        raise NotInUse


@transaction.atomic
def bring_shipped() -> list[Questionnaire]:
    """Those that come along, in use; a version that is here already is left as the municipality has it."""
    here = set(Questionnaire.objects.values_list("url", "version"))
    new = []
    for content in every_shipped():
        form = form_of(content)
        if (form.url, form.version) not in here:
            questionnaire = _make(form, Reading(content, form), None)
            publish(questionnaire, by=None, at=timezone.now())
            new.append(questionnaire)
    return new
