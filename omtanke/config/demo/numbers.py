"""National identity numbers and telephone numbers that belong to nobody."""

from collections.abc import Iterator
from datetime import date
from random import Random

FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def national_ids(born: date, *, woman: bool, source: Random) -> Iterator[str]:
    """Valid synthetic numbers of somebody born in the 20th century: the month plus 80, as the tax authority's own test
    people have it. The third digit of the individual number is even for women."""
    month = born.month + 80
    for individual in source.sample(range(500), 500):
        if (individual % 2 == 0) != woman:
            continue
        digits = [int(digit) for digit in f"{born:%d}{month:02d}{born:%y}{individual:03d}"]
        first = _control(digits, FIRST_WEIGHTS)
        second = _control([*digits, first], SECOND_WEIGHTS)
        if first < 10 and second < 10:
            yield "".join(str(digit) for digit in (*digits, first, second))


def _control(digits: list[int], weights: tuple[int, ...]) -> int:
    """The control digit; 10 where there is none."""
    rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    return (11 - rest) % 11


def mobile(source: Random) -> str:
    """Looks like a mobile number. Numbers that begin with 44 are given to nobody in the Norwegian numbering plan."""
    digits = source.randint(0, 999_999)
    return f"44{digits // 100_000} {digits // 1000 % 100:02d} {digits % 1000:03d}"


def landline(source: Random) -> str:
    """Looks like a fixed line. Numbers that begin with 36 are given to nobody either."""
    digits = source.randint(100_000, 999_999)
    return f"36 {digits // 10_000} {digits // 100 % 100:02d} {digits % 100:02d}"
