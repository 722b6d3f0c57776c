"""What a change of the plan means for people: faces first, each by name; then driving, lateness and the rest."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from omtanke.kernel.planning.cost import evaluate
from omtanke.kernel.planning.explain import differences
from omtanke.kernel.planning.plan import Plan
from omtanke.kernel.planning.problem import Person, Problem
from omtanke.planning.called import Called
from omtanke.planning.costs_in_words import as_effects
from omtanke.visits.effects import Effect

# Told by name, person by person, so that they are not told once more as numbers.
TOLD_BY_NAME = frozenset({"secondary", "known_face", "new_face", "new_face_vulnerable", "more_faces", "unplaced"})


def effects_of(problem: Problem, before: Plan, after: Plan, called: Called) -> list[Effect]:
    """From one plan to another of the same problem; one line of comfort when nothing changes for anybody."""
    changes = differences(evaluate(problem, before), evaluate(problem, after))
    said = [*_faces(problem, before, after, called), *as_effects(changes, without=TOLD_BY_NAME)]
    return said or [Effect("plain", _("Nothing that anybody would notice."))]


def _faces(problem: Problem, before: Plan, after: Plan, called: Called) -> list[Effect]:
    """One line for each visit that gets another carer, loses its place or gets one; the same line only once."""
    carer_of = {shift.id: shift.carer for shift in problem.shifts}
    persons = {person.id: person for person in problem.persons}
    was, now = before.shift_of(), after.shift_of()
    said = []
    for task in problem.tasks:
        old, new = was.get(task.id), now.get(task.id)
        carers = [carer_of[shift] if shift else None for shift in (old, new)]
        if carers[0] != carers[1]:
            said.append(_face(persons.get(task.person or ""), carers, called, called.person(task.person)))
    return [Effect(each.tone, each.words.replace("..", ".")) for each in dict.fromkeys(said)]


def _face(person: Person | None, carers: Sequence[str | None], called: Called, name: str) -> Effect:
    old, new = carers
    if new is None:
        return Effect("mind", _("The visit to %(person)s has no place then.") % {"person": name})
    values = {"person": name, "carer": called.carer(new)}
    if person is None:
        return Effect("plain", _("%(carer)s does the work of the unit.") % values)
    lost = _contact_lost(person, old, called)
    if new == person.primary:
        return Effect("good", _("%(person)s meets the primary contact, %(carer)s.") % values)
    if new == person.secondary:
        return Effect(
            "mind" if lost else "good", _("%(person)s meets the secondary contact, %(carer)s.") % values + lost
        )
    if person.knows(new):
        return Effect("mind" if lost else "plain", _("%(person)s meets %(carer)s, whom they know.") % values + lost)
    words = _("%(person)s gets a face they have not met: %(carer)s.") % values
    if person.vulnerable:
        words += " " + _("New faces are hard for them.")
    return Effect("mind", words + lost)


def _contact_lost(person: Person, old: str | None, called: Called) -> str:
    """Said in the same breath, so that one visit is one line."""
    if old is None or old not in (person.primary, person.secondary):
        return ""
    return " " + _("They do not meet their contact %(carer)s then.") % {"carer": called.carer(old)}
