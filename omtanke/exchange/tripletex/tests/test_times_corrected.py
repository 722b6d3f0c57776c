"""The senior puts the times right until the hours are booked, the leader afterwards with a reason: then the entry in
Tripletex changes by its version, and a locked month is told."""

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from omtanke.access import grants
from omtanke.access.models import Reason, Scope
from omtanke.befriending import correct_times as deed
from omtanke.befriending.models import ServiceVisit, TimesCorrected
from omtanke.befriending.tests.making import acting
from omtanke.befriending.visiting import AlreadyOtherwise
from omtanke.exchange.tripletex.models import Booked
from omtanke.exchange.tripletex.tests.conftest import BORGHILD, clock

State = Booked.State
MARCH_2 = ("Arne", "2026-03-02", BORGHILD)


@pytest.fixture
def visit(cast, service):
    """Arne's, with what his match opens."""
    visit = service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    opened = {"citizen_id": visit.citizen_id, "scope": Scope.VISITS}
    grants.begin([grants.Opening(cast.arne.user_id, Reason.VISITS, grants.cause(visit.match), **opened)], by=None)
    return visit


def correct(visit, by, ended="2026-03-02 12:30", began="2026-03-02 10:00", because=""):
    return deed.correct_times(
        visit, began=clock(began), ended=clock(ended), because=because, by=by.user, at=timezone.now()
    )


def test_arne_corrects_until_it_is_booked_and_the_database_refuses_him_after(cast, hours, visit):
    with acting(cast.arne.user):
        assert correct(visit, cast.arne, ended="2026-03-02 12:00").was_ended_at == clock("2026-03-02 11:30")
    hours.book()
    assert hours.there() == {MARCH_2: 2.0}

    with acting(cast.arne.user), pytest.raises(deed.HoursAreBooked):
        correct(visit, cast.arne)
    with pytest.raises(IntegrityError, match="are booked"), acting(cast.arne.user) as cursor:
        cursor.execute(f"UPDATE befriending_servicevisit SET ended_at = NULL WHERE id = {visit.pk}")
    visit.refresh_from_db()
    assert visit.ended_at == clock("2026-03-02 12:00")


def test_the_leader_corrects_with_a_reason_and_the_entry_changes_by_its_version(cast, hours, visit, tripletex):
    hours.book()
    with acting(cast.gudrun.user):
        with pytest.raises(deed.SayWhy):
            correct(visit, cast.gudrun, because="  ")
        made = correct(visit, cast.gudrun, because="Glemte å avslutte")
    assert (made.was_booked, made.because, made.by) == (True, "Glemte å avslutte", cast.gudrun.user)

    run = hours.look()
    assert hours.stand() == {MARCH_2: State.CHANGE}
    hours.book(run)
    assert hours.there() == {MARCH_2: 2.5}
    assert [entry["version"] for entry in tripletex.books.entries.values()] == [1]


def test_a_locked_month_is_told_and_the_correction_stands_here(cast, hours, visit, tripletex):
    hours.book()
    tripletex.books.locked_months.add((2026, 3))
    with acting(cast.gudrun.user):
        correct(visit, cast.gudrun, because="Glemte å avslutte")
    hours.look()
    assert (hours.stand(), hours.there()) == ({MARCH_2: State.LOCKED}, {MARCH_2: 1.5})
    visit.refresh_from_db()
    assert visit.ended_at == clock("2026-03-02 12:30")


def test_a_visit_without_an_end_gets_one_and_what_cannot_be_is_refused(cast, service):
    forgotten = service.visit("2026-03-03 10:00", "2026-03-03 11:00", ended_at=None)
    not_like_this = [
        {"ended": "2026-03-03 09:00"},
        {"ended": "2026-03-04 10:30"},
        {"began": "2026-03-12 10:00", "ended": "2026-03-12 11:00"},
    ]
    for said in not_like_this:
        with pytest.raises(deed.NotLikeThis):
            correct(forgotten, cast.arne, **{"began": "2026-03-03 10:00", **said})
    correct(forgotten, cast.arne, began="2026-03-03 10:05", ended="2026-03-03 11:20")
    assert (forgotten.began_at, forgotten.ended_at) == (clock("2026-03-03 10:05"), clock("2026-03-03 11:20"))
    assert correct(forgotten, cast.arne, began="2026-03-03 10:05", ended="2026-03-03 11:20") is None

    planned = service.visit("2026-03-05 10:00", "2026-03-05 11:00", began_at=None, ended_at=None)
    with pytest.raises(AlreadyOtherwise):
        correct(planned, cast.arne, began="2026-03-05 10:00", ended="2026-03-05 11:00")


def test_the_pages_tell_who_may_and_keep_what_stood_there(cast, web, hours, visit):
    mine = reverse("befriending:my_times", args=[visit.pk])
    theirs = reverse("befriending:correct_times", args=[visit.pk])
    said = {"began": "2026-03-02T10:00", "ended": "2026-03-02T12:00"}
    assert web.be(cast.turid).post(mine, said).status_code == 404
    assert web.be(cast.arne).post(theirs, said).status_code == 403
    web.post(mine, said)
    hours.book()
    told = web.get(mine).text
    assert "Gudrun Vold" in told
    assert 'name="ended"' not in told

    said["ended"] = "2026-03-02T12:15"
    web.be(cast.gudrun)
    assert web.post(theirs, said).status_code == 422
    web.post(theirs, said | {"because": "Bussen var sen"})
    assert "Bussen var sen" in web.get(theirs).text
    assert ServiceVisit.objects.get(pk=visit.pk).ended_at == clock("2026-03-02 12:15")
    assert list(TimesCorrected.objects.order_by("pk").values_list("by__name", "was_booked")) == [
        ("Arne Solli", False),
        ("Gudrun Vold", True),
    ]

    periods = reverse("tripletex:periods")
    assert "mars 2026: 1 rettelse" in web.be(cast.hilde).get(periods).text
    hours.book()
    assert "1 rettelse" not in web.get(periods).text
