"""A citizen has one primary and one secondary contact at a time; who is it sees the citizen, and who was it does not.

Handing over leaves no day in between, and of two who hand over at once one wins and the other is told.
"""

import threading

import pytest
from django.db import connection, transaction

from omtanke.access.models import Grant
from omtanke.access.need_to_know import act_as
from omtanke.care.contacts import (
    AlreadyHandedOver,
    AlreadyHasContact,
    AlreadyTheirContact,
    BeforeItBegan,
    end_contact,
    hand_over,
    name_contact,
)
from omtanke.care.models import NamedContact
from omtanke.config.tests.cast import Cast, day, make_employee, today
from omtanke.people.models import Citizen

PRIMARY, SECONDARY = NamedContact.Role.PRIMARY, NamedContact.Role.SECONDARY


def can_see(employee, citizen) -> bool:
    """What the database lets this employee see, as the web asks it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE omtanke_web")
        act_as(employee.user_id)
        seen = Citizen.objects.filter(pk=citizen.pk).exists()
        cursor.execute("RESET ROLE")
        act_as(None)
    return seen


def test_astrid_is_never_without_a_primary_contact(cast):
    hand_over(cast.contact, cast.tor, by=cast.liv.user, on=day(28))

    kari, tor = cast.astrid.contacts.primary().order_by("since")
    assert (kari.until, tor.since, tor.until) == (day(28), day(28), None)


def test_access_is_handed_over_with_the_contact(cast):
    assert (can_see(cast.kari, cast.astrid), can_see(cast.tor, cast.astrid)) == (True, False)
    hand_over(cast.contact, cast.tor, by=cast.liv.user, on=today())
    assert (can_see(cast.kari, cast.astrid), can_see(cast.tor, cast.astrid)) == (False, True)


def test_a_hand_over_to_come_changes_access_on_its_day(cast):
    successor = hand_over(cast.contact, cast.tor, by=cast.liv.user, on=day(28))

    assert (can_see(cast.kari, cast.astrid), can_see(cast.tor, cast.astrid)) == (True, False)
    old, new = (Grant.objects.get(because=f"care.namedcontact:{pk}") for pk in (cast.contact.pk, successor.pk))
    assert old.until == new.since
    assert new.given_by == cast.liv.user


def test_the_ledger_does_not_say_that_access_began_before_it_was_given(cast):
    contact = name_contact(cast.edvard, cast.kari, PRIMARY, by=cast.liv.user, on=day(-60))
    given = Grant.objects.get(because=f"care.namedcontact:{contact.pk}")
    assert (contact.since, given.since.date() >= day(-1)) == (day(-60), True)
    assert can_see(cast.kari, cast.edvard)


def test_a_second_primary_contact_is_refused_and_nothing_is_written(cast):
    with pytest.raises(AlreadyHasContact):
        name_contact(cast.astrid, cast.tor, PRIMARY, by=cast.liv.user, on=today())
    assert cast.astrid.contacts.primary().get() == cast.contact
    assert not can_see(cast.tor, cast.astrid)


def test_a_secondary_who_takes_over_leaves_that_place_free(cast):
    hand_over(cast.contact, cast.ola, by=cast.liv.user, on=today())

    now = [(contact.employee, contact.role) for contact in cast.astrid.contacts.current()]
    assert now == [(cast.ola, PRIMARY)]
    assert can_see(cast.ola, cast.astrid)


@pytest.mark.parametrize("role", [PRIMARY, SECONDARY])
def test_the_primary_contact_cannot_be_named_once_more(cast, role):
    with pytest.raises(AlreadyTheirContact):
        name_contact(cast.astrid, cast.kari, role, by=cast.liv.user, on=today())
    assert cast.astrid.contacts.current().count() == 2


def test_a_contact_ends_once_and_not_before_it_began(cast):
    with pytest.raises(BeforeItBegan):
        end_contact(cast.contact, by=cast.liv.user, on=day(-91))
    end_contact(cast.contact, by=cast.liv.user, on=today())
    assert not can_see(cast.kari, cast.astrid)
    with pytest.raises(AlreadyHandedOver):
        hand_over(cast.contact, cast.tor, by=cast.liv.user, on=today())
    assert not cast.astrid.contacts.primary().current().exists()


def test_somebody_who_cannot_log_in_yet_can_be_named(cast):
    cast.tor.user = None
    contact = name_contact(cast.edvard, cast.tor, PRIMARY, by=cast.liv.user, on=today())
    assert not Grant.objects.filter(because=f"care.namedcontact:{contact.pk}").exists()


def at_once(*deeds) -> list[str]:
    """Do these at the same time, each as the web in a transaction of its own; how each of them ended."""
    together, ends = threading.Barrier(len(deeds)), [""] * len(deeds)

    def run(number, deed, actor):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL ROLE omtanke_web")
                act_as(actor.user_id)
                together.wait(timeout=20)
                deed()
            ends[number] = "done"
        except Exception as refused:
            ends[number] = type(refused).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, *deed)) for n, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_hand_over_at_once_one_wins_and_the_other_is_told():
    cast = Cast()
    una = make_employee("Una Eng", cast.nord)

    ends = at_once(
        (lambda: hand_over(cast.contact, cast.tor, by=cast.liv.user, on=today()), cast.liv),
        (lambda: hand_over(cast.contact, una, by=cast.lars.user, on=today()), cast.lars),
    )

    assert ends == ["AlreadyHandedOver", "done"]
    (now,) = cast.astrid.contacts.primary().current()
    assert can_see(now.employee, cast.astrid)
    assert not can_see(cast.kari, cast.astrid)
    assert not can_see(({cast.tor, una} - {now.employee}).pop(), cast.astrid)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_name_somebody_at_once_one_wins_and_the_other_is_told():
    cast = Cast()

    ends = at_once(
        (lambda: name_contact(cast.edvard, cast.kari, PRIMARY, by=cast.liv.user, on=today()), cast.liv),
        (lambda: name_contact(cast.edvard, cast.tor, PRIMARY, by=cast.lars.user, on=today()), cast.lars),
    )

    assert ends == ["AlreadyHasContact", "done"]
    assert cast.edvard.contacts.current().count() == 1
