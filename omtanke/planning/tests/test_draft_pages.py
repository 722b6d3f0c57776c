"""Whoever plans a unit's lists asks for drafts and reads what they mean; nobody else does."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from omtanke.access.models import Look
from omtanke.config.tests.cast import day, make_citizen, make_visit
from omtanke.planning import ask, change, make
from omtanke.planning.models import Draft, DraftChange, DraftRule
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


def test_two_drafts_of_the_same_days_lie_side_by_side_and_others_do_not(web, tomorrow):
    one, other, today = made(tomorrow), made(tomorrow), made(tomorrow, 0)
    change.move_visit(
        other, tomorrow.morning.pk, tomorrow.olas.pk, at=None, stays=False, by=tomorrow.liv.user, on=day(0)
    )

    page = web.be(tomorrow.liv).get(reverse("planning:compare", args=[one.pk, other.pk])).content.decode()

    assert "1 av 2 besøk er hos en annen medarbeider" in page
    assert "Ola Lind → Kari Berg" in page
    assert web.get(reverse("planning:compare", args=[one.pk, today.pk])).status_code == 404


def test_moving_tells_what_it_means_first_and_after_and_refuses_with_the_reason(web, tomorrow):
    draft = made(tomorrow)
    page = reverse("planning:move_visit", args=[draft.pk, tomorrow.morning.pk])
    to_ola = {"shift": tomorrow.olas.pk, "stays": "on"}
    told = "Astrid N. møter sekundærkontakten, Ola Lind."

    look = web.be(tomorrow.liv).get(page, to_ola | {"look": "1"}, HTTP_HX_REQUEST="true").content.decode()
    assert told in look
    assert draft.visits.get(visit=tomorrow.morning).shift == tomorrow.karis

    assert told in web.post(page, to_ola | {"next": page_of(draft)}, follow=True).content.decode()
    assert draft.visits.get(visit=tomorrow.morning).shift == tomorrow.olas

    change.say(draft, "not_person", citizen=tomorrow.astrid, employee=tomorrow.kari, by=tomorrow.liv.user, on=day(0))
    refused = web.post(page, {"shift": tomorrow.karis.pk})
    assert refused.status_code == 409
    assert "Det er avtalt at Kari Berg ikke kommer til Astrid N." in refused.content.decode()
    assert web.be(tomorrow.kari).post(page, to_ola).status_code == 403


def test_a_wish_is_noted_with_who_said_it_and_taken_back(web, tomorrow):
    draft = made(tomorrow)
    page = reverse("planning:rules", args=[draft.pk])
    wish = {"employee": tomorrow.ola.pk, "citizen": tomorrow.astrid.pk, "said_by": "Astrid", "why": "Vi fisker sammen"}

    assert web.be(tomorrow.liv).post(page, wish | {"work_list": tomorrow.list1.pk}).status_code == 422
    assert "«Vi fisker sammen» · Astrid" in web.post(page, wish, follow=True).content.decode()

    rule = DraftRule.objects.get()
    web.post(reverse("planning:take_back_rule", args=[draft.pk, rule.pk]))
    rule.refresh_from_db()
    assert rule.gone_at
    assert web.be(tomorrow.kari).post(page, wish).status_code == 403


def test_not_this_carer_is_mended_at_once_and_undone_from_the_page_of_the_draft(web, tomorrow):
    draft = made(tomorrow)
    said = {"kind": "not_visit", "employee": tomorrow.kari.pk}
    web.be(tomorrow.liv).post(reverse("planning:not_this_carer", args=[draft.pk, tomorrow.morning.pk]), said)
    assert draft.visits.get(visit=tomorrow.morning).shift == tomorrow.olas

    undo = reverse("planning:undo_change", args=[draft.pk, DraftChange.objects.get().pk])
    assert undo in web.get(page_of(draft)).content.decode()
    web.post(undo)
    assert draft.visits.get(visit=tomorrow.morning).shift == tomorrow.karis


def test_the_pages_of_a_large_draft_ask_the_database_as_often_as_those_of_a_small_one(web, tomorrow):
    def asked(draft) -> list[int]:
        counts = []
        for name in ("planning:draft", "planning:use_draft"):
            with CaptureQueriesContext(connection) as queries:
                assert web.get(reverse(name, args=[draft.pk])).status_code == 200
            counts.append(len(queries))
        return counts

    web.be(tomorrow.liv).get(DRAFTS)
    small = asked(made(tomorrow))
    for n in range(10):
        make_visit(
            make_citizen(f"Anna{n}", "Ek", tomorrow.nord), tomorrow.round2, f"{8 + n // 2:02}:{n % 2 * 30:02}", 10
        )
    large = made(tomorrow)
    Draft.objects.exclude(pk=large.pk).delete()

    assert asked(large) == small
