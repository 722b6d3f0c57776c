"""Emergency access opens one person for twelve hours, for a reason in words, and a leader must follow it up.

Found only by what the asker already knows; closed by itself; the follow-up never goes away by itself.
"""

import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from omtanke.access.models import EmergencyAccess, EmergencySearch, Grant, Look
from omtanke.access.need_to_know import act_as
from omtanke.access.permissions import Role
from omtanke.access.roles import end_role, give_role
from omtanke.config.tests.cast import Cast, make_user, today
from omtanke.trust import emergency
from omtanke.trust.ledger import who_sees
from omtanke.visits.models import Visit

WHY = "Naboen ringte: hun ligger på gulvet og tar blodfortynnende."


@contextmanager
def the_web_acting_for(user):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE omtanke_web")
        act_as(user.pk if user else None)
        yield cursor
        cursor.execute("RESET ROLE")


def opened_by(user, citizen, at=None) -> EmergencyAccess:
    with the_web_acting_for(user):
        return emergency.open_in_emergency(citizen.pk, words=WHY, by=user, at=at or timezone.now())


def said(**more):
    return {"name": "Astrid Nilsen", "born": "1939-05-04", "national_id": "", "words": WHY} | more


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


# The search, as raw SQL in the web's role


@pytest.mark.parametrize(
    "asked",
    [
        ("Astrid", "1939-05-04", ""),
        ("Astrid Nil%", "1939-05-04", ""),
        ("%", "1939-05-04", ""),
        ("Astrid Nilsen", "1939-05-05", ""),
        ("Astrid Nilsen", None, ""),
        (None, None, None),
        ("", None, "%"),
        ("", None, "0405391234"),
    ],
    ids=str,
)
def test_without_an_exact_match_the_database_gives_nobody(cast, asked):
    type(cast.astrid).objects.filter(pk=cast.astrid.pk).update(national_id="04053912345")
    with the_web_acting_for(cast.nils.user) as cursor:
        cursor.execute("SELECT * FROM find_for_emergency(%s, %s, %s)", asked)
        assert cursor.fetchall() == []


@pytest.mark.parametrize(
    "asked", [(" astrid nilsen ", "1939-05-04", ""), ("", None, "04053912345")], ids=["name and birth", "national id"]
)
def test_with_an_exact_match_it_gives_the_id_and_the_name_and_nothing_else(cast, asked):
    type(cast.astrid).objects.filter(pk=cast.astrid.pk).update(national_id="04053912345")
    with the_web_acting_for(cast.nils.user) as cursor:
        cursor.execute("SELECT * FROM find_for_emergency(%s, %s, %s)", asked)
        assert cursor.fetchall() == [(cast.astrid.pk, "Astrid Nilsen")]


def test_without_an_actor_and_for_the_role_of_jobs_it_gives_nothing(cast):
    with the_web_acting_for(None) as cursor:
        cursor.execute("SELECT * FROM find_for_emergency('Astrid Nilsen', '1939-05-04', '')")
        assert cursor.fetchall() == []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE omtanke_worker")
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("SELECT * FROM find_for_emergency('Astrid Nilsen', '1939-05-04', '')")
        cursor.execute("RESET ROLE")


# What opens, and closes


def test_nils_sees_astrid_for_twelve_hours_and_not_a_minute_longer(cast):
    assert timedelta(hours=12) == emergency.OPEN_FOR
    access = opened_by(cast.nils.user, cast.astrid)
    with the_web_acting_for(cast.nils.user):
        assert Visit.objects.filter(citizen=cast.astrid).exists()

    Grant.objects.filter(because=f"access.emergencyaccess:{access.pk}").update(
        since=timezone.now() - timedelta(hours=12, seconds=1), until=timezone.now() - timedelta(seconds=1)
    )
    with the_web_acting_for(cast.nils.user):
        assert not Visit.objects.filter(citizen=cast.astrid).exists()


def test_it_opens_nobody_else(cast):
    opened_by(cast.nils.user, cast.astrid)
    with the_web_acting_for(cast.nils.user):
        assert not type(cast.edvard).objects.filter(pk=cast.edvard.pk).exists()


def test_it_can_be_ended_early_and_only_by_who_opened_it(cast, web):
    access = opened_by(cast.nils.user, cast.astrid)
    assert web.be(cast.ola).post(f"/access/emergency/{access.pk}/end/").status_code == 404
    assert web.be(cast.nils).post(f"/access/emergency/{access.pk}/end/").status_code == 302
    with the_web_acting_for(cast.nils.user):
        assert not type(cast.astrid).objects.filter(pk=cast.astrid.pk).exists()
    with pytest.raises(emergency.AlreadyOver):
        emergency.end_early(access, by=cast.nils.user, at=timezone.now())


def test_the_database_lets_nobody_take_a_line_away(cast):
    opened_by(cast.nils.user, cast.astrid)
    with pytest.raises(ProgrammingError), the_web_acting_for(cast.nils.user) as cursor:
        cursor.execute("DELETE FROM access_emergencyaccess")


@pytest.mark.django_db(transaction=True)
def test_pressing_twice_at_once_opens_once():
    cast = Cast()
    outcomes, together = [], threading.Barrier(2)

    def press():
        together.wait()
        try:
            opened_by(cast.nils.user, cast.astrid)
            outcomes.append("opened")
        except emergency.AlreadyOpen:
            outcomes.append("already open")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already open", "opened"]


