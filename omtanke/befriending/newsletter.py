"""The newsletter ("Seniorposten"): written by those who lead or administer the visit service, published by a press."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from omtanke.access.models import User
from omtanke.befriending.models import Newsletter, NewsletterPiece, TeamMeeting


class MonthHasOne(Exception):
    """There is a newsletter of that month already. `newsletter` is it."""

    def __init__(self, newsletter: Newsletter) -> None:
        super().__init__(newsletter)
        self.newsletter = newsletter


class AlreadyPublished(Exception):
    """A colleague was first; to change it, take it back."""


class NothingToPublish(Exception):
    """It has no beginning and no pieces yet."""


@transaction.atomic
def begin_newsletter(month: date, title: str, *, by: User, at: datetime) -> Newsletter:
    """A draft for a month. Raises MonthHasOne."""
    new, is_new = Newsletter.objects.get_or_create(
        month=month.replace(day=1), defaults={"title": title, "changed_by": by, "changed_at": at}
    )
    if not is_new:
        raise MonthHasOne(new)
    return new


@transaction.atomic
def write(
    newsletter: Newsletter, *, title: str, lead: str, pieces: Sequence[tuple[str, str]], by: User, at: datetime
) -> None:
    """Everything as it is written now. Raises AlreadyPublished."""
    draft = Newsletter.objects.filter(pk=newsletter.pk, published_at=None)
    if not draft.update(title=title, lead=lead, changed_by=by, changed_at=at):
        raise AlreadyPublished
    NewsletterPiece.objects.filter(newsletter=newsletter).delete()
    NewsletterPiece.objects.bulk_create(
        NewsletterPiece(newsletter=newsletter, number=number, heading=heading, text=text)
        for number, (heading, text) in enumerate(pieces, 1)
    )


@transaction.atomic
def publish(newsletter: Newsletter, *, by: User, at: datetime) -> None:
    """From now on everybody can read it. Raises NothingToPublish, AlreadyPublished."""
    if not newsletter.lead.strip() and not newsletter.pieces.exists():
        raise NothingToPublish
    if not Newsletter.objects.filter(pk=newsletter.pk, published_at=None).update(published_at=at, published_by=by):
        raise AlreadyPublished


def take_back(newsletter: Newsletter) -> None:
    """Nobody can read it any more, and it can be changed."""
    Newsletter.objects.filter(pk=newsletter.pk).update(published_at=None, published_by=None)


def meetings_of(newsletter: Newsletter) -> list[TeamMeeting]:
    """The month's team meetings: day, time, place, theme. The address of a video meeting is for those invited."""
    first = timezone.make_aware(datetime.combine(newsletter.month, time()))
    days = calendar.monthrange(newsletter.month.year, newsletter.month.month)[1]
    last = timezone.make_aware(datetime.combine(newsletter.month + timedelta(days=days), time()))
    found = TeamMeeting.objects.filter(starts__gte=first, starts__lt=last, cancelled_at=None)
    return list(found.select_related("department").order_by("starts", "pk"))
