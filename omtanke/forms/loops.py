"""Questions that wait for each other: none of them would ever be asked."""

from omtanke.forms.items import Form, Item


def first_loop(form: Form) -> list[str]:
    """The linkIds of one loop, beginning and ending with the same; empty where there is none.

    A question waits for those in its conditions, and for everything that what it stands in waits for.
    """
    waits = _what_waits_for_what(form)
    settled: set[str] = set()
    for start in waits:
        if loop := _from(start, waits, settled):
            return loop
    return []


def _what_waits_for_what(form: Form) -> dict[str, list[str]]:
    waits: dict[str, list[str]] = {}

    def walk(item: Item, within: str) -> None:
        waits.setdefault(item.link_id, []).extend(one.question for one in item.conditions)
        if within:
            waits[item.link_id].append(within)
        for inner in item.items:
            walk(inner, item.link_id)

    for item in form.items:
        walk(item, "")
    return waits


def _from(start: str, waits: dict[str, list[str]], settled: set[str]) -> list[str]:
    """Depth first without recursion: a file may have a chain of thousands."""
    path = [start]
    left = [iter(waits.get(start, ()))]
    while path:
        for question in left[-1]:
            if question in path:
                return [*path[path.index(question) :], question]
            if question not in settled and question in waits:
                path.append(question)
                left.append(iter(waits[question]))
                break
        else:
            settled.add(path.pop())
            left.pop()
    return []
