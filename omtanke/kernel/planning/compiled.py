"""From a problem to the arrays of the compiled search, and back to a plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from . import board as layout
from .board import FORBIDDEN, NOWHERE, Board, Records, lay_out
from .construct import fill, keep, renew, take_breaks
from .cost import fair_shares, windows_of
from .dearness import dearness
from .edits import open_window
from .near import FEW, in_order, nearest
from .plan import Plan, Stop
from .problem import UNREACHABLE, Order, Pair, PairKind, Problem, Shift, Task

NEIGHBOURS = 20
KINDS = {
    PairKind.TOGETHER: layout.TOGETHER,
    PairKind.SEQUENTIAL: layout.SEQUENTIAL,
    PairKind.INDEPENDENT: layout.INDEPENDENT,
}


@dataclass(frozen=True)
class Numbers:
    """Which row stands for what: travel times by place, node by task id, tour by shift id."""

    row_of: Mapping[str, int]
    node_of: Mapping[str, int]
    tour_of: Mapping[str, int]
    task_at: Mapping[int, Task]
    pairs: tuple[Pair | None, ...]  # by visit

    @property
    def gates(self) -> int:
        return 2 * len(self.pairs)


def number(problem: Problem) -> Numbers:
    paired = {name for pair in problem.pairs for name in (pair.first, pair.second)}
    visits: list[tuple[Pair | None, tuple[str, ...]]] = [(pair, (pair.first, pair.second)) for pair in problem.pairs]
    visits += [(None, (task.id,)) for task in problem.tasks if task.id not in paired]
    row_of = {problem.places[i]: row for row, i in enumerate(in_order(problem.travel).tolist())}
    if len(row_of) > FEW:
        place_of = {task.id: task.place for task in problem.tasks}
        visits.sort(key=lambda visit: row_of[place_of[visit[1][0]]])
    node_of = {name: 2 * v + half for v, (_, names) in enumerate(visits) for half, name in enumerate(names)}
    tour_of = {shift.id: r for r, shift in enumerate(problem.shifts)}
    task_at = {node_of[task.id]: task for task in problem.tasks}
    return Numbers(row_of, node_of, tour_of, task_at, tuple(pair for pair, _ in visits))


def luck(seed: int) -> int:
    """First state of the random numbers: never 0, and far apart for neighbouring seeds."""
    return (seed * 0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03) % 2**64 or 1


def build(problem: Problem, seed: int, start: Plan | None = None, *, complete: bool = True) -> tuple[Board, Numbers]:
    """The board with a first plan on it: `start` as far as it fits, the rest (if `complete`) where it costs least."""
    numbers, index = number(problem), problem.place_index()
    dear = dearness(problem, numbers.node_of, numbers.gates)
    order = [index[place] for place in numbers.row_of]
    reachable = np.ascontiguousarray(np.minimum(problem.travel[np.ix_(order, order)], UNREACHABLE), dtype=np.float32)
    windows, nodes, details = _windows_and_nodes(problem, numbers)
    breaks, tours = _breaks_and_tours(problem)
    orders = _orders(problem, numbers, nodes)
    arrays = {
        "nodes": nodes,
        "details": details,
        "visits": _visits(problem, numbers),
        "tours": tours,
        "carers": _carers(problem),
        "windows": windows,
        "breaks": breaks,
        "orders": orders,
        "travel": reachable,
        "dear": dear,
        "near": nearest(nodes, windows, reachable, dear, numbers.gates, NEIGHBOURS),
        "familiar": _familiar(problem),
    }
    arrays |= _visited(nodes, len(arrays["familiar"])) | _rota(tours, len(arrays["carers"]))
    arrays |= _able(dear) | _scratch(len(nodes), len(tours), arrays["familiar"].shape)
    b = lay_out(arrays, _sizes(problem, arrays) | _rules(problem, dear) | {"gates": numbers.gates, "dice": luck(seed)})
    _first_plan(problem, numbers, b, start, complete=complete)
    return b, numbers


def _able(dear: Records) -> dict[str, Records]:
    """For each node the tours that may have it, one after the other, and where each node's begin."""
    able = [np.flatnonzero(row < FORBIDDEN) for row in dear]
    return {
        "able": np.concatenate([*able, np.zeros(1, np.int64)]).astype(np.int32),
        "able_from": np.concatenate([[0], np.cumsum([len(a) for a in able])]).astype(np.int32),
    }


