"""Two people doing something at the same moment, each in a transaction of their own as the web's database role.

The first one's transaction stays open until the second one waits for it (or has finished), so the meeting is certain.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread

from django.db import connection, transaction

from omtanke.access.need_to_know import act_as
from omtanke.people.models import Employee

PATIENCE = 20  # seconds before a test that hangs fails
WAITING = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


@dataclass
class Outcome:
    """What a deed came to: `raised` is the exception it told with."""

    raised: Exception | None = None


def two_at_once(
    first: tuple[Employee, Callable[[], object]], second: tuple[Employee, Callable[[], object]]
) -> tuple[Outcome, Outcome]:
    """Do both at once, each as its employee; `first` gets there first. Returns how it went for each."""
    done, may_commit = Event(), Event()
    outcomes = Outcome(), Outcome()

    def do_first() -> None:
        _as_the_web(*first, outcomes[0], lambda: (done.set(), may_commit.wait(PATIENCE)))

    def do_second() -> None:
        _as_the_web(*second, outcomes[1], lambda: None)

    one, other = Thread(target=do_first), Thread(target=do_second)
    one.start()
    assert done.wait(PATIENCE)
    other.start()
    while other.is_alive() and not _somebody_waits():
        other.join(0.02)
    may_commit.set()
    one.join(PATIENCE)
    other.join(PATIENCE)
    return outcomes


def _as_the_web(who: Employee, deed: Callable[[], object], outcome: Outcome, after: Callable[[], object]) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE omtanke_web")
            act_as(who.user_id)
            try:
                deed()
            except Exception as told:
                outcome.raised = told
            after()
    finally:
        connection.close()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])
