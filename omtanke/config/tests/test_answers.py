"""What every answer carries for safety, and error pages that help, in three languages."""

import pytest
from django.conf import settings as live_settings
from django.test import Client, RequestFactory

from omtanke.config import views

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SAID = {
    403: {"nb": "Denne siden", "sv": "Den här sidan", "en": "This page is not for your role"},
    404: {
        "nb": "Her er det ingenting du kan se",
        "sv": "Här finns inget du kan se",
        "en": "There is nothing here that you can see",
    },
}


@pytest.mark.parametrize("page", ["/login/login/", "/nowhere", "/access/emergency/"])
def test_every_answer_is_hardened(cast, web, page):
    answer = web.be(cast.kari).get(page)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in f"{policy};"
    assert "unsafe" not in policy


@pytest.mark.parametrize("page", ["/login/login/", "/login/2fa/", "/access/emergency/", "/access/roles/"])
def test_no_page_has_script_or_style_of_its_own_that_the_policy_would_refuse(cast, web, page):
    body = web.be(cast.lars).get(page).content.decode()
    for tag in body.split("<script")[1:]:
        head = tag.split(">")[0]
        assert "src=" in head or 'type="application/json"' in head
    assert " style=" not in body
    assert " onclick=" not in body


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
@pytest.mark.parametrize("status", SAID)
def test_error_pages_help_in_the_readers_language(cast, web, status, language):
    page = {403: "/access/roles/", 404: "/nowhere"}[status]
    answer = web.be(cast.kari).get(page, headers={"accept-language": language})
    assert answer.status_code == status
    assert f'lang="{language}"' in answer.content.decode()
    assert SAID[status][language] in answer.content.decode()


def test_the_page_of_a_fault_has_a_number_to_say_and_nothing_of_the_fault(db):
    request = RequestFactory().get("/")
    request.user, request.reference = type("Nobody", (), {"is_authenticated": False})(), "ABCD1234"
    answer = views.error_500(request)
    assert answer.status_code == 500
    assert "ABCD1234" in answer.content.decode()


def test_a_post_from_another_site_is_refused(cast):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.kari.user)
    assert browser.post("/access/emergency/", {"words": "x"}).status_code == 403


def test_cookies_are_safe_wherever_the_host_is_public():
    assert live_settings.CSRF_COOKIE_SECURE == live_settings.SESSION_COOKIE_SECURE == live_settings.SECURE
    assert live_settings.SESSION_COOKIE_HTTPONLY
