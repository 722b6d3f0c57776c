"""The front door, the demo's cast, health and metrics, and error pages that help."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.db import OperationalError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.i18n import set_language
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from psycopg_pool import PoolTimeout

from omtanke.access.actor import Actor
from omtanke.access.gate import open_to_all
from omtanke.access.language import remember_language
from omtanke.access.models import User
from omtanke.access.permissions import Permission
from omtanke.config.demo_people import demo_cast

WORKER_HEARD_OF = """
SELECT EXISTS (SELECT 1 FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute')
"""

# Where a role begins its day, in this order.
FIRST_PAGES = (
    (Permission.LEAD_UNIT, "insight:today"),
    (Permission.PLAN_LISTS, "visits:week"),
    (Permission.WORK_ON_SHIFT, "visits:my_shift"),
    (Permission.ARRANGE_ACTIVITIES, "everyday:calendar"),
    (Permission.HANDLE_ORDERS, "befriending:orders"),
    (Permission.VISIT_AS_SENIOR, "befriending:my_visits"),
    (Permission.DO_ASSIGNMENTS, "everyday:my_assignments"),
    (Permission.ADMINISTER, "spreadsheets:imports"),
    (Permission.OVERSEE_ACCESS, "access:oversight"),
    (Permission.ACT_FOR_CITIZEN, "access:my_citizens"),
)


@open_to_all
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the page somebody's day begins with, or to the login."""
    if not isinstance(request.user, User):
        return redirect("demo_people" if settings.DEMO else "account_login")
    actor = Actor.of(request.user)
    for permission, page in FIRST_PAGES:
        if actor.may(permission):
            return redirect(page)
    return render(request, "config/no_role.html", status=403)


@open_to_all
def demo_people(request: HttpRequest) -> HttpResponse:
    """Demo mode only: who one can be, and become them with one press."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        user = get_object_or_404(User, email=request.POST.get("email", ""), is_active=True)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("home")
    return render(request, "config/demo_people.html", {"cast": demo_cast()})


@open_to_all
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """From now on in this language: in this browser, and for somebody logged in wherever they log in."""
    if request.method == "POST" and isinstance(request.user, User):
        remember_language(request.user, request.POST.get("language", ""))
    return set_language(request)


@open_to_all
@require_safe
@transaction.non_atomic_requests
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"alive": True})


@open_to_all
@require_safe
@transaction.non_atomic_requests
def ready(request: HttpRequest) -> HttpResponse:
    """The process can serve: its database answers. Tells also whether a worker has been heard of lately; pages do
    not need one, but imports and the nightly schedule do."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(WORKER_HEARD_OF)
            (heard_of,) = cursor.fetchone()
    except (OperationalError, PoolTimeout):
        return JsonResponse({"ready": False}, status=503)
    return JsonResponse({"ready": True, "worker": heard_of})


@open_to_all
@require_safe
@transaction.non_atomic_requests
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus metrics: counts and times of requests, nothing about people. Only for callers on this machine or a
    network the operator names (docs/operations.md), and never through a proxy, behind which everybody looks near."""
    through_a_proxy = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
    if through_a_proxy or request.META.get("REMOTE_ADDR") not in settings.METRICS_FROM:
        raise Http404
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _error(request: HttpRequest, status: int, heading: str, what_to_do: str) -> HttpResponse:
    context: dict[str, Any] = {
        "heading": heading,
        "what_to_do": what_to_do,
        "reference": getattr(request, "reference", ""),
    }
    return render(request, "shell/error.html", context, status=status)


def error_400(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 400, _("We could not read that"), _("Go back and try once more. Nothing was saved."))


def error_403(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(
        request,
        403,
        _("This page is not for your role"),
        _("If you need it for your work, your leader can give you the role."),
    )


def error_404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(
        request,
        404,
        _("There is nothing here that you can see"),
        _("The address may be wrong, or it is about somebody you have no need to know about right now."),
    )


def error_500(request: HttpRequest) -> HttpResponse:
    heading = _("Something went wrong at our end")
    what_to_do = _("Nothing of what you just did was saved. Try once more; if it happens again, tell your leader.")
    try:
        return _error(request, 500, heading, what_to_do)
    except Exception:  # the page's frame needs the database, and that may be what went wrong
        context = {"heading": heading, "what_to_do": what_to_do, "reference": getattr(request, "reference", "")}
        return HttpResponse(render_to_string("config/broken.html", context), status=500)
