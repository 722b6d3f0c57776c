"""The carer's pages: my shift, the visit, the visit book, the briefing."""

import pytest
from django.urls import reverse

from omtanke.access.models import Look
from omtanke.config.tests.cast import at, make_shift, today
from omtanke.visits.models import Round


@pytest.fixture(autouse=True)
def _nine_in_the_morning(monkeypatch):
    nine = at("09:00")
    monkeypatch.setattr("django.utils.timezone.now", lambda: nine)


@pytest.fixture
def kari_has_list_1(cast):
    make_shift(cast.kari)
    Round.objects.filter(pk=cast.round1.pk).update(taken_by=cast.kari, taken_at=at("07:30"))
    return cast


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("page", ["my_shift", "share_out"])
def test_pages_open(cast, web, page):
    make_shift(cast.kari)
    response = web.be(cast.kari).get(reverse(f"visits:{page}"))
    assert response.status_code == 200


def test_visit_pages(kari_has_list_1, web):
    cast = kari_has_list_1
    me = web.be(cast.kari)
    for name, pk in [
        ("my_shift", None),
        ("visit", cast.visit.pk),
        ("visit_not_done", cast.visit.pk),
        ("briefing", cast.astrid.pk),
        ("visit_book", cast.astrid.pk),
        ("citizen_week", cast.astrid.pk),
        ("read_round", cast.round1.pk),
        ("print_round", cast.round1.pk),
    ]:
        response = me.get(reverse(f"visits:{name}", args=[pk] if pk else []))
        assert response.status_code == 200, name
        assert Look.objects.filter(what=f"visits:{name}", citizen_id=cast.astrid.pk, at__date=today()).exists(), name
