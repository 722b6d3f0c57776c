"""The carer's pages: what stands on them, who may open them, and that they cost the same however long the list is."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from omtanke.access.models import Look
from omtanke.config.tests.cast import at, day, make_citizen, make_contact, make_list, make_shift, make_visit
from omtanke.people.models import Citizen
from omtanke.visits.models import BriefingRead, Note, Round, Visit


@pytest.fixture(autouse=True)
def _nine_in_the_morning(monkeypatch):
    nine = at("09:00")
    monkeypatch.setattr("django.utils.timezone.now", lambda: nine)


@pytest.fixture
def morning(cast):
    """Kari has list 1 with Astrid, whom she has met, and Edvard, whom she has not."""
    for employee in (cast.kari, cast.ola, cast.liv):
        make_shift(employee)
    give(cast.round1, cast.kari)
    been_there(cast.astrid, cast.list1, cast.kari, days_ago=3)
    cast.edvards_visit = make_visit(cast.edvard, cast.round1, "10:10", 25, "Sårstell")
    return cast


def give(round_, employee):
    Round.objects.filter(pk=round_.pk).update(taken_by=employee, taken_at=at("07:30"))


def been_there(citizen, work_list, employee, *, days_ago):
    round_, _new = Round.objects.get_or_create(
        work_list=work_list, on=day(-days_ago), defaults={"taken_by": employee, "taken_at": at("07:30", day(-days_ago))}
    )
    visit = make_visit(citizen, round_)
    start, end = at("09:15", round_.on), at("09:45", round_.on)
    Visit.objects.filter(pk=visit.pk).update(done_by=employee, started_at=start, ended_at=end)
    return visit


def page(name, *args):
    return reverse(f"visits:{name}", args=args)


def text(response):
    return response.content.decode()


def test_my_shift_has_my_visits_in_order_with_short_names_and_no_others(morning, web):
    make_visit(make_citizen("Ruth", "Solvang", morning.nord), morning.round2)
    said = text(web.be(morning.kari).get(page("my_shift"), headers={"accept-language": "en"}))
    assert said.index("Astrid N.") < said.index("Edvard M.")
    assert "Nilsen" not in said
    assert "Ruth" not in said


def test_a_first_visit_is_marked_until_the_briefing_is_read(morning, web):
    kari = web.be(morning.kari)
    briefing = page("briefing", morning.edvard.pk)
    assert text(kari.get(page("my_shift"))).count(briefing) == 1  # Edvard's, not Astrid's

    answer = kari.post(briefing, {"next": page("visit", morning.edvards_visit.pk)})
    assert answer.headers["Location"] == page("visit", morning.edvards_visit.pk)
    kari.post(briefing)
    assert BriefingRead.objects.filter(employee=morning.kari, citizen=morning.edvard).count() == 1
    assert briefing not in text(kari.get(page("my_shift")))


def test_the_briefing_leads_to_no_foreign_address(morning, web):
    answer = web.be(morning.kari).post(page("briefing", morning.edvard.pk), {"next": "https://example.org/"})
    assert answer.headers["Location"] == page("my_shift")


def test_what_the_next_one_must_read_stands_on_my_shift_and_what_i_have_seen_does_not(morning, web):
    for words, days_ago, for_next in [("Ny nøkkelboks", 1, True), ("Gammelt nytt", 5, True), ("God dag", 2, False)]:
        Note.objects.create(
            citizen=morning.astrid,
            author=morning.ola,
            text=words,
            for_next=for_next,
            written_at=at("12:00", day(-days_ago)),
        )
    said = text(web.be(morning.kari).get(page("my_shift")))
    assert "Ny nøkkelboks" in said
    assert "God dag" in said
    assert "Gammelt nytt" not in said  # she was there three days ago


def test_every_listed_citizen_is_in_the_read_log(morning, web):
    web.be(morning.kari).get(page("my_shift"))
    looked = Look.objects.filter(actor=morning.kari.user, what="visits:my_shift")
    assert set(looked.values_list("citizen_id", flat=True)) == {morning.astrid.pk, morning.edvard.pk}


def test_start_end_and_the_next_drive(morning, web):
    kari = web.be(morning.kari)
    kari.post(page("visit_start", morning.visit.pk))
    answer = kari.post(page("visit_end", morning.visit.pk), follow=True)
    assert Visit.objects.get(pk=morning.visit.pk).state == "done"
    assert answer.redirect_chain[-1][0] == page("my_shift")
    assert "Edvard M." in "".join(str(message) for message in answer.context["messages"])


def test_whoever_ends_a_visit_second_is_told_when_it_ended(morning, web):
    web.be(morning.kari).post(page("visit_start", morning.visit.pk))
    web.post(page("visit_end", morning.visit.pk))
    answer = web.be(morning.ola).post(page("visit_end", morning.visit.pk), follow=True)
    told = list(answer.context["messages"])[-1]
    assert (told.level_tag, "Kari Berg" in str(told)) == ("warning", True)


def test_an_empty_note_is_not_saved_and_the_ticked_box_stays(morning, web):
    answer = web.be(morning.kari).post(page("visit_write", morning.visit.pk), {"text": " ", "for_next": "on"})
    assert answer.status_code == 422
    assert "checked" in text(answer)
    assert not Note.objects.exists()


def test_a_button_pressed_twice_writes_one_note(morning, web):
    for _press in range(2):
        web.be(morning.kari).post(page("visit_write", morning.visit.pk), {"text": "Gikk tur", "for_next": "on"})
    note = Note.objects.get()
    assert (note.author, note.visit, note.for_next) == (morning.kari, morning.visit, True)


def test_why_a_visit_was_not_done_must_be_chosen(morning, web):
    kari, address = web.be(morning.kari), page("visit_not_done", morning.visit.pk)
    refused = kari.post(address, {"words": "Hos søsteren"})
    assert (refused.status_code, "Hos søsteren" in text(refused)) == (422, True)

    kari.post(address, {"why": "away", "words": "Hos søsteren"})
    visit = Visit.objects.get(pk=morning.visit.pk)
    assert (visit.not_done, visit.not_done_words) == ("away", "Hos søsteren")


def test_the_visit_book_is_searched_in_whatever_form_of_the_word(morning, web):
    for words in ("De gikk turer i går", "Sov lenge"):
        Note.objects.create(citizen=morning.astrid, author=morning.ola, text=words)
    said = text(web.be(morning.kari).get(page("visit_book", morning.astrid.pk), {"words": "turen"}))
    assert "De gikk turer" in said
    assert "Sov lenge" not in said


@pytest.mark.parametrize("name", ["visit_book", "citizen_week", "briefing"])
def test_nils_of_another_unit_finds_nobody(morning, web, name):
    make_shift(morning.nils)
    assert web.be(morning.nils).get(page(name, morning.astrid.pk)).status_code == 404
    assert web.be(morning.kari).get(page(name, morning.astrid.pk)).status_code == 200


def test_the_panel_comes_without_the_frame_of_the_page(morning, web):
    address = page("citizen_week", morning.astrid.pk)
    assert "<html" not in text(web.be(morning.kari).get(address, headers={"hx-request": "true"}))
    assert "<html" in text(web.be(morning.kari).get(address))


def test_the_list_on_paper_is_a_pdf_and_says_initials_only(morning, web):
    answer = web.be(morning.kari).get(page("print_round", morning.round1.pk))
    said = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "AN" in said
    assert "Astrid" not in said


def test_the_lists_name_those_i_am_contact_for_and_suggest_theirs(morning, web):
    Round.objects.update(taken_by=None, taken_at=None)
    answer = web.be(morning.kari).get(page("share_out"))
    [lists] = answer.context["units"]
    first = lists.offers[0]
    assert (first.round, first.primary_for, first.not_met) == (morning.round1, [morning.astrid], [morning.edvard])
    assert first.suggestion.why == "contact"
    assert "Nilsen" not in text(answer)


def test_the_coordinator_hands_out_what_is_left_and_kari_may_not(morning, web):
    address = page("hand_out", morning.round2.pk)
    assert web.be(morning.kari).post(address, {"to": morning.tor.pk}).status_code == 403
    web.be(morning.liv).post(address, {"to": morning.tor.pk})
    assert Round.objects.get(pk=morning.round2.pk).taken_by == morning.tor


def test_a_coordinator_hands_out_no_list_of_another_unit(morning, web):
    elsewhere = Round.objects.create(work_list=make_list(morning.sør), on=day(0))
    assert web.be(morning.liv).post(page("hand_out", elsewhere.pk), {"to": morning.tor.pk}).status_code == 403
    assert Round.objects.get(pk=elsewhere.pk).taken_by is None


def test_nobody_gives_back_anothers_list_except_whoever_plans_it(morning, web):
    address = page("give_back", morning.round1.pk)
    assert web.be(morning.ola).post(address).status_code == 403
    web.be(morning.liv).post(address)
    assert Round.objects.get(pk=morning.round1.pk).taken_by is None


def test_whoever_comes_second_to_a_list_reads_the_name_of_the_first(morning, web):
    answer = web.be(morning.ola).post(page("take_list", morning.round1.pk), follow=True)
    assert "Kari Berg" in str(next(iter(answer.context["messages"])))


def test_the_rotation_tells_who_had_which_list_and_only_in_my_unit(morning, web):
    been_there(morning.stranger, make_list(morning.sør, "Liste 9"), morning.nils, days_ago=1)
    rows = web.be(morning.ola).get(page("share_rotation")).context["rows"]
    assert [row.work_list for row in rows] == [morning.list1, morning.list2]
    assert (rows[0].had_by[-1], rows[0].had_by[-4], rows[1].had_by[-4]) == (morning.kari, morning.kari, None)


@pytest.mark.parametrize("day_said", ["2026-02-30", "tomorrow"])
def test_what_is_no_day_is_no_page(morning, web, day_said):
    assert web.be(morning.kari).get(page("my_shift"), {"on": day_said}).status_code == 404


def test_a_login_without_an_employee_is_told_so(morning, web):
    morning.kari.user, user = None, morning.kari.user
    morning.kari.save()
    assert web.be(user).get(page("my_shift")).status_code == 200


def number_of_queries(web, address):
    with CaptureQueriesContext(connection) as captured:
        assert web.get(address).status_code == 200
    return len(captured)


def more_life(cast, visits):
    """So many more visits on both lists: people met and not met, notes, contacts, two carers, history of the lists."""
    for number in range(visits):
        citizen = make_citizen(f"Person{number}", f"Nord{number}", cast.nord)
        Citizen.objects.filter(pk=citizen.pk).update(latitude=67.9 + number / 100)
        one, other = (make_visit(citizen, round_, "11:00") for round_ in (cast.round1, cast.round2))
        Visit.objects.filter(pk=one.pk).update(together_with=other)
        Note.objects.create(citizen=citizen, author=cast.ola, text="Nytt", for_next=bool(number % 2))
        if number % 3 == 0:
            make_contact(citizen, cast.kari)
            been_there(citizen, cast.list1, cast.kari, days_ago=2 + number % 5)


@pytest.mark.parametrize(
    "name", ["my_shift", "share_out", "read_round", "visit", "visit_book", "citizen_week", "briefing"]
)
def test_thirty_visits_cost_as_many_queries_as_three(morning, web, name):
    argument = {"read_round": morning.round1.pk, "visit": morning.visit.pk}.get(name, morning.astrid.pk)
    address = page(name) if name in {"my_shift", "share_out"} else page(name, argument)
    web.be(morning.kari)
    Note.objects.create(citizen=morning.astrid, author=morning.ola, text="Først")
    more_life(morning, 3)
    number_of_queries(web, address)  # what is looked up once and kept
    few = number_of_queries(web, address)
    more_life(morning, 30)
    for number in range(30):
        Note.objects.create(
            citizen=morning.astrid, author=morning.ola, text="Mer", written_at=at("08:00") - timedelta(hours=number)
        )
        been_there(morning.astrid, morning.list1, morning.kari, days_ago=1 + number % 12)
    assert number_of_queries(web, address) == few
