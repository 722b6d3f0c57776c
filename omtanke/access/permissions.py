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
    ADMINISTRATOR = "administrator", _("Administrator")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")
    REPRESENTATIVE = "representative", _("Citizen's representative")


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
    GIVE_ROLES = "give roles"
    SEE_WHO_SEES = "see who sees"
    ACT_FOR_CITIZEN = "act for citizen"
    OVERSEE_ACCESS = "oversee access"
    ADMINISTER = "administer"


_P = Permission
_STAFF = frozenset({_P.SEE_OWN_PAGE, _P.SEE_CITIZEN, _P.SEE_WHO_SEES})
_CARE = _STAFF | {_P.WORK_ON_SHIFT, _P.WRITE_ABOUT_CITIZEN, _P.USE_EMERGENCY_ACCESS}
_PLANNING = {_P.PLAN_LISTS, _P.HANDLE_DECISIONS, _P.CHOOSE_CONTACTS}

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.CARER: _CARE,
    Role.COORDINATOR: _CARE | _PLANNING,
    Role.LEADER: _CARE | _PLANNING | {_P.LEAD_UNIT, _P.GIVE_ROLES},
    Role.ADMINISTRATOR: frozenset({_P.SEE_OWN_PAGE, _P.ADMINISTER, _P.GIVE_ROLES}),
    Role.PRIVACY_OFFICER: frozenset({_P.SEE_OWN_PAGE, _P.SEE_WHO_SEES, _P.OVERSEE_ACCESS}),
    Role.REPRESENTATIVE: frozenset({_P.SEE_OWN_PAGE, _P.SEE_WHO_SEES, _P.ACT_FOR_CITIZEN}),
}

STAFF_ROLES = frozenset({Role.CARER, Role.COORDINATOR, Role.LEADER, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER})
