"""What people do with a period of hours: look at it, book it, begin again where it stopped."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from omtanke.access.models import User
from omtanke.exchange.tripletex.keys import company_of
from omtanke.exchange.tripletex.models import Booking, HoursRun, NotebookExpense
from omtanke.people.models import Unit

State = HoursRun.State
LONGEST = timedelta(days=92)


class AlreadyOnItsWay(Exception):
    """Somebody looks or books right now; the same company's hours are handled one at a time."""


class NotReady(Exception):
    """A colleague was first, something newer has been looked at, or there is nothing to book with."""


class TooLong(Exception):
    """More than three months at once."""


def ask_to_look(unit: Unit, first: date, last: date, *, by: User, now: datetime) -> HoursRun:
    """Compare a period with Tripletex; nothing is written there. Raises AlreadyOnItsWay, TooLong."""
    if last - first > LONGEST:
        raise TooLong
    try:
        with transaction.atomic():
            run = HoursRun.objects.create(
                unit=unit, company=company_of(unit), first=first, last=last, by=by, asked_at=now, beat_at=now
            )
            _ask_worker(run)
    except IntegrityError as busy:
        raise AlreadyOnItsWay from busy
    return run


@transaction.atomic
def ask_to_book(run: HoursRun, *, now: datetime) -> None:
    """Book what the run has compared. Raises NotReady."""
    newer = HoursRun.objects.filter(company=run.company, asked_at__gt=run.asked_at).exclude(pk=run.pk)
    ready = HoursRun.objects.filter(pk=run.pk, state=State.READY, compared=True)
    if newer.exists() or not ready.update(state=State.QUEUED, done=0, of=0, trouble="", beat_at=now):
        raise NotReady
    run.state = State.QUEUED
    _ask_worker(run)


def begin_again(run: HoursRun, *, now: datetime) -> None:
    """Where it stopped, or a killed worker left it. What is booked is found, not booked again. Raises NotReady."""
    if not run.has_stopped:
        raise NotReady
    state = State.QUEUED if run.compared else State.ASKED
    unchanged = HoursRun.objects.filter(pk=run.pk, state=run.state, beat_at=run.beat_at)
    try:
        with transaction.atomic():
            if not unchanged.update(state=state, trouble="", done=0, of=0, beat_at=now):
                raise NotReady
            run.state = state
            _ask_worker(run)
    except IntegrityError as busy:
        raise NotReady from busy


def is_newest(run: HoursRun) -> bool:
    """Its lines are as it has compared them: nobody has looked since."""
    return not HoursRun.objects.filter(company=run.company, asked_at__gt=run.asked_at).exists()


def has_something_to_do(run: HoursRun) -> bool:
    return any(model.objects.of_run(run).to_do().exists() for model in (Booking, NotebookExpense))


def _ask_worker(run: HoursRun) -> None:
    from omtanke.exchange.tripletex import jobs  # jobs call deeds, deeds ask for jobs

    job = jobs.book_run if run.state == State.QUEUED else jobs.look_run
    job.defer(run_id=run.pk)
