"""What people and jobs do with a run: upload, look at, take in, take up again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from omtanke.access.models import User
from omtanke.exchange.spreadsheets.models import ImportContent, ImportFile, ImportRun
from omtanke.exchange.spreadsheets.reading import SourceFile

State = ImportRun.State


class NotReady(Exception):
    """A colleague was first, or the run is not at that point."""


@transaction.atomic
def upload(files: Sequence[SourceFile], *, by: User) -> ImportRun:
    """Keep the files and ask the worker to look at them."""
    run = ImportRun.objects.create(by=by, language=get_language() or by.language)
    kept = [ImportFile(run=run, name=file.name[-200:], size=len(file.content)) for file in files]
    ImportFile.objects.bulk_create(kept)
    ImportContent.objects.bulk_create(
        [ImportContent(file=at, content=file.content) for at, file in zip(kept, files, strict=True)]
    )
    _ask_worker(run)
    return run


@transaction.atomic
def ask_to_take_in(run: ImportRun, *, accept_good: bool) -> None:
    """Raises NotReady if it is not ready, or a colleague was first."""
    asked = ImportRun.objects.filter(pk=run.pk, state=State.READY, files_removed_at=None).update(
        state=State.QUEUED, accept_good=accept_good, stage="", done=0, of=0, beat_at=timezone.now()
    )
    if not asked:
        raise NotReady
    run.state = State.QUEUED
    _ask_worker(run)


@transaction.atomic
def take_up_again(run: ImportRun) -> None:
    """Begin anew what stopped in the middle: nothing of it was written. Raises NotReady if it has not stopped."""
    if not run.has_stopped:
        raise NotReady
    was_taking_in = run.state == State.TAKING or (run.state == State.FAILED and run.report is not None)
    state = State.QUEUED if was_taking_in else State.UPLOADED
    unchanged = ImportRun.objects.filter(pk=run.pk, state=run.state, beat_at=run.beat_at, files_removed_at=None)
    if not unchanged.update(state=state, stage="", done=0, of=0, beat_at=timezone.now()):
        raise NotReady
    run.state = state
    _ask_worker(run)


def remove_old_files(at: datetime) -> int:
    """Remove the bytes of runs that are old enough; the report stays. Returns of how many runs."""
    from omtanke.exchange.spreadsheets.models import KEPT_FOR

    with transaction.atomic():
        old = ImportRun.objects.filter(uploaded_at__lt=at - KEPT_FOR, files_removed_at=None)
        runs = list(old.select_for_update().values_list("pk", flat=True))
        ImportContent.objects.filter(file__run__in=runs).delete()
        return ImportRun.objects.filter(pk__in=runs).update(files_removed_at=at)


def _ask_worker(run: ImportRun) -> None:
    from omtanke.exchange.spreadsheets import jobs  # jobs call deeds, deeds ask for jobs

    job = jobs.take_in_run if run.state == State.QUEUED else jobs.examine_run
    job.defer(run_id=run.pk)
