"""Who was there is written down without coverage, by the same deed as on the page; where a colleague has written
something else meanwhile, somebody looks at it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from omtanke.access.permissions import Role
from omtanke.config.tests.cast import at, make_employee
from omtanke.everyday import attendance
from omtanke.everyday.models import Activity, Occurrence, Participation
from omtanke.phone import follow_up
from omtanke.phone.models import Held, Phone, Report
from omtanke.phone.read_batch import Sent
from omtanke.phone.take_along import take_along
from omtanke.phone.take_in import take_in

NOON = at("12:00")


@pytest.fixture
def hymns(cast):
    """An evening of hymns at eleven, for Nord; Astrid has said yes."""
    activity = Activity.objects.create(title="Salmekveld", starts=at("11:00"), minutes=60, unit=cast.nord)
    one = Occurrence.objects.create(activity=activity, starts=at("11:00"), ends=NOON)
    Participation.objects.create(citizen=cast.astrid, occurrence=one, state="yes", starts=one.starts, ends=one.ends)
    return one


@pytest.fixture
def phone(cast, hymns):
    phone = Phone.objects.create(pk=uuid4(), user=cast.kari.user)
    take_along(phone, cast.kari, at=at("09:00"), with_activities=True)
    return phone


def said(kind, occurrence, citizen, clock="11:30", **words) -> Sent:
    return Sent(uuid4(), kind, None, at(clock), 0, words, occurrence.pk, citizen.pk)


def brought(cast, phone, *batch):
    return list(take_in(batch, phone=phone, by=cast.kari, at=NOON).values())


def place(citizen):
    return Participation.objects.get(citizen=citizen)


def test_the_phone_takes_todays_activities_of_the_unit_along_with_those_who_are_expected(cast, hymns):
    elsewhere = Activity.objects.create(title="Kafé", starts=at("11:00"), minutes=60, unit=cast.sør)
    one = Occurrence.objects.create(activity=elsewhere, starts=at("11:00"), ends=NOON)
    for_all = Participation.objects.create(citizen=cast.edvard, occurrence=one, starts=one.starts, ends=one.ends)
    phone = Phone.objects.create(pk=uuid4(), user=cast.kari.user)

    assert take_along(phone, cast.kari, at=at("09:00"), with_activities=False)["activities"] == []
    pack = take_along(phone, cast.kari, at=at("09:00"), with_activities=True)
    assert [(each["title"], [one["name"] for one in each["people"]]) for each in pack["activities"]] == [
        ("Salmekveld", ["Astrid Nilsen"])
    ]
    assert for_all.citizen_id not in Held.objects.values_list("citizen", flat=True)


def test_it_is_noted_once_however_often_it_is_sent(cast, phone, hymns):
    batch = [
        said("took_part", hymns, cast.astrid, saw=""),
        said("looked_on", hymns, cast.astrid, "11:31", saw="took_part"),
        said("how_it_was", hymns, cast.astrid, "11:50", words="Jeg kjente alle versene.", smile=5),
    ]
    assert [brought(cast, phone, *batch) for _ in range(5)] == [["taken"] * 3] * 5
    noted = place(cast.astrid)
    assert (noted.state, noted.part, noted.noted_by) == ("there", "looking_on", cast.kari.user)
    assert (noted.words, noted.smile, Report.objects.count()) == ("Jeg kjente alle versene.", 5, 3)


def test_what_a_colleague_wrote_meanwhile_stands_and_somebody_looks_at_the_other(cast, phone, hymns):
    attendance.was_not_there(place(cast.astrid), by=cast.ola.user, at=at("11:20"))
    assert brought(cast, phone, said("took_part", hymns, cast.astrid, saw="")) == ["waits"]
    assert (place(cast.astrid).state, Report.objects.waiting().get().why) == ("not_there", "recorded")
    told = said("how_it_was", hymns, cast.astrid, words="Fint.", smile=4)
    assert brought(cast, phone, told) == ["waits"]


def test_whoever_saw_what_the_colleague_wrote_may_correct_it(cast, phone, hymns):
    attendance.was_not_there(place(cast.astrid), by=cast.ola.user, at=at("11:05"))
    assert brought(cast, phone, said("took_part", hymns, cast.astrid, saw="not_there")) == ["taken"]
    assert place(cast.astrid).state == "there"


def test_the_same_from_two_phones_is_nothing_to_look_at(cast, phone, hymns):
    attendance.was_there(cast.astrid, hymns, "active", by=cast.ola.user, at=at("11:20"))
    assert brought(cast, phone, said("took_part", hymns, cast.astrid, saw="")) == ["taken"]


def test_what_was_cancelled_or_moved_meanwhile_waits(cast, phone, hymns):
    Occurrence.objects.update(cancelled_at=at("10:00"))
    assert brought(cast, phone, said("took_part", hymns, cast.astrid)) == ["waits"]
    Occurrence.objects.update(cancelled_at=None, starts=at("11:45"))
    assert brought(cast, phone, said("took_part", hymns, cast.astrid)) == ["waits"]
    assert {report.why for report in Report.objects.waiting()} == {"cancelled", "not_yet"}
    assert place(cast.astrid).state == "yes"


def test_somebody_on_the_list_came_anyway_and_somebody_the_phone_never_held_is_refused(cast, phone, hymns):
    Held.objects.create(phone=phone, citizen=cast.edvard, visit=cast.visit, until=at("23:00"))
    batch = [said("took_part", hymns, cast.edvard, saw=""), said("took_part", hymns, cast.stranger, saw="")]
    assert brought(cast, phone, *batch) == ["refused", "taken"]
    assert set(hymns.participations.values_list("citizen", "state")) == {
        (cast.astrid.pk, "yes"),
        (cast.edvard.pk, "there"),
    }


def test_somebody_who_is_down_at_two_places_at_once_waits(cast, phone, hymns):
    other = Activity.objects.create(title="Kafé", starts=at("11:00"), minutes=60)
    one = Occurrence.objects.create(activity=other, starts=at("11:00"), ends=NOON)
    Held.objects.create(phone=phone, citizen=cast.edvard, visit=cast.visit, until=at("23:00"))
    attendance.was_there(cast.edvard, one, "active", by=cast.ola.user, at=at("11:05"))
    assert brought(cast, phone, said("took_part", hymns, cast.edvard, saw="")) == ["waits"]
    assert Report.objects.get().why == "elsewhere"


def test_what_makes_no_sense_is_kept_and_waits(cast, phone, hymns):
    attendance.was_there(cast.astrid, hymns, "active", by=cast.kari.user, at=at("11:20"))
    batch = [said("how_it_was", hymns, cast.astrid, smile=9), said("how_it_was", hymns, cast.astrid, words=" ")]
    assert brought(cast, phone, *batch) == ["waits", "waits"]


def test_a_phone_with_activities_alone_holds_them_until_twelve_hours_after(cast, hymns):
    ida = make_employee("Ida Bø", cast.nord, Role.CARER)
    phone = Phone.objects.create(pk=uuid4(), user=ida.user)
    take_along(phone, ida, at=at("09:00"), with_activities=True)
    phone.refresh_from_db()
    assert (phone.holds, phone.holds_until) == ("Salmekveld", NOON + timedelta(hours=12))


def test_liv_sees_both_and_where_to_look_and_nils_of_another_unit_sees_nothing(cast, web, phone, hymns):
    attendance.was_not_there(place(cast.astrid), by=cast.ola.user, at=at("11:20"))
    brought(cast, phone, said("took_part", hymns, cast.astrid, saw=""))
    page = web.be(cast.liv).get(reverse("phone:phones")).content.decode()
    for words in ("Kari Berg", "Astrid Nilsen", "Ola Lind", reverse("everyday:it_happened", args=[hymns.pk])):
        assert words in page
    assert follow_up.waiting(frozenset({cast.sør.pk})) == []
