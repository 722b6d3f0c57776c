"""What a phone brings back is taken in once, in the order it happened, and what two people say differently waits.

Nothing is lost and nothing is doubled: not by sending again, not by a clock that is wrong, not by a changed list.
"""

from datetime import timedelta
from uuid import UUID, uuid4, uuid5

import pytest

from omtanke.config.tests.cast import at, day, make_visit
from omtanke.everyday.models import Wish
from omtanke.phone.models import Held, Phone, Report
from omtanke.phone.read_batch import OddBatch, Sent, read_batch
from omtanke.phone.take_in import happened_at, take_in
from omtanke.visits.carry_out import end_visit, say_not_done, start_visit
from omtanke.visits.models import Note, Visit
from omtanke.visits.visit_book import write_note

NOW = at("12:00")


@pytest.fixture
def phone(cast):
    phone = Phone.objects.create(pk=uuid4(), user=cast.kari.user, label="Android")
    Held.objects.create(phone=phone, citizen=cast.astrid, visit=cast.visit, until=at("23:00"))
    return phone


def said(kind, visit, clock="09:15", *, offset_ms=0, **words) -> Sent:
    return Sent(uuid4(), kind, visit.pk, at(clock), offset_ms, words)


def brought(cast, phone, *batch, received=NOW):
    return list(take_in(batch, phone=phone, by=cast.kari, at=received).values())


def now(visit) -> Visit:
    return Visit.objects.get(pk=visit.pk)


def test_a_whole_visit_comes_back_in_the_order_it_happened(cast, phone):
    start, note, end = (
        said("start", cast.visit, "09:15"),
        said("note", cast.visit, "09:40", text="Hun sang.", for_next=True),
        said("end", cast.visit, "09:45"),
    )
    assert brought(cast, phone, end, note, start) == ["taken"] * 3
    visit = now(cast.visit)
    assert (visit.started_at, visit.ended_at, visit.done_by) == (at("09:15"), at("09:45"), cast.kari)
    written = Note.objects.get(citizen=cast.astrid)
    assert (written.text, written.for_next, written.written_at, written.visit) == (
        "Hun sang.",
        True,
        at("09:40"),
        cast.visit,
    )


def test_the_same_batch_five_times_is_taken_in_once(cast, phone):
    batch = [
        said("start", cast.visit),
        said("note", cast.visit, "09:30", text="Kaffe."),
        said("end", cast.visit, "09:45"),
    ]
    answers = [brought(cast, phone, *batch) for _ in range(5)]
    assert answers == [["taken"] * 3] * 5
    assert (Report.objects.count(), Note.objects.count()) == (3, 1)


def test_a_clock_that_is_two_hours_wrong_is_put_right(cast, phone):
    two_hours_slow = 2 * 3_600_000
    brought(cast, phone, said("start", cast.visit, "07:15", offset_ms=two_hours_slow))
    assert now(cast.visit).started_at == at("09:15")
    assert Report.objects.get().device_at == at("07:15")


def test_no_clock_brings_something_from_the_future_or_from_long_ago():
    ahead = Sent(uuid4(), "start", 1, NOW + timedelta(days=400), 0, {})
    long_ago = Sent(uuid4(), "start", 1, NOW - timedelta(days=20_000), 0, {})
    assert happened_at(ahead, NOW) == NOW
    assert happened_at(long_ago, NOW) == NOW - timedelta(days=3)


def test_what_somebody_else_did_meanwhile_waits_and_changes_nothing(cast, phone):
    start_visit(cast.visit, by=cast.ola, at=at("09:10"))
    assert brought(cast, phone, said("start", cast.visit)) == ["waits"]
    assert now(cast.visit).done_by == cast.ola
    event = Report.objects.waiting().get()
    assert (event.why, event.applied, event.employee) == ("somebody_else", False, cast.kari)


def test_a_wish_caught_without_coverage_has_an_owner_from_the_moment_it_arrives(cast, phone):
    assert brought(cast, phone, said("wish", cast.visit, "09:20", words="Jeg skulle gjerne sunget igjen.")) == ["taken"]
    wish = Wish.objects.get()
    assert (wish.citizen, wish.words, wish.owner, wish.said_at) == (
        cast.astrid,
        "Jeg skulle gjerne sunget igjen.",
        cast.kari,
        at("09:20"),
    )
    assert brought(cast, phone, said("wish", cast.visit, "09:20", words=" ")) == ["waits"]


def test_an_end_never_ends_a_colleagues_visit(cast, phone):
    start_visit(cast.visit, by=cast.ola, at=at("09:10"))
    assert brought(cast, phone, said("end", cast.visit, "09:45")) == ["waits"]
    assert now(cast.visit).state == "under_way"


def test_a_visit_moved_to_a_colleagues_list_is_written_down_and_shown_to_somebody(cast, phone):
    cast.round2.taken_by = cast.ola
    cast.round2.save()
    Visit.objects.filter(pk=cast.visit.pk).update(round=cast.round2)
    assert brought(cast, phone, said("start", cast.visit)) == ["waits"]
    assert now(cast.visit).done_by == cast.kari
    event = Report.objects.waiting().get()
    assert (event.why, event.applied) == ("moved", True)


