"""From the board back to a plan that people can read."""

import numpy as np

from .board import Board
from .compiled import Numbers
from .plan import Plan, Stop
from .problem import Problem, Shift
from .scoring import score_tour

TOLERANCE = 1e-3


def read_plan(problem: Problem, numbers: Numbers, b: Board) -> Plan:
    tours = {}
    for r, shift in enumerate(problem.shifts):
        stops = _stops(problem, numbers, b, r, shift)
        if stops:
            tours[shift.id] = stops
    unplaced = tuple(task.id for task in problem.tasks if b.nodes[numbers.node_of[task.id]]["tour"] < 0)
    return Plan(tours, unplaced)


def _stops(problem: Problem, numbers: Numbers, b: Board, r: int, shift: Shift) -> tuple[Stop, ...]:
    gates = numbers.gates
    before = gates + r
    if b.nodes[before]["next"] >= gates:
        return ()
    score_tour(b.b, r)
    delay = float(b.tours[r]["delay"]) if b.desk[0]["full"] else 0.0
    stops: list[Stop] = []
    free, waited, place = shift.starts, 0.0, shift.start_place
    while True:
        x = int(b.nodes[before]["next"])
        reached = shift.end_place if x >= gates else numbers.task_at[x].place
        leg = float(b.travel[b.nodes[before]["leave"], b.nodes[x]["reach"]])
        time = free + leg
        if b.nodes[before]["rest"] >= 0:
            number = int(b.nodes[before]["rest"] - b.tours[r]["first_break"])
            pause = shift.breaks[number]
            if before >= gates or free >= pause.opens:
                begin, where = max(free, pause.opens), place
                time = begin + pause.minutes + leg
            else:
                begin, where = max(time, pause.opens), reached
                waited += begin - time
                time = begin + pause.minutes
            shifted = begin + (0.0 if before >= gates else max(0.0, delay - waited))
            stops.append(Stop(where, shifted, shifted + pause.minutes, None, number))
        if x >= gates:
            return tuple(stops)
        start = float(b.nodes[x]["start"])
        waited += max(0.0, start - time) if before < gates else 0.0
        task = numbers.task_at[x]
        shifted = start + max(0.0, delay - waited)
        stops.append(Stop(task.place, shifted, shifted + task.minutes, task.id))
        free, place, before = start + task.minutes, task.place, x


def drop_late_breaks(b: Board) -> bool:
    """Give up the breaks that come too late to count, so that nobody plans time for them. True if there were any."""
    dropped = False
    gates = int(b.desk[0]["gates"])
    for pause in b.breaks:
        after = int(pause["after"])
        if after < 0 or after >= gates:
            late = (
                after >= gates and max(pause["opens"], b.tours[after - gates]["starts"]) > pause["closes"] + TOLERANCE
            )
        else:
            node = b.nodes[after]
            free = node["start"] + node["minutes"]
            leg = b.travel[node["leave"], b.nodes[node["next"]]["reach"]]
            begin = free if free >= pause["opens"] else max(free + leg, pause["opens"])
            late = begin > pause["closes"] + TOLERANCE
        if late:
            b.nodes[after]["rest"] = pause["after"] = np.int32(-1)
            dropped = True
    return dropped
