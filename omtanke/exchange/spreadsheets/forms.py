"""The upload: one or several files, judged by size before they are read into memory."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from omtanke.exchange.spreadsheets.reading import SourceFile, refuse_too_large, refuse_what_is_no_spreadsheet
from omtanke.exchange.spreadsheets.words import Unusable

MOST_FILES = 20


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class SpreadsheetsField(forms.FileField):
    """Files as SourceFile; what is plainly no spreadsheet is refused at once."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[SourceFile]:
        files = data if isinstance(data, list | tuple) else [data]
        if not files:
            super().clean(None, initial)
        uploaded = [super(SpreadsheetsField, self).clean(file, initial) for file in files]
        if len(uploaded) > MOST_FILES:
            raise forms.ValidationError(_("At most %(limit)d files at a time.") % {"limit": MOST_FILES})
        names = _own_names([file.name or "" for file in uploaded])
        return [_read(file, name) for file, name in zip(uploaded, names, strict=True)]


class UploadForm(forms.Form):
    spreadsheets = SpreadsheetsField(
        label=_("Spreadsheets"),
        help_text=_("Drop them here or choose them: .xlsx or .csv, at most 50 MB each."),
        error_messages={"required": _("Choose at least one file first.")},
        widget=SeveralFiles(attrs={"accept": ".xlsx,.csv,.tsv", "class": "drop"}),
    )


def _read(file: UploadedFile[Any], name: str) -> SourceFile:
    try:
        refuse_too_large(name, file.size or 0)
        source = SourceFile(name, file.read())
        refuse_what_is_no_spreadsheet(source)
    except Unusable as error:
        raise forms.ValidationError(str(error)) from error
    return source


def _own_names(names: list[str]) -> list[str]:
    """A second 'turnus.xlsx' is 'turnus (2).xlsx', so that the report can tell them apart."""
    seen = Counter[str]()
    own = []
    for name in names:
        seen[name] += 1
        path = Path(name)
        own.append(name if seen[name] == 1 else f"{path.stem} ({seen[name]}){path.suffix}")
    return own
