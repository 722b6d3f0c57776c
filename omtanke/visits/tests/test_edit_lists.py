"""Edits of a day's lists: move, split, swap, for a day or from now on; what they mean is told, and they can be undone.

A visit that has begun is never moved. Of two who edit the same list at once one wins, and the other is told who changed
what (test_two_editors.py tries it with real transactions).
"""

from datetime import timedelta

import pytest

from omtanke.config.tests.cast import at, day, make_citizen, make_list, make_visit, today
from omtanke.visits.board import of_day
from omtanke.visits.edit_lists import AlreadyBegun, SomebodyWasFirst, place, undo
from omtanke.visits.effects import effects_of
from omtanke.visits.lay_out import lay_out
from omtanke.visits.models import RecurringVisit, Round, Visit, WorkList
from omtanke.visits.placements import BothOnOneList, NothingToMove, completed, move, split, swap_lists, swap_visits


@pytest.fixture
def tomorrow(cast):
    """Tomorrow: Astrid 09:15 and Edvard 10:00 on list 1, Borghild 09:00 on list 2."""
    cast.borghild = make_citizen("Borghild", "Åsen", cast.nord)
    lay_out([cast.recurring], first=day(1), last=day(8))
    cast.one = Round.objects.get(work_list=cast.list1, on=day(1))
    cast.two = Round.objects.create(work_list=cast.list2, on=day(1))
    cast.morning = cast.one.visits.get()
    cast.wound = make_visit(cast.edvard, cast.one, "10:00", 30, "Sårstell")
    cast.coffee = make_visit(cast.borghild, cast.two, "09:00", 30, "Frokost")
    return cast


def versions(cast):
    return dict(Round.objects.filter(on=day(1)).values_list("work_list_id", "version"))


def do(cast, placements, *, from_now_on=False, seen=None, by=None):
    placements = completed(placements, Visit.objects.filter(on=day(1)).select_related("round"))
    return place(
        placements,
        on=day(1),
        seen=versions(cast) if seen is None else seen,
        from_now_on=from_now_on,
        by=by or cast.liv.user,
        today=today(),
    )


def fresh(*visits):
    return [Visit.objects.select_related("round__work_list", "citizen").get(pk=visit.pk) for visit in visits]


def lies(visit):
    (now,) = fresh(visit)
    return now.round.work_list.name, now.planned_start


# What is to lie where


def test_several_visits_move_together_and_keep_their_distance_to_the_first(tomorrow):
    cast = tomorrow
    do(cast, move(fresh(cast.morning, cast.wound), to_list=cast.list2.pk, first_at=at("10:15", day(1))))
    assert lies(cast.morning) == ("Liste 2", at("10:15", day(1)))
    assert lies(cast.wound) == ("Liste 2", at("11:00", day(1)))


def test_a_split_takes_everything_from_a_visit_on(tomorrow):
    cast = tomorrow
    visits = fresh(cast.morning, cast.wound)
    do(cast, split(visits, begins_with=visits[1], to_list=cast.list2.pk))
    assert (lies(cast.morning)[0], lies(cast.wound)[0]) == ("Liste 1", "Liste 2")


def test_two_lists_change_places_and_two_visits_change_list_and_time(tomorrow):
    cast = tomorrow
    ours, theirs = fresh(cast.morning, cast.wound), fresh(cast.coffee)
    do(cast, swap_lists(ours, theirs, lists=(cast.list1.pk, cast.list2.pk)))
    assert [lies(visit)[0] for visit in (cast.morning, cast.wound, cast.coffee)] == ["Liste 2", "Liste 2", "Liste 1"]

    do(cast, swap_visits(*fresh(cast.morning, cast.coffee)))
    assert lies(cast.morning) == ("Liste 1", at("09:00", day(1)))
    assert lies(cast.coffee) == ("Liste 2", at("09:15", day(1)))


def test_the_second_carer_comes_at_the_same_time_and_never_from_the_same_list(tomorrow):
    cast = tomorrow
    half = make_visit(cast.astrid, cast.two, "09:15")
    Visit.objects.filter(pk=cast.morning.pk).update(together_with=half)
    Visit.objects.filter(pk=half.pk).update(together_with=cast.morning)

    do(cast, move(fresh(cast.morning), to_list=cast.list1.pk, first_at=at("11:00", day(1))))
    assert lies(half) == ("Liste 2", at("11:00", day(1)))
    with pytest.raises(BothOnOneList):
        do(cast, move(fresh(cast.morning), to_list=cast.list2.pk))


