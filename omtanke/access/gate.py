"""The gate in front of every view: is somebody logged in, safely enough, and may their role do this?

`@requires(Permission.X)` also says to the database for whom the request's transaction acts, so a view behind no gate
sees no citizen at all. A test walks all URLs and fails on a view with neither gate.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from omtanke.access.actor import Actor
from omtanke.access.models import User
from omtanke.access.need_to_know import act_as
from omtanke.access.permissions import Permission


class ActorRequest(HttpRequest):
    """A request behind the gate: it knows its actor."""

    actor: Actor
    user: User  # behind the gate nobody is anonymous


type View[**P] = Callable[Concatenate[ActorRequest, P], HttpResponseBase]


def requires[**P](permission: Permission) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """Let only those in who hold `permission` somewhere; in which unit is for the view and the deed to ask."""

    def gate(view: View[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not isinstance(request.user, User):
                return redirect_to_login(request.get_full_path())
            actor = Actor.of(request.user)
            if actor.is_staff and settings.SECOND_FACTOR_REQUIRED and not has_second_factor(request):
                return _to_the_second_step(request)
            if not actor.may(permission):
                raise PermissionDenied
            act_as(request.user.pk)
            behind = cast(ActorRequest, request)
            behind.actor = actor
            return view(behind, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined] # read by the test that walks all URLs
        return guarded

    return gate


def open_to_all(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a view that shows nothing about anyone and needs no login."""
    view.permission = None  # type: ignore[attr-defined]
    return view


def _to_the_second_step(request: HttpRequest) -> HttpResponse:
    """Set one up; whoever just did shows it once, and is in."""
    passkey = Authenticator.Type.WEBAUTHN
    kinds = set(Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True))
    if not kinds & {passkey, Authenticator.Type.TOTP}:
        return redirect("mfa_index")
    step = "mfa_reauthenticate_webauthn" if passkey in kinds else "mfa_reauthenticate"
    return redirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")


def has_second_factor(request: HttpRequest) -> bool:
    """Has this session been opened with a second factor: TOTP, a passkey, or a login whose `acr` we checked?"""
    methods = request.session.get("account_authentication_methods", [])
    return any(method.get("method") == "mfa" or method.get("acr_checked") for method in methods)
