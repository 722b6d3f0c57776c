"""Hide small groups in figures that others see, and what would give them away.

A number of people from 1 to 4 is hidden (None). Where the parts add up to a known sum, hiding one alone lets it be
worked out by subtracting; then the smallest of the others is hidden too, or, where there is no other, the sum.
"""

from collections.abc import Collection, Hashable, Mapping

FEWEST = 5


def hide_small(number: int) -> int | None:
    return None if 0 < number < FEWEST else number


def hide_more[Key: Hashable](
    parts: Mapping[Key, int | None], total: int | None, *, known: Collection[Key] = ()
) -> tuple[dict[Key, int | None], int | None]:
    """The parts and their sum, with so many more hidden that none of the hidden ones can be worked out.

    `parts` are hidden where they are small; those `known` to the reader anyway stay, and hiding them hides nothing.
    """
    shown = dict(parts)
    hidden = [key for key, number in shown.items() if number is None]
    if not hidden or total is None or _is_safe(hidden, shown, total):
        return shown, total
    could = sorted((number, str(key), key) for key, number in shown.items() if number and key not in known)
    for _number, _name, key in could:
        shown[key] = None
        hidden.append(key)
        if _is_safe(hidden, shown, total):
            return shown, total
    return dict(parts), None


def _is_safe[Key: Hashable](hidden: Collection[Key], shown: Mapping[Key, int | None], total: int) -> bool:
    """At least two are hidden, and what they add up to is not a small group by itself."""
    left = total - sum(number or 0 for number in shown.values())
    return len(hidden) > 1 and left >= FEWEST
