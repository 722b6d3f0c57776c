"""A questionnaire small enough to understand, to bend in tests."""

import json
from copy import deepcopy


def said(words: str, name: str = "text") -> dict:
    translation = "http://hl7.org/fhir/StructureDefinition/translation"
    return {
        name: words,
        f"_{name}": {
            "extension": [
                {
                    "url": translation,
                    "extension": [
                        {"url": "lang", "valueCode": language},
                        {"url": "content", "valueString": f"{words} ({language})"},
                    ],
                }
                for language in ("nb", "sv")
            ]
        },
    }


def choice(link_id: str, *codes: str, **more) -> dict:
    options = [{"valueCoding": {"code": code, **said(code, "display")}} for code in codes]
    return {"linkId": link_id, "type": "choice", **said(link_id), "answerOption": options, **more}


def question(link_id: str, kind: str = "string", **more) -> dict:
    return {"linkId": link_id, "type": kind, **said(link_id), **more}


def group(link_id: str, *items: dict, **more) -> dict:
    return {"linkId": link_id, "type": "group", **said(link_id), "item": list(items), **more}


def when(asked: str, answer: object, operator: str = "=") -> dict:
    kind = "answerBoolean" if isinstance(answer, bool) else "answerInteger" if isinstance(answer, int) else ""
    value = {kind: answer} if kind else {"answerCoding": {"code": answer}}
    return {"enableWhen": [{"question": asked, "operator": operator, **value}]}


def questionnaire(*items: dict, **more) -> dict:
    return {
        "resourceType": "Questionnaire",
        "url": "urn:test:small",
        "version": "1",
        "status": "draft",
        **said("Small", "title"),
        "item": deepcopy(list(items)),
        **more,
    }


def as_file(content: dict) -> bytes:
    return json.dumps(content).encode()


SLEEP = questionnaire(
    choice("sleep", "well", "badly"),
    choice("why", "pain", "noise", repeats=True, **when("sleep", "badly")),
    question("pain_level", "integer", required=True, **when("why", "pain")),
    group("helpers", question("name", required=True), question("phone"), repeats=True),
)
