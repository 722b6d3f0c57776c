"""This time beside the time before: the same questions, whatever version each was answered on."""

from __future__ import annotations

from dataclasses import dataclass

from omtanke.forms.answering import counted
from omtanke.forms.items import CHOICES, WITHOUT_ANSWER, Form, Given, Item
from omtanke.forms.models import Answers
from omtanke.forms.words import answer_in_words, here, with_what_follows


@dataclass(frozen=True)
class Line:
    """One question with both answers; `heading` is the group it stands in."""

    heading: str
    label: str
    now: str
    then: str

    @property
    def changed(self) -> bool:
        return self.now != self.then


def side_by_side(now: Answers, before: Answers | None) -> list[Line]:
    """The questions that were answered now or then, in the order of the form that was used now."""
    form, given = now.questionnaire.form, now.given
    then = counted(before.questionnaire.form, before.given) if before else {}
    lines = []
    for top in form.items:
        inner = top.items if top.kind in WITHOUT_ANSWER and top.items else (top,)
        heading = here(top.said) if inner is top.items else ""
        lines += _lines(inner, heading, counted(form, given), then, form)
    return [line for line in lines if line.now or line.then]


def _lines(items: tuple[Item, ...], heading: str, now: Given, then: Given, form: Form, prefix: str = "") -> list[Line]:
    lines = []
    for item in items:
        if item.repeated_group:
            number = 0
            while any(name.startswith(f"{prefix}{item.link_id}#{number}/") for name in {**now, **then}):
                place = f"{prefix}{item.link_id}#{number}/"
                lines += _lines(item.items, heading, now, then, form, place)
                number += 1
        elif item.kind in CHOICES:
            lines.append(
                Line(
                    heading,
                    here(item.said),
                    with_what_follows(item, now, prefix),
                    with_what_follows(item, then, prefix),
                )
            )
        else:
            path = prefix + item.link_id
            if item.kind not in WITHOUT_ANSWER:
                said = [answer_in_words(item, given.get(path, ())) for given in (now, then)]
                lines.append(Line(heading, here(item.said), said[0], said[1]))
            lines += _lines(item.items, heading, now, then, form, prefix)
    return lines