def test_an_edit_that_changes_nothing_is_refused(tomorrow):
    with pytest.raises(NothingToMove):
        do(tomorrow, move(fresh(tomorrow.morning), to_list=tomorrow.list1.pk))


# Doing it


def test_a_visit_that_has_begun_is_never_moved_and_nothing_else_is_either(tomorrow):
    cast = tomorrow
    both = move(fresh(cast.morning, cast.wound), to_list=cast.list2.pk)
    Visit.objects.filter(pk=cast.wound.pk).update(started_at=at("10:00", day(1)), done_by=cast.kari)
    with pytest.raises(AlreadyBegun):
        do(cast, both)
    assert (lies(cast.morning)[0], lies(cast.wound)[0]) == ("Liste 1", "Liste 1")


def test_whoever_saw_an_older_version_comes_second(tomorrow):
    cast = tomorrow
    seen = versions(cast)
    do(cast, move(fresh(cast.wound), to_list=cast.list2.pk))
    with pytest.raises(SomebodyWasFirst):
        do(cast, move(fresh(cast.morning), to_list=cast.list2.pk), seen=seen, by=cast.lars.user)
    assert lies(cast.morning)[0] == "Liste 1"


def test_an_edit_for_this_day_leaves_the_other_days_and_one_from_now_on_changes_them(tomorrow):
    cast = tomorrow
    do(cast, move(fresh(cast.morning), to_list=cast.list2.pk))
    (next_day,) = Visit.objects.filter(recurring=cast.recurring, on=day(2))
    assert lies(next_day)[0] == "Liste 1"

    do(cast, move(fresh(cast.morning), to_list=cast.list1.pk))
    do(cast, move(fresh(cast.morning), to_list=cast.list2.pk, first_at=at("08:30", day(1))), from_now_on=True)
    later = Visit.objects.get(citizen=cast.astrid, on=day(2))
    assert lies(later) == ("Liste 2", at("08:30", day(2)))
    assert RecurringVisit.objects.get(since=day(1)).work_list == cast.list2


@pytest.mark.parametrize("from_now_on", [False, True], ids=["this day", "from now on"])
def test_undo_puts_everything_back(tomorrow, from_now_on):
    cast = tomorrow
    done = do(
        cast, move(fresh(cast.morning), to_list=cast.list2.pk, first_at=at("08:30", day(1))), from_now_on=from_now_on
    )
    undo(done, by=cast.liv.user, today=today())

    assert lies(cast.morning) == ("Liste 1", at("09:15", day(1)))
    assert lies(Visit.objects.get(citizen=cast.astrid, on=day(2))) == ("Liste 1", at("09:15", day(2)))
    assert Visit.objects.filter(citizen=cast.astrid, on=day(2)).count() == 1


def test_what_others_have_edited_since_is_not_undone(tomorrow):
    cast = tomorrow
    done = do(cast, move(fresh(cast.morning), to_list=cast.list2.pk))
    do(cast, move(fresh(cast.wound), to_list=cast.list2.pk), by=cast.lars.user)
    with pytest.raises(SomebodyWasFirst):
        undo(done, by=cast.liv.user, today=today())
    assert lies(cast.wound)[0] == "Liste 2"


# What it means, in words


def effects(cast, placements):
    columns = of_day(cast.nord, day(1))
    return " ".join(effect.words for effect in effects_of(columns, placements))


def test_a_new_face_is_told_before_it_is_decided_and_a_known_one_too(tomorrow):
    cast = tomorrow
    Round.objects.filter(pk=cast.one.pk).update(taken_by=cast.kari)
    Round.objects.filter(pk=cast.two.pk).update(taken_by=cast.tor)
    to_tor = move(fresh(cast.morning), to_list=cast.list2.pk)
    assert "Tor Vik" in effects(cast, to_tor)
    assert "Kari Berg" in effects(cast, to_tor)  # her primary contact, whom she then does not meet

    made = make_visit(cast.astrid, cast.round1, "07:40")
    Visit.objects.filter(pk=made.pk).update(done_by=cast.tor, started_at=at("07:40"), ended_at=at("08:00"))
    columns = of_day(cast.nord, day(1))
    assert [effect.tone for effect in effects_of(columns, to_tor) if "Tor Vik" in effect.words] == ["plain"]


