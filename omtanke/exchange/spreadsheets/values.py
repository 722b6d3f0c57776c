"""From a raw cell to a value: dates, times, numbers, phone numbers, yes and no, as offices write them.

Every reader takes a cell that is not empty and gives a value, or raises Unreadable saying what is wrong in plain words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from omtanke.exchange.spreadsheets.identity_numbers import read_identity_number
from omtanke.exchange.spreadsheets.reading import Fault, Formula, Raw
from omtanke.exchange.spreadsheets.words import Unreadable

type Reader[Value] = Callable[[Raw], Value]

INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u2060\ufeff\ud800-\udfff]")
EXCEL_ZERO = date(1899, 12, 30)
EARLIEST, LATEST = 1850, 2150


def shown(raw: Raw) -> str:
    """A cell as text: spaces collapsed, nothing invisible, whole numbers without a decimal point."""
    if isinstance(raw, Formula):
        raise Unreadable(_("The cell holds a formula. Copy the column and paste it back as values."))
    if isinstance(raw, Fault):
        raise Unreadable(_("The cell shows the error %(error)s."), error=raw.shown)
    if isinstance(raw, bool):
        return "1" if raw else "0"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else repr(raw)
    if isinstance(raw, datetime) and raw.time() == time():
        return raw.date().isoformat()
    return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFC", str(raw))).split())


def text(longest: int) -> Reader[str]:
    def read(raw: Raw) -> str:
        value = shown(raw)
        if len(value) > longest:
            raise Unreadable(_("The text is too long: at most %(limit)d letters."), limit=longest)
        return value

    return read


def long_text(raw: Raw) -> str:
    """Text that keeps its lines."""
    if not isinstance(raw, str):
        return shown(raw)
    lines = unicodedata.normalize("NFC", raw).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return INVISIBLE.sub("", "\n".join(line.rstrip() for line in lines)).strip()


def identity_number(raw: Raw) -> str:
    is_number = isinstance(raw, int | float)
    return read_identity_number(shown(raw), today=timezone.localdate(), lost_zeros=is_number)


DATE_FORMS = (
    re.compile(r"(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(r"(?P<day>\d{1,2})[-./](?P<month>\d{1,2})[-./](?P<year>\d{4}|\d{2})\.?"),
    re.compile(r"(?P<day>\d{1,2})\.?(?P<word>[a-zæøåä]+)\.?(?P<year>\d{4})"),
)
MONTHS = {
    **dict.fromkeys(("januar", "januari", "january", "jan"), 1),
    **dict.fromkeys(("februar", "februari", "february", "feb"), 2),
    **dict.fromkeys(("mars", "march", "mar"), 3),
    **dict.fromkeys(("april", "apr"), 4),
    **dict.fromkeys(("mai", "maj", "may"), 5),
    **dict.fromkeys(("juni", "june", "jun"), 6),
    **dict.fromkeys(("juli", "july", "jul"), 7),
    **dict.fromkeys(("august", "augusti", "aug"), 8),
    **dict.fromkeys(("september", "sept", "sep"), 9),
    **dict.fromkeys(("oktober", "october", "okt", "oct"), 10),
    **dict.fromkeys(("november", "nov"), 11),
    **dict.fromkeys(("desember", "december", "des", "dec"), 12),
}


def day(raw: Raw) -> date:
    """`22.11.2026`, `2026-11-22`, `22/11/26`, `22. november 2026`, an Excel date, or its bare number of days."""
    if isinstance(raw, datetime):
        return _sensible(raw.date())
    if isinstance(raw, date):
        return _sensible(raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool) and 1_000 < raw < 90_000:
        return _sensible(EXCEL_ZERO + timedelta(days=int(raw)))
    written = shown(raw)
    bare = re.sub(r"[T ]00:00(:00(\.0+)?)?$", "", written)
    squeezed = bare.casefold().replace(" ", "")
    for form in DATE_FORMS:
        if match := form.fullmatch(squeezed):
            return _sensible(_date_of(match.groupdict(), written))
    raise Unreadable(_("“%(value)s” is not a date. Write it as 22.11.2026."), value=written[:30])


def _date_of(parts: dict[str, str], written: str) -> date:
    year = int(parts["year"])
    if len(parts["year"]) == 2:
        year += 2000 if year <= timezone.localdate().year % 100 + 20 else 1900
    month = MONTHS.get(parts["word"], 0) if "word" in parts else int(parts["month"])
    try:
        return date(year, month, int(parts["day"]))
    except ValueError as error:
        raise Unreadable(_("There is no such date as “%(value)s”."), value=written[:30]) from error


def _sensible(value: date) -> date:
    if not EARLIEST <= value.year <= LATEST:
        raise Unreadable(_("The year %(year)d cannot be right."), year=value.year)
    return value


def born(raw: Raw) -> date:
    """A birth date: never to come, and with two digits of a year always the latest century that has been."""
    value = day(raw)
    today = timezone.localdate()
    if value > today and isinstance(raw, str) and re.search(r"\D\d\d\.?$", raw.strip()):
        value = value.replace(year=value.year - 100)
    if value > today:
        raise Unreadable(_("The birth date is in the future."))
    return value


CLOCK = re.compile(r"(?:kl\.?|klokka|klockan|at)?\s*(\d{1,2})(?:[:.,h ]?(\d{2}))?(?::\d{2}(?:\.\d+)?)?", re.IGNORECASE)


def clock(raw: Raw) -> time:
    """`07:30`, `7.30`, `0730`, `7`, an Excel time, or its fraction of a day. 24:00 is midnight."""
    if isinstance(raw, datetime):
        return raw.time().replace(second=0, microsecond=0)
    if isinstance(raw, time):
        return raw.replace(second=0, microsecond=0)
    if isinstance(raw, timedelta):
        return _time_of(raw.total_seconds() / 60)
    if isinstance(raw, float) and 0 <= raw < 1:
        return _time_of(raw * 24 * 60)
    written = shown(raw)
    match = CLOCK.fullmatch(written.zfill(4) if written.isdigit() and len(written) == 3 else written)
    if not match or (isinstance(raw, float) and not raw.is_integer()):
        raise Unreadable(NO_TIME, value=written[:30])
    hour, minute = int(match[1]), int(match[2] or 0)
    if (hour, minute) == (24, 0):
        return time()
    try:
        return time(hour, minute)
    except ValueError as error:
        raise Unreadable(NO_TIME, value=written[:30]) from error


NO_TIME = _("“%(value)s” is not a time of day. Write it as 07:30.")


def _time_of(minutes: float) -> time:
    whole = round(minutes) % (24 * 60)
    return time(whole // 60, whole % 60)


def moment(raw: Raw) -> datetime | time:
    """A time of day, or a day and a time together (without a time zone: where the municipality is)."""
    if isinstance(raw, datetime) and raw.year >= EARLIEST + 60:
        return raw.replace(second=0, microsecond=0, tzinfo=None)
    if isinstance(raw, str):
        parts = raw.replace("T", " ").rsplit(" ", 1)
        if len(parts) == 2 and re.search(r"\d{4}|\d[./]\d", parts[0]):
            return datetime.combine(day(parts[0].strip(" ,")), clock(parts[1]))
    return clock(raw)


def span(raw: Raw) -> tuple[time, time]:
    """`07:30-15:00`, `0730–1500`, `7 til 15`."""
    written = shown(raw)
    parts = re.split(r"\s*[-‐‑‒–—−]\s*|\s+(?:til|till|to)\s+", written.strip())
    if len(parts) != 2:
        raise Unreadable(_("“%(value)s” is not a time from and to. Write it as 07:30-15:00."), value=written[:30])
    return clock(parts[0]), clock(parts[1])


def number(raw: Raw) -> Decimal:
    """A number with comma or point, with or without spaces between the thousands."""
    written = re.sub(r"[\s\u00a0\u202f]", "", shown(raw)).replace(",", ".")
    try:
        value = Decimal(written)
    except InvalidOperation as error:
        raise Unreadable(_("“%(value)s” is not a number."), value=written[:30]) from error
    if not value.is_finite():
        raise Unreadable(_("“%(value)s” is not a number."), value=written[:30])
    return value


def whole_number(lowest: int, highest: int) -> Reader[int]:
    def read(raw: Raw) -> int:
        cleaned = re.sub(r"(?i)\s*(min|minutter|minuter|minutes)\.?$", "", raw) if isinstance(raw, str) else raw
        value = number(cleaned)
        if not lowest <= value <= highest:
            raise Unreadable(_("The number must be from %(low)d to %(high)d."), low=lowest, high=highest)
        return int(value.to_integral_value(ROUND_HALF_UP))

    return read


def hours_as_minutes(raw: Raw) -> int:
    """`2,5`, `2,5 t`, `2:30` hours, in minutes."""
    if isinstance(raw, time):
        return raw.hour * 60 + raw.minute
    if isinstance(raw, timedelta):
        return round(raw.total_seconds() / 60)
    written = re.sub(r"(?i)\s*(t|h|timer|timmar|hours|tim)\.?$", "", shown(raw))
    if match := re.fullmatch(r"(\d{1,3}):(\d{2})", written):
        return int(match[1]) * 60 + int(match[2])
    value = number(written) * 60
    if not 0 <= value <= 7 * 24 * 60:
        raise Unreadable(_("A week has no more than %(hours)d hours."), hours=168)
    return int(value.to_integral_value(ROUND_HALF_UP))


def percent(raw: Raw) -> int:
    """`80`, `80 %`, `80,5`, `0.8`: a position in percent of full time. Up to 1 it is a share."""
    written = shown(raw)
    has_sign = written.rstrip().endswith("%")
    value = number(written.rstrip().removesuffix("%"))
    if value <= 1 and not has_sign:
        value *= 100
    if not 0 <= value <= 100:
        raise Unreadable(_("A position is from 0 to 100 percent."))
    return int(value.to_integral_value(ROUND_HALF_UP))


def degrees(limit: int) -> Reader[float]:
    def read(raw: Raw) -> float:
        value = number(raw)
        if abs(value) > limit:
            raise Unreadable(_("Degrees are from -%(limit)d to %(limit)d."), limit=limit)
        return float(value)

    return read


YES = frozenset(["ja", "yes", "y", "j", "x", "1", "true", "sann", "sant", "v", "✓", "✔", "on"])
NO = frozenset(["nei", "nej", "no", "n", "0", "false", "usann", "usant", "falskt", "falsk", "-", "off"])


def yes_or_no(raw: Raw) -> bool:
    written = shown(raw).casefold()
    if written in YES:
        return True
    if written in NO:
        return False
    raise Unreadable(_("“%(value)s” is neither yes nor no."), value=written[:30])


def phone(raw: Raw) -> str:
    """A phone number as people at home write it; numbers of other countries with their country code."""
    written = shown(raw)
    home = settings.COUNTRY
    candidate = f"+{written[2:]}" if re.match(r"00\d{2}", written) else written
    try:
        parsed = phonenumbers.parse(candidate, home)
    except phonenumbers.NumberParseException as error:
        raise Unreadable(NO_PHONE, value=written[:30]) from error
    if not phonenumbers.is_possible_number(parsed):
        raise Unreadable(NO_PHONE, value=written[:30])
    at_home = parsed.country_code == phonenumbers.country_code_for_region(home)
    digits = str(parsed.national_number)
    if at_home and home == "NO" and re.fullmatch(r"[49]\d{7}", digits):
        return f"{digits[:3]} {digits[3:5]} {digits[5:]}"  # as Norwegians group a mobile number
    form = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, form))


NO_PHONE = _("“%(value)s” is not a phone number.")


def email(raw: Raw) -> str:
    value = shown(raw).removeprefix("mailto:").casefold()
    try:
        validate_email(value)
    except ValidationError as error:
        raise Unreadable(_("“%(value)s” is not an e-mail address."), value=value[:40]) from error
    return value


def postal_code(raw: Raw) -> str:
    """Four digits in Norway (a number cell drops the zeros in front), five in Sweden written as 123 45."""
    written = shown(raw).upper().removeprefix("N-").removeprefix("NO-").removeprefix("S-").removeprefix("SE-").strip()
    digits = written.replace(" ", "")
    if not digits.isdigit() or len(digits) > 5:
        raise Unreadable(_("“%(value)s” is not a postal code."), value=written[:30])
    if len(digits) == 5:
        return f"{digits[:3]} {digits[3:]}"
    return digits.zfill(4)


def postal_place(raw: Raw) -> tuple[str, str]:
    """`8283 Leinesfjord`, `123 45 Vilhelmina`."""
    match = re.fullmatch(r"((?:[A-Za-z]{1,2}-)?\d{3} ?\d{1,2}) +(\D.*)", shown(raw))
    if not match:
        raise Unreadable(_("Write the postal code and the place, as 8283 Leinesfjord."))
    return postal_code(match[1]), match[2][:60]
