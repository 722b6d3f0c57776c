"""Tags for pages about a person: the head that they all share, and links to pages of rooms above."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.template import RequestContext
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from omtanke.access.permissions import Permission
from omtanke.people.models import Citizen

register = template.Library()


@dataclass(frozen=True)
class Tab:
    """One page about a person. `also_under` are the names of pages that count as being there."""

    url_name: str
    label: str | Promise
    also_under: tuple[str, ...] = ()


TABS = (
    Tab("people:citizen", _("Overview"), ("people:portrait", "people:facts", "care:contacts", "care:choose_contact")),
    Tab(
        "everyday:citizen_everyday", _("Everyday and wishes"), ("everyday:wish", "everyday:talk", "everyday:hindrance")
    ),
    Tab("people:circle", _("Network"), ("people:add_tie", "people:edit_tie")),
    Tab("care:citizen_decisions", _("Decisions")),
    Tab("visits:visit_book", _("Visit book")),
    Tab("forms:citizen_forms", _("Forms"), ("forms:answers",)),
    Tab("access:who_sees", _("Access"), ("access:who_could_see", "access:who_has_looked", "access:representatives")),
)


@register.simple_tag(takes_context=True)
def page_url(context: RequestContext, name: str, *args: int) -> str:
    """The address of a page of any room; empty where there is no such page, or the actor's role does not open it."""
    try:
        url = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    permission = getattr(resolve(url).func, "permission", None)
    actor = getattr(context["request"], "actor", None)
    return url if permission is None or (actor and actor.may(permission)) else ""


@register.inclusion_tag("people/citizen_head.html", takes_context=True)
def citizen_head(context: RequestContext, citizen: Citizen) -> dict[str, Any]:
    """Face, name, age, where, the relative to call first, and the tabs. On every page about one person."""
    here = context["request"].resolver_match.view_name
    tabs = [
        {"url": url, "label": tab.label, "current": here == tab.url_name or here in tab.also_under}
        for tab in TABS
        if (url := page_url(context, tab.url_name, citizen.pk))
    ]
    first = citizen.ties.filter(call_first=True).exclude(phone="").first()
    write = context["request"].actor.may(Permission.WRITE_ABOUT_CITIZEN)
    return {
        "citizen": citizen,
        "tabs": tabs,
        "call_first": first,
        "visit_book": page_url(context, "visits:visit_book", citizen.pk) if write else "",
        "catch_wish": page_url(context, "everyday:catch_wish_for", citizen.pk),
        "on_overview": here == "people:citizen",
    }


@register.filter
def age(citizen: Citizen) -> str:
    """As '87 years'; empty while the birth date is unknown."""
    years = citizen.age(timezone.localdate())
    if years is None:
        return ""
    return ngettext("%(years)d year", "%(years)d years", years) % {"years": years}


@register.filter
def dial(number: str) -> str:
    """A telephone number as tel: wants it."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


@register.filter
def first_word(text: str) -> str:
    return text.split(" ", 1)[0]


@register.filter
def when_due(on: date) -> str:
    """As 'has waited 3 days', 'has waited 4 months', 'today', 'in 6 days'."""
    days = (on - timezone.localdate()).days
    if days < -60:
        months = round(-days / 30.4)
        return ngettext("has waited %(months)d month", "has waited %(months)d months", months) % {"months": months}
    if days < 0:
        return ngettext("has waited %(days)d day", "has waited %(days)d days", -days) % {"days": -days}
    if days == 0:
        return gettext("today")
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}


@register.filter
def is_past(on: date) -> bool:
    return on < timezone.localdate()