def test_words_are_taken_in_even_when_the_visit_was_down_as_not_done(cast, phone):
    say_not_done(cast.visit, Visit.NotDone.AWAY, "", at=at("09:00"))
    answers = brought(cast, phone, said("start", cast.visit), said("note", cast.visit, "09:30", text="Hun var hjemme."))
    assert answers == ["waits", "taken"]
    assert Note.objects.get().text == "Hun var hjemme."


def test_what_came_another_way_already_is_nothing_to_look_at(cast, phone):
    start_visit(cast.visit, by=cast.kari, at=at("09:15"))
    end_visit(cast.visit, at=at("09:45"))
    assert brought(cast, phone, said("start", cast.visit), said("end", cast.visit, "09:45")) == ["taken", "taken"]


def test_two_phones_on_the_same_visit_of_two_write_each_their_half(cast, phone):
    other = make_visit(cast.astrid, cast.round2)
    other.together_with, cast.visit.together_with = cast.visit, other
    other.save()
    cast.visit.save()
    olas = Phone.objects.create(pk=uuid4(), user=cast.ola.user)
    Held.objects.create(phone=olas, citizen=cast.astrid, visit=other, until=at("23:00"))

    assert brought(cast, phone, said("start", cast.visit, "09:15")) == ["taken"]
    assert list(take_in([said("start", other, "09:16")], phone=olas, by=cast.ola, at=NOW).values()) == ["taken"]
    assert (now(cast.visit).done_by, now(other).done_by) == (cast.kari, cast.ola)


def test_the_same_words_at_two_times_are_two_lines_also_when_the_later_one_is_in_first(cast, phone):
    write_note(cast.astrid, "Alt vel.", for_next=False, by=cast.kari, at=at("11:30"))
    brought(
        cast,
        phone,
        said("note", cast.visit, "09:20", text="Alt vel."),
        said("note", cast.visit, "09:21", text="Alt vel."),
    )
    assert set(Note.objects.values_list("written_at", flat=True)) == {at("09:20"), at("11:30")}


def test_what_the_citizen_decided_holds_for_both_halves_of_a_visit_of_two(cast, phone):
    other = make_visit(cast.astrid, cast.round1)
    other.together_with, cast.visit.together_with = cast.visit, other
    other.save()
    cast.visit.save()
    Held.objects.create(phone=phone, citizen=cast.astrid, visit=other, until=at("23:00"))
    away = said("not_done", cast.visit, "09:15", why="away", words="Hos naboen")
    assert brought(cast, phone, away, said("start", other, "09:20")) == ["taken", "waits"]
    assert (now(cast.visit).not_done, now(other).not_done, now(other).started_at) == ("away", "away", None)


def test_a_sign_that_no_database_keeps_does_not_hold_up_the_shift(cast, phone):
    sent = {"id": str(uuid4()), "kind": "note", "visit": cast.visit.pk, "at": "2026-11-24T09:15:00Z"}
    batch = read_batch([sent | {"said": {"text": "Hun \x00sang \ud83d."}}])
    assert brought(cast, phone, *batch) == ["taken"]
    assert Note.objects.get().text == "Hun sang ?."


def test_a_visit_the_phone_never_held_and_a_kind_nobody_knows_are_refused(cast, phone):
    strangers = make_visit(cast.stranger, cast.round1)
    assert brought(cast, phone, said("note", strangers, text="Hei"), said("dance", cast.visit)) == [
        "refused",
        "refused",
    ]
    assert not Report.objects.exists()


def test_what_arrives_too_late_to_be_written_down_waits(cast, phone):
    old = make_visit(cast.astrid, cast.round1)
    Visit.objects.filter(pk=old.pk).update(on=day(-2))
    Held.objects.create(phone=phone, citizen=cast.astrid, visit=old, until=at("23:00"))
    assert brought(cast, phone, said("start", old)) == ["waits"]
    assert Report.objects.get().why == "day"


@pytest.mark.parametrize(
    "batch",
    [
        "no list",
        [{"id": "x", "kind": "start", "visit": 1, "at": "2026-11-24T09:15:00Z"}],
        [{"id": str(uuid5(UUID(int=1), "a")), "kind": "start", "visit": 1, "at": "yesterday"}],
        [{"id": str(uuid5(UUID(int=1), "a")), "kind": "start", "at": "2026-11-24T09:15:00Z"}],
        [{"id": str(uuid5(UUID(int=1), "a")), "kind": "note", "visit": 1, "at": "2026-11-24T09:15:00Z", "said": "Hei"}],
        [{"id": str(uuid5(UUID(int=1), "a")), "kind": "a", "visit": 1, "at": "2026-11-24T09:15:00Z", "offset": 10**30}],
        [{"id": str(UUID(int=1)), "kind": "start", "visit": 10**30, "at": "2026-11-24T09:15:00Z"}],
        [{"id": str(UUID(int=1)), "kind": "took_part", "occurrence": 1, "at": "2026-11-24T09:15:00Z"}],
        [{}] * 201,
    ],
    ids=[
        "no list",
        "no uuid",
        "no time",
        "no visit",
        "words that are no object",
        "absurd clock",
        "absurd visit",
        "nobody",
        "too many",
    ],
)
def test_a_batch_that_cannot_be_read_is_refused_as_a_whole(batch):
    with pytest.raises(OddBatch):
        read_batch(batch)
