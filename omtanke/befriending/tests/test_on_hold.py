"""A criterion is not met any more: planned visits are on hold, none begins, and they go on when it is met again."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from omtanke.befriending import before
from omtanke.befriending import visiting as deeds
from omtanke.befriending.models import Criterion, ServiceVisit
from omtanke.befriending.on_hold import held, on_hold
from omtanke.befriending.tests.making import acting, judged, make_order, ready, taken_on, talked
from omtanke.befriending.tests.visits_of_seniors import planned
from omtanke.config.tests.cast import at, day

CALM = Criterion.Kind.CALM


@pytest.fixture
def visit(cast):
    """Tomorrow's, so that every hour of today comes before it."""
    return planned(cast, ready(cast), at("11:00", day(1)))


def fall_away(cast, visit, when="09:00"):
    before.judge(visit.order, CALM, met=False, words="To ganger", by=cast.hilde.user, at=at(when, day(1)))


def test_no_visit_begins_while_a_criterion_is_not_met_and_it_is_taken_up_again(cast, visit):
    fall_away(cast, visit)
    assert held([visit]) == {visit.pk}
    with pytest.raises(deeds.OnHold):
        deeds.begin(visit, by=cast.arne.user, at=at("11:00", day(1)))
    visit.refresh_from_db()
    assert (visit.began_at, visit.not_done_because) == (None, "")

    judged(cast, visit.order)
    assert held([visit]) == set()
    deeds.begin(visit, by=cast.arne.user, at=at("11:00", day(1)))
    assert visit.began_at


def test_the_database_refuses_it_past_every_page(cast, visit):
    fall_away(cast, visit)
    begin = f"UPDATE befriending_servicevisit SET began_at = '{at('11:00', day(1)).isoformat()}' WHERE id = {visit.pk}"
    with pytest.raises(IntegrityError, match="on hold"), acting(cast.arne.user) as cursor:
        cursor.execute(begin)
    with pytest.raises(IntegrityError, match="on hold"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(begin)  # nor as the owner
    judged(cast, visit.order)
    with acting(cast.arne.user) as cursor:
        cursor.execute(begin)
        assert cursor.rowcount == 1


def test_what_was_carried_out_before_it_fell_away_is_still_written_up(cast, visit):
    fall_away(cast, visit, "15:00")
    deeds.begin(visit, by=cast.arne.user, at=at("11:00", day(1)))
    deeds.end(visit, by=cast.arne.user, at=at("12:00", day(1)))
    assert visit.ended_at == at("12:00", day(1))


def test_the_leader_sees_who_has_it_and_what_to_do_and_the_senior_whom_to_ask(cast, web, visit):
    order = reverse("befriending:order", args=[visit.order_id])
    orders = reverse("befriending:orders")
    assert "på vent" not in web.be(cast.gudrun).get(orders).text
    before.judge(visit.order, CALM, met=False, words="To ganger", by=cast.hilde.user, at=timezone.now())

    listed = web.get(orders).text
    assert "Besøk er på vent" in listed
    assert "1 besøk venter" in listed
    shown = web.get(order).text
    for words in ("To ganger", "Hilde", "Arne Solli", "Hva du kan gjøre", "på vent; planlagt til"):
        assert words in shown

    his = web.be(cast.arne).get(reverse("befriending:visit", args=[visit.pk])).text
    assert "Dette besøket blir ikke av foreløpig" in his
    assert "Gudrun Vold" in his
    assert "To ganger" not in his  # why is not for everybody
    assert "Start besøket" not in his
    assert "Det blir besøk likevel" not in his  # that is not for them to say
    assert "På vent" in web.get(reverse("befriending:my_visits")).text


def test_what_waits_can_be_taken_out_with_a_reason_and_only_while_it_waits(cast, web, visit):
    page = reverse("befriending:take_out_waiting", args=[visit.order_id])
    web.be(cast.gudrun).post(page, {"because": "Flytter"})
    visit.refresh_from_db()
    assert visit.not_done_because == ""
    before.judge(visit.order, CALM, met=False, words="", by=cast.hilde.user, at=timezone.now())
    web.post(page, {"because": " "})
    assert ServiceVisit.objects.filter(pk=visit.pk, not_done_because="").exists()
    assert web.be(cast.arne).post(page, {"because": "Nei"}).status_code == 403

    web.be(cast.gudrun).post(page, {"because": "Vi finner på noe annet"})
    visit.refresh_from_db()
    assert visit.not_done_because == "Vi finner på noe annet"
    assert on_hold([visit.order]) == []


def test_the_list_of_orders_asks_the_database_as_often_however_many_orders_there_are(cast, web, visit):
    web.be(cast.gudrun).get(reverse("befriending:orders"))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert web.get(reverse("befriending:orders")).status_code == 200
        return len(queries)

    one = asked()
    for n in range(4):
        make_order(cast, first_name=f"Anna{n}")
        taken_on(cast, first_name=f"Berit{n}")
        talked(cast, taken_on(cast, first_name=f"Clara{n}"))
    assert asked() == one
