"""Why the plan is as it is, in plain sentences: one function for each question, from the kernel's exact answers.

Nobody is blamed and no code is shown; a sentence says who, when and what, as a coordinator would say it.
"""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from omtanke.kernel.planning.cost import contact_name
from omtanke.kernel.planning.explain import Alternative, Explainer, WhatIf
from omtanke.kernel.planning.problem import UNREACHABLE, Shift, Task
from omtanke.planning.called import Called, competence_names, listed
from omtanke.planning.costs_in_words import AT_A_TIME, in_a_line, sentence
from omtanke.planning.rules_in_words import rule_in_words

ON_THE_WAY = 5.0  # minutes of detour that nobody would call one


def why_her(about: Explainer, task_id: str, called: Called) -> list[str]:
    """Why this carer? What she is to the person, what only she can, the way, and what the next best would mean."""
    task, shift = about.tasks[task_id], about.shifts[about.plan.shift_of()[task_id]]
    said = [who_it_is(about, task, shift.carer, called)]
    if _is_new(about, task, shift.carer):
        said += why_nobody_known(about, task, called)
    said += [*_held_fast(task, shift, called), *_trained(about, task, shift, called)]
    said += _on_the_way(about, task, shift) if task.person else []
    best = next(iter(about.alternatives(task_id, 1)), None)
    if best is not None:
        said.append(_("The next best would be %(other)s") % {"other": alternative_in_words(about, best, task, called)})
    return tidy(said)


def who_it_is(about: Explainer, task: Task, carer_id: str, called: Called) -> str:
    """What the carer is to the person: contact, known or new. Empty for work without a person."""
    person = about.persons.get(task.person or "")
    if person is None:
        return ""
    names = {"carer": called.carer(carer_id), "person": called.person(person.id)}
    if carer_id == person.primary:
        return _("%(carer)s is primary contact for %(person)s.") % names
    if carer_id == person.secondary:
        return _("%(carer)s is secondary contact for %(person)s.") % names
    if person.knows(carer_id):
        times = called.been.get((person.id, carer_id), 0)
        known = ngettext(
            "%(carer)s has been at %(person)s's %(times)d time lately.",
            "%(carer)s has been at %(person)s's %(times)d times lately.",
            times,
        )
        return known % {**names, "times": times} if times else _("%(person)s knows %(carer)s.") % names
    new = _("%(carer)s is new to %(person)s.") % names
    return f"{new} {_('New faces are hard for them.')}" if person.vulnerable else new


def why_nobody_known(about: Explainer, task: Task, called: Called) -> list[str]:
    """For each carer whom the person knows, why it is not they: away, a rule, or what it would mean."""
    person = about.persons[task.person or ""]
    at_work = {shift.carer for shift in about.problem.shifts if shift.day == task.windows[0].day}
    known = [carer for carer in called.carers if person.knows(carer)]
    away = [called.carer(carer) for carer in known if carer not in at_work]
    said = [_("Known, but not at work that day: %(names)s.") % {"names": listed(away)}] if away else []
    for carer in known:
        if carer in at_work:
            said += why_not(about, task.id, carer, called)
    return said or [_("Nobody at work in this plan has been there before.")]


def _is_new(about: Explainer, task: Task, carer_id: str) -> bool:
    person = about.persons.get(task.person or "")
    return person is not None and contact_name(person, carer_id) in ("new_face", "new_face_vulnerable")


def _held_fast(task: Task, shift: Shift, called: Called) -> list[str]:
    names = {"carer": called.carer(shift.carer), "person": called.person(task.person)}
    if task.begun:
        return [_("The visit has begun, so it stays where it is.")]
    if task.pinned_shift == shift.id:
        return [_("Somebody has pinned the visit to %(carer)s.") % names]
    if task.known_carer == shift.carer:
        return [_("%(person)s has been told that it is %(carer)s.") % names]
    return []


def _trained(about: Explainer, task: Task, shift: Shift, called: Called) -> list[str]:
    """Only said where it narrows the choice: what most can do explains nothing."""
    if not task.competences:
        return []
    there = {one.carer for one in about.problem.shifts if one.starts < shift.ends and shift.starts < one.ends}
    able = [carer for carer in there if task.competences <= about.carers[carer].competences]
    if 2 * len(able) > len(there):
        return []
    values = {
        "asks": competence_names(task.competences),
        "carer": called.carer(shift.carer),
        "able": len(able),
        "all": len(there),
    }
    if len(able) == 1:
        return [_("The visit asks for: %(asks)s. Only %(carer)s is down for it among those at work then.") % values]
    return [_("The visit asks for: %(asks)s. %(able)d of %(all)d at work then are down for it.") % values]


