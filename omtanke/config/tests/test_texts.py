"""A text means one thing: what two rooms say with the same words is translated with the same words."""

import pytest

from omtanke.config import texts

PO = 'msgid ""\nmsgstr ""\n"Language: nb\\n"\n\nmsgid "Cancel"\nmsgstr "{}"\n'


@pytest.fixture
def two_rooms(tmp_path, monkeypatch):
    def say(*translations: str) -> None:
        rooms = [tmp_path / name for name in ("care", "visits")[: len(translations)]]
        for room, translation in zip(rooms, translations, strict=True):
            file = texts.catalogue_file(room, "nb")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(PO.format(translation))
        monkeypatch.setattr(texts, "rooms", lambda: rooms)

    return say


def test_two_translations_of_one_text_are_told_and_one_is_not(two_rooms):
    two_rooms("Avbryt", "Avlys")
    assert texts.contradictions("nb") == ["nb: 'Cancel' is translated differently in care and visits"]
    two_rooms("Avbryt", "Avbryt")
    assert texts.contradictions("nb") == []
