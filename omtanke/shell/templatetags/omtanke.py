"""Tags and filters that every template has: icons, faces, and dates as people say them."""

import re
import zlib
from datetime import date, datetime

from django import template
from django.forms import BoundField
from django.template.defaultfilters import date as format_date
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

FACE_COLOURS = ("accent", "warm", "sky", "berry")


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite (frontend/icons.txt). It is decoration: words stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("omtanke/icons.svg"),
        name,
    )


@register.simple_tag
def face(initials: str, name: str = "", size: str = "sm") -> SafeString:
    """Initials in a circle, in a colour that stays the same for the same name. The name is read out beside it."""
    colour = FACE_COLOURS[zlib.crc32((name or initials).encode()) % len(FACE_COLOURS)]
    return format_html(
        '<span class="ds-avatar" data-size="{}" data-color="{}" data-initials="{}" aria-hidden="true"></span>',
        size,
        colour,
        initials,
    )


@register.filter
def initials(name: str) -> str:
    """'Kari Anne Berg' as 'KB'."""
    words = name.split()
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper() if words else ""


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """The field's widget with Designsystemet's class, and marked invalid where it is."""
    attributes: dict[str, str | bool] = {"class": f"ds-input {field.field.widget.attrs.get('class', '')}".strip()}
    if field.errors:
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs=attributes)


@register.filter
def with_class(tag: str, name: str) -> SafeString:
    """Add a class to a drawn input."""
    return mark_safe(re.sub(r"<input ", f'<input class="{name}" ', str(tag), count=1))  # noqa: S308 - Django drew it


@register.filter
def day(value: date | datetime | None, today: date | None = None) -> str:
    """A day as people say it: today, yesterday, tomorrow, a weekday within the week, otherwise the date."""
    if value is None:
        return ""
    on = timezone.localtime(value).date() if isinstance(value, datetime) else value
    today = today or timezone.localdate()
    named = {0: _("today"), -1: _("yesterday"), 1: _("tomorrow")}.get((on - today).days)
    if named:
        return named
    if 1 < (on - today).days < 7:
        return format_date(on, "l")
    return format_date(on, "MONTH_DAY_FORMAT" if on.year == today.year else "DATE_FORMAT")


@register.filter
def clock(value: datetime | None) -> str:
    """The time of day, as 09:15."""
    return "" if value is None else format_date(timezone.localtime(value), "H:i")


@register.filter
def day_and_clock(value: datetime | None) -> str:
    """As 'today 09:15'."""
    return "" if value is None else f"{day(value)} {clock(value)}"


@register.filter
def hours(minutes: int | float | None) -> str:
    """Minutes as people say them: '45 min', '1 h 30 min'."""
    if minutes is None:
        return ""
    whole, rest = divmod(round(minutes), 60)
    if not whole:
        return _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return _("%(hours)d h") % {"hours": whole}
    return _("%(hours)d h %(minutes)d min") % {"hours": whole, "minutes": rest}
