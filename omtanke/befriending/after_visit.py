"""A short message to the relative who asked for the visits, sent from the senior's own phone.

It says that the visit took place and how it went, in ready sentences. What is written in the visit book is never part
of it: personal events do not travel by text message.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _

from omtanke.befriending.models import ServiceVisit


@dataclass(frozen=True)
class Message:
    words: str
    address: str  # an address that opens the phone's own messages with the words in place


def messages_about(visit: ServiceVisit) -> list[Message]:
    """Ready to send to whoever ordered the visits; none where we have no number."""
    number = "".join(sign for sign in visit.order.phone if sign.isdigit() or sign == "+")
    if not number:
        return []
    facts = {"name": visit.citizen.first_name, "senior": visit.senior.first_name}
    sentences = (
        _("Hello! I have visited %(name)s today, and we had a good time together. Greetings from %(senior)s."),
        _("Hello! I have visited %(name)s today. We took it slowly and calmly. Greetings from %(senior)s."),
        _("Hello! I have visited %(name)s today. Call me when it suits you, please. Greetings from %(senior)s."),
    )
    return [_message(number, sentence % facts) for sentence in sentences]


def message_not_done(visit: ServiceVisit) -> Message | None:
    """The visit did not take place; why is for a talk, not for a message."""
    number = "".join(sign for sign in visit.order.phone if sign.isdigit() or sign == "+")
    words = _("Hello! There was no visit to %(name)s this time. Call me when it suits you, please. %(senior)s")
    facts = {"name": visit.citizen.first_name, "senior": visit.senior.first_name}
    return _message(number, words % facts) if number else None


def _message(number: str, words: str) -> Message:
    return Message(words, f"sms:{number}?body={quote(words)}")
