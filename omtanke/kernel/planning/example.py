"""A small municipality's morning, small enough to understand: every feature of the problem occurs once.

It warms the compiled code, and the tests begin with it.
"""

import numpy as np

from .problem import Break, Carer, Order, Pair, PairKind, Person, Problem, Shift, Task, Weights, Window

MORNING, NOON, AFTERNOON = 7.5 * 60, 12.0 * 60, 15.0 * 60
PLACES = ("base", "harbour", "hill", "church", "farm", "island")
ROADS = np.array(
    [
        [0, 6, 8, 5, 14, np.inf],
        [6, 0, 9, 4, 16, np.inf],
        [8, 9, 0, 7, 10, np.inf],
        [5, 4, 7, 0, 12, np.inf],
        [14, 16, 10, 12, 0, np.inf],
        [np.inf, np.inf, np.inf, np.inf, np.inf, 0],
    ]
)


def small_example() -> Problem:
    lunch = (Break(11 * 60.0, 12.5 * 60, 30.0),)
    carers = (
        Carer("kari", frozenset({"nurse", "care"}), most_minutes=420.0),
        Carer("ola", frozenset({"care"})),
        Carer("siri", frozenset({"care"})),
    )
    shifts = (
        Shift("kari-monday", "kari", MORNING, AFTERNOON, "base", "base", lunch, AFTERNOON + 60, "north"),
        Shift("ola-monday", "ola", MORNING, AFTERNOON, "base", "base", lunch, None, "south", frozenset({"south"})),
        Shift("siri-monday", "siri", MORNING, NOON, "harbour", "base"),
    )
    persons = (
        Person("astrid", primary="kari", secondary="ola", faces=frozenset({"kari"}), vulnerable=True),
        Person("bjarne", primary="ola", known=frozenset({"siri"}), preferred=frozenset({"ola"})),
        Person("cecilie", incompatible=frozenset({"siri"})),
    )
    return Problem(PLACES, ROADS, carers, shifts, _tasks(), _pairs(), _orders(), persons, Weights())


def _tasks() -> tuple[Task, ...]:
    care = frozenset({"care"})
    early = (Window(MORNING, 9 * 60.0), Window(13 * 60.0, 14 * 60.0))
    return (
        Task("morning-care", "hill", 30, early, care, "astrid", known_carer="kari", known_start=8 * 60.0),
        Task(
            "insulin", "hill", 10, (Window(8 * 60.0, 8.5 * 60),), frozenset({"nurse"}), "astrid", medicine_critical=True
        ),
        Task("lift-one", "church", 20, (Window(9 * 60.0, 10 * 60.0, hard=True),), care, "bjarne", list_name="north"),
        Task("lift-two", "church", 20, (Window(9 * 60.0, 10 * 60.0, hard=True),), care, "bjarne", list_name="north"),
        Task("bandage", "farm", 25, (Window(MORNING, NOON),), frozenset({"nurse"}), "cecilie"),
        Task("compress", "farm", 10, (Window(MORNING, NOON),), care, "cecilie"),
        Task("walk", "harbour", 45, (Window(10 * 60.0, 14 * 60.0),), care, "bjarne", skip_cost=40.0),
        Task("dinner", "church", 30, (Window(12 * 60.0, 13 * 60.0),), care, "bjarne"),
        Task("far-away", "island", 30, (Window(MORNING, NOON),), care, "cecilie"),
        Task("meeting", "base", 30, (Window(MORNING, AFTERNOON),), pinned_shift="kari-monday", pinned_start=13.5 * 60),
    )


def _pairs() -> tuple[Pair, ...]:
    return (
        Pair("lift-one", "lift-two", PairKind.TOGETHER),
        Pair("bandage", "compress", PairKind.SEQUENTIAL, 20.0, 60.0, same_carer=True),
    )


def _orders() -> tuple[Order, ...]:
    return (Order("walk", "dinner", 15.0),)
