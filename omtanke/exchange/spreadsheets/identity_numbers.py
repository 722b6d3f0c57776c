"""National identity numbers: Norwegian fødselsnummer and D-number, Swedish personnummer and samordningsnummer.

Kept as digits only: eleven Norwegian ones, or twelve Swedish ones with the century. Synthetic Norwegian numbers (the
month plus 80, as Skatteetaten's test population has them, or plus 40, as NAV's) are for demonstrations and tests.
"""

from __future__ import annotations

import re
from datetime import date

from django.conf import settings
from django.utils.translation import gettext_noop as _
from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.no import fodselsnummer

from omtanke.exchange.spreadsheets.words import Unreadable

SEPARATORS = re.compile(r"[\s.\u00a0\u2007\u202f:]")
DASHES = re.compile(r"[‐‑‒–—−]")


def read_identity_number(written: str, *, today: date, lost_zeros: bool = False) -> str:
    """The digits of a valid number. `lost_zeros`: it came as a number cell, which drops zeros in front."""
    text = DASHES.sub("-", SEPARATORS.sub("", written))
    digits = text.replace("-", "").replace("+", "")
    if not digits.isascii() or not digits.isdigit():
        raise Unreadable(NO_NUMBER)
    if lost_zeros and len(digits) in {9, 10} and _is_norwegian(digits.zfill(11)):
        digits = digits.zfill(11)
    if len(digits) == 11:
        return _norwegian(digits)
    if len(digits) in {10, 12}:
        return _swedish(digits, hundred_or_more="+" in text, today=today)
    raise Unreadable(_("A national identity number has 11 digits (Norwegian) or 10 or 12 (Swedish)."))


def born_by(number: str) -> date | None:
    """The birth date that a valid number tells, where it tells one."""
    if len(number) == 12:
        return _day(int(number[:4]), int(number[4:6]), int(number[6:8]) % 60)
    try:
        born: date = fodselsnummer.get_birth_date(_plain(number))
    except ValidationError:
        return None
    return born


def is_synthetic(number: str) -> bool:
    return len(number) == 11 and int(number[2:4]) > 40


NO_NUMBER = _("This is not a national identity number.")


def _norwegian(digits: str) -> str:
    if not _is_norwegian(digits):
        raise Unreadable(_("The check digits of the national identity number do not add up. Is a digit wrong?"))
    if is_synthetic(digits) and not settings.SYNTHETIC_IDENTITY_NUMBERS:
        raise Unreadable(_("This is a made-up national identity number for tests."))
    if born_by(digits) is None:
        raise Unreadable(_("The national identity number begins with a date that does not exist."))
    return digits


def _is_norwegian(digits: str) -> bool:
    one, two = fodselsnummer.calc_check_digit1(digits), fodselsnummer.calc_check_digit2(digits)
    return bool(digits[9] == one and digits[10] == two)


def _plain(digits: str) -> str:
    """The number with the month as in the calendar, so that its birth date can be read."""
    month = int(digits[2:4])
    shift = next((by for by in (80, 40) if month > by), 0)
    return f"{digits[:2]}{month - shift:02d}{digits[4:]}"


def _swedish(digits: str, *, hundred_or_more: bool, today: date) -> str:
    if not luhn.is_valid(digits[-10:]):
        raise Unreadable(_("The check digit of the personnummer does not add up. Is a digit wrong?"))
    if len(digits) == 10:
        year = today.year - today.year % 100 + int(digits[:2])
        if _day(year, int(digits[2:4]), int(digits[4:6]) % 60) is not None and year > today.year:
            year -= 100
        digits = f"{year - 100 if hundred_or_more else year}{digits[2:]}"
    born = _day(int(digits[:4]), int(digits[4:6]), int(digits[6:8]) % 60)
    if born is None or born > today:
        raise Unreadable(_("The personnummer begins with a date that does not exist."))
    return digits


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
