"""A draft opened to be looked at or changed: its case, its plan, how the lists lay, and what everything is called."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.db.models import Count

from omtanke.kernel.planning.cost import Cost, evaluate
from omtanke.kernel.planning.explain import Explainer
from omtanke.kernel.planning.plan import Plan
from omtanke.planning.called import Called
from omtanke.planning.from_rows import Case
from omtanke.planning.models import Draft
from omtanke.planning.plans import case_of, plan_before, plan_of
from omtanke.planning.rows import since_remembered
from omtanke.visits.models import Visit


class Opened:
    """Reads the rows once; what is dear to reckon is reckoned when somebody asks for it."""

    def __init__(self, draft: Draft, *, on: date) -> None:
        self.draft, self.on = draft, on
        self.case: Case = case_of(draft, on=on)
        self.plan: Plan = plan_of(draft, self.case)

    @cached_property
    def before(self) -> Plan:
        return plan_before(self.draft, self.case)

    @cached_property
    def cost(self) -> Cost:
        return evaluate(self.case.problem, self.plan)

    @cached_property
    def cost_before(self) -> Cost:
        return evaluate(self.case.problem, self.before)

    @cached_property
    def explainer(self) -> Explainer:
        return Explainer(self.case.problem, self.plan)

    @cached_property
    def called(self) -> Called:
        return called_in(self.case)

    @cached_property
    def called_with_times(self) -> Called:
        """With how often everybody has been where: one query more."""
        return called_in(self.case, been=times_there(self.case, self.on))


def called_in(case: Case, *, been: dict[tuple[str, str], int] | None = None) -> Called:
    """The names of a case: carers by first and last name, people as on lists."""
    return Called(
        first_day=case.first,
        carers={pk: employee.name for pk, employee in case.employees.items()},
        persons={pk: citizen.short_name for pk, citizen in case.citizens.items()},
        visits={pk: visit.what for pk, visit in case.visits.items()},
        been=been or {},
    )


def times_there(case: Case, on: date) -> dict[tuple[str, str], int]:
    """How often each carer has been at each person's, as far back as a face is remembered."""
    done = Visit.objects.done().filter(
        citizen__in=list(case.citizens.values()),
        done_by__in=list(case.employees.values()),
        planned_start__gte=since_remembered(on),
    )
    rows = done.order_by().values_list("citizen_id", "done_by_id").annotate(times=Count("pk"))
    return {(str(citizen), str(carer)): times for citizen, carer, times in rows}
