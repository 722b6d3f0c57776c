"""A draft opened to be looked at or changed: its case, its plan, how the lists lay, and what everything is called."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from omtanke.kernel.planning.cost import Cost, evaluate
from omtanke.kernel.planning.explain import Explainer
from omtanke.kernel.planning.plan import Plan
from omtanke.planning.called import Called
from omtanke.planning.from_rows import Case
from omtanke.planning.models import Draft
from omtanke.planning.naming import called_in
from omtanke.planning.plans import case_of, plan_before, plan_of


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
        return called_in(self.case, on=self.on)
