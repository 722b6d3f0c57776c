"""Every page there is, and which permission its gate asks for."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from omtanke.access.permissions import PERMISSIONS, Permission, Role

# Pages that others wrote and gate: allauth asks for a login where one is needed. A new one must be thought about here.
_OF_ALLAUTH = """
    account_change_password account_confirm_email account_confirm_login_code account_email
    account_email_verification_sent account_inactive account_login account_logout account_reauthenticate
    account_reset_password account_reset_password_done account_reset_password_from_key
    account_reset_password_from_key_done account_set_password account_signup login/social/connections/
    login/social/login/cancelled/ login/social/login/error/ login/social/signup/ mfa_activate_totp
    mfa_add_webauthn mfa_authenticate mfa_deactivate_totp mfa_download_recovery_codes mfa_edit_webauthn
    mfa_generate_recovery_codes mfa_index mfa_list_webauthn mfa_login_webauthn mfa_reauthenticate
    mfa_reauthenticate_webauthn mfa_remove_webauthn mfa_view_recovery_codes openid_connect_callback
    openid_connect_login socialaccount_connections socialaccount_login_cancelled socialaccount_login_error
    socialaccount_signup
"""
OF_ALLAUTH = frozenset(_OF_ALLAUTH.split())


@dataclass(frozen=True)
class Page:
    name: str
    route: str
    arguments: tuple[str, ...]
    gated: bool
    permission: Permission | None

    @property
    def roles(self) -> tuple[Role, ...]:
        """Who may open it; everyone when no permission is asked for."""
        return tuple(role for role, held in PERMISSIONS.items() if self.permission is None or self.permission in held)


def all_pages() -> list[Page]:
    return sorted(_walk(get_resolver(), "", ""), key=lambda page: page.route)


def our_pages() -> list[Page]:
    """All pages of ours, by address."""
    return [page for page in all_pages() if page.name not in OF_ALLAUTH]


def _walk(resolver: URLResolver, route: str, namespace: str) -> Iterator[Page]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, here, inner)
        elif isinstance(entry, URLPattern):
            view = entry.callback
            yield Page(
                name=f"{namespace}{entry.name or here}",
                route=f"/{here}",
                arguments=tuple(entry.pattern.regex.groupindex),
                gated=hasattr(view, "permission"),
                permission=getattr(view, "permission", None),
            )
