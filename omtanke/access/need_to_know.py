"""Row-level security by the need-to-know ledger (architecture, decision 2; ADR-0002).

`omtanke_actor()` is who the current transaction acts for; `omtanke_opened(scopes)` (made in `people`, which knows who
belongs to which unit) lists the citizens open to that actor. A protected table lets a row through when its citizen is
among them, with one of the scopes the table asks for. No actor: no rows. The view `need_to_know` tells the same with
the grant that opens.

Migrations use `Protect(...)`; tests/test_need_to_know.py fails when a table with a citizen_id lacks it.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import connection
from django.db.migrations.operations import RunSQL

from omtanke.access.models import Scope

ACTOR_FUNCTION = """
CREATE FUNCTION omtanke_actor() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('omtanke.actor', true), '')::bigint $$;
"""

# Today where the municipality is. `current_date` is that of the connection, which Django keeps in UTC: between midnight
# and one or two o'clock it is yesterday's.
TODAY_FUNCTION = f"""
CREATE FUNCTION omtanke_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT (statement_timestamp() AT TIME ZONE '{settings.TIME_ZONE}')::date $$;
"""


class Protect(RunSQL):
    """Turn on row-level security for a table that holds data about one citizen.

    `citizen` is the column that says whom a row is about; `scopes` are those that open it. With `append_only`, the web
    may add a row about anyone (a read-log line, a trigger's copy) but reads by need-to-know. `or_own` adds a condition
    under which a row is the actor's own.
    """

    def __init__(
        self,
        table: str,
        *,
        citizen: str = "citizen_id",
        scopes: Iterable[Scope] = (Scope.FULL,),
        append_only: bool = False,
        or_own: str = "false",
    ) -> None:
        self.table = table
        # Asked once for each statement, and then a look-up in a hash for each row; see omtanke_opened.
        may_see = f"{table}.{citizen} IN (SELECT omtanke_opened('{{{','.join(scope.value for scope in scopes)}}}'))"
        rule = f"({may_see}) OR ({or_own})"
        if append_only:
            policies = (
                f"CREATE POLICY reading ON {table} FOR SELECT TO omtanke_web USING ({rule});"
                f"CREATE POLICY adding ON {table} FOR INSERT TO omtanke_web WITH CHECK (true);"
            )
        else:
            policies = f"CREATE POLICY need_to_know ON {table} TO omtanke_web USING ({rule});"
        dropped = (
            f"DROP POLICY IF EXISTS need_to_know ON {table}; DROP POLICY IF EXISTS reading ON {table};"
            f"DROP POLICY IF EXISTS adding ON {table}; DROP POLICY IF EXISTS jobs ON {table};"
        )
        super().__init__(  # dropped first, so that a table can be protected anew with other scopes
            f"{dropped} ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; {policies}"
            f"CREATE POLICY jobs ON {table} TO omtanke_worker USING (true) WITH CHECK (true);",
            f"{dropped} ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
        )

    def describe(self) -> str:
        return f"Protect {self.table} by need-to-know"


def act_as(user_id: int | None) -> None:
    """Say for whom the rest of this transaction acts. Without a transaction it would be forgotten at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('omtanke.actor', %s, true)", ["" if user_id is None else str(user_id)])
