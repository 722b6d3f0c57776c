"""Why something cannot be: every rule of the planner in a sentence, without a code and without blame."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Rules that keep a visit from a shift (`may_do`, `Explainer.rule_against` and what an alternative can run into).
AGAINST_A_SHIFT: Mapping[str, Promise | str] = {
    "competence": _("The visit asks for something %(carer)s is not down for: %(asks)s."),
    "forbidden": _("Somebody has decided that %(carer)s does not take this visit."),
    "incompatible": _("It has been agreed that %(carer)s does not come to %(person)s."),
    "pinned": _("Somebody has pinned the visit to another shift."),
    "no time": _("The shift of %(carer)s has no length."),
    "another day": _("%(carer)s is not at work that day."),
    "unreachable": _("No way is known between the place and where the shift of %(carer)s begins or ends."),
    "window before shift": _("The visit has to begin before %(carer)s comes to work."),
    "begun": _("The visit has begun, so it stays where it is."),
    "two carers": _("Two are to come together, and %(carer)s is the other one."),
    "order": _("What has to come before or after it leaves no time for it with %(carer)s."),
}

# Rules that a whole plan can break (`cost.Fault`), beyond those above.
BROKEN_BY_A_PLAN: Mapping[str, Promise | str] = {
    "too soon": _("%(carer)s cannot be there so soon: the way takes longer."),
    "cut short": _("The visit is shorter than it should be."),
    "elsewhere": _("The visit lies at another place than it should."),
    "early": _("The visit begins earlier than it may."),
    "hard window": _("The visit begins later than it may."),
    "latest end": _("%(carer)s comes home later than the shift may last."),
    "half a pair": _("Two are to come, and only one is planned."),
    "lag": _("The time between the two parts of the visit is not as it should be."),
    "done twice": _("The visit is planned twice."),
}


def rule_in_words(rule: str, *, carer: str, person: str, asks: str) -> str:
    """The rule as a sentence about these people. Raises KeyError for a rule without words."""
    words = AGAINST_A_SHIFT.get(rule) or BROKEN_BY_A_PLAN[rule]
    return str(words % {"carer": carer, "person": person, "asks": asks})