def _visited(nodes: Records, persons: int) -> dict[str, Records]:
    """The nodes of each person, one person after the other, and where each one's begin."""
    order = np.argsort(nodes["person"], kind="stable")
    belong = nodes["person"][order]
    begin = np.searchsorted(belong, np.arange(persons + 1))
    return {"visited": order.astype(np.int32), "visited_from": begin.astype(np.int32)}


def _rota(tours: Records, carers: int) -> dict[str, Records]:
    """The tours of each carer, one carer after the other, and where each one's begin."""
    order = np.argsort(tours["carer"], kind="stable")
    rota = np.zeros(len(order) + 1, layout.ROTA)
    rota["tour"][:-1] = order
    for name in ("day", "starts", "ends"):
        rota[name][:-1] = tours[name][order]
    begin = np.searchsorted(tours["carer"][order], np.arange(carers + 1))
    return {"rota": rota, "rota_from": begin.astype(np.int32)}


def _scratch(nodes: int, tours: int, contacts: tuple[int, ...]) -> dict[str, Records]:
    """Room for the search to work in. A move notes a few entries per node that it moves or shifts, never 24."""
    return {
        "seen": np.zeros(contacts, np.int32),
        "journal": np.zeros(24 * nodes + 256, layout.ENTRY),
        "queue": np.zeros(2 * nodes + 8, np.int32),
        "touched": np.zeros(tours + 1, np.int32),
        "gaps": np.zeros(2 * nodes + 8),
        "points": np.zeros(nodes + 1, layout.POINT),
        "kept": np.zeros(nodes, layout.KEPT),
        "tally": np.zeros((8, 2), np.int32),
    }


def _sizes(problem: Problem, arrays: dict[str, Records]) -> dict[str, float]:
    persons, carers = arrays["familiar"].shape
    return {
        "node_count": len(arrays["nodes"]),
        "visit_count": len(arrays["visits"]),
        "tour_count": len(arrays["tours"]),
        "carer_count": carers,
        "person_count": persons,
        "break_count": len(arrays["breaks"]),
        "place_count": len(problem.places),
        "near_size": arrays["near"].shape[1],
        "best_cost": np.inf,
        "least_late": min(problem.weights.late, problem.weights.medicine_late) or problem.weights.late,
    }


def _windows_and_nodes(problem: Problem, numbers: Numbers) -> tuple[Records, Records, Records]:
    places = numbers.row_of
    people = {person.id: i for i, person in enumerate(problem.persons)}
    nodes = np.zeros(numbers.gates + len(problem.shifts), layout.NODE)
    nodes["next"] = nodes["prev"] = np.arange(len(nodes))
    for name in ("tour", "rest", "person"):
        nodes[name] = NOWHERE
    details = np.zeros(len(nodes), layout.DETAIL)
    details["known"] = np.nan
    windows: list[tuple[float, float, int, int]] = []
    for x, task in numbers.task_at.items():
        node = nodes[x]
        node["leave"] = node["reach"] = places[task.place]
        node["person"] = people.get(task.person or "", NOWHERE)
        node["minutes"] = task.minutes
        node["first_window"] = len(windows)
        windows += [(w.opens, w.closes, w.day, int(w.hard)) for w in windows_of(task)]
        node["last_window"] = len(windows)
        node["frozen"] = task.begun
        node["start"] = task.pinned_start if task.begun else 0.0
        details[x]["known"] = np.nan if task.known_start is None else task.known_start
        details[x]["critical"] = problem.weights.medicine_late if task.medicine_critical else problem.weights.late
        pair = numbers.pairs[x >> 1]
        node["kind"] = layout.SINGLE if pair is None else KINDS[pair.kind]
    rows = np.array([*windows, (0.0, 0.0, 0, 0)], layout.WINDOW)
    _open_first_windows(problem, nodes[: numbers.gates], details[: numbers.gates], rows)
    for r, shift in enumerate(problem.shifts):
        gate = nodes[numbers.gates + r]
        gate["tour"] = r
        gate["leave"], gate["reach"] = places[shift.start_place], places[shift.end_place]
    return rows, nodes, details


