"""What changes between two plans, in words: every weight of the planner has words for more of it and for less.

A difference is told in its own unit (minutes, visits, faces), never in cost: nobody can picture "25 points".
"""

from collections.abc import Collection, Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from omtanke.kernel.planning.explain import Difference
from omtanke.visits.effects import Effect

# What costs less than half a minute's drive is not worth anybody's reading; a slightly less even load neither.
WORTH_SAYING = 0.5
WORTH_MORE: Mapping[str, float] = {"unfair": 3.0, "changed_time": 1.0}
AT_A_TIME = 4  # more than that in one line nobody takes in

MORE: Mapping[str, Promise | str] = {
    "driving": ngettext_lazy("%(n)d minute more driving", "%(n)d minutes more driving", "n"),
    "working": ngettext_lazy("%(n)d minute more work", "%(n)d minutes more work", "n"),
    "late": ngettext_lazy(
        "visits begin %(n)d minute later than agreed, in all",
        "visits begin %(n)d minutes later than agreed, in all",
        "n",
    ),
    "medicine_late": ngettext_lazy(
        "medicines come %(n)d minute later than they should", "medicines come %(n)d minutes later than they should", "n"
    ),
    "worst_late": ngettext_lazy(
        "whoever waits longest for a visit waits %(n)d minute more",
        "whoever waits longest for a visit waits %(n)d minutes more",
        "n",
    ),
    "waiting": ngettext_lazy(
        "%(n)d minute more waiting between visits", "%(n)d minutes more waiting between visits", "n"
    ),
    "worst_waiting": ngettext_lazy(
        "the longest wait between visits is %(n)d minute longer",
        "the longest wait between visits is %(n)d minutes longer",
        "n",
    ),
    "overtime": ngettext_lazy("%(n)d minute more overtime", "%(n)d minutes more overtime", "n"),
    "missed_break": ngettext_lazy("%(n)d more break finds no time", "%(n)d more breaks find no time", "n"),
    "worst_idle": ngettext_lazy(
        "the emptiest shift has %(n)d minute more without visits",
        "the emptiest shift has %(n)d minutes more without visits",
        "n",
    ),
    "unfair": gettext_lazy("the work is shared less evenly"),
    "over_hours": ngettext_lazy(
        "%(n)d minute more than somebody's hours allow", "%(n)d minutes more than somebody's hours allow", "n"
    ),
    "secondary": ngettext_lazy(
        "%(n)d more visit by a secondary contact", "%(n)d more visits by a secondary contact", "n"
    ),
    "known_face": ngettext_lazy(
        "%(n)d more visit by a known face who is not a contact",
        "%(n)d more visits by known faces who are not contacts",
        "n",
    ),
    "new_face": ngettext_lazy("%(n)d more visit by a new face", "%(n)d more visits by new faces", "n"),
    "new_face_vulnerable": ngettext_lazy(
        "%(n)d more visit by a new face for somebody who should be spared new faces",
        "%(n)d more visits by new faces for people who should be spared them",
        "n",
    ),
    "more_faces": ngettext_lazy(
        "somebody meets %(n)d more face in a fortnight", "people meet %(n)d more faces in a fortnight", "n"
    ),
    "changed_carer": ngettext_lazy(
        "%(n)d more visit by another carer than has been told",
        "%(n)d more visits by other carers than has been told",
        "n",
    ),
    "changed_time": ngettext_lazy(
        "times lie %(n)d minute further from what has been told, in all",
        "times lie %(n)d minutes further from what has been told, in all",
        "n",
    ),
    "not_preferred": ngettext_lazy(
        "%(n)d more visit by somebody the person has not wished for",
        "%(n)d more visits by somebody the person has not wished for",
        "n",
    ),
    "off_list": ngettext_lazy("%(n)d more visit away from its list", "%(n)d more visits away from their list", "n"),
    "rotation": ngettext_lazy(
        "%(n)d more visit with somebody who had the same list lately",
        "%(n)d more visits with somebody who had the same list lately",
        "n",
    ),
    "skipped": gettext_lazy("more of what can wait is left out"),
    "unplaced": ngettext_lazy("%(n)d more visit without a place", "%(n)d more visits without a place", "n"),
    "broken": ngettext_lazy("%(n)d more rule is not kept", "%(n)d more rules are not kept", "n"),
    "broken_minutes": ngettext_lazy(
        "rules are passed by %(n)d minute more", "rules are passed by %(n)d minutes more", "n"
    ),
}

