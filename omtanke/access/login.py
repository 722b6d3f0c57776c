"""How allauth behaves here: nobody signs up by themselves, and no claim of an identity provider is stored.

Whoever comes from the municipality's login is matched with a user who is there already, by the fingerprint of the
national id or by e-mail, each time anew; no link, claim or token is kept. A level of assurance (`acr`) that we asked
for is checked here, because a provider may answer with a lower one, and then counts as the second factor.
"""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from omtanke.access.models import User


def fingerprint(national_id: str) -> str:
    """What we keep of a national id to know it again: of no use without the secret key."""
    digits = "".join(sign for sign in national_id if sign.isdigit())
    return salted_hmac("omtanke.access.pid", digits, algorithm="sha256").hexdigest()


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        """Who comes with a checked level of assurance has shown a second factor already."""
        stages: list[str] = super().get_login_stages()
        methods = self.request.session.get("account_authentication_methods", []) if self.request else []
        if any(method.get("acr_checked") for method in methods):
            return [stage for stage in stages if not stage.startswith("allauth.mfa.")]
        return stages


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth has no types
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def authenticate_by_email(self, login: Any) -> None:
        """Not allauth's way, which would take away the user's password; `pre_social_login` matches."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        claims = _claims(sociallogin.account.extra_data)
        sociallogin.account.extra_data = {}
        sociallogin.account.uid = ""
        sociallogin.email_addresses = []
        if sociallogin.state.get("process") == "connect":
            raise _refused(request, _("This login cannot be linked"), _("Log in with it instead; nothing is linked."))
        checked = _level_is_checked(request, claims)
        user = _known_user(claims)
        if user is None:
            raise _refused(
                request,
                _("We do not know you here yet"),
                _("The login went well, but nobody has given you access to Omtanke. Your leader can do that."),
            )
        sociallogin.user = user
        if checked:
            from allauth.account.internal.flows.login import record_authentication  # needs the apps to be loaded

            record_authentication(request, user, "oidc", acr_checked=True)


def _claims(data: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the signed token win over what the user-info address says."""
    return {**(data.get("userinfo") or {}), **(data.get("id_token") or {})}


def _level_is_checked(request: HttpRequest, claims: Mapping[str, Any]) -> bool:
    if not settings.OIDC_ACR:
        return False
    if claims.get("acr") not in settings.OIDC_ACR:
        raise _refused(
            request,
            _("A safer way to log in is needed"),
            _("Choose BankID, Buypass or another way with two steps, and try again."),
        )
    return True


def _known_user(claims: Mapping[str, Any]) -> User | None:
    active = User.objects.filter(is_active=True)
    if pid := claims.get("pid"):
        return active.filter(pid_hash=fingerprint(str(pid))).first()
    if (email := claims.get("email")) and claims.get("email_verified") is not False:
        return active.filter(email=str(email).lower()).first()
    return None


def _refused(request: HttpRequest, heading: str, what_to_do: str) -> ImmediateHttpResponse:
    context = {"heading": heading, "what_to_do": what_to_do, "reference": getattr(request, "reference", "")}
    return ImmediateHttpResponse(render(request, "shell/error.html", context, status=403))