def _open_first_windows(problem: Problem, nodes: Records, details: Records, windows: Records) -> None:
    first = nodes["first_window"]
    nodes["window"] = first
    nodes["opens"], nodes["closes"] = windows["opens"][first], windows["closes"][first]
    later = np.minimum(first + 1, len(windows) - 1)
    nodes["reopens"] = np.where(first + 1 < nodes["last_window"], windows["opens"][later] - layout.TOLERANCE, np.inf)
    hard = windows["hard"][first] == 1
    nodes["late"] = np.where(hard, problem.weights.broken_minutes, details["critical"])
    nodes["event"] = np.where(hard, problem.weights.broken, 0.0)


def _visits(problem: Problem, numbers: Numbers) -> Records:
    visits = np.zeros(len(numbers.pairs), layout.VISIT)
    visits["same"], visits["most"] = 1, np.inf
    for v, pair in enumerate(numbers.pairs):
        if pair is None:
            continue
        visits[v]["kind"] = KINDS[pair.kind]
        visits[v]["same"] = pair.kind is PairKind.INDEPENDENT or (pair.same_carer and pair.kind is PairKind.SEQUENTIAL)
        if pair.kind is PairKind.SEQUENTIAL:
            visits[v]["least"], visits[v]["most"] = pair.least, pair.most
    weights = problem.weights
    for x, task in numbers.task_at.items():
        visit = visits[x >> 1]
        visit["skip"] += weights.unplaced if task.skip_cost is None else weights.skipped * task.skip_cost
        visit["fixed"] |= task.begun
    visits["droppable"] = (visits["fixed"] == 0) & (_may_fail(problem) | (visits["skip"] < weights.unplaced))
    return visits


def _may_fail(problem: Problem) -> bool:
    """Is there a rule on times that some required task might break wherever it is put?"""
    hard = any(window.hard for task in problem.tasks for window in windows_of(task))
    return hard or bool(np.isinf(problem.travel).any()) or any(s.latest_end is not None for s in problem.shifts)


def _breaks_and_tours(problem: Problem) -> tuple[Records, Records]:
    carers = {carer.id: c for c, carer in enumerate(problem.carers)}
    tours = np.zeros(len(problem.shifts), layout.TOUR)
    breaks: list[tuple[int, int, float, float, float]] = []
    for r, shift in enumerate(problem.shifts):
        tour = tours[r]
        tour["carer"], tour["day"] = carers[shift.carer], shift.day
        tour["starts"], tour["ends"] = shift.starts, shift.ends
        tour["latest"] = np.inf if shift.latest_end is None else shift.latest_end
        tour["first_break"] = len(breaks)
        breaks += [(r, NOWHERE, pause.opens, pause.closes, pause.minutes) for pause in shift.breaks]
        tour["last_break"] = len(breaks)
        tour["pause"] = sum(pause.minutes for pause in shift.breaks)
    return np.array(breaks, layout.BREAK), tours


def _orders(problem: Problem, numbers: Numbers, nodes: Records) -> Records:
    """Both ends of every order, grouped by node."""
    ends: list[tuple[int, int, int, float]] = []
    for order in problem.orders:
        first, then = numbers.node_of[order.first], numbers.node_of[order.then]
        ends += [(first, then, 1, order.gap), (then, first, 0, order.gap)]
    ends.sort()
    for k, (x, _, _, _) in enumerate(ends):
        if nodes[x]["last_order"] == 0:
            nodes[x]["first_order"] = k
        nodes[x]["last_order"] = k + 1
    return np.array([end[1:] for end in ends], layout.ORDER)