LESS: Mapping[str, Promise | str] = {
    "driving": ngettext_lazy("%(n)d minute less driving", "%(n)d minutes less driving", "n"),
    "working": ngettext_lazy("%(n)d minute less work", "%(n)d minutes less work", "n"),
    "late": ngettext_lazy(
        "visits begin %(n)d minute closer to what is agreed, in all",
        "visits begin %(n)d minutes closer to what is agreed, in all",
        "n",
    ),
    "medicine_late": ngettext_lazy(
        "medicines come %(n)d minute closer to their time", "medicines come %(n)d minutes closer to their time", "n"
    ),
    "worst_late": ngettext_lazy(
        "whoever waits longest for a visit waits %(n)d minute less",
        "whoever waits longest for a visit waits %(n)d minutes less",
        "n",
    ),
    "waiting": ngettext_lazy(
        "%(n)d minute less waiting between visits", "%(n)d minutes less waiting between visits", "n"
    ),
    "worst_waiting": ngettext_lazy(
        "the longest wait between visits is %(n)d minute shorter",
        "the longest wait between visits is %(n)d minutes shorter",
        "n",
    ),
    "overtime": ngettext_lazy("%(n)d minute less overtime", "%(n)d minutes less overtime", "n"),
    "missed_break": ngettext_lazy("%(n)d more break finds its time", "%(n)d more breaks find their time", "n"),
    "worst_idle": ngettext_lazy(
        "the emptiest shift has %(n)d minute less without visits",
        "the emptiest shift has %(n)d minutes less without visits",
        "n",
    ),
    "unfair": gettext_lazy("the work is shared more evenly"),
    "over_hours": ngettext_lazy(
        "%(n)d minute closer to what somebody's hours allow", "%(n)d minutes closer to what somebody's hours allow", "n"
    ),
    "secondary": ngettext_lazy(
        "%(n)d visit fewer by a secondary contact", "%(n)d visits fewer by a secondary contact", "n"
    ),
    "known_face": ngettext_lazy(
        "%(n)d visit fewer by a known face who is not a contact",
        "%(n)d visits fewer by known faces who are not contacts",
        "n",
    ),
    "new_face": ngettext_lazy("%(n)d visit fewer by a new face", "%(n)d visits fewer by new faces", "n"),
    "new_face_vulnerable": ngettext_lazy(
        "%(n)d visit fewer by a new face for somebody who should be spared new faces",
        "%(n)d visits fewer by new faces for people who should be spared them",
        "n",
    ),
    "more_faces": ngettext_lazy(
        "somebody meets %(n)d face fewer in a fortnight", "people meet %(n)d faces fewer in a fortnight", "n"
    ),
    "changed_carer": ngettext_lazy(
        "%(n)d more visit by the one who has been told", "%(n)d more visits by those who have been told", "n"
    ),
    "changed_time": ngettext_lazy(
        "times lie %(n)d minute closer to what has been told, in all",
        "times lie %(n)d minutes closer to what has been told, in all",
        "n",
    ),
    "not_preferred": ngettext_lazy(
        "%(n)d more visit by somebody the person has wished for",
        "%(n)d more visits by somebody the person has wished for",
        "n",
    ),
    "off_list": ngettext_lazy("%(n)d more visit on its own list", "%(n)d more visits on their own list", "n"),
    "rotation": ngettext_lazy(
        "%(n)d visit fewer with somebody who had the same list lately",
        "%(n)d visits fewer with somebody who had the same list lately",
        "n",
    ),
    "skipped": gettext_lazy("more of what can wait gets done"),
    "unplaced": ngettext_lazy("%(n)d more visit gets a place", "%(n)d more visits get a place", "n"),
    "broken": ngettext_lazy("%(n)d more rule is kept", "%(n)d more rules are kept", "n"),
    "broken_minutes": ngettext_lazy(
        "rules are passed by %(n)d minute less", "rules are passed by %(n)d minutes less", "n"
    ),
}


def phrase(name: str, amount: float) -> str:
    """One change, as "9 minutes more driving". Raises KeyError for a weight without words."""
    words = MORE[name] if amount > 0 else LESS[name]
    return str(words % {"n": max(1, round(abs(amount)))})


def worth_saying(differences: Iterable[Difference], without: Collection[str] = ()) -> list[Difference]:
    """Dearest first, gains last, as the planner gives them; what nobody would feel is left out.

    One thing to people is said once: a new face is also one face more in the fortnight and often a known one less, a
    known face instead of the secondary contact is one less of hers, and who comes late comes at another time than told.
    """
    told = [
        one
        for one in differences
        if abs(one.cost) >= WORTH_MORE.get(one.name, WORTH_SAYING) and one.name not in without
    ]
    return [one for one in told if not _goes_without_saying(one, told)]


# What a change goes along with: (names, whether it goes the same way as they do).
GOES_WITH: Mapping[str, tuple[frozenset[str], bool]] = {
    "changed_time": (frozenset({"late", "medicine_late"}), True),
    "more_faces": (frozenset({"new_face", "new_face_vulnerable"}), True),
    "known_face": (frozenset({"new_face", "new_face_vulnerable"}), False),
    "secondary": (frozenset({"new_face", "new_face_vulnerable", "known_face"}), False),
}


def _goes_without_saying(one: Difference, told: Iterable[Difference]) -> bool:
    if one.name not in GOES_WITH:
        return False
    names, same_way = GOES_WITH[one.name]
    others = sum(other.amount for other in told if other.name in names)
    if one.name == "more_faces" and abs(one.amount) > abs(others):
        return False
    return one.amount * others > 0 if same_way else one.amount * others < 0


def in_a_line(differences: Iterable[Difference], most: int | None = None) -> str:
    """As "1 visit more by a new face, 9 minutes more driving"; with `most`, only what weighs most of it."""
    said = worth_saying(differences)
    heaviest = sorted(said, key=lambda one: -abs(one.cost))[:most]
    line = ", ".join(phrase(one.name, one.amount) for one in said if one in heaviest)
    return line or _("nothing that anybody would notice")


def as_effects(differences: Iterable[Difference], without: Collection[str] = ()) -> list[Effect]:
    """A line for each change, marked as something to think of or as a gain."""
    return [
        Effect("mind" if one.cost > 0 else "good", sentence(phrase(one.name, one.amount)))
        for one in worth_saying(differences, without)
    ]


def sentence(words: str) -> str:
    """Begins large and ends with one full stop, also after a name like 'Astrid N.'"""
    whole = f"{words[:1].upper()}{words[1:]}."
    return whole.replace("..", ".")
