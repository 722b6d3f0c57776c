"""The privacy officer can see and explain every access, sees no care, and leaves a line behind with every look."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from omtanke.access.models import EmergencyAccess, Inquiry, Look
from omtanke.access.roles import end_role
from omtanke.config.tests.cast import day, today

EN = {"headers": {"accept-language": "en"}}


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def an_emergency(cast, holder) -> EmergencyAccess:
    now = timezone.now()
    return EmergencyAccess.objects.create(
        holder=holder, citizen_id=cast.astrid.pk, unit_ids=[cast.nord.pk], words="Falt i trappa.", since=now, until=now
    )


def test_petra_finds_astrid_by_name_and_birth_date_and_it_is_logged(cast, web):
    found = text(web.be(cast.petra).get("/access/oversight/?name=nilsen+astrid&born=1939-05-04", **EN))
    assert f"/people/{cast.astrid.pk}/access/" in found
    assert Look.objects.filter(actor=cast.petra, citizen_id=cast.astrid.pk, what="access:oversight").exists()
    assert "Nobody with this name" in text(web.get("/access/oversight/?name=nilsen&born=1940-01-01", **EN))


def test_looks_without_a_running_reason_stand_out(cast, web):
    Look.objects.create(actor=cast.nils.user, role="carer", citizen_id=cast.astrid.pk, what="people:citizen")
    shown = text(web.be(cast.petra).get("/access/oversight/", **EN))
    assert "Nils Ås · The overview of the person" in shown


def test_where_nobody_leads_petra_writes_the_follow_up(cast, web):
    end_role(cast.lars.user.role_assignments.get(), by=cast.admin, on=today())
    access = an_emergency(cast, cast.nils.user)
    assert "Falt i trappa." in text(web.be(cast.petra).get("/access/oversight/"))
    web.post(f"/access/oversight/emergency/{access.pk}/", {"verdict": "not_needed", "words": "Hadde vakt fra før."})
    access.refresh_from_db()
    assert (access.verdict, access.followed_up_by) == ("not_needed", cast.petra)


def asked(**more):
    return {
        "email": "kari@demo.example.org",
        "first_day": day(-7).isoformat(),
        "last_day": today().isoformat(),
        "words": "Datteren til Astrid spør hvem som har lest.",
    } | more


def test_one_employees_looks_open_only_for_a_stated_reason_which_is_kept(cast, web):
    Look.objects.create(actor=cast.kari.user, role="carer", citizen_id=cast.astrid.pk, what="visits:visit_book")
    web.be(cast.petra)
    for nothing_said in ("", "Sjekk"):
        assert web.post("/access/oversight/inquiries/new/", asked(words=nothing_said)).status_code == 422
    assert not Inquiry.objects.exists()

    opened = web.post("/access/oversight/inquiries/new/", asked())
    shown = text(web.get(opened.headers["Location"], **EN))
    assert "Astrid Nilsen" in shown
    assert "The visit book" in shown
    assert Inquiry.objects.get().words in text(web.get("/access/oversight/"))
    assert Look.objects.filter(actor=cast.petra, what="access:inquiry", citizen_id=cast.astrid.pk).exists()


def test_looks_outside_the_days_asked_for_stay_closed(cast, web):
    Look.objects.create(
        actor=cast.kari.user,
        role="carer",
        citizen_id=cast.astrid.pk,
        what="visits:visit_book",
        at=timezone.now() - timedelta(days=30),
    )
    opened = web.be(cast.petra).post("/access/oversight/inquiries/new/", asked())
    assert "Nothing in these days" in text(web.get(opened.headers["Location"], **EN))


def test_an_inquiry_is_its_officers_and_nobody_can_change_it(cast, web):
    web.be(cast.petra).post("/access/oversight/inquiries/new/", asked())
    inquiry = Inquiry.objects.get()
    Inquiry.objects.filter(pk=inquiry.pk).update(officer=cast.admin)
    assert web.get(f"/access/oversight/inquiries/{inquiry.pk}/").status_code == 404
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE omtanke_web")
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("UPDATE access_inquiry SET words = 'nothing'")
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize("who", ["kari", "lars", "admin", "eva"])
def test_others_are_not_let_in(cast, web, who):
    web.be(getattr(cast, who))
    assert web.get("/access/oversight/").status_code == 403
    assert web.get("/access/oversight/inquiries/new/").status_code == 403


def test_everyone_can_read_what_they_have_looked_at_themselves_and_nothing_of_others(cast, web):
    Look.objects.create(actor=cast.kari.user, role="carer", citizen_id=cast.astrid.pk, what="visits:visit_book")
    assert "The visit book" in text(web.be(cast.kari).get("/access/my-looks/", **EN))
    assert "The visit book" not in text(web.be(cast.ola).get("/access/my-looks/", **EN))