def _rules(problem: Problem, dear: Records) -> dict[str, float]:
    """Weights, and which parts of the evaluation this problem needs at all."""
    weights = problem.weights
    hours = weights.over_hours > 0 and any(c.most_minutes is not None for c in problem.carers)
    loads = weights.unfair > 0 or hours
    breaks = any(shift.breaks for shift in problem.shifts)
    known = weights.changed_time > 0 and any(task.known_start is not None for task in problem.tasks)
    latest = any(shift.latest_end is not None for shift in problem.shifts)
    timed = weights.waiting or weights.worst_waiting or weights.overtime or weights.worst_idle or weights.working
    return {f"per_{name}": getattr(weights, name) for name in layout.WEIGHTS} | {
        "full": bool(timed or loads or breaks or known or latest),
        "has_peaks": bool(weights.worst_late or weights.worst_waiting or weights.worst_idle or loads),
        "has_loads": loads,
        "has_hours": hours,
        "has_faces": weights.more_faces > 0,
        "has_breaks": breaks,
        "has_windows": any(len(windows_of(task)) > 1 for task in problem.tasks),
        "has_dear": bool(((dear > 0) & (dear < FORBIDDEN)).any()),
    }


def _carers(problem: Problem) -> Records:
    carers = np.zeros(max(1, len(problem.carers)), layout.CARER)
    shares = fair_shares(problem)
    for c, carer in enumerate(problem.carers):
        carers[c]["most"] = np.inf if carer.most_minutes is None else carer.most_minutes
        carers[c]["share"] = shares[carer.id]
    return carers


def _familiar(problem: Problem) -> Records:
    columns = {carer.id: c for c, carer in enumerate(problem.carers)}
    familiar = np.zeros((max(1, len(problem.persons)), max(1, len(problem.carers))), np.int32)
    for p, person in enumerate(problem.persons):
        for face in person.faces & columns.keys():
            familiar[p, columns[face]] = 1
    return familiar


def _first_plan(problem: Problem, numbers: Numbers, b: Board, start: Plan | None, *, complete: bool) -> None:
    begun = {task.id for task in problem.tasks if task.begun}
    known = _begun_plan(problem) if start is None else start
    for shift in problem.shifts:
        stops = [stop for stop in known.tours.get(shift.id, ()) if _fits(stop, shift, numbers, b, begun)]
        _lay(numbers, b, shift, stops)
    _part_half_pairs(b)
    _part_broken_orders(problem, numbers, b)
    order = sorted(range(len(numbers.pairs)), key=lambda v: _urgency(b, v))
    if complete and problem.shifts:
        fill(b.b, np.array(_respecting(problem.orders, numbers, order), np.int64))
        _part_broken_orders(problem, numbers, b)  # a circle of orders leaves somebody out
    b.desk["entries"] = 0
    if complete:
        take_breaks(b.b)
    if not np.isfinite(renew(b.b)):
        for v in np.flatnonzero((b.visits["kind"] == layout.SEQUENTIAL) & (b.visits["placed"] == 1)):
            _take_out(b, int(v))
        renew(b.b)
    keep(b.b)


def _begun_plan(problem: Problem) -> Plan:
    tours: dict[str, tuple[Stop, ...]] = {}
    for task in sorted((t for t in problem.tasks if t.begun), key=lambda t: t.pinned_start or 0.0):
        at, shift = task.pinned_start or 0.0, task.pinned_shift or ""
        tours[shift] = (*tours.get(shift, ()), Stop(task.place, at, at + task.minutes, task.id))
    return Plan(tours)


def _fits(stop: Stop, shift: Shift, numbers: Numbers, b: Board, begun: set[str]) -> bool:
    if stop.task is None:
        return stop.break_number is not None and stop.break_number < len(shift.breaks)
    if stop.task not in numbers.node_of:
        return False
    x, r = numbers.node_of[stop.task], numbers.tour_of[shift.id]
    return bool(b.nodes[x]["tour"] < 0 and (b.dear[x, r] < FORBIDDEN or stop.task in begun))


