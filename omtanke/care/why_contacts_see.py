"""What this room tells and opens when it is asked who can see a person: named contacts."""

from collections.abc import Collection, Mapping

from django.db import connection

from omtanke.access.models import User
from omtanke.care.models import NamedContact
from omtanke.people.models import Employee
from omtanke.trust.causes import explains
from omtanke.trust.first_login import opens_with_login


@explains("care.namedcontact")
def contacts_in_words(keys: Collection[int]) -> Mapping[int, str]:
    """'Primary contact' or 'Secondary contact', where the actor may know it."""
    return {contact.pk: contact.get_role_display() for contact in NamedContact.objects.filter(pk__in=keys)}


@opens_with_login
def open_contacts(employee: Employee, by: User | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT open_contacts_of(%s, %s)", [employee.pk, by.pk if by else None])
