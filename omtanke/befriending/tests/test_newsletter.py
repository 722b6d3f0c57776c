"""The newsletter: nobody reads a draft, everybody a published one, and the month's meetings stand in it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from omtanke.befriending import newsletter as deeds
from omtanke.befriending.models import Newsletter
from omtanke.befriending.team_meeting import call_meeting
from omtanke.config.tests.cast import at

NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def draft(cast):
    new = deeds.begin_newsletter(NOVEMBER, "Seniorposten", by=cast.hilde.user, at=timezone.now())
    pieces = [("Takk for laget", "Tre nye seniorer er i gang."), ("Messe", "Vi står på eldremessen.")]
    deeds.write(new, title="Seniorposten", lead="Høst!", pieces=pieces, by=cast.hilde.user, at=timezone.now())
    return new


def of(year, month):
    return reverse("befriending:newsletter_of", args=[year, month])


def test_a_draft_is_nobodys_and_a_published_one_everybodys_until_it_is_taken_back(cast, web, draft):
    assert web.get(of(2026, 11)).status_code == 404
    assert "Takk for laget" not in web.get(reverse("befriending:newsletter")).text
    deeds.publish(draft, by=cast.hilde.user, at=timezone.now())
    with pytest.raises(deeds.AlreadyPublished):
        deeds.publish(draft, by=cast.hilde.user, at=timezone.now())
    with pytest.raises(deeds.AlreadyPublished):
        deeds.write(draft, title="X", lead="", pieces=[], by=cast.hilde.user, at=timezone.now())
    for page in (of(2026, 11), reverse("befriending:newsletter")):
        assert "Tre nye seniorer er i gang." in web.get(page).text
    assert web.get(reverse("befriending:newsletter_paper", args=[2026, 11])).content.startswith(b"%PDF")
    deeds.take_back(draft)
    assert web.get(of(2026, 11)).status_code == 404


def test_the_months_meetings_stand_in_it_without_the_address_of_the_video_meeting(cast, web, draft):
    for on, place in ((date(2026, 11, 12), "Kirkestua"), (date(2026, 12, 3), "Rådhuset")):
        starts = at("10:00", on)
        facts = {"department": cast.seniorene, "theme": "ethics", "starts": starts, "place": place}
        facts |= {"ends": starts + timedelta(hours=1), "link": "https://mote.example.org/hemmelig"}
        call_meeting(facts, by=cast.hilde.user, at=timezone.now())
    deeds.publish(draft, by=cast.hilde.user, at=timezone.now())
    shown = web.get(of(2026, 11)).text
    assert "Kirkestua" in shown
    assert "Rådhuset" not in shown
    assert "hemmelig" not in shown


def test_nothing_is_published_without_looking_through_it_or_empty(cast, web, draft):
    publish = reverse("befriending:publish_newsletter", args=[draft.pk])
    web.be(cast.hilde).post(publish)
    assert not Newsletter.objects.published().exists()
    web.post(publish, {"no_persons": "yes"})
    assert Newsletter.objects.published().get() == draft
    empty = deeds.begin_newsletter(date(2026, 12, 1), "Seniorposten", by=cast.hilde.user, at=timezone.now())
    with pytest.raises(deeds.NothingToPublish):
        deeds.publish(empty, by=cast.hilde.user, at=timezone.now())


def test_one_newsletter_a_month_and_the_second_comes_to_the_first(cast, web, draft):
    with pytest.raises(deeds.MonthHasOne):
        deeds.begin_newsletter(date(2026, 11, 20), "Nok en", by=cast.hilde.user, at=timezone.now())
    answer = web.be(cast.hilde).post(reverse("befriending:newsletters"), {"month": "2026-11", "title": "Nok en"})
    assert answer["Location"] == reverse("befriending:write_newsletter", args=[draft.pk])


def test_the_office_writes_it_and_seniors_read_it(cast, web, draft):
    write = reverse("befriending:write_newsletter", args=[draft.pk])
    said = {"title": "Seniorposten", "lead": "Vinter!", "heading_1": "Is på veien", "text_1": "Ta med brodder."}
    assert web.be(cast.admin).post(write, said | {"text_2": "Uten tittel"}).status_code == 422
    web.post(write, said)
    draft.refresh_from_db()
    assert [(one.heading, one.text) for one in draft.pieces.all()] == [("Is på veien", "Ta med brodder.")]
    assert web.be(cast.arne).get(write).status_code == 403
    assert web.be(cast.kari).get(write).status_code == 403


@pytest.mark.parametrize("address", ["/newsletter/2026/13/", "/newsletter/0/1/", "/newsletter/2026/0/"])
def test_a_month_that_is_none_is_no_page(db, web, address):
    assert web.get(address).status_code == 404
