"""Somebody gets a login: a user, linked to the employee, with what their work already opens, and an invitation.

The work may be older than the login: shifts are planned and contacts named for employees who cannot log in yet. The
rooms above know of these; each opens its own when asked.
"""

from collections.abc import Callable
from functools import partial

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from omtanke.access.actor import Actor
from omtanke.access.login import fingerprint
from omtanke.access.models import User
from omtanke.people.models import Employee

type Opener = Callable[[Employee, User | None], None]
_OPENERS: list[Opener] = []


class HasLoginAlready(Exception):
    """The e-mail address belongs to a user, or the employee has a login."""


def opens_with_login(opener: Opener) -> Opener:
    """Decorate what opens an employee's work (shifts, contacts) when they get a login, given by whom."""
    _OPENERS.append(opener)
    return opener


@transaction.atomic
def create_login(*, name: str, email: str, employee: Employee | None, by: User | None, national_id: str = "") -> User:
    """A user who has yet to choose a password. Raises HasLoginAlready."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, name=name)
    except IntegrityError as taken:
        raise HasLoginAlready from taken
    if national_id:
        user.pid_hash = fingerprint(national_id)
        user.save(update_fields=["pid_hash"])
    if employee:
        if not Employee.objects.filter(pk=employee.pk, user=None).update(user=user):
            raise HasLoginAlready
        employee.refresh_from_db()
        for opener in _OPENERS:
            opener(employee, by)
    return user


def invite(user: User, request: HttpRequest) -> None:
    """An e-mail with a link by which they choose their password. The link works for three days and once."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"}).replace("UID-KEY", key)
    with translation.override(user.language or settings.LANGUAGE_CODE):
        subject = _("Welcome to Omtanke")
        body = _(
            "Hello %(name)s,\n\nyou have got a login. Choose your password here; the link works for three days:\n"
            "%(address)s"
        ) % {"name": user.name, "address": request.build_absolute_uri(path)}
        if Actor.of(user).is_staff:
            body += "\n\n" + _("The first time you log in, we help you set up the second step.")
    transaction.on_commit(partial(send_mail, subject, body, None, [user.email]), robust=True)
