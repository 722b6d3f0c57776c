"""Anyone at work catches a wish with two taps and a sentence; the contact sees it and follows it up; and a wish is seen
only by those whom need-to-know lets: the unit's own, those who arrange for it, never kin, volunteers or other units."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from omtanke.config.tests.cast import at, make_shift
from omtanke.everyday.models import Wish
from omtanke.everyday.say_wish import say_wish
from omtanke.visits.share_out import take_list


def url(name: str, *args: object) -> str:
    return reverse(f"everyday:{name}", args=args)


@pytest.fixture
def wish(cast) -> Wish:
    return say_wish(cast.astrid, "Synge i kor igjen", by=cast.kari.user, at=at("00:01"))


def sees(cast_member, sql: str = "SELECT count(*) FROM everyday_wish") -> int:
    """What the web's database role is told when it acts for somebody (None: nobody)."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE omtanke_web")
        cursor.execute("SELECT set_config('omtanke.actor', %s, true)", [str(cast_member.pk) if cast_member else ""])
        cursor.execute(sql)
        (found,) = cursor.fetchone()
        cursor.execute("RESET ROLE; SELECT set_config('omtanke.actor', '', true)")
    return found


def test_tor_on_shift_catches_astrids_wish_and_kari_sees_it_on_her_people(cast, web):
    make_shift(cast.tor)
    page = url("catch_wish")
    answer = web.be(cast.tor).post(page, {"citizen": cast.astrid.pk, "words": "Noen å gå tur med", "back": "/shift/"})
    wish = Wish.objects.get()
    assert answer.headers["Location"] == f"{url('wish', wish.pk)}?caught=1&back=%2Fshift%2F"
    assert "Kari Berg har det nå" in web.get(answer.headers["Location"]).content.decode()

    assert "Nytt ønske: «Noen å gå tur med»" in web.be(cast.kari).get(reverse("people:my_people")).content.decode()


def test_whom_one_meets_today_and_is_contact_for_stand_there_to_press(cast, web):
    make_shift(cast.tor)
    take_list(cast.round1, by=cast.tor, at=at("07:30"))
    assert "Du møter dem i dag" in web.be(cast.tor).get(url("catch_wish")).content.decode()
    contact = web.be(cast.kari).get(url("catch_wish")).content.decode()
    assert "Du er kontakt for dem" in contact
    assert "Astrid Nilsen" in contact


def test_what_was_typed_stays_when_somebody_is_looked_for_or_words_are_missing(cast, web):
    make_shift(cast.tor)
    web.be(cast.tor)
    found = web.post(url("catch_wish"), {"find": "1", "name": "moen", "words": "Fly modellfly"}).content.decode()
    assert "Edvard Moen" in found
    assert "Fly modellfly" in found
    empty = web.post(url("catch_wish_for", cast.astrid.pk), {"words": " "})
    assert empty.status_code == 422
    assert not Wish.objects.exists()


def test_undo_gives_the_words_back(cast, web, wish):
    fresh = say_wish(cast.astrid, "Feil person", by=cast.kari.user, at=timezone.now())
    answer = web.be(cast.kari).post(url("take_back_wish", fresh.pk))
    assert "Feil person" in answer.content.decode()
    assert list(Wish.objects.all()) == [wish]


def test_the_interest_is_suggested_while_it_is_written(cast, web):
    chips = web.be(cast.kari).post(url("suggest_interest"), {"words": "jeg vil synge i kor"}).content.decode()
    assert 'value="choir" checked' in chips


def test_the_next_step_is_taken_once_and_a_stale_page_is_told(cast, web, wish):
    web.be(cast.kari)
    step = {"what": "offered", "words": "Salmekveld på torsdag", "seen": "said"}
    web.post(url("wish_step", wish.pk), step)
    late = web.post(url("wish_step", wish.pk), {**step, "what": "not_for_me"}, follow=True)
    wish.refresh_from_db()
    assert wish.state == "offered"
    assert "En kollega var først" in late.content.decode()
    unmet = web.post(url("wish_step", wish.pk), {"what": "unmet", "seen": "offered"})
    assert unmet.status_code == 422


@pytest.mark.parametrize("page", ["wish", "citizen_everyday", "citizen_wishes_panel", "catch_wish_for"])
def test_a_wish_is_open_to_the_unit_and_those_who_arrange_and_to_nobody_else(cast, web, wish, page):
    address = url(page, wish.pk if page == "wish" else cast.astrid.pk)
    for may in (cast.kari, cast.marit, cast.lars):
        assert web.be(may).get(address).status_code == 200
    assert web.be(cast.nils).get(address).status_code == 404
    for refused in (cast.eva, cast.per.user, cast.admin):
        assert web.be(refused).get(address).status_code == 403


def test_the_database_itself_opens_wishes_by_scope(cast, wish):
    steps = "SELECT count(*) FROM everyday_wishstep"
    assert (sees(cast.kari.user), sees(cast.marit.user), sees(cast.marit.user, steps)) == (1, 1, 1)
    for nobody in (cast.nils.user, cast.eva, cast.per.user, cast.admin, None):
        assert (sees(nobody), sees(nobody, steps)) == (0, 0)
