"""PDF by typst: a `.typ` file in a room's `templates/<room>/`, and data that it reads as JSON.

In the typst file: `#let data = json(bytes(sys.inputs.data))`. Texts come translated in the data, so a typst file says
nothing in a language of its own. The font is the one of the pages.
"""

import json
from collections.abc import Mapping
from typing import Any

import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.template.loader import get_template


def draw_pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF that `template` (as 'care/contact_card.typ') draws from `data`.

    Raises TemplateDoesNotExist, or RuntimeError with typst's message when the file has an error.
    """
    found: Any = get_template(template)
    drawn: bytes = typst.compile(
        found.origin.name,
        format="pdf",
        font_paths=[str(settings.FONTS_DIR)],
        sys_inputs={"data": json.dumps(data, cls=DjangoJSONEncoder)},
    )
    return drawn


def pdf_response(template: str, data: Mapping[str, Any], *, filename: str) -> HttpResponse:
    """The PDF, shown in the browser; `filename` is what it is called when kept."""
    response = HttpResponse(draw_pdf(template, data), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    return response
