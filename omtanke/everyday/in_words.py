"""Where a wish stands, in plain words: what it is, what happens next, and who has it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from omtanke.everyday.models import Participation, Wish, WishStep
from omtanke.shell.templatetags.omtanke import day, day_and_clock

_S, _C = Wish.State, Wish.Cause

COLOUR = {
    _S.SAID: "sun",
    _S.OFFERED: "sky",
    _S.TRIED: "sky",
    _S.ENJOYED: "success",
    _S.AGAIN: "sun",
    _S.NOT_FOR_ME: "neutral",
    _S.UNMET: "warm",
}

# What somebody says who takes a step.
STEP: dict[tuple[Wish.State | None, Wish.State], str | Promise] = {
    (None, _S.OFFERED): gettext_lazy("Something is offered"),
    (None, _S.SAID): gettext_lazy("It is wished for again"),
    (_S.OFFERED, _S.SAID): gettext_lazy("“No, thank you” to this offer"),
    (None, _S.TRIED): gettext_lazy("It was tried"),
    (None, _S.ENJOYED): gettext_lazy("It became a moment"),
    (None, _S.AGAIN): gettext_lazy("It became a moment: again, please"),
    (None, _S.NOT_FOR_ME): gettext_lazy("Not for me after all"),
    (None, _S.UNMET): gettext_lazy("It cannot come true for now"),
}

# What would help with a wish that cannot come true.
WOULD_HELP = {
    _C.NO_OFFER: gettext_lazy("Somebody who starts it: an organisation, a neighbour, a volunteer."),
    _C.NO_COMPANY: gettext_lazy("One more volunteer nearby who likes the same."),
    _C.NO_RIDE: gettext_lazy("One more driver, or a time when somebody drives already."),
    _C.NO_SEAT: gettext_lazy("One more time, or a larger place."),
    _C.PLACE: gettext_lazy("A place without stairs, with a toilet or a hearing loop."),
    _C.HEALTH: gettext_lazy("A smaller version at home, on a good day."),
    _C.MONEY: gettext_lazy("Something without a fee, or a fund that pays."),
    _C.SENSES: gettext_lazy("A place with a hearing loop, a seat near the front, somebody who tells what is shown."),
    _C.NOT_DARE: gettext_lazy("Somebody to go with, and only to look on the first time."),
    _C.TIME: gettext_lazy("Another time of the day or week."),
    _C.OTHER: gettext_lazy("Talk with the person about what could be instead."),
}

SOURCE = {
    Wish.Source.CAUGHT: pgettext_lazy("a wish", "caught on the spot"),
    Wish.Source.TALK: pgettext_lazy("a wish", "said in the interest talk"),
    Wish.Source.MEETING: pgettext_lazy("a wish", "said at the residents' meeting"),
    Wish.Source.KIN: pgettext_lazy("a wish", "told by next of kin"),
}


def step_label(before: Wish.State | str, after: Wish.State | str) -> str:
    """The step from one state to another, as somebody says it who takes it."""
    return str(STEP.get((_S(before), _S(after))) or STEP[None, _S(after)])


@dataclass
class Told:
    """A wish with its steps and the time it is offered for, told in words."""

    wish: Wish
    steps: list[WishStep] = field(default_factory=list)
    coming: Participation | None = None
    been: Participation | None = None
    driver: str = ""

    @property
    def colour(self) -> str:
        return COLOUR[_S(self.wish.state)]

    @property
    def last(self) -> WishStep | None:
        return self.steps[-1] if self.steps else None

    @property
    def lines(self) -> list[tuple[str, WishStep]]:
        """Each step with what it was: a new state, a word on how it goes, or into other hands."""
        lines, before = [], ""
        for step in self.steps:
            title = str(_S(step.state).label) if step.state != before else _("How it goes")
            if before and step.owner:
                title = _("%(name)s has it") % {"name": step.owner.name}
            lines.append((title, step))
            before = step.state
        return lines

    @property
    def is_open(self) -> bool:
        return self.wish.state in Wish.OPEN

    @property
    def own_words_after(self) -> str:
        """How it was, in the person's own words."""
        if self.wish.state not in {_S.ENJOYED, _S.AGAIN, _S.TRIED, _S.NOT_FOR_ME}:
            return ""
        return (self.been.words if self.been else "") or (self.last.words if self.last else "")

    @property
    def next(self) -> str:
        """What happens next, in one line."""
        who = self.wish.owner.name if self.wish.owner else ""
        state = _S(self.wish.state)
        if self.coming and self.is_open:
            line = f"{self.coming.occurrence.activity.title} {day_and_clock(self.coming.starts)}"
            return f"{line} · {_('ride with %(name)s') % {'name': self.driver}}" if self.driver else line
        if state == _S.SAID:
            return _("%(name)s finds out what can be done.") % {"name": who}
        if state == _S.OFFERED:
            return (self.last.words if self.last else "") or _("%(name)s agrees on the rest.") % {"name": who}
        if state == _S.TRIED:
            return _("%(name)s asks how it was.") % {"name": who}
        if state == _S.AGAIN:
            return _("%(name)s finds the next time.") % {"name": who}
        if state == _S.UNMET:
            return self.wish.cause_words or str(WOULD_HELP[_C(self.wish.cause)])
        return ""

    @property
    def state_and_day(self) -> str:
        """As 'Became a moment 12 November'."""
        label = self.wish.get_state_display()
        if self.wish.state == _S.UNMET:
            label = f"{label}: {self.wish.get_cause_display().lower()}"
        at = self.last.at if self.last else self.wish.said_at
        return f"{label} {day(at)}" if self.wish.state != _S.UNMET else label
