"""The search for a month: sweep after sweep, and between them it is learnt who cannot share a car."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from dataclasses import dataclass
from random import Random
from time import monotonic

from omtanke.kernel.moments import goal as goals
from omtanke.kernel.moments.cars import Car, Cars
from omtanke.kernel.moments.first_plan import first_plan
from omtanke.kernel.moments.fits import Fits
from omtanke.kernel.moments.highs import Flags, Floats, Matrix, Relaxed
from omtanke.kernel.moments.improve import Parts, as_values, sweep
from omtanke.kernel.moments.model import Model, build
from omtanke.kernel.moments.month import Month
from omtanke.kernel.moments.problem import Choice, Problem
from omtanke.kernel.moments.proof import CHOICES, Priced, parts_of, prove, relax_in_parts
from omtanke.kernel.moments.read_out import read_out

USED = 1e-3  # how much of a column counts as used in the relaxation's best mixtures
HARMLESS = 1.0  # what a column may cost in the relaxation and still be tried in the end: a twentieth of a wish
BEAT = 2.0  # seconds
CHOICES_OF_A_MIXTURE = 10_000  # in smaller parts fewer seem promising than are
DEAR_FIRST = 20.0  # wishes
PATIENCE = 4  # sweeps without gain, after which the plan is as good as this search makes it
STAGES = ((1300, "used"), (2000, "used"), (1300, "harmless"))  # choices of a part, what is tried of them
CHOICES_TO_MEND, MENDS = 600, 2  # about where somebody did not fit into a car; rounds after each sweep

type Tell = Callable[[float], bool]


@dataclass(frozen=True)
class Effort:
    """How long to search, on how many cores. The same seed searches in the same order."""

    seconds: float = 20.0
    threads: int = 2
    seed: int = 1
    part_seconds: float = 12.0
    clock: Callable[[], float] = monotonic  # a bench on a busy machine counts the processor's seconds


@dataclass(frozen=True)
class Most:
    """What no plan exceeds: people with a first moment; wishes. And what is promising, at first and at last."""

    first: int
    wishes: int
    mixture: Relaxed
    used: Hints
    harmless: Hints


@dataclass(frozen=True)
class Hints:
    """Choices and volunteers' outings that are worth trying."""

    choices: frozenset[Choice]
    cars: frozenset[Car]

    @classmethod
    def of(cls, model: Model, promising: Flags) -> Hints:
        columns = zip(model.choices, model.choice_columns, strict=True)
        return cls(
            frozenset(one for one, column in columns if promising[column]),
            frozenset(car for car, column in model.outings.items() if promising[column]),
        )

    def columns(self, model: Model, matrix: Matrix) -> Flags:
        flags = ~matrix.whole
        for choice, column in zip(model.choices, model.choice_columns, strict=True):
            flags[column] = choice in self.choices
        for car, column in model.outings.items():
            flags[column] = car in self.cars
        for blocks in model.blocks.values():
            flags[[column for _block, column in blocks]] = True
        return flags