def _lay(numbers: Numbers, b: Board, shift: Shift, stops: Sequence[Stop]) -> None:
    """Link the stops into the tour, in their order, with their starts as keys."""
    r = numbers.tour_of[shift.id]
    gate = numbers.gates + r
    last = gate
    for position, stop in enumerate(stops):
        if stop.task is None:
            pause = int(b.tours[r]["first_break"]) + (stop.break_number or 0)
            if b.nodes[last]["rest"] < 0:
                b.nodes[last]["rest"], b.breaks[pause]["after"] = pause, last
            continue
        x = numbers.node_of[stop.task]
        b.nodes[last]["next"], b.nodes[x]["prev"] = x, last
        b.nodes[x]["tour"], b.nodes[x]["key"] = r, stop.start + 1e-6 * position
        b.visits[x >> 1]["placed"] = 1
        _open_window_at(b, x, stop.start)
        last = x
    b.nodes[last]["next"], b.nodes[gate]["prev"] = gate, last


def _open_window_at(b: Board, x: int, start: float) -> None:
    node = b.nodes[x]
    w = int(node["first_window"])
    while w + 1 < node["last_window"] and b.windows[w + 1]["opens"] <= start + layout.TOLERANCE:
        w += 1
    if w != node["window"]:
        open_window(b.b, x, w)


def _take_out(b: Board, v: int) -> None:
    for x in (2 * v, 2 * v + 1):
        node = b.nodes[x]
        if node["tour"] >= 0:
            b.nodes[node["prev"]]["next"], b.nodes[node["next"]]["prev"] = node["next"], node["prev"]
            if node["rest"] >= 0:
                b.breaks[node["rest"]]["after"] = NOWHERE
            node["tour"] = node["rest"] = NOWHERE
    b.visits[v]["placed"] = 0


def _part_half_pairs(b: Board) -> None:
    for v, visit in enumerate(b.visits):
        if visit["kind"] == layout.SINGLE or not visit["placed"]:
            continue
        first, second = b.nodes[2 * v], b.nodes[2 * v + 1]
        half = first["tour"] < 0 or second["tour"] < 0
        if visit["kind"] == layout.TOGETHER and not half:
            half = abs(first["key"] - second["key"]) > 1e-2
        if visit["kind"] == layout.SEQUENTIAL and not half:
            half = first["key"] >= second["key"]
        if not half and not visit["same"]:
            half = b.tours[first["tour"]]["carer"] == b.tours[second["tour"]]["carer"]
        if half:
            _take_out(b, v)


def _part_broken_orders(problem: Problem, numbers: Numbers, b: Board) -> None:
    """Whatever has to come after something not placed yet, or placed later, is placed anew itself."""
    changed = True
    while changed:
        changed = False
        for order in problem.orders:
            first, then = (b.nodes[numbers.node_of[name]] for name in (order.first, order.then))
            if then["tour"] >= 0 and not then["frozen"] and (first["tour"] < 0 or first["key"] >= then["key"]):
                _take_out(b, numbers.node_of[order.then] >> 1)
                changed = True


def _urgency(b: Board, v: int) -> float:
    node = b.nodes[2 * v]
    return float(node["opens"] + min(node["closes"], node["opens"] + 10_000.0))


def _respecting(orders: Sequence[Order], numbers: Numbers, visits: list[int]) -> list[int]:
    """The visits in the same sequence, but none before one it has to follow (as far as that is possible)."""
    before: dict[int, set[int]] = {}
    for order in orders:
        before.setdefault(numbers.node_of[order.then] >> 1, set()).add(numbers.node_of[order.first] >> 1)
    done: dict[int, None] = {}

    def visit(v: int, trail: frozenset[int]) -> None:
        for earlier in sorted(before.get(v, set()) - trail):
            if earlier not in done:
                visit(earlier, trail | {v})
        done.setdefault(v)

    for v in visits:
        visit(v, frozenset([v]))
    return list(done)
