"""Nobody has a place in two activities at once, nor over a visit without being asked, nor where there is no room."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from omtanke.config.tests.cast import at, day, make_visit
from omtanke.everyday.arrange import arrange, cancel
from omtanke.everyday.models import Occurrence, Participation
from omtanke.everyday.sign_up import DoesNotTakePlace, IsElsewhere, NoSeatLeft, sign_up
from omtanke.people.questions import busy_times
from omtanke.visits.models import Round


@pytest.fixture
def now():
    return at("08:00")


@pytest.fixture
def dinner(cast, now):
    facts = {"title": "Middag", "starts": at("13:00", day(2)), "minutes": 90, "seats": 1, "unit": cast.nord}
    return arrange(facts, by=None, now=now).occurrences.get()


def visit_on(cast, on, clock):
    round_ = Round.objects.get_or_create(work_list=cast.list1, on=on)[0]
    return make_visit(cast.astrid, round_, clock)


def test_astrid_says_yes_and_then_no_and_her_place_is_free_again(cast, dinner, now):
    place = sign_up(dinner, cast.astrid, state="yes", by=cast.marit.user, now=now)
    assert (place.starts, place.answered_at) == (dinner.starts, now)
    with pytest.raises(NoSeatLeft):
        sign_up(dinner, cast.edvard, state="yes", by=cast.marit.user, now=now)
    sign_up(dinner, cast.astrid, state="no", by=cast.marit.user, now=now)
    assert sign_up(dinner, cast.edvard, state="invited", by=cast.marit.user, now=now).answered_at is None
    assert Participation.objects.count() == 2


def test_the_seat_of_somebody_whom_one_may_not_see_counts_too(cast, dinner, web, now):
    Participation.objects.create(
        citizen=cast.stranger, occurrence=dinner, state="yes", starts=dinner.starts, ends=dinner.ends
    )
    page = reverse("everyday:sign_up", args=[dinner.pk])
    answer = web.be(cast.marit).post(page, {"citizen": cast.astrid.pk, "way": "walks", "state": "yes"})
    assert answer.status_code == 422
    assert "Det er ikke flere plasser" in answer.content.decode()
    assert "Signe" not in answer.content.decode()


def test_nobody_is_in_two_places_at_once_and_it_is_said_where_they_are(cast, dinner, now):
    facts = {"title": "Bingo", "starts": dinner.starts + timedelta(hours=1), "minutes": 60}
    bingo = arrange(facts, by=None, now=now).occurrences.get()
    sign_up(bingo, cast.astrid, state="yes", by=cast.marit.user, now=now)
    with pytest.raises(IsElsewhere) as refused:
        sign_up(dinner, cast.astrid, state="yes", by=cast.marit.user, now=now)
    assert refused.value.where.occurrence.activity.title == "Bingo"
    assert sign_up(dinner, cast.astrid, state="no", by=cast.marit.user, now=now).state == "no"


def test_over_a_visit_one_is_asked_first_also_as_marit_who_sees_no_visits(cast, dinner, web):
    visit_on(cast, day(2), "13:15")
    page = reverse("everyday:sign_up", args=[dinner.pk])
    web.be(cast.marit)
    answer = web.post(page, {"citizen": cast.astrid.pk, "way": "walks", "state": "yes"})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "13:15–13:45" in said
    assert "Morgenstell" not in said
    assert not Participation.objects.exists()
    assert (
        web.post(page, {"citizen": cast.astrid.pk, "way": "walks", "state": "yes", "despite_visit": "on"}).status_code
        == 302
    )
    assert Participation.objects.get().state == "yes"


def test_a_visit_just_before_or_after_is_no_clash_and_what_recurs_counts_later_too(cast, now):
    visit_on(cast, day(2), "12:30")
    assert busy_times.ask([cast.astrid.pk], at("13:00", day(2)), at("14:00", day(2))) == []
    far = day(60)
    facts = {"title": "Frokost", "starts": at("09:00", far), "minutes": 60}
    breakfast = arrange(facts, by=None, now=now).occurrences.get()
    with pytest.raises(DoesNotTakePlace):
        sign_up(breakfast, cast.astrid, state="yes", by=cast.marit.user, now=breakfast.ends + timedelta(hours=1))


def test_visits_to_people_whom_one_may_not_see_are_not_told(cast, web, db):
    """The function asks who is asking: nobody, and then Nils of another unit."""
    from django.db import connection

    from omtanke.access.need_to_know import act_as

    visit_on(cast, day(2), "13:15")
    between = (at("13:00", day(2)), at("14:00", day(2)))
    assert busy_times.ask([cast.astrid.pk], *between) == []
    act_as(cast.marit.user_id)
    assert [busy.starts for busy in busy_times.ask([cast.astrid.pk], *between)] == [at("13:15", day(2))]
    weekly = busy_times.ask([cast.astrid.pk], at("09:00", day(60)), at("10:00", day(60)))
    assert [busy.starts for busy in weekly] == [at("09:15", day(60))]
    act_as(cast.nils.user_id)
    assert busy_times.ask([cast.astrid.pk], *between) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('omtanke.actor', '', true)")


def test_what_is_cancelled_takes_nobody_more(cast, dinner, now):
    cancel(dinner, "", by=cast.marit.user, now=now)
    with pytest.raises(DoesNotTakePlace):
        sign_up(dinner, cast.astrid, state="yes", by=cast.marit.user, now=now)


def test_who_comes_too_late_to_sign_up_is_shown_where_it_is_noted_who_came(cast, dinner, web):
    page = reverse("everyday:sign_up", args=[dinner.pk]) + f"?citizen={cast.astrid.pk}"
    came = reverse("everyday:it_happened", args=[dinner.pk])
    assert came not in web.be(cast.marit).get(page).text
    Occurrence.objects.filter(pk=dinner.pk).update(starts=at("10:00", day(-2)), ends=at("11:00", day(-2)))
    assert came in web.get(page).text
    Occurrence.objects.filter(pk=dinner.pk).update(cancelled_at=timezone.now())

    text = web.get(page).text
    assert "Det ble avlyst" in text
    assert came not in text


def test_kari_signs_up_her_people_and_arranges_nothing(cast, dinner, web):
    web.be(cast.kari)
    assert web.get(reverse("everyday:occurrence", args=[dinner.pk])).status_code == 200
    page = reverse("everyday:sign_up", args=[dinner.pk])
    assert web.post(page, {"citizen": cast.stranger.pk, "way": "walks", "state": "yes"}).status_code == 422
    assert web.post(page, {"citizen": cast.astrid.pk, "way": "walks", "state": "yes"}).status_code == 302
    for name in ("move_occurrence", "cancel_occurrence", "change_from_here", "stop_from_here"):
        assert web.get(reverse(f"everyday:{name}", args=[dinner.pk])).status_code == 403
    for person in (cast.eva, cast.per.user, cast.admin):
        assert web.be(person).get(reverse("everyday:occurrence", args=[dinner.pk])).status_code == 403


def test_a_leader_changes_the_own_units_activities_and_no_others(cast, web, now):
    facts = {"title": "Sør-kaffe", "starts": at("11:00", day(3)), "minutes": 60, "unit": cast.sør}
    theirs = arrange(facts, by=None, now=now)
    web.be(cast.lars)
    assert web.get(reverse("everyday:change_activity", args=[theirs.pk])).status_code == 403
    assert web.post(reverse("everyday:cancel_occurrence", args=[theirs.occurrences.get().pk])).status_code == 403
    assert theirs.occurrences.get().cancelled_at is None
