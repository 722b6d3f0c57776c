"""Whoever chooses a language keeps it, also after logging out and on another device."""

from django.test import Client

from omtanke.access.models import User


def test_the_language_chosen_while_logged_in_is_there_at_the_next_login_on_another_device(cast, web):
    assert web.be(cast.kari).post("/language/", {"language": "sv", "next": "/nowhere"}).status_code == 302

    another = type(web)()
    assert 'lang="sv"' in another.be(cast.kari).get("/nowhere").content.decode()
    assert 'lang="nb"' in another.be(cast.ola).get("/nowhere", headers={"accept-language": "nb"}).content.decode()


def test_a_language_we_do_not_speak_changes_nothing(cast, web):
    web.be(cast.kari).post("/language/", {"language": "tlh", "next": "/"})
    assert User.objects.get(pk=cast.kari.user.pk).language == ""


def test_without_a_login_the_choice_stays_in_the_browser(db):
    browser = Client()
    browser.post("/language/", {"language": "en", "next": "/"})
    assert 'lang="en"' in browser.get("/nowhere").content.decode()
