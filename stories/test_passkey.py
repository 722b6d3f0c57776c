"""Kari makes a passkey and logs in with it alone; a wrong one lets nobody in.

The authenticator is the browser's own virtual one (WebAuthn, CTAP2): the keys and signatures are real.
"""

import pytest
from django.contrib.auth.hashers import make_password

from stories.conftest import Person

PASSWORD = "fjord-og-kaffe-7"


@pytest.fixture
def kari(browser, omtanke):
    """Kari with a password and a phone that can keep passkeys. Passkeys belong to a name, so she goes to localhost."""
    omtanke.execute(
        "UPDATE access_user SET password = %s WHERE email = 'kari@demo.example.org'", make_password(PASSWORD)
    )
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="nb")
    base = f"http://localhost:{omtanke.port}"
    context.add_cookies([{"name": "django_language", "value": "nb", "url": base}])
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    said = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": options | {"isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    person = Person(page, base)
    person.devtools, person.authenticator = devtools, said["authenticatorId"]
    yield person
    context.close()


def logs_in_with_the_password(kari):
    kari.goes_to("/login/login/")
    kari.page.locator("#id_login").fill("kari@demo.example.org")
    kari.page.locator("#id_password").fill(PASSWORD)
    kari.presses("Logg inn", exact=True)


def logs_out(kari):
    kari.goes_to("/login/logout/")
    kari.page.locator("main form button[type=submit]").first.click()
    kari.settles()


def test_kari_makes_a_passkey_and_logs_in_with_it_alone(kari, omtanke):
    logs_in_with_the_password(kari)
    kari.goes_to("/login/2fa/webauthn/add/")
    if "reauthenticate" in kari.page.url:
        kari.finds_the_page_accessible()
        kari.page.locator("#id_password").fill(PASSWORD)
        kari.presses("Gå videre")
    kari.sees("En passnøkkel slipper deg inn")
    kari.finds_the_page_accessible()
    kari.page.locator("#id_name").fill("Karis telefon")
    kari.presses("Lag passnøkkelen")
    kari.page.wait_for_url(lambda url: "webauthn/add" not in url)
    assert omtanke.execute("SELECT count(*) FROM mfa_authenticator WHERE type = 'webauthn'") == [(1,)]

    logs_out(kari)
    kari.goes_to("/shift/")
    assert "/login/" in kari.page.url
    kari.finds_the_page_accessible()
    kari.page.locator("#passkey_login").click()
    kari.page.wait_for_url("**/shift/**")
    kari.sees("Min vakt")

    logs_out(kari)
    kari.devtools.send("WebAuthn.clearCredentials", {"authenticatorId": kari.authenticator})
    kari.devtools.send("WebAuthn.setUserVerified", {"authenticatorId": kari.authenticator, "isUserVerified": False})
    kari.goes_to("/login/login/")
    kari.page.locator("#passkey_login").click()
    kari.settles()
    kari.goes_to("/shift/")
    assert "/login/" in kari.page.url
