"""What a phone asks and sends. JSON, because a page without coverage cannot wait for another page."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.people.models import Employee
from omtanke.phone import take_along as deeds
from omtanke.phone.models import Phone
from omtanke.phone.read_batch import OddBatch, read_batch
from omtanke.phone.take_in import take_in


@requires(Permission.WORK_ON_SHIFT)
@require_safe
@never_cache
def hello(request: ActorRequest) -> HttpResponse:
    """Who is logged in, what time it is here, and the token that a posting needs."""
    user = {"id": request.user.pk, "name": request.user.name}
    return JsonResponse({"user": user, "now": timezone.now().isoformat(), "token": get_token(request)})


@requires(Permission.WORK_ON_SHIFT)
@require_POST
def take_along(request: ActorRequest) -> HttpResponse:
    """The lists of now, for this phone. 410 when the phone is revoked."""
    phone, me = _phone(request), Employee.objects.filter(user=request.user).first()
    if phone is None or me is None:
        return _refused(400)
    try:
        may = request.actor.may(Permission.RECORD_ATTENDANCE)
        pack = deeds.take_along(phone, me, at=timezone.now(), with_activities=may)
    except deeds.Revoked:
        return _refused(410)
    expected = {person["citizen"] for activity in pack["activities"] for person in activity["people"]}
    look(request, {visit["citizen"] for visit in pack["visits"]} | expected)
    return JsonResponse(pack)


@requires(Permission.WORK_ON_SHIFT)
@require_POST
def send(request: ActorRequest) -> HttpResponse:
    """Take in a batch of events; the answer says of each what became of it. Sending again changes nothing."""
    phone, me = _phone(request), Employee.objects.filter(user=request.user).first()
    if phone is None or me is None:
        return _refused(400)
    try:
        batch = read_batch(_said(request).get("events"))
    except OddBatch as odd:
        return JsonResponse({"odd": str(odd)}, status=422)
    outcomes = take_in(batch, phone=phone, by=me, at=timezone.now())
    told = {str(pk): outcome for pk, outcome in outcomes.items()}
    return JsonResponse({"outcomes": told, "revoked": phone.revoked_at is not None})


def _phone(request: ActorRequest) -> Phone | None:
    """The phone that asks; None where it does not say who it is, or is known as somebody else's."""
    said = _said(request)
    try:
        number = UUID(str(said.get("phone")))
        return deeds.in_touch(number, label=str(said.get("label", "")), by=request.user, at=timezone.now())
    except (ValueError, deeds.SomebodyElses):
        return None


def _said(request: ActorRequest) -> dict[str, Any]:
    try:
        said = json.loads(request.body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _refused(status: int) -> HttpResponse:
    return JsonResponse({"refused": True}, status=status)
