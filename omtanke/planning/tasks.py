"""Drafts as jobs on the queue. Procrastinate loads this module in every process: what is heavy is loaded in the job."""

from __future__ import annotations

import threading

import structlog
from procrastinate.contrib.django import app

log = structlog.get_logger("omtanke.planning")


@app.task(name="planning.make_draft")
def make_draft(draft_id: int) -> None:
    from omtanke.planning.make import make

    make(draft_id)


@app.periodic(cron="* * * * *")
@app.task(name="planning.look_after_drafts", queueing_lock="planning.look_after_drafts")
def look_after_drafts(timestamp: int) -> None:
    from omtanke.planning import make, what_if

    make.look_after_drafts()
    what_if.look_after_questions()


@app.task(name="planning.answer_what_if")
def answer_what_if(asked_id: int) -> None:
    from omtanke.planning.what_if import work_out

    work_out(asked_id)


def get_ready() -> None:
    """Load what is compiled beside the first jobs, so that nobody who asks for a draft waits for it."""
    threading.Thread(target=_warm, name="planner gets ready", daemon=True).start()


def _warm() -> None:
    from omtanke.kernel.planning.search import warm

    warm()
    log.info("planner ready")
