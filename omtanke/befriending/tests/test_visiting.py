"""A visit on the phone: begun and ended by the senior whose it is, written up, or not done with a reason."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from omtanke.befriending import visiting as deeds
from omtanke.befriending.after_visit import messages_about
from omtanke.befriending.matching import end_match, match
from omtanke.befriending.models import ServiceVisit
from omtanke.befriending.tests.making import read_plan, ready
from omtanke.befriending.tests.visits_of_seniors import planned
from omtanke.befriending.what_to_know import what_to_know
from omtanke.config.tests.cast import at, day, today


@pytest.fixture
def visit(cast):
    return planned(cast, ready(cast), at("11:00"))


def page(visit, name="visit"):
    return reverse(f"befriending:{name}", args=[visit.pk])


def test_begun_ended_and_written_once_each_and_only_by_arne(cast, visit):
    with pytest.raises(deeds.AlreadyOtherwise):
        deeds.begin(visit, by=cast.turid.user, at=at("11:00"))
    with pytest.raises(deeds.AlreadyOtherwise):
        deeds.write(visit, "Før vi begynte", by=cast.arne.user)
    deeds.begin(visit, by=cast.arne.user, at=at("11:02"))
    with pytest.raises(deeds.AlreadyOtherwise):
        deeds.begin(visit, by=cast.arne.user, at=at("11:05"))
    deeds.end(visit, by=cast.arne.user, at=at("12:30"))
    deeds.write(visit, " Vi gikk ned til kaia. ", by=cast.arne.user)
    assert (visit.began_at, visit.ended_at, visit.report) == (at("11:02"), at("12:30"), "Vi gikk ned til kaia.")
    with pytest.raises(deeds.AlreadyOtherwise):
        deeds.say_not_done(visit, "Sa nei i dag", by=cast.arne.user)


def test_a_visit_is_begun_on_its_day_or_in_the_week_after(cast, visit):
    for early_or_late in (at("09:00", day(-1)), at("11:00", day(8))):
        with pytest.raises(deeds.NotOnThisDay):
            deeds.begin(visit, by=cast.arne.user, at=early_or_late)
    deeds.begin(visit, by=cast.arne.user, at=at("20:00", day(7)))
    assert visit.began_at == at("20:00", day(7))


def test_a_slip_of_the_finger_is_taken_back(cast, visit):
    deeds.begin(visit, by=cast.arne.user, at=at("11:02"))
    deeds.end(visit, by=cast.arne.user, at=at("11:03"))
    deeds.take_back_end(visit, by=cast.arne.user, at=at("11:04"))
    assert (visit.began_at, visit.ended_at) == (at("11:02"), None)
    deeds.take_back_begin(visit, by=cast.arne.user)
    deeds.say_not_done(visit, "Var ikke hjemme", by=cast.arne.user)
    assert deeds.state_of(visit) == "not_done"
    deeds.take_back_not_done(visit, by=cast.arne.user)
    assert deeds.state_of(visit) == "planned"


def test_what_was_written_before_stays_in_the_history(cast, visit):
    deeds.begin(visit, by=cast.arne.user, at=at("11:02"))
    deeds.write(visit, "Første utgave", by=cast.arne.user)
    deeds.write(visit, "Andre utgave", by=cast.arne.user)
    assert "Første utgave" in set(ServiceVisit.pgh_event_model.objects.values_list("report", flat=True))


def test_the_message_to_the_relative_never_holds_what_is_in_the_book(cast, visit):
    visit.report = "Hun gråt da hun snakket om båten."
    found = messages_about(visit)
    assert len(found) == 3
    for one in found:
        assert "Borghild" in one.words
        assert "gråt" not in one.words
        assert one.address.startswith("sms:44102030")
        assert "Strand" not in one.words
    visit.order.phone = ""
    assert messages_about(visit) == []


def test_what_to_know_is_what_was_said_and_was_asked(cast, visit):
    known = what_to_know(visit.order)
    said = " ".join(one.answer for one in known.before)
    assert "Båt og fiske" in said
    assert "Salget av båten" in said
    assert "Kristin Strand" in known.calling[0].answer
    assert len(known.before) == 4  # likes, avoid, tired, fallen; "falls" is not asked where nobody has fallen


def test_arne_goes_through_a_visit_on_his_phone(cast, web, visit):
    ServiceVisit.objects.filter(pk=visit.pk).update(planned_start=timezone.now())
    web.be(cast.arne)
    assert "Borghild S." in web.get(reverse("befriending:my_visits")).text
    shown = web.get(page(visit))
    assert "Båt og fiske" in shown.text
    web.post(page(visit, "begin_visit"))
    web.post(page(visit, "end_visit"))
    assert web.post(page(visit), {"report": "  "}).status_code == 422
    web.post(page(visit), {"report": "Kryssord og to runder på trappa."})
    web.post(page(visit, "told_kin"))
    visit.refresh_from_db()
    assert visit.report == "Kryssord og to runder på trappa."
    assert visit.kin_told_at >= visit.ended_at >= visit.began_at


def test_why_not_is_chosen_and_something_else_wants_words(cast, web, visit):
    web.be(cast.arne)
    assert web.post(page(visit, "no_visit"), {"why": "other", "words": " "}).status_code == 422
    assert web.post(page(visit, "no_visit"), {"words": "Hun sov"}).status_code == 422
    web.post(page(visit, "no_visit"), {"why": "declined", "words": "Ville hvile."})
    visit.refresh_from_db()
    assert visit.not_done_because.endswith(". Ville hvile.")


def test_nobody_else_opens_arnes_visit_and_he_not_after_the_match_has_ended(cast, web, visit):
    cast.turid  # noqa: B018 - made when asked for
    for other in (cast.turid,):
        assert web.be(other).get(page(visit)).status_code == 404
        assert web.post(page(visit, "begin_visit")).status_code == 404
    assert web.be(cast.gudrun).get(page(visit)).status_code == 403
    ServiceVisit.objects.filter(pk=visit.pk).update(planned_start=at("11:00", day(-1)))
    assert web.be(cast.arne).get(page(visit)).status_code == 200
    end_match(visit.match, because="Flytter", by=cast.gudrun.user, at=timezone.now(), on=today())
    assert web.be(cast.arne).get(page(visit)).status_code == 404
    assert "Borghild" not in web.get(reverse("befriending:my_visits")).text


def test_earlier_entries_of_a_colleague_are_read_by_date_by_whoever_visits_now(cast, web, visit):
    deeds.begin(visit, by=cast.arne.user, at=at("11:02"))
    deeds.write(visit, "Vi så på bilder fra hurtigruta.", by=cast.arne.user)
    ServiceVisit.objects.filter(pk=visit.pk).update(planned_start=timezone.now() - timedelta(days=7))
    with_turid = match(visit.order, cast.turid, by=cast.gudrun.user, on=today())
    read_plan(with_turid)
    hers = planned(cast, with_turid, timezone.now() + timedelta(minutes=5))
    shown = web.be(cast.turid).get(page(hers))
    assert "Vi så på bilder fra hurtigruta." in shown.text
    assert "Arne Solli" in shown.text
