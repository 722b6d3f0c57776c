"""Whoever plans a unit's lists asks for drafts and reads what they mean; nobody else does."""

from django.urls import reverse

from omtanke.access.models import Look
from omtanke.planning import ask, make
from omtanke.planning.models import Draft
from omtanke.planning.tests.draft_of import asked, made

DRAFTS = reverse("planning:drafts")


def page_of(draft: Draft) -> str:
    return reverse("planning:draft", args=[draft.pk])


def test_liv_asks_for_next_week_and_carers_and_other_units_may_not(web, cast):
    for person in (cast.kari, cast.nils, cast.admin, cast.petra):
        response = web.be(person).post(reverse("planning:new_draft"), {"unit": cast.nord.pk, "days": "week"})
        assert response.status_code == 403
    assert not Draft.objects.exists()

    response = web.be(cast.liv).post(reverse("planning:new_draft"), {"unit": cast.nord.pk, "days": "week"})

    draft = Draft.objects.get()
    assert response.url == page_of(draft)
    assert (draft.first.weekday(), (draft.last - draft.first).days, draft.state) == (0, 6, Draft.State.WAITING)
    assert web.post(reverse("planning:new_draft"), {"unit": cast.sør.pk, "days": "week"}).status_code == 403


def test_while_it_is_made_the_page_asks_how_far_it_is_and_then_shows_itself_anew(web, tomorrow):
    draft = asked(tomorrow)
    progress = {"part": "progress"}
    response = web.be(tomorrow.liv).get(page_of(draft), progress, HTTP_HX_REQUEST="true")
    assert "hx-trigger" in response.content.decode()

    make.make(draft.pk)

    assert web.get(page_of(draft), progress, HTTP_HX_REQUEST="true")["HX-Refresh"] == "true"


def test_ready_it_tells_before_and_after_by_name_and_the_look_is_logged(web, tomorrow):
    draft = made(tomorrow)

    page = web.be(tomorrow.liv).get(page_of(draft)).content.decode()

    assert "Listene slik de er" in page
    assert "Edvard M." in page
    assert Look.objects.filter(citizen_id=tomorrow.astrid.pk, what="planning:draft").exists()
    assert web.be(tomorrow.kari).get(page_of(draft)).status_code == 403
    assert web.be(tomorrow.nils).get(page_of(draft)).status_code == 403


def test_a_draft_that_failed_says_why_and_can_be_tried_again(web, tomorrow):
    tomorrow.karis.delete()
    tomorrow.olas.delete()
    draft = made(tomorrow)

    page = web.be(tomorrow.liv).get(page_of(draft)).content.decode()
    assert "Ingen er på jobb i denne enheten" in page

    web.post(reverse("planning:steer_draft", args=[draft.pk, "run-again"]))
    draft.refresh_from_db()
    assert draft.state == Draft.State.WAITING


def test_put_away_it_is_out_of_sight_and_what_comes_too_late_is_told(web, tomorrow):
    draft = made(tomorrow)
    page = web.be(tomorrow.liv).post(reverse("planning:steer_draft", args=[draft.pk, "put-away"]), follow=True)
    assert page_of(draft) not in page.content.decode()

    stopped = web.post(reverse("planning:steer_draft", args=[draft.pk, "stop"]), follow=True)
    assert "Det går ikke lenger" in stopped.content.decode()


def test_the_drafts_of_the_unit_lie_on_one_page(web, tomorrow):
    draft = made(tomorrow)
    again = ask.ask_again(draft, by=tomorrow.liv.user, at=draft.asked_at)

    page = web.be(tomorrow.liv).get(DRAFTS).content.decode()

    assert page_of(draft) in page
    assert page_of(again) in page
