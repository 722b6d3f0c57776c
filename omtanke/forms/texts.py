"""Words of a FHIR resource in one language: the source's own, and the translations that stand beside it.

FHIR R4 puts them into the extension `translation` of an element (`_text`), and for a concept into its `designation`.
"""

from collections.abc import Mapping
from typing import Any

TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"

type Json = Mapping[str, Any]


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; none where it is no list. A file may hold anything."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def translations(element: Json, name: str) -> dict[str, str]:
    """All that `element` says as `name`, by language; its own words under ""."""
    said = {"": str(element[name])} if element.get(name) else {}
    beside = element.get(f"_{name}")
    for one in dicts(beside.get("extension")) if isinstance(beside, dict) else ():
        if one.get("url") == TRANSLATION:
            parts = {
                part.get("url"): part.get("valueCode") or part.get("valueString")
                for part in dicts(one.get("extension"))
            }
            said[str(parts.get("lang") or "").lower()] = str(parts.get("content") or "")
    for one in dicts(element.get("designation")):
        said[str(one.get("language") or "").lower()] = str(one.get("value") or "")
    return said


def in_language(said: Mapping[str, str], language: str) -> str:
    """The words in that language, as 'nb' for 'nb-no' too; otherwise the source's own."""
    return said.get(language) or said.get(language.split("-")[0]) or said.get("", "")


def extensions(element: Json, url: str) -> list[dict[str, Any]]:
    return [one for one in dicts(element.get("extension")) if one.get("url") == url]
