"""An activity is changed this time only, from now on, or always; whoever has a place keeps it and is told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from omtanke.config.tests.cast import at, day, make_citizen
from omtanke.everyday.arrange import AlreadyCancelled, arrange, cancel, change_all, change_from, move, stop_from
from omtanke.everyday.models import Activity, Assignment, Notice, Occurrence, Participation, Wish
from omtanke.everyday.reach import tell
from omtanke.everyday.tasks import reach_the_rest, reach_those_left

WEEKLY = "FREQ=WEEKLY"


@pytest.fixture
def now():
    return at("08:00")


@pytest.fixture
def choir(cast, now) -> Activity:
    """Every week at 11, for the second week already; Astrid has a place next week, and Per drives her."""
    facts = {"title": "Kor", "starts": at("11:00", day(-13)), "minutes": 90, "repeats": WEEKLY}
    return arrange(facts, by=cast.marit.user, now=now)


def coming(activity, now) -> list[Occurrence]:
    return list(activity.occurrences.filter(starts__gte=now).in_order())


def place(citizen, occurrence, **facts) -> Participation:
    return Participation.objects.create(
        citizen=citizen, occurrence=occurrence, starts=occurrence.starts, ends=occurrence.ends, state="yes", **facts
    )


def ride(cast, occurrence, participation) -> Assignment:
    return Assignment.objects.create(
        volunteer=cast.per,
        citizen=cast.astrid,
        occurrence=occurrence,
        participation=participation,
        kind="ride",
        state="accepted",
        starts=occurrence.starts - timedelta(minutes=30),
        ends=occurrence.ends + timedelta(minutes=30),
        pick_up_at=occurrence.starts - timedelta(minutes=20),
    )


def test_one_is_cancelled_an_hour_before_and_everybody_concerned_is_reached(cast, choir, now):
    first, second = coming(choir, now)[:2]
    wish = Wish.objects.create(citizen=cast.astrid, words="Synge igjen", state="offered")
    participation = place(cast.astrid, first, wish=wish)
    place(cast.edvard, second)
    assignment = ride(cast, first, participation)
    said_no = Participation.objects.create(
        citizen=cast.edvard, occurrence=first, starts=first.starts, ends=first.ends, state="no"
    )

    notices = cancel(first, "Dirigenten er syk.", by=cast.marit.user, now=first.starts - timedelta(hours=1))

    for row in (participation, assignment, wish, said_no):
        row.refresh_from_db()
    assert (participation.state, assignment.state, wish.state, said_no.state) == (
        "cancelled",
        "cancelled",
        "said",
        "no",
    )
    assert wish.steps.get().words == "Dirigenten er syk."
    assert {(n.citizen, n.volunteer) for n in notices} == {(cast.astrid, None), (None, cast.per)}
    assert {n.teller for n in notices} == {cast.marit.user}
    assert not Notice.objects.filter(occurrence=second).exists()
    with pytest.raises(AlreadyCancelled):
        cancel(first, "", by=cast.marit.user, now=now)


def test_those_whom_the_one_who_cancels_may_not_see_are_told_by_their_own_contact(cast, choir, web, now):
    """The page runs as Marit, who sees Nord; Signe of Sør is reached by the job, and so is Astrid only once."""
    first = coming(choir, now)[0]
    place(cast.astrid, first)
    place(cast.stranger, first, invited_by=cast.nils.user)
    page = f"/activities/times/{first.pk}/cancel/"
    answer = web.be(cast.marit).post(page, {"words": "Sykdom", "seen": first.starts.isoformat()})
    assert answer.status_code == 302
    assert [n.citizen for n in Notice.objects.all()] == [cast.astrid]
    assert Participation.objects.get(citizen=cast.stranger).state == "yes"

    cancelled = Occurrence.objects.get(pk=first.pk).cancelled_at.isoformat()
    job = {"occurrence_id": first.pk, "was": first.starts.isoformat(), "was_until": first.ends.isoformat()}
    assert reach_the_rest(**job, words="Sykdom", by=cast.marit.user.pk, since=cancelled) == 1
    notice = Notice.objects.get(citizen=cast.stranger)
    assert (notice.teller, notice.words) == (cast.nils.user, "Sykdom")
    assert reach_the_rest(**job, words="Sykdom", by=cast.marit.user.pk, since=cancelled) == 0


def test_whoever_got_a_place_in_the_moment_it_was_cancelled_is_found_by_the_sweep(cast, choir, now):
    first = coming(choir, now)[0]
    cancel(first, "Snøstorm", by=cast.marit.user, now=now)
    place(cast.astrid, first)
    assert reach_those_left() == 1
    assert Notice.objects.get().teller == cast.kari.user  # her primary contact
    assert reach_those_left() == 0


def test_one_is_moved_and_place_ride_and_pick_up_come_along(cast, choir, now):
    first, second = coming(choir, now)[:2]
    participation = place(cast.astrid, first)
    assignment = ride(cast, first, participation)
    was = first.starts
    new = {"starts": first.starts + timedelta(hours=2), "ends": first.ends + timedelta(hours=2)}

    notices = move(first, new, "Kirka er opptatt.", by=cast.marit.user, now=now)

    participation.refresh_from_db()
    assignment.refresh_from_db()
    assert participation.starts == was + timedelta(hours=2)
    assert assignment.pick_up_at == was + timedelta(hours=2) - timedelta(minutes=20)
    assert {(n.about, n.was) for n in notices} == {("moved", was)}
    assert len(notices) == 2
    second.refresh_from_db()
    assert second.starts == second.recurs_on
    job = {"occurrence_id": first.pk, "was": was.isoformat(), "was_until": (was + timedelta(minutes=90)).isoformat()}
    assert reach_the_rest(**job, words="", by=None, since=now.isoformat()) == 0  # nobody is moved twice


def test_moved_to_when_somebody_is_elsewhere_their_place_is_given_up_and_that_is_told(cast, choir, now):
    first = coming(choir, now)[0]
    bingo = arrange({"title": "Bingo", "starts": first.starts + timedelta(hours=3), "minutes": 60}, by=None, now=now)
    place(cast.astrid, bingo.occurrences.get())
    participation = place(cast.astrid, first)
    later = {"starts": first.starts + timedelta(hours=3), "ends": first.ends + timedelta(hours=3)}
    (notice,) = move(first, later, "", by=cast.marit.user, now=now)
    participation.refresh_from_db()
    assert (notice.about, participation.state) == ("no_longer_fits", "cancelled")


def test_moved_twice_before_they_are_told_they_are_told_once_and_the_time_they_know(cast, choir, now):
    first = coming(choir, now)[0]
    place(cast.astrid, first)
    was = first.starts
    for hours in (1, 2):
        shift = timedelta(hours=1)
        changes = {"starts": first.starts + shift, "ends": first.ends + shift}
        move(first, changes, "", by=cast.marit.user, now=now + timedelta(minutes=hours))
    notice = Notice.objects.get()
    assert notice.was == was
    assert tell(notice, how="called", by=cast.marit.user, now=now)
    assert not tell(notice, how="called", by=cast.kari.user, now=now)


def test_from_one_time_on_it_is_another_hour_and_what_was_stays(cast, choir, now):
    second = coming(choir, now)[1]
    participation = place(cast.astrid, second)
    before = list(choir.occurrences.filter(starts__lt=second.starts).values_list("starts", flat=True))
    new_start = second.starts + timedelta(hours=2)

    after = change_from(second, {"starts": new_start, "title": "Kor på nytt"}, by=cast.marit.user, now=now)

    assert list(choir.occurrences.values_list("starts", flat=True)) == before
    participation.refresh_from_db()
    assert (participation.occurrence.activity, participation.starts) == (after, new_start)
    assert after.follows == choir
    assert after.occurrences.count() == 52
    assert {timezone.localtime(one.starts).hour for one in after.occurrences.all()} == {13}
    assert [n.citizen for n in Notice.objects.all()] == [cast.astrid]
    choir.refresh_from_db()
    assert "UNTIL" in choir.repeats


def test_all_times_changes_what_it_is_for_all_and_when_it_is_for_those_to_come(cast, choir, now):
    change_all(choir, {"title": "Blandakor"}, by=cast.marit.user, now=now)
    assert Activity.objects.get().title == "Blandakor"
    next_one = coming(choir, now)[0]
    facts = {"starts": next_one.starts, "repeats": "FREQ=WEEKLY;INTERVAL=2", "minutes": 90}
    place(cast.astrid, coming(choir, now)[1])
    after = change_all(choir, facts, by=cast.marit.user, now=now)
    assert [one.cancelled_at is None for one in choir.occurrences.in_order()] == [True, True, False]
    assert after.occurrences.count() in {26, 27}
    assert Notice.objects.get().about == "cancelled"  # her week is one of those that fall away


def test_what_was_moved_or_cancelled_by_hand_stays_so_when_all_is_changed(cast, now):
    facts = {"title": "Strikk", "starts": at("11:00", day(1)), "minutes": 60, "repeats": WEEKLY}
    knitting = arrange(facts, by=None, now=now)
    one, other = knitting.occurrences.in_order()[1:3]
    by_hand = one.starts + timedelta(hours=5)
    move(one, {"starts": by_hand, "ends": by_hand + timedelta(hours=1)}, "", by=None, now=now)
    cancel(other, "Ferie", by=None, now=now)
    change_all(knitting, {"starts": at("12:00", day(1)), "minutes": 60, "repeats": WEEKLY}, by=cast.marit.user, now=now)
    one.refresh_from_db()
    other.refresh_from_db()
    assert one.starts == by_hand
    assert other.cancelled_at
    assert timezone.localtime(one.recurs_on).hour == 12
    assert knitting.occurrences.count() == 53


def test_when_it_is_not_arranged_any_more_those_with_a_place_are_told_and_the_rest_just_goes(cast, choir, now):
    first, second, third = coming(choir, now)[:3]
    place(cast.astrid, third)
    notices = stop_from(second, "Koret legges ned.", by=cast.marit.user, now=now)
    assert [n.citizen for n in notices] == [cast.astrid]
    left = list(choir.occurrences.filter(starts__gte=now).in_order())
    assert [(one.pk, one.cancelled_at is not None) for one in left] == [(first.pk, False), (third.pk, True)]
    choir.refresh_from_db()
    assert choir.active


def test_many_at_once_are_all_reached(cast, choir, now):
    first = coming(choir, now)[0]
    for n in range(12):
        place(make_citizen(f"Nr{n}", "Vik", cast.nord), first)
    assert len(cancel(first, "", by=cast.marit.user, now=now)) == 12


def test_per_sees_at_once_on_his_page_that_it_is_cancelled_and_nobody_else_can_read_it_for_him(cast, choir, web, now):
    first = coming(choir, now)[0]
    ride(cast, first, place(cast.astrid, first))
    cancel(first, "Glatt vei", by=cast.marit.user, now=now)
    page = reverse("everyday:my_notices")
    said = web.be(cast.per.user).get(page).content.decode()
    assert "Glatt vei" in said
    assert "Astrid" not in said
    notice = Notice.objects.get(volunteer=cast.per)
    assert web.be(cast.kari).post(page, {"notice": notice.pk}).status_code == 403
    assert web.be(cast.per.user).post(page, {"notice": notice.pk}).status_code == 302
    notice.refresh_from_db()
    assert (notice.how, notice.told_by) == ("read", cast.per.user)
