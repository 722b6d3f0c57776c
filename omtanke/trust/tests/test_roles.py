"""Leaders give and end roles in their own units, administrators everywhere; nobody raises themselves.

What a role opened closes with it; an ended role stays in the history; of two at once, one wins.
"""

import re
import threading

import pytest
from django.core import mail
from django.db import connection

from omtanke.access.actor import Actor
from omtanke.access.models import Grant, RoleAssignment, User
from omtanke.access.permissions import Role
from omtanke.access.roles import (
    NotToYourself,
    NotYoursToGive,
    RoleAlreadyEnded,
    end_role,
    give_role,
    hand_out_role,
    take_back_role,
)
from omtanke.config.tests.cast import Cast, make_contact, make_employee, make_shift, make_user, today
from omtanke.people.models import Employee

EN = {"headers": {"accept-language": "en"}}


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def roles_of(user) -> set[str]:
    return set(RoleAssignment.objects.current().filter(user=user).values_list("role", flat=True))


def give(web, who, user, role, unit=None):
    return web.be(who).post(f"/access/roles/{user.pk}/", {"role": role, "unit": unit.pk if unit else ""}, **EN)


def test_a_leader_makes_a_carer_a_coordinator_in_the_own_unit_and_she_sees_its_people(cast, web):
    assert give(web, cast.lars, cast.kari.user, Role.COORDINATOR, cast.nord).status_code == 302
    assert Role.COORDINATOR in roles_of(cast.kari.user)
    assert Grant.objects.running().filter(holder=cast.kari.user, unit_id=cast.nord.pk, reason="coordinates").exists()


def test_a_leader_gives_nothing_in_another_unit_and_nothing_of_the_whole_municipality(cast, web):
    for role, unit in ((Role.CARER, cast.sør), (Role.ADMINISTRATOR, None), (Role.PRIVACY_OFFICER, None)):
        assert give(web, cast.lars, cast.nils.user, role, unit).status_code == 422
        with pytest.raises(NotYoursToGive):
            hand_out_role(
                cast.nils.user, role, unit_id=unit.pk if unit else None, by=Actor.of(cast.lars.user), on=today()
            )


def test_an_administrator_gives_any_role_anywhere(cast, web):
    assert give(web, cast.admin, cast.nils.user, Role.LEADER, cast.sør).status_code == 302
    assert give(web, cast.admin, cast.nils.user, Role.PRIVACY_OFFICER).status_code == 302
    assert roles_of(cast.nils.user) == {"carer", "leader", "privacy_officer"}


@pytest.mark.parametrize("who", ["lars", "admin"])
def test_nobody_raises_themselves(cast, web, who):
    person = getattr(cast, who)
    user = getattr(person, "user", person)
    before = roles_of(user)
    for role, unit in ((Role.LEADER, cast.nord), (Role.COORDINATOR, cast.nord), (Role.PRIVACY_OFFICER, None)):
        assert give(web, person, user, role, unit).status_code == 422
        with pytest.raises(NotToYourself):
            hand_out_role(user, role, unit_id=unit.pk if unit else None, by=Actor.of(user), on=today())
    assert roles_of(user) == before


@pytest.mark.parametrize("who", ["kari", "liv", "petra", "eva"])
def test_others_are_not_let_in(cast, web, who):
    assert give(web, getattr(cast, who), cast.ola.user, Role.CARER, cast.nord).status_code == 403


def test_an_ended_role_closes_what_it_opened_and_stays_in_the_history(cast, web):
    of_liv = cast.liv.user.role_assignments.get()
    assert web.be(cast.lars).post(f"/access/roles/ended/{of_liv.pk}/").status_code == 302
    assert not Grant.objects.running().filter(holder=cast.liv.user, reason="coordinates").exists()
    assert "ended by Lars Holm" in text(web.get(f"/access/roles/{cast.liv.user.pk}/", **EN))


def test_a_leader_ends_no_role_of_another_unit(cast, web):
    of_nils = cast.nils.user.role_assignments.get()
    web.be(cast.lars).post(f"/access/roles/ended/{of_nils.pk}/")
    assert roles_of(cast.nils.user) == {"carer"}
    with pytest.raises(NotYoursToGive):
        take_back_role(of_nils, by=Actor.of(cast.lars.user), on=today())


