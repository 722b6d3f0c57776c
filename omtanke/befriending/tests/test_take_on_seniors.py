"""The department leader takes on a new senior and ends it, in the own department only; the role is kept as ended."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from omtanke.access.actor import Actor
from omtanke.access.models import Grant, RoleAssignment, User
from omtanke.access.permissions import Role
from omtanke.access.roles import NotYoursToGive, RoleAlreadyEnded
from omtanke.befriending.matching import end_match, seniors_of
from omtanke.befriending.take_on_seniors import NewSenior, StillVisits, end_senior, take_on_senior
from omtanke.befriending.tests.making import acting, ready
from omtanke.config.tests.cast import make_unit, today
from omtanke.people.models import Employee, Unit
from omtanke.trust.first_login import HasLoginAlready

PAGE = reverse("befriending:new_senior")
SAID = {"first_name": "Ellinor", "last_name": "Moe", "email": "Ellinor@example.org", "phone": "902 11 222"}


def leader(cast) -> Actor:
    return Actor.of(cast.gudrun.user)


def test_gudrun_takes_on_ellinor_who_gets_an_invitation_and_sees_nobody_yet(
    cast, web, django_capture_on_commit_callbacks
):
    department = {"department": cast.seniorene.pk}
    with django_capture_on_commit_callbacks(execute=True):
        web.be(cast.gudrun).post(PAGE, SAID | department)

    ellinor = Employee.objects.get(first_name="Ellinor")
    assert ellinor in seniors_of(cast.seniorene.pk, today())
    assert [one.to for one in mail.outbox] == [["ellinor@example.org"]]
    (given,) = RoleAssignment.objects.filter(user=ellinor.user)
    assert (given.role, given.unit_id, given.given_by) == (Role.VISITING_SENIOR, cast.seniorene.pk, cast.gudrun.user)
    assert not Grant.objects.filter(holder=ellinor.user).exists()
    assert "Ellinor Moe" in web.get(reverse("befriending:seniors")).text

    assert web.post(PAGE, SAID | department).status_code == 422  # the address is taken
    for other in (cast.hilde, cast.arne, cast.liv):
        assert web.be(other).post(PAGE, SAID | department | {"email": "ny@example.org"}).status_code == 403
    assert not User.objects.filter(email="ny@example.org").exists()


def test_in_the_own_department_only_and_in_no_municipal_unit(cast, web):
    cast.gudrun  # noqa: B018 - made when asked for
    other = make_unit("Vennene", Unit.Kind.VISIT_SERVICE)
    new = NewSenior("Ellinor", "Moe", "ellinor@example.org", "902 11 222")
    for elsewhere in (other, cast.nord):
        with pytest.raises(NotYoursToGive), acting(cast.gudrun.user):
            take_on_senior(new, elsewhere, by=leader(cast), on=today())
    assert web.be(cast.gudrun).post(PAGE, SAID | {"department": other.pk}).status_code == 422
    with pytest.raises(HasLoginAlready), acting(cast.gudrun.user):
        take_on_senior(NewSenior("Kari", "Berg", cast.kari.user.email, ""), cast.seniorene, by=leader(cast), on=today())
    assert not Employee.objects.filter(first_name="Ellinor").exists()


def test_a_senior_stops_when_nobody_is_visited_any_more_and_the_role_is_kept_as_ended(cast, web):
    made = ready(cast)
    page = reverse("befriending:end_senior", args=[cast.arne.pk])
    with pytest.raises(StillVisits), acting(cast.gudrun.user):
        end_senior(cast.arne, [cast.seniorene.pk], by=leader(cast), on=today())
    assert "Borghild Strand" in web.be(cast.gudrun).get(page).text
    assert web.be(cast.hilde).post(page).status_code == 403

    end_match(made, because="Flytter", by=cast.gudrun.user, at=timezone.now(), on=today())
    web.be(cast.gudrun).post(page)
    (ended,) = RoleAssignment.objects.filter(user=cast.arne.user, role=Role.VISITING_SENIOR)
    assert (ended.until, ended.ended_by) == (today(), cast.gudrun.user)
    assert cast.arne not in seniors_of(cast.seniorene.pk, today())
    assert web.be(cast.arne).get(reverse("befriending:my_visits")).status_code == 403
    with pytest.raises(RoleAlreadyEnded), acting(cast.gudrun.user):
        end_senior(cast.arne, [cast.seniorene.pk], by=leader(cast), on=today())
