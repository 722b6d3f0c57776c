"""Logging in: a password and a second step for those who work here, locked after five wrong tries.

The codes are computed here as an app would; the passkey is tried in a real browser (stories/).
"""

import base64
import hashlib
import hmac
import os
import re
import struct
import subprocess
import sys
import time

import pytest
from django.conf import settings as live_settings
from django.core.cache import cache
from django.test import Client

from omtanke.access.models import User
from omtanke.access.permissions import Role
from omtanke.config.tests.cast import make_user

PASSWORD = "en lang og rar setning"
EN = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def _as_in_real_life(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    settings.ACCOUNT_REAUTHENTICATION_REQUIRED = True


@pytest.fixture
def kari(cast) -> User:
    user = cast.kari.user
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(browser: Client, user: User, password: str = PASSWORD):
    return browser.post("/login/login/", {"login": user.email, "password": password}, headers=EN)


def code(secret: str, steps: int = 0) -> str:
    """What an authenticator app shows (RFC 6238: SHA-1, 30 seconds, 6 digits), so many steps from now."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + steps), hashlib.sha1).digest()
    offset = digest[19] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def set_up_app(browser: Client) -> str:
    """As the page asks: the password once more, then the picture or the key, then the code."""
    asked_again = browser.get("/login/2fa/totp/activate/").headers["Location"]
    browser.post(asked_again, {"password": PASSWORD, "next": "/login/2fa/totp/activate/"})
    page = browser.get("/login/2fa/totp/activate/", headers=EN)
    secret = re.search(r'value="([A-Z2-7]{20,})"', page.content.decode()).group(1)
    answer = browser.post("/login/2fa/totp/activate/", {"code": code(secret)})
    assert answer.status_code == 302, answer.content
    return secret


def test_with_a_password_alone_kari_gets_no_further_than_to_set_up_the_second_step(kari):
    browser = Client()
    assert log_in(browser, kari).status_code == 302
    for page in ("/access/emergency/", "/access/my-looks/"):
        assert browser.get(page).headers["Location"] == "/login/2fa/"


def test_with_password_and_code_kari_is_in(kari):
    browser = Client()
    log_in(browser, kari)
    secret = set_up_app(browser)
    browser.post("/login/logout/")

    assert log_in(browser, kari).headers["Location"].startswith("/login/2fa/authenticate/")
    assert browser.get("/access/my-looks/").headers["Location"].startswith("/login/login/")
    wrong = browser.post("/login/2fa/authenticate/", {"code": "000000"}, headers=EN)
    assert "Incorrect code" in wrong.content.decode()
    cache.clear()  # the code of the set-up would otherwise count as used
    browser.post("/login/2fa/authenticate/", {"code": code(secret)})
    assert browser.get("/access/my-looks/").status_code == 200


def test_who_has_just_set_up_the_app_shows_it_once_and_is_in(kari):
    browser = Client()
    log_in(browser, kari)
    secret = set_up_app(browser)
    step = browser.get("/access/my-looks/").headers["Location"]
    assert step == "/login/2fa/reauthenticate/?next=%2Faccess%2Fmy-looks%2F"
    cache.clear()
    assert browser.post(step, {"code": code(secret), "next": "/access/my-looks/"}).status_code == 302
    assert browser.get("/access/my-looks/").status_code == 200


def test_a_representative_who_does_not_work_here_needs_no_second_step(cast):
    cast.eva.set_password(PASSWORD)
    cast.eva.save()
    browser = Client()
    log_in(browser, cast.eva)
    assert browser.get("/access/mine/").status_code == 200


def test_after_five_wrong_passwords_the_right_one_does_not_help_and_another_person_still_gets_in(kari, cast):
    browser = Client()
    for _try in range(5):
        assert "not correct" in log_in(browser, kari, "feil").content.decode()
    locked = log_in(browser, kari)
    assert locked.status_code == 200
    assert "Too many failed login attempts" in locked.content.decode()

    cast.ola.user.set_password(PASSWORD)
    cast.ola.user.save()
    assert log_in(Client(), cast.ola.user).status_code == 302


def test_the_answer_does_not_tell_whether_an_address_is_known(kari):
    known = log_in(Client(), kari, "feil").content.decode()
    unknown = log_in(Client(), User(email="nobody@example.org"), "feil").content.decode()
    assert ("not correct" in known, "not correct" in unknown) == (True, True)


@pytest.mark.parametrize("weak", ["kort", "password1234", "kari@demo.example.org"])
def test_weak_passwords_are_refused_with_the_reason(kari, weak):
    browser = Client()
    log_in(browser, kari)
    typed = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert browser.post("/login/password/change/", typed, headers=EN).status_code == 200
    assert User.objects.get(pk=kari.pk).check_password(PASSWORD)


def test_nobody_signs_up_by_themselves(db):
    page = Client().get("/login/signup/", headers=EN)
    assert "ask your leader" in page.content.decode().lower()
    Client().post("/login/signup/", {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.exists()


def test_a_session_lasts_a_shift_and_ends_with_the_browser():
    assert live_settings.SESSION_COOKIE_AGE == 12 * 60 * 60
    assert live_settings.ACCOUNT_SESSION_REMEMBER is False
    assert (live_settings.SESSION_COOKIE_HTTPONLY, live_settings.SESSION_COOKIE_SAMESITE) == (True, "Lax")


def test_who_is_no_longer_active_does_not_get_in(kari):
    User.objects.filter(pk=kari.pk).update(is_active=False)
    browser = Client()
    log_in(browser, kari)
    assert browser.get("/access/my-looks/").headers["Location"].startswith("/login/login/")


def test_the_demo_page_is_there_in_demo_mode_only(kari, settings):
    settings.DEMO = False
    browser = Client()
    assert browser.get("/demo/").status_code == 404
    assert browser.post("/demo/", {"email": kari.email}).status_code == 404
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize(
    ("hosts", "starts"), [("", True), ("localhost", True), ("omtanke.example.no", False), ("*", False)]
)
def test_demo_mode_refuses_a_public_host(hosts, starts):
    environment = os.environ | {"OMTANKE_DEMO": "1", "OMTANKE_HOSTS": hosts, "DATABASE_URL": "postgresql:///none"}
    said = subprocess.run(
        [sys.executable, "-c", "import omtanke.config.settings"], env=environment, capture_output=True, text=True
    )
    assert (said.returncode == 0) is starts
    assert starts or "does not start with a public host" in said.stderr


def test_demo_mode_does_not_listen_on_a_public_address():
    environment = os.environ | {"OMTANKE_DEMO": "1", "OMTANKE_HOSTS": "", "DATABASE_URL": "postgresql:///none"}
    said = subprocess.run(
        [sys.executable, "-m", "omtanke", "web", "--host", "0.0.0.0", "--skip-checks"],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert said.returncode != 0
    assert "does not listen on a public address" in said.stderr


def test_a_leader_without_the_second_step_is_held_back_too(cast):
    leader = make_user("Berit Leder", Role.LEADER, unit=cast.nord)
    browser = Client()
    browser.force_login(leader)
    assert browser.get("/access/roles/").headers["Location"] == "/login/2fa/"
