"""What gave a grant, in people's words. The rooms above know: 'care.namedcontact:12' is "Primary contact".

A room explains the causes it gives in a module that its `apps.py` imports when it is ready.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

type Explanation = Callable[[Collection[int]], Mapping[int, str]]

_EXPLANATIONS: dict[str, Explanation] = {}


def explains(kind: str) -> Callable[[Explanation], Explanation]:
    """Decorate what turns the keys of causes of one kind ('care.namedcontact') into words, as the actor may read."""

    def register(explanation: Explanation) -> Explanation:
        _EXPLANATIONS[kind] = explanation
        return explanation

    return register


def in_words(causes: Iterable[str]) -> dict[str, str]:
    """The causes that some room can explain, with its words: one question to each room, however many causes."""
    keys: dict[str, list[int]] = defaultdict(list)
    for cause in causes:
        kind, _colon, key = cause.partition(":")
        if kind in _EXPLANATIONS and key.isdigit():
            keys[kind].append(int(key))
    return {f"{kind}:{key}": words for kind in keys for key, words in _EXPLANATIONS[kind](keys[kind]).items()}
