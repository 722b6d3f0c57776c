"""The demo municipality: the same for the same seed, always around today, and safe to load again and again."""

from collections import Counter
from datetime import date, timedelta

import phonenumbers
import pytest
from django.db import transaction
from django.db.models import Count
from django.urls import NoReverseMatch, reverse

from omtanke.access.actor import Actor
from omtanke.access.models import Grant, User
from omtanke.care.models import Decision, NamedContact, Service
from omtanke.config.demo import rota, staff
from omtanke.config.demo.load import NotTheDemo, Outcome, When, forget, load
from omtanke.config.demo.today import CHOOSE_THEMSELVES
from omtanke.config.demo_people import demo_cast
from omtanke.config.views import FIRST_PAGES
from omtanke.people.models import Belonging, Citizen, Employee, Portrait, Tie, Unit
from omtanke.visits.models import Note, Round, Shift, Visit

A_TUESDAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Loaded once for all tests here, in a transaction around theirs."""
    when = When.of(A_TUESDAY)
    with django_db_blocker.unblock(), transaction.atomic():
        load(seed=1, when=when)
        yield when
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db) -> When:
    return loaded


def fingerprint() -> list:
    """What somebody would notice if it were different."""
    return [
        list(Citizen.objects.order_by("pk").values_list("first_name", "last_name", "born", "national_id", "address")),
        list(Portrait.objects.order_by("citizen_id").values_list("what_matters", "good_to_know", "life_story")),
        list(Tie.objects.order_by("pk").values_list("name", "relation", "contributes")),
        list(Shift.objects.order_by("starts", "employee__number").values_list("employee__number", "starts", "code")),
        list(
            Visit.objects.order_by("citizen__sort_name", "planned_start", "second_carer", "started_at").values_list(
                "citizen__sort_name", "planned_start", "started_at", "ended_at"
            )
        ),
        list(
            Note.objects.order_by("citizen__sort_name", "written_at", "text").values_list(
                "citizen__sort_name", "text", "written_at"
            )
        ),
    ]


def test_the_same_seed_gives_the_same_municipality_and_another_seed_another(demo):
    first = fingerprint()
    load(seed=1, when=demo, reset=True)
    assert fingerprint() == first
    load(seed=2, when=demo, reset=True)
    assert fingerprint()[0] != first[0]


def test_it_has_the_numbers_of_a_municipality_like_it(demo):
    ages = [citizen.age(demo.on) for citizen in Citizen.objects.all()]
    assert (len(ages), min(ages) >= 60, max(ages) <= 105) == (866, True, True)
    assert Counter(Unit.objects.values_list("kind", flat=True)) == {
        "zone": 3, "sheltered_housing": 1, "senior_centre": 1, "practical_help": 1, "visit_service": 1
    }  # fmt: skip
    served = Decision.objects.current(demo.on)
    with_service = {
        service: served.filter(service=service).values("citizen").distinct().count()
        for service in (Service.HOME_NURSING, Service.PRACTICAL_HELP)
    }
    assert with_service == {Service.HOME_NURSING: 70, Service.PRACTICAL_HELP: 61}
    assert served.values("citizen").distinct().count() == 100
    assert Employee.objects.count() == 51  # five of them of the visit service


def test_only_those_with_services_belong_somewhere(demo):
    of_care = Belonging.objects.current(demo.on).exclude(unit__kind="visit_service")
    assert of_care.values("citizen").distinct().count() == 100


def test_there_is_something_to_mend_for_the_coordinator(demo):
    served = Citizen.objects.filter(decisions__isnull=False).distinct()
    contacts = NamedContact.objects.current(demo.on)
    assert served.exclude(pk__in=contacts.primary().values("citizen")).count() == 4
    assert served.exclude(pk__in=contacts.exclude(role="primary").values("citizen")).count() == 7
    assert Decision.objects.current(demo.on).filter(recurring_visits=None).count() == 3


def test_nobody_is_in_two_places_at_once(demo):
    done = Visit.objects.filter(started_at__isnull=False).order_by("done_by", "started_at")
    busy_until: dict[int, object] = {}
    for visit in done:
        assert busy_until.get(visit.done_by_id, visit.started_at) <= visit.started_at
        busy_until[visit.done_by_id] = visit.ended_at or demo.now
    planned = Visit.objects.filter(on__gt=demo.on).order_by("round", "planned_start")
    ends: dict[int, object] = {}
    for visit in planned:
        assert ends.get(visit.round_id, visit.planned_start) <= visit.planned_start
        ends[visit.round_id] = visit.planned_start + timedelta(minutes=visit.minutes)


def test_six_weeks_lie_behind_and_four_ahead(demo):
    first, last = (Visit.objects.order_by(order)[0].on for order in ("on", "-on"))
    assert (first, last) == (demo.on - timedelta(weeks=6), demo.on + timedelta(weeks=4))
    past = Visit.objects.filter(on__lt=demo.on)
    assert not past.still_to_do().exists()
    assert past.exclude(not_done="").exists()
    assert Round.objects.filter(on=demo.on, taken_by=None, visits__isnull=False).exists()
    assert Round.objects.filter(on=demo.on, taken_by__isnull=False).exists()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_place_of_the_rota_is_filled_on_every_day_of_the_cycle(seed):
    unit_of = {person.name: person.unit for person in staff.STAFF}
    for day, works in rota.patterns(seed).items():
        wanted = rota.WEEKENDS if day % 7 > 4 else rota.WEEKDAYS
        for unit, codes in wanted.items():
            have = sorted(code for name, code in works.items() if unit_of[name] == unit)
            assert have == sorted(codes), (unit, day)


@pytest.mark.parametrize("days_on", [0, 4, 5], ids=["Tuesday", "Saturday", "Sunday"])
def test_those_of_the_first_page_are_at_work_whatever_the_weekday(demo, days_on):
    on = demo.on + timedelta(days=days_on)
    load(seed=1, when=When.of(on))
    for name in staff.ALWAYS_TODAY:
        assert Shift.objects.filter(employee__user__name=name, starts__date=on, code="D").count() == 1, name


def test_the_numbers_belong_to_nobody(demo):
    for number in Citizen.objects.values_list("national_id", flat=True):
        assert 81 <= int(number[2:4]) <= 92
    phones = [*Citizen.objects.values_list("phone", flat=True), *Employee.objects.values_list("phone", flat=True)]
    phones += [
        *Unit.objects.values_list("phone", flat=True),
        *Tie.objects.exclude(phone="").values_list("phone", flat=True),
    ]
    assert not [p for p in phones if phonenumbers.is_valid_number(phonenumbers.parse(p, "NO"))]


def test_no_two_people_share_a_name_and_no_two_with_services_a_first_name_in_a_unit(demo):
    names = Counter(Citizen.objects.values_list("first_name", "last_name"))
    assert max(names.values()) == 1
    for unit in Unit.objects.all():
        firsts = Counter(Citizen.objects.of_unit(unit.pk, demo.on).values_list("first_name", flat=True))
        assert max(firsts.values()) == 1, unit


def test_everybody_has_words_of_their_own(demo):
    for field in ("what_matters", "life_story"):
        assert max(Counter(Portrait.objects.values_list(field, flat=True)).values()) <= 2, field
    again = Note.objects.values("citizen", "text").annotate(times=Count("pk")).filter(times__gt=2)
    assert not again.exists()


def test_astrid_has_kari_and_ola_and_nils_cannot_see_her(demo, web):
    astrid = Citizen.objects.get(first_name="Astrid", last_name="Nilsen")
    named = astrid.contacts.current(demo.on).order_by("role").values_list("role", "employee__first_name")
    assert list(named) == [("primary", "Kari"), ("secondary", "Ola")]
    assert NamedContact.objects.current(demo.on).primary().filter(employee__first_name="Kari").count() == 4
    nils = User.objects.get(email="nils@demo.example.org")
    assert not Grant.objects.filter(holder=nils, unit_id=Unit.objects.get(name="Nord-Steigen").pk).exists()


def test_loading_again_changes_nothing(demo):
    before = fingerprint()
    assert load(seed=1, when=demo) == Outcome.UNCHANGED
    assert fingerprint() == before


def test_a_week_later_it_rolls_forward_and_what_a_user_did_stays(demo):
    mine = Visit.objects.filter(on=demo.on + timedelta(days=2), round__work_list__name="Liste 1").first()
    kari = Employee.objects.get(first_name="Kari", last_name="Berg")
    Round.objects.filter(pk=mine.round_id).update(taken_by=kari)
    Visit.objects.filter(pk=mine.pk).update(not_done="declined", not_done_words="Ville heller på tur.")

    later = When.of(demo.on + timedelta(days=7))
    assert load(seed=1, when=later) == Outcome.ROLLED_FORWARD

    mine.refresh_from_db()
    assert mine.not_done_words == "Ville heller på tur."
    assert Visit.objects.order_by("-on")[0].on == later.on + timedelta(weeks=4)
    for name in staff.ALWAYS_TODAY:
        assert Shift.objects.filter(employee__user__name=name, starts__date=later.on, code="D").count() == 1
    left = Visit.objects.filter(on__lt=later.on).exclude(round=mine.round_id).still_to_do()
    assert not left.exists()
    assert load(seed=1, when=later) == Outcome.UNCHANGED


def test_other_peoples_data_is_never_touched(demo):
    User.objects.create_user("leder@kommune.example.no", name="Noen Andre")
    with pytest.raises(NotTheDemo):
        load(seed=1, when=demo, reset=True)
    assert Citizen.objects.count() == 866


def test_it_does_not_move_in_where_somebody_lives_already(demo):
    forget()
    Citizen.objects.create(first_name="Noen", last_name="Andre")
    with pytest.raises(NotTheDemo):
        load(seed=1, when=demo)


def test_the_first_page_lists_ten_people_those_with_most_to_show_first(demo):
    assert [person.name for person in demo_cast()] == [*staff.FIRST_PAGE, *staff.OF_THE_VISIT_SERVICE]


@pytest.mark.parametrize("name", [*staff.FIRST_PAGE, *staff.OF_THE_VISIT_SERVICE])
def test_everybody_of_the_first_page_has_a_first_page_that_works(demo, web, name):
    actor = Actor.of(User.objects.get(email=staff.address_of(name)))
    first_page = next(page for permission, page in FIRST_PAGES if actor.may(permission))
    try:
        address = reverse(first_page)
    except NoReverseMatch:
        pytest.skip(f"{first_page} is not built yet")
    answer = web.be(actor.user).get(address)
    assert answer.status_code == 200
    assert name in answer.content.decode()


@pytest.mark.parametrize("name", CHOOSE_THEMSELVES)
def test_the_four_of_the_day_have_no_list_yet_and_one_to_choose(demo, name):
    employee = Employee.objects.get(user__name=name)
    today = Round.objects.filter(on=demo.on, visits__isnull=False)
    assert not today.filter(taken_by=employee).exists()
    assert today.filter(work_list__unit=employee.unit, taken_by=None).exists()


def test_tor_can_meet_several_people_for_the_first_time_today(demo):
    tor = Employee.objects.get(user__name=staff.TOR)
    free = Visit.objects.filter(on=demo.on, round__taken_by=None, round__work_list__unit=tor.unit)
    today = free.values_list("citizen", flat=True).distinct()
    met = Visit.objects.filter(on__lt=demo.on, done_by=tor).values_list("citizen", flat=True)
    assert len(set(today) - set(met)) >= 3
