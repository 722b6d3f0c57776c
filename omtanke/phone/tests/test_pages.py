"""A phone takes along what its user may see and no more; whoever leads closes a lost one and looks at what waits."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from omtanke.access.models import Look
from omtanke.access.tests.test_need_to_know import the_web_acting_for
from omtanke.config.tests.cast import make_shift
from omtanke.phone.models import Held, Phone, Report
from omtanke.visits.models import Visit


@pytest.fixture
def on_shift(cast):
    """Kari is at work and has list 1, with Astrid on it."""
    make_shift(cast.kari)
    cast.round1.taken_by = cast.kari
    cast.round1.save()
    return cast


def posts(web, page, said):
    return web.post(reverse(f"phone:{page}"), json.dumps(said), content_type="application/json")


def event_of(cast, **what) -> dict:
    return {"id": str(uuid4()), "kind": "start", "visit": cast.visit.pk, "at": timezone.now().isoformat(), **what}


def test_kari_takes_her_list_along_and_it_stands_in_the_read_log(on_shift, web):
    phone = str(uuid4())
    pack = posts(web.be(on_shift.kari), "take_along", {"phone": phone, "label": "Android"}).json()
    assert [visit["name"] for visit in pack["visits"]] == ["Astrid Nilsen"]
    assert pack["visits"][0]["good_to_know"] == "Nøkkelen henger hos naboen."
    assert Look.objects.filter(citizen_id=on_shift.astrid.pk, what="phone:take_along").exists()
    assert Held.objects.get().phone.holds == "Liste 1 · Nord"


def test_somebody_without_a_list_takes_nothing_along(on_shift, web):
    pack = posts(web.be(on_shift.nils), "take_along", {"phone": str(uuid4())}).json()
    assert (pack["lists"], pack["visits"]) == ([], [])


def test_a_phone_is_one_persons(on_shift, web):
    phone = str(uuid4())
    posts(web.be(on_shift.kari), "take_along", {"phone": phone})
    assert posts(web.be(on_shift.ola), "take_along", {"phone": phone}).status_code == 400
    assert posts(web.be(on_shift.ola), "send", {"phone": phone, "events": []}).status_code == 400


def test_what_was_sent_is_acknowledged_one_by_one(on_shift, web):
    web.be(on_shift.kari)
    phone = str(uuid4())
    posts(web, "take_along", {"phone": phone})
    start, dance = event_of(on_shift), event_of(on_shift, kind="dance")
    answer = posts(web, "send", {"phone": phone, "events": [start, dance]})
    assert answer.json()["outcomes"] == {start["id"]: "taken", dance["id"]: "refused"}
    assert Visit.objects.get(pk=on_shift.visit.pk).done_by == on_shift.kari


def test_a_batch_that_makes_no_sense_is_told_where_and_changes_nothing(on_shift, web):
    answer = posts(web.be(on_shift.kari), "send", {"phone": str(uuid4()), "events": [{"id": "x"}]})
    assert (answer.status_code, answer.json()["odd"][:8]) == (422, "event 0:")
    assert posts(web, "send", {}).status_code == 400


def test_a_closed_phone_gets_nothing_more_and_what_it_brings_is_still_taken_in(on_shift, web):
    phone = str(uuid4())
    posts(web.be(on_shift.kari), "take_along", {"phone": phone})
    web.be(on_shift.lars).post(reverse("phone:revoke", args=[phone]), {"deed": "close"})
    web.be(on_shift.kari)
    assert posts(web, "take_along", {"phone": phone}).status_code == 410
    note = event_of(on_shift, kind="note", said={"text": "Hun sov godt."})
    assert posts(web, "send", {"phone": phone, "events": [note]}).json() == {
        "outcomes": {note["id"]: "taken"},
        "revoked": True,
    }
    web.be(on_shift.lars).post(reverse("phone:revoke", args=[phone]), {"deed": "let in"})
    assert posts(web.be(on_shift.kari), "take_along", {"phone": phone}).status_code == 200


def test_the_coordinator_of_another_unit_cannot_close_it(on_shift, web):
    phone = str(uuid4())
    posts(web.be(on_shift.kari), "take_along", {"phone": phone})
    web.be(on_shift.kari)
    assert web.post(reverse("phone:revoke", args=[phone]), {"deed": "close"}).status_code == 403
    assert Phone.objects.get(pk=phone).revoked_at is None


@pytest.fixture
def waiting(on_shift):
    """Kari's phone says she started a visit that Ola had done."""
    phone = Phone.objects.create(pk=uuid4(), user=on_shift.kari.user)
    return Report.objects.create(
        pk=uuid4(),
        phone=phone,
        employee=on_shift.kari,
        citizen=on_shift.astrid,
        visit=on_shift.visit,
        kind="start",
        device_at=timezone.now(),
        happened_at=timezone.now(),
        why="somebody_else",
    )


def test_liv_sees_to_what_waits_and_says_what_she_did(on_shift, web, waiting):
    web.be(on_shift.liv)
    page = web.get(reverse("phone:phones")).content.decode()
    assert "Kari Berg" in page
    assert "Astrid Nilsen" in page
    address = reverse("phone:see_to", args=[waiting.pk])
    assert web.post(address, {"words": ""}).status_code == 422
    web.post(address, {"words": "Begge var der."})
    waiting.refresh_from_db()
    assert (waiting.seen_by, waiting.seen_words) == (on_shift.liv.user, "Begge var der.")
    assert "Astrid Nilsen" not in web.get(reverse("phone:phones")).content.decode()


def test_what_a_phone_brought_back_is_seen_by_need_to_know_and_by_whoever_sent_it(on_shift, waiting):
    seen = {}
    for name in ("kari", "liv", "nils"):
        with the_web_acting_for(getattr(on_shift, name).user) as cursor:
            cursor.execute("SELECT count(*) FROM phone_report")
            seen[name] = cursor.fetchone()[0]
    assert seen == {"kari": 1, "liv": 1, "nils": 0}
    with the_web_acting_for(None) as cursor:
        cursor.execute("SELECT count(*) FROM phone_report")
        assert cursor.fetchone()[0] == 0


def test_the_page_of_the_phone_itself_says_nothing_about_anybody(on_shift, web):
    page = web.get(reverse("phone:phone")).content.decode()
    assert "Astrid" not in page
    assert "Kari" not in page


def test_the_page_is_kept_in_every_language_and_an_unknown_one_changes_nothing(web):
    page = reverse("phone:phone")
    assert 'lang="sv"' in web.get(page, {"language": "sv"}).content.decode()
    assert web.get(page, {"language": "xx"}).content == web.get(page).content
    worker = web.get(reverse("phone:worker")).content.decode()
    assert "self.LANGUAGES=['nb', 'sv', 'en']" in worker
    assert "everyday/wishes" in worker