def test_the_drive_and_what_no_longer_fits_are_told(tomorrow):
    cast = tomorrow
    far = {"latitude": 68.2, "longitude": 15.6}
    type(cast.borghild).objects.filter(pk=cast.borghild.pk).update(**far)
    columns = of_day(cast.nord, day(1))
    tones = {
        effect.words: effect.tone for effect in effects_of(columns, move(fresh(cast.coffee), to_list=cast.list1.pk))
    }
    assert any("Borghild Å." in words or "Astrid N." in words for words, tone in tones.items() if tone == "mind")
    assert sum(after.driving for after in columns) > 0


def test_those_who_had_the_list_lately_tell_what_is_likely_when_nobody_has_it_yet(tomorrow):
    cast = tomorrow
    Round.objects.create(work_list=cast.list2, on=day(-3), taken_by=cast.tor)
    Round.objects.create(work_list=cast.list2, on=day(-4), taken_by=cast.ola)
    assert "Liste 2" in effects(cast, move(fresh(cast.morning), to_list=cast.list2.pk))


# The pages


def page(cast, deed="move"):
    return f"/week/{cast.one.pk}/{deed}/"


def seen_of(web, address):
    return web.get(address).context["form"].initial["seen"]


def test_liv_moves_a_visit_sees_what_it_did_and_undoes_it_and_nobody_else_may(tomorrow, web):
    cast = tomorrow
    seen = seen_of(web.be(cast.liv), page(cast))
    filled = {"visits": [cast.morning.pk], "to_list": cast.list2.pk, "scope": "day", "seen": seen}
    for carer in (cast.kari, cast.nils, cast.admin):
        assert web.be(carer).post(page(cast), filled).status_code == 403

    answer = web.be(cast.liv).post(page(cast), filled, follow=True)
    assert lies(cast.morning)[0] == "Liste 2"
    assert "/week/undo/" in answer.content.decode()
    web.post("/week/undo/")
    assert lies(cast.morning)[0] == "Liste 1"
    assert web.post("/week/undo/", follow=True).status_code == 200  # nothing more to take back


def test_a_look_tells_what_it_would_do_and_saves_nothing(tomorrow, web):
    cast = tomorrow
    Round.objects.filter(pk=cast.two.pk).update(taken_by=cast.tor)
    filled = {"visits": [cast.morning.pk], "to_list": cast.list2.pk, "scope": "day"}
    assert "Tor Vik" in web.be(cast.liv).post(page(cast), {**filled, "look": "1"}).content.decode()
    assert "Tor Vik" in web.get(page(cast), {**filled, "look": "1"}).content.decode()
    assert lies(cast.morning)[0] == "Liste 1"


def test_the_one_who_comes_second_is_told_who_changed_what_and_can_save_once_more(tomorrow, web):
    cast = tomorrow
    seen = seen_of(web.be(cast.liv), page(cast))
    theirs = seen_of(web.be(cast.lars), page(cast))
    web.post(page(cast), {"visits": [cast.wound.pk], "to_list": cast.list2.pk, "scope": "day", "seen": theirs})

    mine = {"visits": [cast.morning.pk], "to_list": cast.list2.pk, "at": "11:30", "scope": "day", "seen": seen}
    told = web.be(cast.liv).post(page(cast), mine)
    words = told.content.decode()
    assert told.status_code == 409
    assert "Lars Holm" in words
    assert "Edvard M." in words
    assert 'value="11:30"' in words
    again = told.context["form"]["seen"].value()
    assert web.post(page(cast), {**mine, "seen": again}).status_code == 302
    assert lies(cast.morning) == ("Liste 2", at("11:30", day(1)))


def test_a_visit_that_a_colleague_has_moved_away_is_told_so_too(tomorrow, web):
    cast = tomorrow
    seen = seen_of(web.be(cast.liv), page(cast))
    do(cast, move(fresh(cast.morning), to_list=cast.list2.pk), by=cast.lars.user)
    mine = {"visits": [cast.morning.pk], "to_list": cast.list2.pk, "scope": "day", "seen": seen}
    told = web.post(page(cast), mine)
    assert told.status_code == 409
    assert "Lars Holm" in told.content.decode()