class Search:
    """The program, and the best plan found in it."""

    def __init__(
        self,
        problem: Problem,
        fits: Fits,
        candidates: list[Choice],
        effort: Effort,
        *,
        known: frozenset[Choice] = frozenset(),
        pinned: frozenset[Choice] = frozenset(),
    ) -> None:
        self.problem, self.fits, self.candidates, self.effort = problem, fits, candidates, effort
        self.known, self.pinned = known, pinned
        self.cars = Cars(fits, candidates)
        self.chance = Random(effort.seed)  # noqa: S311 - no secret
        self._build()

    def _build(self) -> None:
        self.model = build(self.problem, self.fits, self.candidates, self.cars)
        self.matrix = Matrix.of(self.model)
        self.goal = goals.weights(self.problem, self.model, known=self.known, pinned=self.pinned)

    def most(self, tell: Tell) -> Most:
        """Three relaxations. `tell` hears meanwhile that it goes on."""
        model = self.model
        goals_of = (self.goal, CHOICES_OF_A_MIXTURE), (goals.firsts(model), CHOICES), (goals.wishes(model), CHOICES)

        def three(cores: Executor) -> list[Relaxed]:
            priced = cores.map(lambda one: Priced.of(self.problem, model, self.matrix, one[0], room=one[1]), goals_of)
            return [relax_in_parts(one, cores) for one in priced]

        mixture, first, wishes = self._meanwhile(three, tell)
        return Most(
            math.floor(first.bound),
            math.floor(wishes.bound),
            mixture,
            Hints.of(model, mixture.values > USED),
            Hints.of(model, mixture.loss > -HARMLESS),
        )

    def most_wishes_with(self, first: int, most: Most, tell: Tell) -> int:
        """Of all plans that give so many people a first moment.

        What a first moment is worth in wishes is told by the relaxation. Where hardly any more is possible it is made
        dearer: a part then loses much if its people with a first moment are not whole.
        """
        firsts, goal = goals.firsts(self.model), goals.wishes(self.model)
        programs = [(self.matrix.with_at_least(firsts, first), goal, 0.0)]
        if first >= most.first - 1:
            programs.append((self.matrix, goal + DEAR_FIRST * firsts, DEAR_FIRST * first))

        def proven(cores: Executor) -> float:
            priced = cores.map(lambda one: Priced.of(self.problem, self.model, one[0], one[1]), programs)
            bounds = [prove(one, cores, seconds=self.effort.part_seconds) for one in priced]
            return min(bound - less for bound, (_matrix, _goal, less) in zip(bounds, programs, strict=True))

        return math.floor(self._meanwhile(proven, tell))

    def _meanwhile[T](self, work: Callable[[Executor], T], tell: Tell) -> T:
        """Do it on the cores there are; `tell` hears that it goes on."""
        with ThreadPoolExecutor(1) as aside, ThreadPoolExecutor(self.effort.threads) as cores:
            running = aside.submit(work, cores)
            while wait([running], timeout=BEAT).not_done:
                tell(0.0)
            return running.result()

    def run(self, month: Month, most: Most, tell: Tell) -> Month:
        """The best month found from this one on, until time is up, `tell` says stop, or nothing gets better."""
        began, idle, stage, mended, missed = self.effort.clock(), 0, 0, 0, list[int]()

        def stop() -> bool:
            gone = self.effort.clock() - began
            return gone >= self.effort.seconds or tell(gone / self.effort.seconds)

        month, missed = self._first(month, most, stop)
        while idle < PATIENCE and not stop():
            room, tried = STAGES[stage]
            parts = Parts(self.problem, self.model, self.chance)
            centres = [*missed, *self._where_somebody_is_left_out(month, most)]
            mended = mended + 1 if centres and mended < MENDS else 0
            free = parts.around(centres, CHOICES_TO_MEND) if mended else parts.shared_out(room)
            hints = most.harmless if mended or tried == "harmless" else most.used
            found, missed = self._sweep(month, free, hints, stop)
            better, month = self._better(month, found)
            if mended:
                continue
            if stage == len(STAGES) - 1:
                idle = 0 if better > 1e-6 or missed else idle + (PATIENCE if len(free) == 1 else 1)
            elif better < 2 * goals.WISH:
                stage = len(STAGES) - 1 if len(free) == 1 else stage + 1
        return month

    def _first(self, month: Month, most: Most, stop: Callable[[], bool]) -> tuple[Month, list[int]]:
        """This month or, if that is better, one pass over the map at the relaxation's prices."""
        values = first_plan(
            self.model,
            self.matrix,
            self.goal,
            most.mixture,
            parts_of(self.problem, self.model, CHOICES),
            promising=most.used.columns(self.model, self.matrix),
            part_seconds=self.effort.part_seconds,
            seed=self.effort.seed,
            stop=stop,
        )
        found, missed = self._read_out(values)
        return self._better(month, found)[1], missed

    def _where_somebody_is_left_out(self, month: Month, most: Most) -> list[int]:
        """For everybody who has nothing and had nothing, something that the relaxation would have for them."""
        promising: dict[int, list[int]] = defaultdict(list)
        for choice in sorted(most.used.choices):
            if self.problem.person[choice.person].had == 0 and month.times[choice.person] == 0:
                promising[choice.person].append(choice.happening)
        return [self.chance.choice(happenings) for happenings in promising.values()]

    def _sweep(
        self, month: Month, parts: list[Flags], hints: Hints, stop: Callable[[], bool]
    ) -> tuple[Month, list[int]]:
        values = sweep(
            parts,
            self.matrix,
            self.goal,
            as_values(self.model, month),
            hints=hints.columns(self.model, self.matrix),
            threads=self.effort.threads,
            part_seconds=self.effort.part_seconds,
            seed=self.effort.seed,
            stop=stop,
        )
        return self._read_out(values)

    def _better(self, month: Month, found: Month) -> tuple[float, Month]:
        """By how much the month found is better, and the better of the two."""
        better = float(self.goal @ as_values(self.model, found) - self.goal @ as_values(self.model, month))
        return better, found if better > 0 else month

    def _read_out(self, values: Floats) -> tuple[Month, list[int]]:
        """The month that these values say, and where it was learnt that somebody cannot share a car."""
        month, apart = read_out(self.problem, self.fits, self.model, values)
        learnt = {
            car[1] for car, sets in apart.items() for people in sets if self.cars.keep_apart_wherever(car, people)
        }
        if learnt:
            self._build()
        return month, sorted(learnt)