# The page


def test_nils_opens_the_record_and_it_stands_in_ledger_and_log(cast, web):
    answer = web.be(cast.nils).post("/access/emergency/", said())
    assert answer.status_code == 302
    line = next(line for line in who_sees(cast.astrid.pk, at=timezone.now()).lines if line.name == "Nils Ås")
    assert line.words == WHY
    web.get(f"/people/{cast.astrid.pk}/access/")
    assert Look.objects.filter(actor=cast.nils.user, citizen_id=cast.astrid.pk, grant__reason="emergency").exists()


def test_the_leader_is_told_by_mail_with_nobodys_name_in_it(cast, web, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        web.be(cast.nils).post("/access/emergency/", said())
    (told,) = mail.outbox
    assert told.to == ["lars@demo.example.org"]
    assert not any(name in told.subject + told.body for name in ("Astrid", "Nilsen", "Nils"))


def test_where_nobody_leads_the_privacy_officer_is_told(cast):
    end_role(cast.lars.user.role_assignments.get(), by=cast.admin, on=today())
    assert emergency.leaders_told(opened_by(cast.nils.user, cast.astrid)) == [cast.petra]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"words": ""}, "Write why you need it"),
        ({"words": "Falt."}, "Tell a little more"),
        ({"name": "Astrid"}, "nobody with exactly this"),
        ({"born": ""}, "Write both the whole name and the birth date"),
    ],
    ids=["no reason", "too short a reason", "half a name", "no birth date"],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(cast, web, typed, told):
    answer = web.be(cast.nils).post("/access/emergency/", said(**typed), headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert told in text(answer)
    assert (typed.get("words") or WHY) in text(answer) or typed.get("words") == ""
    assert not EmergencyAccess.objects.exists()


def test_who_can_see_her_already_needs_no_emergency(cast, web):
    assert web.be(cast.kari).post("/access/emergency/", said()).status_code == 302
    assert not EmergencyAccess.objects.exists()


def test_nobody_goes_through_the_municipality_name_by_name(cast, web):
    web.be(cast.nils)
    for _each in range(emergency.SEARCHES):
        web.post("/access/emergency/", said(name="Ingen Her"))
    answer = web.post("/access/emergency/", said(), headers={"accept-language": "en"})
    assert "many times in the last hour" in text(answer)
    assert EmergencySearch.objects.count() == emergency.SEARCHES
    assert not EmergencyAccess.objects.exists()


# The follow-up


def test_it_waits_for_the_leader_long_after_it_has_closed(cast, web):
    access = opened_by(cast.nils.user, cast.astrid)
    EmergencyAccess.objects.update(since=timezone.now() - timedelta(days=90), until=timezone.now() - timedelta(days=89))
    assert WHY in text(web.be(cast.lars).get("/access/emergency/follow-up/"))
    assert WHY in text(web.get("/access/emergency/follow-up/", headers={"hx-request": "true"}))

    wrote = {"verdict": "needed", "words": "Snakket med Nils. Hun var falt."}
    assert web.post(f"/access/emergency/follow-up/{access.pk}/", wrote).status_code == 302
    access.refresh_from_db()
    assert (access.verdict, access.followed_up_by) == ("needed", cast.lars.user)
    assert WHY not in text(web.get("/access/emergency/follow-up/", headers={"hx-request": "true"}))


def test_the_leader_still_sees_it_when_the_person_has_moved(cast, web):
    opened_by(cast.nils.user, cast.astrid)
    cast.astrid.belongings.update(unit=cast.sør)
    shown = text(web.be(cast.lars).get("/access/emergency/follow-up/", headers={"accept-language": "en"}))
    assert "somebody who has moved to another unit" in shown


def test_a_leader_of_another_unit_is_shown_nothing(cast, web):
    access = opened_by(cast.ola.user, cast.astrid)
    other = make_user("Berit Sør", Role.LEADER, unit=cast.sør)
    assert WHY not in text(web.be(other).get("/access/emergency/follow-up/"))
    assert web.get(f"/access/emergency/follow-up/{access.pk}/").status_code == 404


def test_a_leader_does_not_follow_up_themselves(cast, web):
    access = opened_by(cast.lars.user, cast.stranger)
    EmergencyAccess.objects.update(unit_ids=[cast.nord.pk])
    web.be(cast.lars).post(f"/access/emergency/follow-up/{access.pk}/", {"verdict": "needed", "words": "Greit."})
    access.refresh_from_db()
    assert access.followed_up_at is None


def test_of_two_leaders_one_wins_and_the_other_is_told(cast):
    access = opened_by(cast.nils.user, cast.astrid)
    second = make_user("Berit Leder", Role.LEADER, unit=cast.nord)
    how = {"verdict": EmergencyAccess.Verdict.NEEDED, "words": "Sett.", "at": timezone.now()}
    emergency.follow_up(access, **how, by=cast.lars.user)
    with pytest.raises(emergency.AlreadyFollowedUp):
        emergency.follow_up(access, **how, by=second)


def test_a_carer_without_a_role_any_more_cannot_open_anything(cast, web):
    end_role(cast.nils.user.role_assignments.get(), by=cast.admin, on=today())
    assert web.be(cast.nils).post("/access/emergency/", said()).status_code == 403
    give_role(cast.nils.user, Role.ADMINISTRATOR, unit_id=None, by=None, on=today())
    assert web.post("/access/emergency/", said()).status_code == 403
