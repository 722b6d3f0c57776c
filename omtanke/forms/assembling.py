"""Put questions that are asked again and again where they are asked.

A display item with the extension `subQuestionnaire` (FHIR SDC) stands for the items of a contained Questionnaire. Each
of their linkIds gets the asking question's before it (`choir.now`); `^` in a condition is the asking question itself.
"""

from typing import Any

from omtanke.forms.texts import dicts, extensions

SUB_QUESTIONNAIRE = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-subQuestionnaire"
ASKER = "^"


def assembled(content: dict[str, Any]) -> dict[str, Any]:
    """The questionnaire with every such item replaced. What cannot be replaced stays, for the reader to tell."""
    parts = {
        f"#{one.get('id')}": one.get("item")
        for one in dicts(content.get("contained"))
        if one.get("resourceType") == "Questionnaire"
    }
    kept = [one for one in dicts(content.get("contained")) if f"#{one.get('id')}" not in parts]
    whole = {name: value for name, value in content.items() if name != "contained"}
    if kept:
        whole["contained"] = kept
    return whole | {"item": _with_parts(content.get("item"), "", parts)}


def _with_parts(items: Any, asker: str, parts: dict[str, Any]) -> Any:
    if not isinstance(items, list):
        return items
    out: list[Any] = []
    for item in items:
        part = parts.get(_stands_for(item))
        if isinstance(part, list):
            out += [_renamed(one, asker) for one in part]
        elif isinstance(item, dict) and "item" in item:
            out.append(item | {"item": _with_parts(item["item"], str(item.get("linkId", "")), parts)})
        else:
            out.append(item)
    return out


def _stands_for(item: Any) -> str:
    found = extensions(item, SUB_QUESTIONNAIRE) if isinstance(item, dict) else []
    return str(found[0].get("valueCanonical", "")) if found else ""


def _renamed(item: Any, asker: str) -> Any:
    if not isinstance(item, dict):
        return item
    renamed = item | {"linkId": f"{asker}.{item.get('linkId', '')}"}
    if "enableWhen" in item:
        renamed["enableWhen"] = [
            one | {"question": asker if one.get("question") == ASKER else f"{asker}.{one.get('question')}"}
            for one in dicts(item["enableWhen"])
        ]
    if "item" in item:
        renamed["item"] = [_renamed(one, asker) for one in dicts(item["item"])]
    return renamed
