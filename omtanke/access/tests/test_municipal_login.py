"""Login by the municipality's own provider (OpenID Connect), against a small provider that signs real tokens.

Only who is a user already gets in; the level of assurance is checked here; nothing the provider told is kept.
"""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from omtanke.access.login import fingerprint
from omtanke.access.models import User
from omtanke.config.oidc import oidc_apps

PID = "04053912345"
HIGH, LOW = "idporten-loa-high", "idporten-loa-low"


class Provider(ThreadingHTTPServer):
    """Answers as an OpenID provider does: who it is, its keys, a token for a code, and who the person is."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict[str, object] = {}
        self.challenge = ""
        self.code_verifier_was_right = False

    def id_token(self) -> str:
        now = int(time.time())
        told = {"iss": self.issuer, "aud": "omtanke", "iat": now, "exp": now + 60, "sub": "pairwise-1", **self.claims}
        return jwt.encode(told, self.key, algorithm="RS256", headers={"kid": "one"})


class _Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        issuer = self.server.issuer
        if self.path == "/.well-known/openid-configuration":
            names = ("authorization", "token", "userinfo")
            self._say(
                {"issuer": issuer, "jwks_uri": f"{issuer}/keys"} | {f"{n}_endpoint": f"{issuer}/{n}" for n in names}
            )
        elif self.path == "/keys":
            self._say(
                {
                    "keys": [
                        json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.server.key.public_key())) | {"kid": "one"}
                    ]
                }
            )
        else:
            self._say({"sub": "pairwise-1", **self.server.claims})

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        digest = hashlib.sha256(sent["code_verifier"][0].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        self.server.code_verifier_was_right = challenge == self.server.challenge
        self._say({"access_token": "secret", "token_type": "Bearer", "id_token": self.server.id_token()})

    def _say(self, what: object) -> None:
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Quiet."""


@pytest.fixture
def provider(settings):
    with Provider() as provider:
        threading.Thread(target=provider.serve_forever, daemon=True).start()
        environment = {
            "OMTANKE_OIDC_SERVER": provider.issuer,
            "OMTANKE_OIDC_CLIENT_ID": "omtanke",
            "OMTANKE_OIDC_CLIENT_SECRET": "secret",
            "OMTANKE_OIDC_SCOPE": "openid profile",
            "OMTANKE_OIDC_ACR": HIGH,
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc_apps(environment)}}
        settings.OIDC_ACR = [HIGH]
        settings.SECOND_FACTOR_REQUIRED = True
        yield provider
        provider.shutdown()


def come_back(provider: Provider, browser: Client, **claims: object):
    """From the button on the login page, by way of the provider, and back."""
    away = browser.get("/login/oidc/municipality/login/")
    asked = parse_qs(urlsplit(away.headers["Location"]).query)
    provider.challenge = asked["code_challenge"][0]
    provider.claims = claims
    assert (asked["acr_values"], asked["code_challenge_method"]) == ([HIGH], ["S256"])
    assert set(asked["scope"][0].split()) == {"openid", "profile"}
    return browser.get(
        "/login/oidc/municipality/login/callback/",
        {"code": "once", "state": asked["state"][0]},
        headers={"accept-language": "en"},
    )


def in_(browser: Client) -> bool:
    return browser.get("/access/my-looks/").status_code == 200


def test_kari_is_known_by_her_national_id_and_a_checked_level_is_her_second_factor(cast, provider):
    User.objects.filter(pk=cast.kari.user.pk).update(pid_hash=fingerprint(PID))
    browser = Client()
    assert come_back(provider, browser, pid=PID, acr=HIGH).status_code == 302
    assert in_(browser)
    assert provider.code_verifier_was_right


def test_ola_is_known_by_his_e_mail_address(cast, provider):
    browser = Client()
    come_back(provider, browser, email="Ola@demo.example.org", email_verified=True, acr=HIGH)
    assert in_(browser)


def test_an_address_the_provider_has_not_verified_opens_nothing(cast, provider):
    browser = Client()
    come_back(provider, browser, email="ola@demo.example.org", email_verified=False, acr=HIGH)
    assert not in_(browser)


@pytest.mark.parametrize("acr", [LOW, None], ids=["lower", "none"])
def test_a_lower_level_than_we_asked_for_is_refused(cast, provider, acr):
    User.objects.filter(pk=cast.kari.user.pk).update(pid_hash=fingerprint(PID))
    browser = Client()
    answer = come_back(provider, browser, pid=PID, **({"acr": acr} if acr else {}))
    assert answer.status_code == 403
    assert "A safer way to log in is needed" in answer.content.decode()
    assert not in_(browser)


def test_somebody_unknown_is_told_so_and_no_user_is_made(cast, provider):
    before = User.objects.count()
    answer = come_back(provider, Client(), pid=PID, email="new@example.org", acr=HIGH)
    assert answer.status_code == 403
    assert "We do not know you here yet" in answer.content.decode()
    assert User.objects.count() == before


def test_who_is_no_longer_active_is_unknown(cast, provider):
    User.objects.filter(pk=cast.kari.user.pk).update(pid_hash=fingerprint(PID), is_active=False)
    assert come_back(provider, Client(), pid=PID, acr=HIGH).status_code == 403


def test_without_levels_in_the_settings_the_login_is_no_second_factor(cast, provider, settings):
    settings.OIDC_ACR = []
    browser = Client()
    come_back(provider, browser, email="ola@demo.example.org", acr=HIGH)
    assert browser.get("/access/my-looks/").headers["Location"] == "/login/2fa/"


def test_nothing_the_provider_told_is_kept_anywhere(cast, provider):
    User.objects.filter(pk=cast.kari.user.pk).update(pid_hash=fingerprint(PID))
    browser = Client()
    come_back(provider, browser, pid=PID, acr=HIGH, name="Kari Hemmelig Berg")
    assert in_(browser)

    assert (SocialAccount.objects.count(), SocialToken.objects.count()) == (0, 0)
    kept = " ".join(str(session.get_decoded()) for session in Session.objects.all())
    kept += " ".join(str(row) for row in User.objects.values())
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM config_cache t")
        kept += cursor.fetchone()[0] or ""
    for told in (PID, "Hemmelig", "pairwise-1", "secret"):
        assert told not in kept