def test_ending_the_last_leader_warns_first_and_with_a_second_leader_it_does_not(cast, web):
    of_lars = cast.lars.user.role_assignments.get()
    warned = web.be(cast.admin).post(f"/access/roles/ended/{of_lars.pk}/", **EN)
    assert warned.status_code == 409
    assert "Nord will be without a leader" in text(warned)
    assert roles_of(cast.lars.user) == {"leader"}

    make_user("Berit Leder", Role.LEADER, unit=cast.nord)
    assert web.post(f"/access/roles/ended/{of_lars.pk}/").status_code == 302
    assert roles_of(cast.lars.user) == set()


def test_the_last_leader_can_be_ended_by_who_has_read_the_warning(cast, web):
    of_lars = cast.lars.user.role_assignments.get()
    web.be(cast.admin).post(f"/access/roles/ended/{of_lars.pk}/", {"anyway": "1"})
    assert roles_of(cast.lars.user) == set()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_end_the_same_role_one_wins_and_the_other_is_told():
    cast = Cast()
    assignment = cast.liv.user.role_assignments.get()
    outcomes, together = [], threading.Barrier(2)

    def press(by):
        together.wait()
        try:
            end_role(assignment, by=by, on=today())
            outcomes.append("ended")
        except RoleAlreadyEnded:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[by]) for by in (cast.lars.user, cast.admin)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["ended", "told"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_give_the_same_role_there_is_one_role():
    cast = Cast()
    together = threading.Barrier(2)

    def press(by):
        together.wait()
        give_role(cast.kari.user, Role.COORDINATOR, unit_id=cast.nord.pk, by=by, on=today())
        connection.close()

    threads = [threading.Thread(target=press, args=[by]) for by in (cast.lars.user, cast.admin)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert RoleAssignment.objects.filter(user=cast.kari.user, role=Role.COORDINATOR).count() == 1


# New users


def new(cast, **more):
    return {
        "name": "Mona Ny",
        "email": "Mona@example.org",
        "employee_number": "",
        "role": Role.CARER.value,
        "unit": cast.nord.pk,
    } | more


def test_a_new_user_chooses_a_password_by_the_link_in_the_invitation(
    cast, web, client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert web.be(cast.admin).post("/access/roles/new/", new(cast)).status_code == 302
    mona = User.objects.get(email="mona@example.org")
    assert roles_of(mona) == {"carer"}

    (invitation,) = mail.outbox
    link = re.search(r"http://\S+", invitation.body).group()
    page = client.get(link, follow=True)
    secret = "en lang og rar setning"
    client.post(page.redirect_chain[-1][0], {"password1": secret, "password2": secret})
    mona.refresh_from_db()
    assert mona.check_password(secret)


def test_the_work_an_employee_already_has_opens_with_the_login(cast, web):
    mona = make_employee("Mona Ny", cast.nord)
    Employee.objects.filter(pk=mona.pk).update(user=None)
    User.objects.filter(pk=mona.user_id).delete()
    mona.refresh_from_db()
    shift = make_shift(mona, starts="00:00", ends="23:59")
    contact = make_contact(cast.edvard, cast.tor)
    type(contact).objects.filter(pk=contact.pk).update(employee=mona)

    assert web.be(cast.admin).post("/access/roles/new/", new(cast, employee_number=mona.number)).status_code == 302
    opened = set(Grant.objects.running().filter(holder__email="mona@example.org").values_list("because", flat=True))
    assert opened == {f"visits.shift:{shift.pk}", f"care.namedcontact:{contact.pk}"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"email": "kari@demo.example.org"}, "Somebody has this address already"),
        ({"employee_number": "E-nobody"}, "There is no employee with this number"),
        ({"unit": ""}, "This role is held in a unit"),
        ({"name": ""}, "This field is required"),
    ],
    ids=["address taken", "no such employee", "no unit", "no name"],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(cast, web, typed, told):
    answer = web.be(cast.admin).post("/access/roles/new/", new(cast, **typed), **EN)
    assert answer.status_code == 422
    assert told in text(answer)
    assert (typed.get("email") or "Mona@example.org") in text(answer)
    assert not User.objects.filter(email="mona@example.org").exists()


def test_a_leader_creates_no_users(cast, web):
    assert web.be(cast.lars).post("/access/roles/new/", new(cast)).status_code == 403
