"""What a role may do: one table.

*Whose* data somebody sees is the need-to-know ledger's business (`grants.py`, enforced by the database); *when* a deed
is allowed is the deed's. The table is printed to docs/generated/permissions.md, and a test tries every page as every
role against it.
"""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    CARER = "carer", _("Carer")
    COORDINATOR = "coordinator", _("Coordinator")
    LEADER = "leader", _("Leader")
    ACTIVITY_COORDINATOR = "activity_coordinator", _("Activity coordinator")
    VOLUNTEER = "volunteer", _("Volunteer")
    ADMINISTRATOR = "administrator", _("Administrator")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")
    REPRESENTATIVE = "representative", _("Citizen's representative")
    # Of a visit service, which is no part of the municipality's care (ADR-0010).
    DEPARTMENT_LEADER = "department_leader", _("Department leader")
    PROFESSIONAL_LEAD = "professional_lead", _("Professional lead")
    VISITING_SENIOR = "visiting_senior", _("Visiting senior")


class Permission(StrEnum):
    """One word per thing people do; views name exactly one of them."""

    SEE_OWN_PAGE = "see own page"
    WORK_ON_SHIFT = "work on shift"
    SEE_CITIZEN = "see citizen"
    WRITE_ABOUT_CITIZEN = "write about citizen"
    USE_EMERGENCY_ACCESS = "use emergency access"
    PLAN_LISTS = "plan lists"
    HANDLE_DECISIONS = "handle decisions"
    CHOOSE_CONTACTS = "choose contacts"
    LEAD_UNIT = "lead unit"
    CATCH_WISH = "catch wish"
    TALK_ABOUT_INTERESTS = "talk about interests"
    SEE_ACTIVITIES = "see activities"
    RECORD_ATTENDANCE = "record attendance"
    SEE_WISHES = "see wishes"
    ARRANGE_ACTIVITIES = "arrange activities"
    LOOK_AFTER_VOLUNTEERS = "look after volunteers"
    PLAN_MOMENTS = "plan moments"
    DO_ASSIGNMENTS = "do assignments"
    HANDLE_ORDERS = "handle orders"
    GET_TO_KNOW = "get to know"
    VISIT_AS_SENIOR = "visit as senior"
    KEEP_EXERCISES = "keep exercises"
    BOOK_HOURS = "book hours"
    LEAD_SENIORS = "lead seniors"
    TAKE_ON_SENIORS = "take on seniors"
    WRITE_NEWSLETTER = "write newsletter"
    STAY_IN_TOUCH = "stay in touch"
    KEEP_FORMS = "keep forms"
    GIVE_ROLES = "give roles"
    SEE_WHO_SEES = "see who sees"
    ACT_FOR_CITIZEN = "act for citizen"
    OVERSEE_ACCESS = "oversee access"
    ADMINISTER = "administer"


_P = Permission
_STAFF = frozenset({_P.SEE_OWN_PAGE, _P.SEE_CITIZEN, _P.SEE_WHO_SEES})
_EVERYDAY = {_P.CATCH_WISH, _P.SEE_ACTIVITIES, _P.RECORD_ATTENDANCE, _P.SEE_WISHES}
_CARE = (
    _STAFF | _EVERYDAY | {_P.WORK_ON_SHIFT, _P.WRITE_ABOUT_CITIZEN, _P.USE_EMERGENCY_ACCESS, _P.TALK_ABOUT_INTERESTS}
)
_ARRANGING = {_P.ARRANGE_ACTIVITIES, _P.LOOK_AFTER_VOLUNTEERS, _P.PLAN_MOMENTS}
# The visit service is administered too: marketing and those who speak well of it, nothing about anybody it visits.
_OFFICE = frozenset({_P.WRITE_NEWSLETTER, _P.STAY_IN_TOUCH})
_VISIT_SERVICE = frozenset({_P.SEE_OWN_PAGE, _P.GET_TO_KNOW})
_PLANNING = {_P.PLAN_LISTS, _P.HANDLE_DECISIONS, _P.CHOOSE_CONTACTS}

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.CARER: _CARE,
    Role.COORDINATOR: _CARE | _PLANNING,
    Role.LEADER: _CARE | _PLANNING | _ARRANGING | {_P.LEAD_UNIT, _P.GIVE_ROLES},
    Role.ACTIVITY_COORDINATOR: _STAFF | _EVERYDAY | _ARRANGING | {_P.TALK_ABOUT_INTERESTS},
    Role.VOLUNTEER: frozenset({_P.SEE_OWN_PAGE, _P.DO_ASSIGNMENTS}),
    Role.ADMINISTRATOR: frozenset({_P.SEE_OWN_PAGE, _P.ADMINISTER, _P.GIVE_ROLES, _P.KEEP_FORMS, _P.BOOK_HOURS})
    | _OFFICE,
    Role.PRIVACY_OFFICER: frozenset({_P.SEE_OWN_PAGE, _P.SEE_WHO_SEES, _P.OVERSEE_ACCESS}),
    Role.REPRESENTATIVE: frozenset({_P.SEE_OWN_PAGE, _P.SEE_WHO_SEES, _P.ACT_FOR_CITIZEN}),
    Role.DEPARTMENT_LEADER: (
        _VISIT_SERVICE | {_P.HANDLE_ORDERS, _P.LEAD_SENIORS, _P.TAKE_ON_SENIORS, _P.STAY_IN_TOUCH}
    ),
    Role.PROFESSIONAL_LEAD: (
        _VISIT_SERVICE
        | {_P.HANDLE_ORDERS, _P.LEAD_SENIORS, _P.STAY_IN_TOUCH, _P.WRITE_NEWSLETTER}
        | {_P.KEEP_EXERCISES, _P.BOOK_HOURS}
    ),
    Role.VISITING_SENIOR: _VISIT_SERVICE | {_P.VISIT_AS_SENIOR},
}

VISIT_SERVICE_ROLES = frozenset({Role.DEPARTMENT_LEADER, Role.PROFESSIONAL_LEAD, Role.VISITING_SENIOR})
STAFF_ROLES = frozenset(Role) - {Role.VOLUNTEER, Role.REPRESENTATIVE}
