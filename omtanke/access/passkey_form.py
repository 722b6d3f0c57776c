"""The form that makes a passkey, in plain words. Kept apart from `login.py`, which allauth loads before its forms."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc] # allauth has no types
    """A passkey that opens by itself, unless somebody wants it only as a second step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, alone = self.fields["name"], self.fields["passwordless"]
        name.label = _("What do you call this device?")
        name.initial = self.initial["name"] = ""
        alone.label = _("Log in with the passkey alone")
        alone.help_text = _("Without it, the passkey is the second step after your password.")
        alone.initial = True
