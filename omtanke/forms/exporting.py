"""Answers for others: as FHIR R4 QuestionnaireResponse, and as rows for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from omtanke.forms.answering import asked, counted, repetitions
from omtanke.forms.items import CHOICES, WITHOUT_ANSWER, Given, Item, Kind
from omtanke.forms.models import Answers

VALUE = {
    Kind.BOOLEAN: "valueBoolean",
    Kind.INTEGER: "valueInteger",
    Kind.DATE: "valueDate",
    Kind.STRING: "valueString",
    Kind.TEXT: "valueString",
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_response(answers: Answers) -> dict[str, Any]:
    """A QuestionnaireResponse with what counts: questions that are asked."""
    questionnaire = answers.questionnaire
    form = questionnaire.form
    when = answers.finished_at or answers.saved_at
    return {
        "resourceType": "QuestionnaireResponse",
        "id": str(answers.pk),
        "questionnaire": f"{form.url}|{form.version}",
        "status": "stopped" if answers.declined else "completed" if answers.is_finished else "in-progress",
        "subject": {"reference": f"Patient/{answers.citizen_id}"},
        "authored": when.isoformat(timespec="seconds"),
        "item": _items(form.items, counted(form, answers.given), ""),
    }


def _items(items: Iterable[Item], given: Given, prefix: str) -> list[dict[str, Any]]:
    out = []
    for item in items:
        if item.repeated_group:
            for number in range(repetitions(given, prefix + item.link_id)):
                inner = _items(item.items, given, f"{prefix}{item.link_id}#{number}/")
                out.append({"linkId": item.link_id, "item": inner})
            continue
        inner = _items(item.items, given, prefix)
        values = [_value(item, value) for value in given.get(prefix + item.link_id, ())]
        if item.kind in WITHOUT_ANSWER:
            if inner:
                out.append({"linkId": item.link_id, "item": inner})
        elif values:
            if inner:
                values[0] = values[0] | {"item": inner}
            out.append({"linkId": item.link_id, "answer": values})
    return out


def _value(item: Item, value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return {"valueString": value.get("words", "")}
    if item.kind in CHOICES:
        option = item.option(value)
        coding = {"code": value, "display": option.said[""]} if option else {"code": value}
        return {"valueCoding": ({"system": option.system} if option and option.system else {}) | coding}
    if item.kind == Kind.DECIMAL:
        return {"valueDecimal": float(value)}
    return {VALUE[item.kind]: value}


def as_csv(every: Iterable[Answers]) -> str:
    """One row for each set of answers, without names; the columns are those of all of them, in the form's order.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    rows, columns = [], ["citizen", "version", "finished", "score"]
    for answers in every:
        form = answers.questionnaire.form
        row = {
            "citizen": str(answers.citizen_id),
            "version": form.version,
            "finished": answers.finished_at.date().isoformat() if answers.finished_at else "",
            "score": "" if answers.score is None else f"{answers.score:f}",
        }
        for one in asked(form, answers.given):
            if one.item.kind not in WITHOUT_ANSWER:
                if one.path not in columns:
                    columns.append(one.path)
                row[one.path] = " | ".join(_cell(value) for value in answers.given.get(one.path, ()))
        rows.append(row)
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", delimiter=";")
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)
    return "\ufeff" + out.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value.get("words", "")) if isinstance(value, dict) else str(value)


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) else value
