"""What people know about the roads counts in the drives: between those hamlets, in those days, in that direction."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from omtanke.config.tests.cast import day, today
from omtanke.kernel.travel import Place
from omtanke.people.models import Hamlet
from omtanke.planning.models import RoadNotice
from omtanke.planning.road_notices import AlreadyOver, end_notice, give_notice
from omtanke.planning.travel import matrix

HERE, THERE, ELSEWHERE = Place(67.80, 15.00), Place(67.90, 15.10), Place(67.85, 15.30)
PLACES = {"a": HERE, "b": THERE, "c": ELSEWHERE}


@pytest.fixture
def hamlets(cast):
    names = ("Leinesfjord", "Bogøy", "Nordfold")
    return [
        Hamlet.objects.create(name=name, latitude=place.latitude, longitude=place.longitude)
        for name, place in zip(names, PLACES.values(), strict=True)
    ]


def notice(cast, here, there=None, **changes):
    told = {"both_ways": True, "since": day(-1), "until": None} | changes
    return give_notice(here, there, 25, "Ferja går sjelden", by=cast.liv.user, **told)


def more(*days):
    return (matrix(PLACES, days=days or [today()]) - matrix(PLACES)).tolist()


def test_a_ferry_between_two_hamlets_takes_longer_both_ways(cast, hamlets):
    notice(cast, hamlets[0], hamlets[1])
    assert more() == [[0, 25, 0], [25, 0, 0], [0, 0, 0]]


def test_a_closed_road_out_of_a_hamlet_counts_to_everywhere_else(cast, hamlets):
    notice(cast, hamlets[0], both_ways=False)
    assert more() == [[0, 25, 25], [0, 0, 0], [0, 0, 0]]


def test_it_counts_from_its_first_day_through_its_last(cast, hamlets):
    notice(cast, hamlets[0], hamlets[1], since=day(1), until=day(3))
    assert [more(day(n))[0][1] for n in range(4)] == [0, 25, 25, 0]


def test_of_several_days_the_slowest_counts_for_each_drive(cast, hamlets):
    notice(cast, hamlets[0], hamlets[1], since=day(2), until=day(3))
    notice(cast, hamlets[1], hamlets[2], since=day(4), until=day(5))
    assert more(*map(day, range(4))) == [[0, 25, 0], [25, 0, 0], [0, 0, 0]]
    assert more(*map(day, range(6))) == [[0, 25, 0], [25, 0, 25], [0, 25, 0]]


def test_a_person_lies_in_their_own_hamlet_whatever_is_nearest(cast, hamlets):
    notice(cast, hamlets[0], hamlets[1])
    where = {"a": HERE, "b": THERE}
    lies_in_nordfold = matrix(where, days=[today()], hamlets={"b": hamlets[2].pk})
    assert lies_in_nordfold.tolist() == matrix(where).tolist()


def test_what_has_ended_does_not_end_again(cast, hamlets):
    running, to_come = notice(cast, hamlets[0]), notice(cast, hamlets[1], since=day(2))
    end_notice(running, on=today())
    end_notice(to_come, on=today())
    assert more()[0] == [0, 0, 0]
    assert RoadNotice.objects.get() == running
    for over in (running, to_come):
        with pytest.raises(AlreadyOver):
            end_notice(over, on=today())


def test_no_way_leads_from_a_hamlet_to_itself(cast, hamlets):
    with pytest.raises(IntegrityError), transaction.atomic():
        notice(cast, hamlets[0], hamlets[0])


def test_liv_notes_the_ferry_and_ends_it_and_kari_may_not(cast, web, hamlets):
    page = reverse("planning:road_notices")
    given = {"why": "Ferja til Bogøy", "from_hamlet": hamlets[0].pk, "minutes": 25, "since": str(today())}
    assert web.be(cast.kari).get(page).status_code == 403
    assert web.be(cast.kari).post(page, given).status_code == 403
    assert not RoadNotice.objects.exists()

    answer = web.be(cast.liv).post(page, given, follow=True)
    assert "Ferja til Bogøy" in answer.content.decode()
    noted = RoadNotice.objects.get()
    assert (noted.by, noted.to_hamlet, noted.both_ways, noted.until) == (cast.liv.user, None, True, None)

    over = reverse("planning:end_road_notice", args=[noted.pk])
    assert web.be(cast.kari).post(over).status_code == 403
    web.be(cast.liv).post(over)
    assert not RoadNotice.objects.exists()  # it began today, so it never came to hold


def test_what_does_not_fit_is_said_and_kept(cast, web, hamlets):
    given = {"why": "Is i bakken", "from_hamlet": hamlets[0].pk, "to_hamlet": hamlets[0].pk, "minutes": 10}
    days = {"since": str(today()), "last_day": str(day(-1))}
    answer = web.be(cast.liv).post(reverse("planning:road_notices"), given | days)
    assert {"to_hamlet", "last_day"} == set(answer.context["form"].errors)
    assert "Is i bakken" in answer.content.decode()
