"""Imports as jobs on the queue: looked at, taken in, taken up again after a worker was killed, and tidied away."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from django.db import connection
from django.utils import timezone, translation
from procrastinate.contrib.django import app

from omtanke.exchange.spreadsheets import runs
from omtanke.exchange.spreadsheets.models import ImportContent, ImportRun
from omtanke.exchange.spreadsheets.reading import SourceFile
from omtanke.exchange.spreadsheets.reports import Report
from omtanke.exchange.spreadsheets.taking_in import read_files, take_in
from omtanke.exchange.spreadsheets.words import Unusable

log = structlog.get_logger("omtanke.import")
State = ImportRun.State
SECONDS_BETWEEN_BEATS = 0.5


@app.task(name="spreadsheets.examine")
def examine_run(run_id: int) -> None:
    """Read the files and compare them with the database; write nothing but the report."""
    if _begin(run_id, State.UPLOADED, State.READING):
        _guarded(run_id, State.READING, _examine)


@app.task(name="spreadsheets.take_in")
def take_in_run(run_id: int) -> None:
    """Take the files in. The run is done in the same transaction as the data is there."""
    if _begin(run_id, State.QUEUED, State.TAKING):
        _guarded(run_id, State.TAKING, _take_in)


@app.periodic(cron="* * * * *")
@app.task(name="spreadsheets.take_up_again", queueing_lock="spreadsheets.take_up_again")
def take_up_again(timestamp: int) -> None:
    """Begin anew what a killed worker left behind."""
    for run in ImportRun.objects.stopped():
        try:
            runs.take_up_again(run)
        except runs.NotReady:
            continue
        log.warning("import taken up again", run=run.pk)


@app.periodic(cron="17 3 * * *")
@app.task(name="spreadsheets.remove_old_files", queueing_lock="spreadsheets.remove_old_files")
def remove_old_files(timestamp: int) -> None:
    log.info("files of old imports removed", runs=runs.remove_old_files(timezone.now()))


def _begin(run_id: int, waits: str, works: str) -> bool:
    """Say that this worker has it; a job that comes twice finds that it does not wait any more."""
    return bool(ImportRun.objects.filter(pk=run_id, state=waits).update(state=works, beat_at=timezone.now()))


def _guarded(run_id: int, state: str, work: Callable[[ImportRun, Beat], None]) -> None:
    run = ImportRun.objects.get(pk=run_id)
    beat = Beat(run_id)
    try:
        with translation.override(run.language):
            work(run, beat)
    except Unusable as error:
        trouble = {"file": error.file, **error.words.as_json()}
        _finish(run_id, state, state=State.UNUSABLE, trouble=trouble, finished_at=timezone.now())
    except Exception:
        _finish(run_id, state, state=State.FAILED)
        log.exception("import failed", run=run_id)
    finally:
        beat.close()


def _examine(run: ImportRun, beat: Beat) -> None:
    report = take_in(read_files(_files(run), beat), by=run.by, on=timezone.localdate(), dry_run=True, progress=beat)
    _finish(run.pk, State.READING, state=State.READY, report=report.as_json())


def _take_in(run: ImportRun, beat: Beat) -> None:
    def in_the_same_transaction(report: Report) -> None:
        now = timezone.now()
        if not _finish(run.pk, State.TAKING, state=State.DONE, report=report.as_json(), finished_at=now):
            raise runs.NotReady  # somebody else took it up: what was written here is taken back

    take_in(
        read_files(_files(run), beat),
        by=run.by,
        on=timezone.localdate(),
        accept_good=run.accept_good,
        progress=beat,
        afterwards=in_the_same_transaction,
    )


def _finish(run_id: int, was: str, **fields: object) -> int:
    return ImportRun.objects.filter(pk=run_id, state=was).update(**fields)


def _files(run: ImportRun) -> list[SourceFile]:
    kept = ImportContent.objects.filter(file__run=run).select_related("file").order_by("file__name")
    return [SourceFile(one.file.name, bytes(one.content)) for one in kept]


class Beat:
    """Tells the page how far it is, past the transaction that nobody can look into: by a connection of its own."""

    def __init__(self, run_id: int) -> None:
        self.run_id, self._last = run_id, 0.0
        self._connection = connection.copy()

    def __call__(self, stage: str, done: int, of: int) -> None:
        if time.monotonic() - self._last < SECONDS_BETWEEN_BEATS:
            return
        self._last = time.monotonic()
        with self._connection.cursor() as cursor:
            cursor.execute(
                'UPDATE spreadsheets_importrun SET stage = %s, done = %s, "of" = %s, beat_at = now() WHERE id = %s',
                [stage, done, of, self.run_id],
            )

    def close(self) -> None:
        self._connection.close()
