"""The month's program handed to HiGHS: the whole of it as a bound, parts of it to be solved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from omtanke.kernel.moments.model import Model

ROUGHLY, STEPS = 1e-3, 20_000  # of prices: rough ones make a bound looser, never wrong
ROUNDED = 1e-6  # of sums
NEARLY, NODES = 8.0, 20  # of a part, less than half a wish: the next parts mend what this leaves

type Floats = npt.NDArray[np.float64]
type Flags = npt.NDArray[np.bool_]
type Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Matrix:
    """The program's rows as arrays, entries in the order of rows."""

    rows: Indices
    columns: Indices
    values: Floats
    low: Floats
    high: Floats
    upper: Floats
    whole: Flags

    @classmethod
    def of(cls, model: Model) -> Matrix:
        rows, columns, values = (np.array(one) for one in model.entries)
        bounds = np.array(model.rows, dtype=np.float64).reshape(-1, 2)
        return cls(
            rows.astype(np.int64),
            columns.astype(np.int64),
            values.astype(np.float64),
            bounds[:, 0],
            bounds[:, 1],
            np.array(model.upper, dtype=np.float64),
            np.array(model.whole, dtype=np.bool_),
        )

    def with_at_least(self, weights: Floats, least: float) -> Matrix:
        """The same program, where every solution has so much of this."""
        columns = np.nonzero(weights)[0]
        return Matrix(
            np.concatenate([self.rows, np.full(len(columns), len(self.low))]),
            np.concatenate([self.columns, columns]),
            np.concatenate([self.values, weights[columns]]),
            np.append(self.low, least),
            np.append(self.high, np.inf),
            self.upper,
            self.whole,
        )

    def part(self, free: Flags, values: Floats) -> Matrix:
        """What is left of it when every column that is not free stays as it is."""
        open_entry = free[self.columns]
        fixed = np.zeros(len(self.low))
        np.add.at(fixed, self.rows[~open_entry], (self.values * values[self.columns])[~open_entry])
        rows, columns = self.rows[open_entry], self.columns[open_entry]
        kept_rows, new_rows = np.unique(rows, return_inverse=True)
        number = np.cumsum(free) - 1
        return Matrix(
            new_rows.astype(np.int64),
            number[columns],
            self.values[open_entry],
            (self.low - fixed)[kept_rows],
            (self.high - fixed)[kept_rows],
            self.upper[free],
            self.whole[free],
        )


@dataclass(frozen=True)
class Relaxed:
    """What no solution exceeds.

    `values` is how much of each column is in a best mixture of parts of outings and choices; `loss` how much worse the
    best is when a column is used that no best mixture uses (at most 0); `prices` what one more of each row is worth.
    """

    bound: float
    values: Floats
    loss: Floats
    prices: Floats


def relax(matrix: Matrix, objective: Floats) -> Relaxed:
    """The optimum when nothing need be whole. An interior point, no corner: it shows all that may be best."""
    solver = _solver()
    for option, value in (("solver", "ipx"), ("run_crossover", "off")):
        solver.setOptionValue(option, value)
    solver.passModel(_as_lp(matrix, objective, whole=False))
    solver.run()
    solution = solver.getSolution()
    price = _that_bind(matrix, -np.array(solution.row_dual))
    rows, left = worth(matrix, objective, price)
    bound = rows + float(np.maximum(0.0, left) @ matrix.upper) + ROUNDED
    return Relaxed(bound, np.array(solution.col_value), np.minimum(0.0, left), price)


def worth(matrix: Matrix, objective: Floats, price: Floats) -> tuple[float, Floats]:
    """What the rows are worth at these prices, and what is left of each column.

    No solution exceeds the worth and what is left where it is more than nothing (weak duality), whatever the prices: so
    a bound is proven however nearly a solver found them. Its tolerance makes it looser, never wrong.
    """
    price = _that_bind(matrix, price)
    sides = np.where(price == 0, 0.0, np.where(price > 0, matrix.high, matrix.low))
    left = objective.astype(np.float64)
    np.subtract.at(left, matrix.columns, price[matrix.rows] * matrix.values)
    return float(price @ sides), left


def _that_bind(matrix: Matrix, price: Floats) -> Floats:
    """Without those of a side that has no limit."""
    return np.where(np.isfinite(np.where(price > 0, matrix.high, matrix.low)), price, 0.0)


def prices(matrix: Matrix, objective: Floats) -> Floats:
    """What one more of each row is worth in the relaxation, nearly. The primal-dual hybrid gradient does it in work
    that grows with the program, where the interior point's grows faster."""
    solver = _solver()
    for option, value in (
        ("solver", "pdlp"),
        ("pdlp_iteration_limit", STEPS),
        ("pdlp_optimality_tolerance", ROUGHLY),
        ("primal_feasibility_tolerance", ROUGHLY),
        ("dual_feasibility_tolerance", ROUGHLY),
    ):
        solver.setOptionValue(option, value)
    solver.passModel(_as_lp(matrix, objective, whole=False))
    solver.run()
    return -np.array(solver.getSolution().row_dual)


def solve(matrix: Matrix, objective: Floats, start: Floats, *, seconds: float, seed: int) -> Floats:
    """The best found in the time, never worse than `start`."""
    solver = _solver()
    for option, value in (
        ("time_limit", seconds),
        ("random_seed", seed),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", NEARLY),
        ("mip_lp_solver", "ipm"),
        ("mip_max_nodes", NODES),
    ):
        solver.setOptionValue(option, value)
    solver.passModel(_as_lp(matrix, objective, whole=True))
    solution = highspy.HighsSolution()
    solution.col_value = start.tolist()
    solver.setSolution(solution)
    solver.run()
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return start
    found = np.array(solver.getSolution().col_value)
    found[matrix.whole] = np.round(found[matrix.whole])
    return found if objective @ found > objective @ start else start


def at_most(matrix: Matrix, objective: Floats, *, seconds: float) -> float:
    """What no solution with whole columns exceeds: proven so far when time is up."""
    solver = _solver()
    for option, value in (
        ("time_limit", seconds),
        ("mip_lp_solver", "ipm"),
        ("mip_abs_gap", 0.2),
        ("mip_rel_gap", 0.0),
    ):
        solver.setOptionValue(option, value)
    solver.passModel(_as_lp(matrix, objective, whole=True))
    solver.run()
    info = solver.getInfo()
    return float(-info.mip_dual_bound + abs(info.mip_dual_bound) * 1e-6)


def _solver() -> Any:
    """On one core: whoever calls has others for the other cores."""
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)  # noqa: FBT003 - HiGHS takes it so
    solver.setOptionValue("threads", 1)
    return solver


def _as_lp(matrix: Matrix, objective: Floats, *, whole: bool) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(matrix.upper), len(matrix.low)
    lp.col_cost_ = -objective
    lp.col_lower_, lp.col_upper_ = np.zeros(len(matrix.upper)), matrix.upper
    lp.row_lower_, lp.row_upper_ = matrix.low, matrix.high
    if whole:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(one)] for one in matrix.whole]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.searchsorted(matrix.rows, np.arange(len(matrix.low) + 1)).astype(np.int32)
    lp.a_matrix_.index_ = matrix.columns.astype(np.int32)
    lp.a_matrix_.value_ = matrix.values
    return lp
