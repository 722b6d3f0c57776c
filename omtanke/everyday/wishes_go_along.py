"""A person gets another primary contact: the open wishes that the old one has go along, so that none is left behind."""

from django.utils import timezone

from omtanke.access.models import User
from omtanke.care.contacts import goes_along
from omtanke.care.models import NamedContact
from omtanke.everyday.follow_up import hand_over
from omtanke.everyday.models import Wish


@goes_along
def wishes_go_along(contact: NamedContact, successor: NamedContact, *, by: User | None) -> None:
    """From the moment it is decided; what somebody else has (the activity coordinator) stays with them."""
    if contact.role != NamedContact.Role.PRIMARY:
        return
    theirs = Wish.objects.open().filter(citizen=contact.citizen_id, owner=contact.employee_id)
    for wish in theirs.select_related("owner"):
        hand_over(wish, successor.employee, by=by, at=timezone.now())