def _on_the_way(about: Explainer, task: Task, shift: Shift) -> list[str]:
    stops = about.plan.tours[shift.id]
    at = next(i for i, stop in enumerate(stops) if stop.task == task.id)
    before = stops[at - 1].place if at else shift.start_place
    after = stops[at + 1].place if at + 1 < len(stops) else shift.end_place
    detour = _leg(about, before, task.place) + _leg(about, task.place, after) - _leg(about, before, after)
    if detour >= UNREACHABLE:
        return []
    if detour <= ON_THE_WAY:
        return [_("It lies on the way.")]
    minutes = round(detour)
    words = ngettext("It is a detour of %(n)d minute.", "It is a detour of %(n)d minutes.", minutes)
    return [words % {"n": minutes}]


def _leg(about: Explainer, origin: str, destination: str) -> float:
    return float(about.problem.travel[about.places[origin], about.places[destination]])


def why_not(about: Explainer, task_id: str, carer_id: str, called: Called) -> list[str]:
    """Why not this carer? The rule, or what it would mean."""
    task, carer = about.tasks[task_id], {"carer": called.carer(carer_id)}
    now = about.plan.shift_of().get(task_id)
    if now is not None and about.shifts[now].carer == carer_id:
        return [_("It is %(carer)s who comes.") % carer]
    own = [about.alternative(task_id, shift.id) for shift in about.problem.shifts if shift.carer == carer_id]
    if not own:
        return [_("%(carer)s is not at work in this plan.") % carer]
    answer = min(own, key=lambda one: (one.rule is not None, one.rule == "another day", one.cost))
    if answer.rule is not None:
        return tidy([_rule(about, answer, task, called)])
    return tidy([_("With %(other)s") % {"other": alternative_in_words(about, answer, task, called)}])


def _rule(about: Explainer, answer: Alternative, task: Task, called: Called) -> str:
    """The rule as a sentence; of the competences only those that are missing."""
    missing = task.competences - about.carers[answer.carer].competences
    return rule_in_words(
        answer.rule or "",
        carer=called.carer(answer.carer),
        person=called.person(task.person),
        asks=competence_names(missing or task.competences),
    )


def alternative_in_words(about: Explainer, answer: Alternative, task: Task, called: Called) -> str:
    """As "Ola at 09:40: one visit more by a new face, 9 minutes more driving." The name comes first."""
    values = {"carer": called.carer(answer.carer), "means": in_a_line(answer.differences, AT_A_TIME)}
    start = answer.plan.starts().get(task.id) if answer.plan else None
    if start is None:
        return _("%(carer)s: %(means)s.") % values
    when = called.clock(start)
    now = about.plan.starts().get(task.id)
    if now is not None and called.day(now) != called.day(start):
        when = called.moment(start)
    return _("%(carer)s at %(when)s: %(means)s.") % {**values, "when": when}


def why_not_placed(about: Explainer, task_id: str, called: Called) -> list[str]:
    """Why does nobody take it? The rules with those they keep from it, then the cheapest way to place it after all."""
    task, answers = about.tasks[task_id], about.why_not_placed(task_id)
    if not answers:
        return [_("Nobody is at work in this plan.")]
    said = _rules_together(about, answers, task, called)
    possible = next((answer for answer in answers if answer.rule is None), None)
    if possible is not None:
        words = _("It could be done by %(other)s")
        said.insert(0, words % {"other": alternative_in_words(about, possible, task, called)})
    return tidy(said)


def _rules_together(about: Explainer, answers: Sequence[Alternative], task: Task, called: Called) -> list[str]:
    """A rule that many run into is said once, with all their names; other days say nothing about this one."""
    by_rule: dict[str, list[Alternative]] = {}
    for answer in answers:
        if answer.rule is not None and answer.rule != "another day":
            by_rule.setdefault(answer.rule, []).append(answer)
    said = []
    for rule, those in by_rule.items():
        missing = set().union(*(task.competences - about.carers[one.carer].competences for one in those))
        who = listed(called.carer(one.carer) for one in those)
        asks, person = competence_names(missing or task.competences), called.person(task.person)
        said.append(rule_in_words(rule, carer=who, person=person, asks=asks))
    return said or ([] if any(one.rule is None for one in answers) else [_("Nobody is at work that day.")])


def what_if(answer: WhatIf) -> list[str]:
    """What would be different, gains and losses in one line."""
    return [sentence(in_a_line(answer.differences))]


def tidy(said: Iterable[str]) -> list[str]:
    """What there is to say; a name like 'Astrid N.' at the end is full stop enough."""
    return [words.replace("..", ".") for words in said if words]
