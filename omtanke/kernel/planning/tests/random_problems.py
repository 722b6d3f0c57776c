"""Random small problems with every feature on, for Hypothesis."""

import numpy as np
from hypothesis import strategies as st

from ..problem import Break, Carer, Order, Pair, PairKind, Person, Problem, Shift, Task, Weights, Window

SKILLS = ("a", "b", "c")
LISTS = ("north", "south")
times = st.integers(0, 40).map(lambda n: n * 15.0)
some_skills = st.frozensets(st.sampled_from(SKILLS), max_size=2)
many_skills = st.frozensets(st.sampled_from(SKILLS), min_size=1)


@st.composite
def problems(draw, days=1):
    size = draw(st.integers(1, 6))
    places = tuple(f"place{i}" for i in range(size))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    travel = rng.integers(0, 40, (size, size)).astype(float)
    np.fill_diagonal(travel, 0.0)
    if draw(st.booleans()) and size > 2:
        travel[-1, :-1] = travel[:-1, -1] = np.inf
    carers = tuple(
        Carer(f"carer{i}", draw(many_skills), draw(st.sampled_from([None, 100.0, 400.0])))
        for i in range(draw(st.integers(0, 4)))
    )
    shifts = tuple(draw(shift(carer.id, day, places)) for carer in carers for day in range(days))
    names = [carer.id for carer in carers]
    persons = tuple(draw(person(f"person{i}", names)) for i in range(3))
    tasks = tuple(draw(task(f"task{i}", places, shifts, names, days)) for i in range(draw(st.integers(0, 12))))
    pairs = tuple(
        draw(pair(tasks[2 * i].id, tasks[2 * i + 1].id)) for i in range(draw(st.integers(0, len(tasks) // 2)))
    )
    orders = ()
    if len(tasks) > 3 and draw(st.booleans()):
        orders = (Order(tasks[-1].id, tasks[-2].id, draw(st.sampled_from([0.0, 30.0]))),)
    return Problem(places, travel, carers, shifts, tasks, pairs, orders, persons, draw(weights()))


@st.composite
def shift(draw, carer, day, places):
    starts = draw(times) + 1440 * day
    ends = starts + draw(st.sampled_from([0.0, 60.0, 240.0, 480.0]))
    breaks = []
    for _ in range(draw(st.integers(0, 2))):
        opens = starts + draw(times)
        breaks.append(Break(opens, opens + draw(st.sampled_from([0.0, 60.0, 120.0])), 20.0))
    return Shift(
        f"{carer}-{day}",
        carer,
        starts,
        ends,
        draw(st.sampled_from(places)),
        draw(st.sampled_from(places)),
        tuple(breaks),
        draw(st.sampled_from([None, ends + 60.0])),
        draw(st.sampled_from([None, *LISTS])),
        draw(st.frozensets(st.sampled_from(LISTS))),
    )


@st.composite
def person(draw, name, carers):
    nobody_or = st.sampled_from([None, *carers])
    several = st.frozensets(st.sampled_from(carers)) if carers else st.just(frozenset())
    return Person(
        name,
        draw(nobody_or),
        draw(nobody_or),
        draw(several),
        draw(several),
        draw(st.booleans()),
        draw(st.one_of(st.none(), several)),
        draw(several) if draw(st.integers(0, 4)) == 0 else frozenset(),
    )


@st.composite
def windows(draw, days):
    opens = draw(times)
    made = []
    for day in range(draw(st.integers(1, days))):
        hard = draw(st.integers(0, 3)) == 0
        made.append(Window(opens + 1440 * day, opens + 1440 * day + draw(st.sampled_from([0.0, 30.0, 120.0])), hard))
        if draw(st.booleans()):
            later = opens + 1440 * day + 200.0
            made.append(Window(later, later + draw(st.sampled_from([0.0, 60.0])), hard))
    return tuple(made)


@st.composite
def task(draw, name, places, shifts, carers, days):
    rare = draw(st.integers(0, 5)) == 0
    return Task(
        name,
        draw(st.sampled_from(places)),
        draw(st.sampled_from([5.0, 20.0, 45.0])),
        draw(windows(days)),
        draw(some_skills),
        draw(st.sampled_from([None, "person0", "person1", "person2"])),
        draw(st.sampled_from([None, None, 30.0, 200.0])),
        draw(st.booleans()),
        draw(st.sampled_from([shift.id for shift in shifts])) if rare and shifts else None,
        draw(times) if rare and days == 1 else None,
        known_carer=draw(st.sampled_from([None, *carers])),
        known_start=draw(st.one_of(st.none(), times)),
        list_name=draw(st.sampled_from([None, *LISTS])),
    )


@st.composite
def pair(draw, first, second):
    least = draw(st.sampled_from([0.0, 15.0, 30.0]))
    most = least + draw(st.sampled_from([0.0, 30.0, 120.0]))
    return Pair(first, second, draw(st.sampled_from(list(PairKind))), least, most, draw(st.booleans()))


@st.composite
def weights(draw):
    """Our own weights, sometimes with the costs switched off that only some tours know, so that light mode runs too."""
    if draw(st.integers(0, 3)) == 0:
        off = dict.fromkeys(("waiting", "overtime", "unfair", "over_hours", "changed_time", "missed_break"), 0.0)
        return Weights(**off)
    one = st.sampled_from([0.0, 0.5, 3.0])
    return Weights(
        working=draw(one),
        waiting=draw(one),
        worst_waiting=draw(one),
        worst_idle=draw(one),
        unfair=draw(one),
        late=draw(st.sampled_from([0.5, 2.0])),
    )
