"""Row-level security of the visit service: the need-to-know ledger, and within the department only.

A row comes through for somebody whom the ledger opens its citizen to in the scope of the visit service *and* who holds
one of the named roles in the very department the row is of. So two visit services in one municipality do not see each
other's people, and no scope of the municipality's care opens anything here.
"""

from collections.abc import Iterable

from django.db.migrations.operations import RunSQL

from omtanke.access.permissions import Role

LEADERS = (Role.DEPARTMENT_LEADER, Role.PROFESSIONAL_LEAD)
ALL = (*LEADERS, Role.VISITING_SENIOR)


def opened(table: str, roles: Iterable[Role]) -> str:
    """The condition under which a row of `table` is open to the actor."""
    names = ",".join(role.value for role in roles)
    return (
        f"{table}.citizen_id IN (SELECT omtanke_opened('{{visits}}'))"
        f" AND {table}.department_id IN (SELECT omtanke_departments('{{{names}}}'))"
    )


class Within(RunSQL):
    """Turn on row-level security for a table of the visit service. `event` is the history of one: only added to."""

    def __init__(
        self, table: str, *, roles: Iterable[Role] = ALL, event: bool = False, also: str = "false", adding: str = ""
    ) -> None:
        self.table = table
        rule = f"({opened(table, roles)}) OR ({also})"
        policies = f"CREATE POLICY need_to_know ON {table} TO omtanke_web USING ({rule});"
        if event:
            policies = (
                f"CREATE POLICY reading ON {table} FOR SELECT TO omtanke_web USING ({rule});"
                f"CREATE POLICY adding ON {table} FOR INSERT TO omtanke_web WITH CHECK (true);"
            )
        elif adding:
            policies += f"CREATE POLICY adding ON {table} FOR INSERT TO omtanke_web WITH CHECK ({adding});"
        names = ("need_to_know", "reading", "adding", "jobs")
        dropped = "".join(f"DROP POLICY IF EXISTS {name} ON {table};" for name in names)
        super().__init__(
            f"{dropped} ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; {policies}"
            f"CREATE POLICY jobs ON {table} TO omtanke_worker USING (true) WITH CHECK (true);",
            f"{dropped} ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
        )

    def describe(self) -> str:
        return f"Protect {self.table} within its department"
