"""The municipality's own login (ID-porten, Entra ID, HelseID): OpenID Connect by environment variables.

OMTANKE_OIDC_SERVER (the issuer), OMTANKE_OIDC_CLIENT_ID, OMTANKE_OIDC_CLIENT_SECRET; and if need be OMTANKE_OIDC_NAME
(on the button), OMTANKE_OIDC_SCOPE, OMTANKE_OIDC_ACR (levels that count as a second factor: asked for, and checked).
"""

from collections.abc import Mapping
from typing import Any


def oidc_apps(environment: Mapping[str, str]) -> list[dict[str, Any]]:
    """allauth's description of the one provider, or none."""
    server = environment.get("OMTANKE_OIDC_SERVER", "")
    if not server:
        return []
    settings: dict[str, Any] = {"server_url": server.rstrip("/"), "oauth_pkce_enabled": True}
    if scope := environment.get("OMTANKE_OIDC_SCOPE", "").split():
        settings["scope"] = scope
    if levels := environment.get("OMTANKE_OIDC_ACR", "").split():
        settings["auth_params"] = {"acr_values": " ".join(levels)}
    return [
        {
            "provider_id": "municipality",
            "name": environment.get("OMTANKE_OIDC_NAME", "ID-porten"),
            "client_id": environment.get("OMTANKE_OIDC_CLIENT_ID", ""),
            "secret": environment.get("OMTANKE_OIDC_CLIENT_SECRET", ""),
            "settings": settings,
        }
    ]
