"""The main menu: what somebody can go to, by what their roles allow."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from omtanke.access.permissions import PERMISSIONS, Permission, Role


@dataclass(frozen=True)
class Entry:
    """One entry. `also_under` are URL-name prefixes that count as being there; `of_citizen` is the page to go to from
    a page about one person."""

    permission: Permission
    url_name: str
    label: str | Promise
    short: str | Promise
    icon: str
    also_under: tuple[str, ...] = ()
    of_citizen: str = ""
    group: str | Promise = ""


PLANNING, EVERYDAY, SERVICE, KEEPING = _("Planning"), _("Everyday life"), _("Visit service"), _("Administration")
SHORT_MENU = 8  # entries; up to that many are taken in at a glance

# In the order of how often they are needed; a phone's bar shows the first three.
ENTRIES = (
    Entry(
        Permission.LEAD_UNIT,
        "insight:today",
        _("Today"),
        _("Today"),
        "Sun",
        ("visits:absence", "visits:new_absence", "everyday:talks_waiting", "forms:counts"),
    ),
    Entry(
        Permission.WORK_ON_SHIFT,
        "visits:my_shift",
        _("My shift"),
        _("My shift"),
        "Clock",
        ("visits:visit", "visits:share", "visits:read_round", "visits:briefing"),
    ),
    Entry(
        Permission.CATCH_WISH,
        "everyday:catch_wish",
        _("Catch a wish"),
        _("+ Wish"),
        "Heart",
        of_citizen="everyday:catch_wish_for",
    ),
    Entry(
        Permission.PLAN_LISTS, "visits:week", _("Lists"), _("Lists"), "Tasklist", ("visits:edit_list",), group=PLANNING
    ),
    Entry(
        Permission.PLAN_LISTS,
        "planning:drafts",
        _("Planning"),
        _("Planning"),
        "Calendar",
        ("planning:",),
        group=PLANNING,
    ),
    Entry(
        Permission.HANDLE_DECISIONS,
        "care:decisions",
        _("Decisions"),
        _("Decisions"),
        "FileText",
        ("care:decision", "care:take_in", "care:register_person", "care:change_decision", "visits:add_visit"),
        group=PLANNING,
    ),
    Entry(
        Permission.HANDLE_DECISIONS,
        "insight:delivered",
        _("Granted and delivered"),
        _("Granted"),
        "BarChart",
        ("insight:citizen_delivered",),
        group=PLANNING,
    ),
    Entry(
        Permission.PLAN_LISTS,
        "visits:no_place",
        _("Without a place"),
        _("No place"),
        "ExclamationmarkTriangle",
        group=PLANNING,
    ),
    Entry(
        Permission.WORK_ON_SHIFT,
        "people:my_people",
        _("My people"),
        _("My people"),
        "HeadHeart",
        (
            "people:citizen",
            "people:portrait",
            "people:facts",
            "people:circle",
            "people:add_tie",
            "people:edit_tie",
            "care:choose_contact",
            "forms:citizen_forms",
            "forms:answers",
        ),
    ),
    Entry(
        Permission.SEE_ACTIVITIES,
        "everyday:calendar",
        _("Activities"),
        _("Activities"),
        "Calendar",
        (
            "everyday:new_activity",
            "everyday:activity",
            "everyday:change_activity",
            "everyday:occurrence",
            "everyday:move_occurrence",
            "everyday:cancel_occurrence",
            "everyday:change_from_here",
            "everyday:stop_from_here",
            "everyday:sign_up",
            "everyday:to_tell",
            "everyday:hamlet",
            "everyday:arena",
            "everyday:new_arena",
            "everyday:change_arena",
            "everyday:organiser",
            "everyday:new_organiser",
            "everyday:change_organiser",
        ),
        group=EVERYDAY,
    ),
    Entry(
        Permission.SEE_WISHES,
        "everyday:ledger",
        _("Wishes"),
        _("Wishes"),
        "Star",
        ("everyday:demand", "everyday:hindrance", "everyday:hindrances", "everyday:meeting", "everyday:new_meeting"),
        group=EVERYDAY,
    ),
    Entry(
        Permission.LOOK_AFTER_VOLUNTEERS,
        "everyday:volunteers",
        _("Volunteers"),
        _("Volunteers"),
        "HandHeart",
        ("everyday:volunteer", "everyday:change_volunteer", "everyday:volunteer_times", "everyday:where_needed"),
        group=EVERYDAY,
    ),
    Entry(
        Permission.PLAN_MOMENTS,
        "everyday:months",
        _("Plan a month"),
        _("Month"),
        "Sparkles",
        ("everyday:month",),
        group=EVERYDAY,
    ),
    Entry(
        Permission.HANDLE_ORDERS,
        "befriending:orders",
        _("Orders"),
        _("Orders"),
        "Inbox",
        (
            "befriending:order",
            "befriending:take_on",
            "befriending:facts",
            "befriending:talk",
            "befriending:meeting",
            "befriending:criteria",
            "befriending:choose_senior",
            "befriending:plan",
            "befriending:change_visit",
            "befriending:week",
            "befriending:read_form",
            "befriending:fill_in",
        ),
        group=SERVICE,
    ),
    Entry(
        Permission.LEAD_SENIORS,
        "befriending:seniors",
        _("The seniors"),
        _("Seniors"),
        "PersonGroup",
        ("befriending:team_meeting", "befriending:call_meeting", "befriending:change_meeting", "befriending:video"),
        group=SERVICE,
    ),
    Entry(
        Permission.STAY_IN_TOUCH,
        "befriending:supporters",
        _("Ambassadors and partners"),
        _("Partners"),
        "Chat2",
        ("befriending:supporter", "befriending:new_supporter", "befriending:change_supporter"),
        group=SERVICE,
    ),
    Entry(
        Permission.WRITE_NEWSLETTER,
        "befriending:newsletters",
        _("Newsletters"),
        _("Newsletters"),
        "Newspaper",
        ("befriending:write_newsletter",),
        group=SERVICE,
    ),
    Entry(
        Permission.VISIT_AS_SENIOR,
        "befriending:my_visits",
        _("My visits"),
        _("Visits"),
        "Handshake",
        ("befriending:visit", "befriending:no_visit"),
        group=SERVICE,
    ),
    Entry(
        Permission.VISIT_AS_SENIOR,
        "befriending:ready",
        _("Ready for visits"),
        _("Ready"),
        "ClipboardCheckmark",
        ("befriending:training", "befriending:chapter", "befriending:declaration", "befriending:signed_declaration"),
        group=SERVICE,
    ),
    Entry(
        Permission.VISIT_AS_SENIOR,
        "befriending:my_meetings",
        _("The monthly meetings"),
        _("Meetings"),
        "Calendar",
        group=SERVICE,
    ),
    Entry(Permission.VISIT_AS_SENIOR, "tripletex:my_hours", _("My hours"), _("Hours"), "Clock", group=SERVICE),
    Entry(
        Permission.BOOK_HOURS,
        "tripletex:periods",
        _("Hours to Tripletex"),
        _("Hours"),
        "Clock",
        ("tripletex:run",),
        group=SERVICE,
    ),
    Entry(
        Permission.DO_ASSIGNMENTS,
        "everyday:my_assignments",
        _("My assignments"),
        _("Mine"),
        "Handshake",
        ("everyday:my_rides", "everyday:my_times"),
    ),
    Entry(
        Permission.ADMINISTER,
        "spreadsheets:imports",
        _("Spreadsheets"),
        _("Spreadsheets"),
        "FileExcel",
        ("spreadsheets:",),
        group=KEEPING,
    ),
    Entry(
        Permission.KEEP_FORMS,
        "forms:forms",
        _("Questionnaires"),
        _("Questionnaires"),
        "ClipboardCheckmark",
        ("forms:form",),
        group=KEEPING,
    ),
    Entry(
        Permission.OVERSEE_ACCESS,
        "access:oversight",
        _("Oversight"),
        _("Oversight"),
        "ShieldLock",
        ("access:inquiry",),
        group=KEEPING,
    ),
    Entry(
        Permission.GIVE_ROLES,
        "access:roles",
        _("Roles"),
        _("Roles"),
        "KeyHorizontal",
        ("access:person_roles", "access:new_user"),
        group=KEEPING,
    ),
    Entry(Permission.PLAN_LISTS, "people:citizens", _("All people"), _("People"), "PersonGroup"),
    Entry(
        Permission.ACT_FOR_CITIZEN,
        "access:my_citizens",
        _("Those I act for"),
        _("I act for"),
        "Handshake",
        ("access:who",),
    ),
    Entry(Permission.PLAN_LISTS, "phone:phones", _("Phones"), _("Phones"), "Phone", group=KEEPING),
    Entry(
        Permission.USE_EMERGENCY_ACCESS,
        "access:emergency",
        _("Emergency access"),
        _("Emergency"),
        "PadlockLocked",
    ),
)


# Each language in its own words: whoever looks for theirs cannot read the others.
OWN_NAMES = (("nb", "Norsk"), ("sv", "Svenska"), ("en", "English"))


def _is_current(entry: Entry, here: str) -> bool:
    if any(here in {other.url_name, other.of_citizen} for other in ENTRIES):
        return here in {entry.url_name, entry.of_citizen}
    return any(here.startswith(prefix) for prefix in entry.also_under)


def _address(entry: Entry, citizen_id: int | None) -> str:
    if entry.of_citizen and citizen_id is not None:
        return reverse(entry.of_citizen, args=[citizen_id])
    return reverse(entry.url_name)


def _grouped(menu: list[dict[str, Any]]) -> list[tuple[str | Promise, list[dict[str, Any]]]]:
    """A long menu by groups, each under its name, in the order in which they first come; a short one as it is."""
    if len(menu) <= SHORT_MENU:
        return [("", menu)]
    groups = dict.fromkeys(item["group"] for item in menu)
    return [(group, [item for item in menu if item["group"] == group]) for group in groups]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context for every template: `menu` (in the order of need) and `menu_groups`, `role_labels`, `demo`."""
    actor = getattr(request, "actor", None)
    match = request.resolver_match
    here, citizen_id = (match.view_name, match.kwargs.get("citizen_id")) if match else ("", None)
    menu = [
        {
            "url": _address(entry, citizen_id),
            "label": entry.label,
            "short": entry.short,
            "icon": entry.icon,
            "current": _is_current(entry, here),
            "group": entry.group,
        }
        for entry in ENTRIES
        if actor and actor.may(entry.permission)
    ]
    roles = sorted({held.role for held in actor.held}, key=list(PERMISSIONS).index) if actor else []
    return {
        "menu": menu,
        "menu_groups": _grouped(menu),
        "role_labels": [Role(role).label for role in roles],
        "demo": settings.DEMO,
        "municipality": settings.MUNICIPALITY,
        "languages_by_own_name": OWN_NAMES,
    }
