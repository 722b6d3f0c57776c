"""The language somebody chose goes with them: it is kept with the user and used wherever they log in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from omtanke.access.models import User


def remember_language(user: User, language: str) -> None:
    """Keep the choice, if it is one of our languages."""
    if language in dict(settings.LANGUAGES):
        User.objects.filter(pk=user.pk).update(language=language)


class OwnLanguage:
    """Middleware: speak the language of whoever is logged in; otherwise that of the cookie or the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User) and user.language:
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        return self.get_response(request)
