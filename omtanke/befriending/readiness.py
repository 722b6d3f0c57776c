"""What a senior has before the first visit, and what is left: their own page, and the leader's overview.

The database refuses a visit before all of it is there (migration 0008); here it is said in words, with where to do it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from omtanke.access.models import RoleAssignment
from omtanke.access.permissions import Role
from omtanke.befriending.declaration import is_newer, signed
from omtanke.befriending.long_texts import long_text
from omtanke.befriending.models import ChapterSeen, ExercisePlan, Match, PlanRead, Signature, Training, TrainingDone
from omtanke.befriending.trainings import standing
from omtanke.people.models import Employee

WITH_EXERCISES = "quality_visit"  # the area that has them (migration 0008)
# The codes that the database answers with (`befriending_senior_lacks`), as people say them.
LACKS: Mapping[str, Any] = {
    "preparation": _("the training “Before the visit”"),
    "visit": _("the training “Carrying out the visit”"),
    "declaration": _("the confidentiality declaration"),
    "plan": _("the exercise plan, read by the senior"),
}


@dataclass(frozen=True)
class Step:
    """One thing before the first visit. `at` is when it was done; `share` tells how far they are, as (3, 6)."""

    code: str
    title: Any
    url: str
    at: datetime | None
    share: tuple[int, int] | None = None
    again: bool = False  # done, but there is a newer text


def steps_of(senior: Employee) -> list[Step]:
    """In the order one does them."""
    steps = [_training_step(senior, training) for training in Training]
    signature = signed(senior)
    steps.append(
        Step(
            "declaration",
            _("Sign the confidentiality declaration"),
            reverse("befriending:declaration"),
            signature.at if signature else None,
            again=signature is not None and is_newer(long_text("declaration"), signature),
        )
    )
    return steps


def _training_step(senior: Employee, training: Training) -> Step:
    where = standing(senior, training)
    return Step(
        training.value,
        training.label,
        reverse("befriending:training", args=[training.value]),
        where.done.at if where.done else None,
        share=(len(where.seen), where.count),
    )


class NoPlanYet(Exception):
    """The person has no exercise plan; there is nothing to read."""


@dataclass(frozen=True)
class PlanStep:
    """The exercise plan of one person that the senior visits: when they read it, and when the newest was made."""

    match: Match
    at: datetime | None
    made_at: datetime | None

    @property
    def again(self) -> bool:
        """Read, and changed since."""
        return bool(self.at and self.made_at and self.made_at > self.at)


def plans_of(senior: Employee) -> list[PlanStep]:
    """One for each person they visit with exercises, or are going to; as the actor may see them."""
    theirs = Match.objects.standing().filter(senior=senior, order__areas__contains=[WITH_EXERCISES])
    matches = list(theirs.select_related("citizen").order_by("since", "pk"))
    of_them = {match.citizen_id for match in matches}
    read = dict(PlanRead.objects.filter(senior=senior).order_by("at").values_list("citizen_id", "at"))
    plans = ExercisePlan.objects.filter(citizen__in=of_them).order_by("made_at").values_list("citizen_id", "made_at")
    made = dict(plans)
    return [PlanStep(match, read.get(match.citizen_id), made.get(match.citizen_id)) for match in matches]


def read_plan(match: Match, *, at: datetime) -> None:
    """The senior of the match says that they have read the person's plan and tried the exercises. Raises NoPlanYet."""
    if not ExercisePlan.objects.filter(citizen=match.citizen_id).exists():
        raise NoPlanYet
    PlanRead.objects.create(senior=match.senior, citizen_id=match.citizen_id, department_id=match.department_id, at=at)


def who_helps(senior: Employee) -> list[Employee]:
    """The leaders of the departments that they are a senior of: whom to call."""
    theirs = RoleAssignment.objects.current().filter(user=senior.user_id, role=Role.VISITING_SENIOR)
    leading = RoleAssignment.objects.current().filter(role=Role.DEPARTMENT_LEADER, unit_id__in=theirs.values("unit_id"))
    return list(Employee.objects.filter(user__in=leading.values("user")).in_order())


@dataclass(frozen=True)
class Overview:
    """One senior, for those who help them get ready. `lacks` are codes of LACKS without the plan."""

    senior: Employee
    lacks: list[str]
    share: tuple[int, int]  # chapters gone through, of how many
    last_did: datetime | None

    @property
    def words(self) -> list[Any]:
        return [LACKS[code] for code in self.lacks]


def overview(seniors: Sequence[Employee]) -> list[Overview]:
    """Those who lack something first; by name within. Three questions to the database, however many they are."""
    done = set(TrainingDone.objects.filter(senior__in=seniors).values_list("senior_id", "training"))
    signatures = set(Signature.objects.filter(senior__in=seniors).values_list("senior_id", flat=True))
    seen: dict[int, list[ChapterSeen]] = {}
    versions = {training.value: long_text(training) for training in Training}
    for one in ChapterSeen.objects.filter(senior__in=seniors).order_by("at"):
        if one.version == versions[one.training].version:
            seen.setdefault(one.senior_id, []).append(one)
    of = sum(len(text.codes) for text in versions.values())
    found = [
        Overview(
            senior,
            [training.value for training in Training if (senior.pk, training.value) not in done]
            + ([] if senior.pk in signatures else ["declaration"]),
            (len(seen.get(senior.pk, [])), of),
            seen[senior.pk][-1].at if senior.pk in seen else None,
        )
        for senior in seniors
    ]
    return sorted(found, key=lambda one: not one.lacks)