def test_a_list_is_split_into_a_new_one_for_the_day_and_undo_takes_the_new_list_out_of_use(tomorrow, web):
    cast = tomorrow
    address = page(cast, "split")
    filled = {"visit": cast.wound.pk, "new_list": "Liste 1 b", "scope": "on"}
    web.be(cast.liv).post(address, {**filled, "seen": seen_of(web.be(cast.liv), address)})
    made = WorkList.objects.get(name="Liste 1 b")
    assert (lies(cast.wound)[0], made.unit, made.active) == ("Liste 1 b", cast.nord, True)
    web.post("/week/undo/")
    made.refresh_from_db()
    assert (lies(cast.wound)[0], made.active) == ("Liste 1", False)


def test_a_new_list_needs_a_name_of_its_own_and_what_was_typed_stays(tomorrow, web):
    cast = tomorrow
    address = page(cast, "split")
    seen = seen_of(web.be(cast.liv), address)
    answer = web.post(address, {"visit": cast.wound.pk, "new_list": "Liste 2", "scope": "day", "seen": seen})
    assert answer.status_code == 409
    assert 'value="Liste 2"' in answer.content.decode()
    neither = web.post(address, {"visit": cast.wound.pk, "scope": "day", "seen": seen})
    assert "ds-error-summary" in neither.content.decode()
    assert WorkList.objects.count() == 2


def test_lists_and_visits_swap_on_their_pages(tomorrow, web):
    cast = tomorrow
    web.be(cast.liv)
    address = page(cast, "swap")
    web.post(address, {"with_list": cast.list2.pk, "scope": "day", "seen": seen_of(web, address)})
    assert (lies(cast.morning)[0], lies(cast.coffee)[0]) == ("Liste 2", "Liste 1")
    address = page(cast, "swap-visits")
    filled = {"visit": cast.coffee.pk, "with_visit": cast.wound.pk, "scope": "day", "seen": seen_of(web, address)}
    web.post(address, filled)
    assert lies(cast.coffee) == ("Liste 2", at("10:00", day(1)))


def test_the_week_shows_the_lists_of_a_day_and_one_list_through_the_week(tomorrow, web):
    cast = tomorrow
    shown = web.be(cast.liv).get(f"/week/?day={day(1)}").content.decode()
    assert all(name in shown for name in ("Astrid N.", "Edvard M.", "Borghild Å.", "Liste 1", "Liste 2"))
    through = web.get(f"/week/?day={day(1)}&list={cast.list2.pk}").content.decode()
    assert ("Borghild Å." in through, "Edvard M." in through) == (True, False)
    assert web.get(f"/week/?unit={cast.sør.pk}").status_code == 403
    assert web.get("/week/?day=yesterday").status_code == 200


def test_a_day_asks_the_database_as_often_for_forty_visits_as_for_three(
    tomorrow, web, django_assert_num_queries, django_assert_max_num_queries
):
    cast = tomorrow
    address = f"/week/?day={day(1)}"
    web.be(cast.liv).get(address)
    with django_assert_max_num_queries(25) as few:
        web.get(address)
    for number in range(40):
        citizen = make_citizen("B", f"C{number}", cast.nord)
        on_list = (
            cast.one if number % 2 else Round.objects.create(work_list=make_list(cast.nord, f"L{number}"), on=day(1))
        )
        make_visit(citizen, on_list, f"{8 + number % 6:02}:00")
    with django_assert_num_queries(len(few)):
        web.get(address)


def test_on_a_list_that_passes_midnight_the_small_hours_are_the_next_days(tomorrow, web):
    cast = tomorrow
    night = make_list(cast.nord, "Natt", "22:00", "07:00")
    web.be(cast.liv)
    filled = {"visits": [cast.wound.pk], "to_list": night.pk, "at": "02:00", "scope": "day"}
    web.post(page(cast), {**filled, "seen": seen_of(web, page(cast))})
    assert lies(cast.wound) == ("Natt", at("02:00", day(1)) + timedelta(days=1))
