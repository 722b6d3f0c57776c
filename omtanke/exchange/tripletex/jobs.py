"""Looking and booking as jobs on the queue, one at a time for each company; taken up again after a worker is killed."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from omtanke.exchange.tripletex import runs
from omtanke.exchange.tripletex.book import book
from omtanke.exchange.tripletex.client import Client
from omtanke.exchange.tripletex.company import Company
from omtanke.exchange.tripletex.errors import GivenUp, NotLetIn, NotUnderstood, TooBusy
from omtanke.exchange.tripletex.keys import Keys, keys_to
from omtanke.exchange.tripletex.look import look
from omtanke.exchange.tripletex.models import HoursRun

log = structlog.get_logger("omtanke.tripletex")
State, Trouble = HoursRun.State, HoursRun.Trouble
TROUBLES: dict[type[GivenUp], HoursRun.Trouble] = {
    NotLetIn: Trouble.NOT_LET_IN,
    TooBusy: Trouble.BUSY,
    NotUnderstood: Trouble.NOT_UNDERSTOOD,
}


@app.task(name="tripletex.look")
def look_run(run_id: int) -> None:
    """The dry run."""
    _guarded(run_id, State.ASKED, State.LOOKING, _look)


@app.task(name="tripletex.book")
def book_run(run_id: int) -> None:
    _guarded(run_id, State.QUEUED, State.BOOKING, _book)


@app.periodic(cron="*/5 * * * *")
@app.task(name="tripletex.take_up_again", queueing_lock="tripletex.take_up_again")
def take_up_again(timestamp: int) -> None:
    """Begin anew what a killed worker left behind."""
    for run in HoursRun.objects.stopped():
        try:
            runs.begin_again(run, now=timezone.now())
        except runs.NotReady:
            continue
        log.warning("hours taken up again", run=run.pk)


def client_for(keys: Keys) -> Client:
    return Client(keys)


def _guarded(run_id: int, waits: str, works: str, work: Callable[[HoursRun], None]) -> None:
    """A job that comes twice finds that it does not wait any more. Why it stopped is kept for the page."""
    waiting = HoursRun.objects.filter(pk=run_id, state=waits)
    if not waiting.update(state=works, beat_at=timezone.now()):
        return
    try:
        work(HoursRun.objects.select_related("unit").get(pk=run_id))
    except GivenUp as given_up:
        trouble = next((TROUBLES[kind] for kind in TROUBLES if isinstance(given_up, kind)), Trouble.NO_ANSWER)
        _finish(run_id, works, state=State.STOPPED, trouble=trouble)
        log.warning("hours stopped", run=run_id, trouble=trouble.value)
    except Exception:
        _finish(run_id, works, state=State.STOPPED, trouble=Trouble.OWN_ERROR)
        log.exception("hours failed", run=run_id)


def _look(run: HoursRun) -> None:
    keys = keys_to(run.company)
    if keys is None:
        look(run, None, _beat_of(run))
    else:
        client = client_for(keys)
        try:
            look(run, Company(client), _beat_of(run))
        finally:
            client.close()
    _finish(run.pk, State.LOOKING, state=State.READY, compared=keys is not None)


def _book(run: HoursRun) -> None:
    keys = keys_to(run.company)
    if keys is None:
        raise NotLetIn
    client = client_for(keys)
    try:
        book(run, Company(client), _beat_of(run), now=timezone.now())
    finally:
        client.close()
    _finish(run.pk, State.BOOKING, state=State.DONE, finished_at=timezone.now())


def _beat_of(run: HoursRun) -> Callable[[int, int], None]:
    """Tells the page how far it is, and everybody that somebody is still at it."""

    def beat(done: int, of: int) -> None:
        HoursRun.objects.filter(pk=run.pk).update(done=done, of=of, beat_at=timezone.now())

    return beat


def _finish(run_id: int, was: str, **facts: object) -> None:
    HoursRun.objects.filter(pk=run_id, state=was).update(**facts)
