"""The page that works without coverage, the service worker that keeps it, and what makes it an app."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.http.request import HttpRequest
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, open_to_all, requires
from omtanke.access.permissions import Permission
from omtanke.everyday.views.attendance import SMILES
from omtanke.visits.models import Visit

WORKER = Path(settings.BASE_DIR) / "build" / "static" / "omtanke" / "worker.js"
KEPT = (
    "omtanke/omtanke.css",
    "omtanke/phone.js",
    "omtanke/icons.svg",
    "phone/phone.css",
    "visits/visits.css",
    "everyday/wishes.css",
)


@open_to_all
@require_safe
@never_cache
def phone(request: HttpRequest) -> HttpResponse:
    """The page itself says nothing about anybody: the phone fills it from what it holds.

    It may be asked for in a language, so that a phone can keep it in each and change without coverage.
    """
    chosen = request.GET.get("language", "")
    with override(chosen if chosen in dict(settings.LANGUAGES) else get_language()):
        return render(request, "phone/phone.html", {"reasons": Visit.NotDone.choices, "smiles": SMILES})


@requires(Permission.WORK_ON_SHIFT)
@require_safe
def along(request: ActorRequest) -> HttpResponse:
    """Panel of the shift page: take the list along."""
    return render(request, "phone/along.html")


@open_to_all
@require_safe
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It must lie at the root to keep every page, and know which files to keep."""
    try:
        script = WORKER.read_text()
    except FileNotFoundError:
        raise Http404 from None
    kept = [static(name) for name in KEPT]
    languages = [code for code, _name in settings.LANGUAGES]
    head = f"self.KEPT={kept!r};self.LANGUAGES={languages!r};self.PAGE='{settings.FORCE_SCRIPT_NAME or ''}/phone/';"
    return HttpResponse(head + script, content_type="text/javascript")


@open_to_all
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put Omtanke on its first screen."""
    icon = {"src": static("shell/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    return JsonResponse(
        {
            "name": "Omtanke",
            "short_name": "Omtanke",
            "description": _("Today's visits, with or without coverage"),
            "lang": get_language(),
            "start_url": "/shift/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#1f5c4d",
            "icons": [icon],
        },
        content_type="application/manifest+json",
    )
