"""A wish's way from said to enjoyed or openly unmet: one table says which step may follow which.

"No, thank you" to an offer is an answer: the wish is said again. Nothing is ever over for good: what was openly unmet,
not for me after all, or enjoyed can be wished for again.
"""

from collections.abc import Mapping

from omtanke.everyday.models import Wish

_S = Wish.State
_HAPPENED = {_S.TRIED, _S.ENJOYED, _S.AGAIN, _S.NOT_FOR_ME}

NEXT: Mapping[Wish.State, frozenset[Wish.State]] = {
    _S.SAID: frozenset({_S.OFFERED, _S.UNMET} | _HAPPENED),
    _S.OFFERED: frozenset({_S.SAID, _S.UNMET} | _HAPPENED),
    _S.TRIED: frozenset({_S.ENJOYED, _S.AGAIN, _S.NOT_FOR_ME, _S.OFFERED, _S.UNMET}),
    _S.ENJOYED: frozenset({_S.AGAIN}),
    _S.AGAIN: frozenset({_S.OFFERED, _S.UNMET, _S.TRIED, _S.ENJOYED, _S.NOT_FOR_ME}),
    _S.NOT_FOR_ME: frozenset({_S.SAID}),
    _S.UNMET: frozenset({_S.SAID, _S.OFFERED}),
}

# A wish that became a moment: the person was there and liked it.
BECAME_A_MOMENT = (_S.ENJOYED, _S.AGAIN)


def may_follow(before: Wish.State | str, after: Wish.State | str) -> bool:
    return _S(after) in NEXT[_S(before)]
