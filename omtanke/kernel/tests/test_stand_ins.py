"""Stand-ins are chosen so that those who are hard to meet somebody new are spared first, and rest is kept."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from omtanke.kernel.stand_ins import (
    NEW,
    NEW_FOR_VULNERABLE,
    NOBODY,
    ONE_MORE_SHIFT,
    Offer,
    Span,
    could_take,
    gentlest,
)

MONDAY, TUESDAY, THURSDAY = Span("mon", 450, 900), Span("tue", 1890, 2340), Span("thu", 4770, 5220)
MONDAY_EVENING = Span("mon evening", 885, 1335)


def offer(shift, carer, vulnerable=(), new=()):
    return Offer(shift.id, carer, frozenset(vulnerable), frozenset(new))


def test_the_vulnerable_are_spared_first():
    offers = [offer(MONDAY, "ola", ["astrid"]), offer(MONDAY, "siri", [], ["edvard", "jens", "ruth"])]
    assert gentlest([MONDAY], offers)["mon"].carer == "siri"


def test_rather_one_colleague_twice_than_two_new_ones():
    offers = [offer(shift, who, ["astrid"]) for shift in (MONDAY, THURSDAY) for who in ("ola", "siri")]
    chosen = gentlest([MONDAY, THURSDAY], offers)
    assert len({one.carer for one in chosen.values()}) == 1
    assert len(chosen) == 2


def test_nobody_takes_more_than_two_and_what_nobody_can_take_is_left_open():
    shifts = [Span(f"{day}", day * 1440 + 450, day * 1440 + 900) for day in range(3)]
    assert len(gentlest(shifts, [offer(shift, "ola") for shift in shifts])) == 2
    assert gentlest([MONDAY], []) == {}


def test_eleven_hours_lie_between_two_shifts():
    assert not could_take(MONDAY, [MONDAY_EVENING])
    assert not could_take(TUESDAY, [MONDAY_EVENING])  # until 22:15, and 07:30 the day after
    assert could_take(TUESDAY, [MONDAY])
    offers = [offer(MONDAY_EVENING, "ola"), offer(TUESDAY, "ola")]
    assert len(gentlest([MONDAY_EVENING, TUESDAY], offers)) == 1


def test_who_is_trained_comes_before_who_is_known():
    able = Offer("mon", "nurse", frozenset({"astrid"}))
    assert gentlest([MONDAY], [able, Offer("mon", "assistant", untrained=1)])["mon"] == able


people = st.frozensets(st.sampled_from("abc"), max_size=2)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["mon", "tue", "thu"]), st.sampled_from("xy"), people, people), max_size=5))
def test_no_other_choice_is_gentler(rows):
    offers = list({(shift, who): Offer(shift, who, hard, new - hard) for shift, who, hard, new in rows}.values())
    shifts = [MONDAY, TUESDAY, THURSDAY]

    def cost(chosen):
        hard = {(o.carer, p) for o in chosen for p in o.new_for_vulnerable}
        new = {(o.carer, p) for o in chosen for p in o.new_for}
        hard_too = len(hard) * NEW_FOR_VULNERABLE + len(new) * NEW
        return hard_too + (3 - len(chosen)) * NOBODY + len(chosen) * ONE_MORE_SHIFT

    choices = [[None, *(o for o in offers if o.shift == shift.id)] for shift in shifts]
    allowed = [[o for o in each if o] for each in product(*choices)]
    allowed = [c for c in allowed if all(sum(o.carer == who for o in c) <= 2 for who in "xy")]
    assert cost(gentlest(shifts, offers).values()) <= min(cost(each) for each in allowed)
