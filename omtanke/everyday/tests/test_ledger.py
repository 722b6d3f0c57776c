"""The ledger: each wish from said to a moment or openly unmet; share and days per quarter; small numbers hidden."""

from datetime import timedelta

from omtanke.config.tests.cast import at, day, make_citizen, today
from omtanke.everyday.follow_up import take_step
from omtanke.everyday.ledger import Ledger, Quarter, as_table
from omtanke.everyday.models import Wish
from omtanke.everyday.say_wish import say_wish

S = Wish.State


def said(cast, number: int, *, days_ago: int = 20, moment_after: int | None = None, cause: str = "") -> None:
    at_first = at("12:00", day(-days_ago))
    for index in range(number):
        person = make_citizen(f"P{Wish.objects.count()}", "Beboer", cast.nord)
        wish = say_wish(person, f"Ønske {index}", by=cast.kari.user, at=at_first)
        if moment_after is not None:
            take_step(wish, S.ENJOYED, by=None, at=at_first + timedelta(days=moment_after + index))
        if cause:
            take_step(wish, S.UNMET, by=None, at=at_first, cause=cause)


def ledger(cast, back: int = 100) -> Ledger:
    return Ledger(cast.nord, since=day(-back), on=today())


def test_share_and_days_to_a_moment(cast):
    said(cast, 5, moment_after=6)
    said(cast, 3, cause="no_ride")
    total = ledger(cast).all
    assert (total.said, total.moments, total.share, total.days, total.unmet) == (8, 5, 62, 8, 3)


def test_figures_of_few_are_not_told(cast):
    said(cast, 4, moment_after=2)
    kept = ledger(cast)
    assert kept.all.is_few
    assert kept.all.days is None
    quarter = Quarter.of(day(-20))
    assert as_table([kept])[1:] == [("Nord", f"{quarter.year}-Q{quarter.number}", "<5", "", "", "", "")]


def test_a_small_part_of_a_large_number_is_not_in_the_spreadsheet(cast):
    said(cast, 6)
    said(cast, 2, moment_after=3)
    (_unit, _quarter, wishes, moments, share, days, _unmet) = as_table([ledger(cast)])[1]
    assert (wishes, moments, share, days) == ("8", "<5", "", "")


def test_unmet_by_cause_with_what_would_help(cast):
    said(cast, 5, cause="no_ride")
    said(cast, 1, cause="money")
    causes = ledger(cast).unmet_by_cause
    assert [(cause, number) for cause, number, _help in causes] == [("Ingen skyss", 5), ("Penger", None)]
    assert "sjåfør" in causes[0][2]


def test_nothing_is_silently_old(cast):
    said(cast, 1, days_ago=59)
    assert ledger(cast).standing_still == []
    said(cast, 1, days_ago=60)
    said(cast, 1, days_ago=61, moment_after=1)
    assert [line.wish.said_at for line in ledger(cast).standing_still] == [at("12:00", day(-60))]


def test_the_page_and_the_file_are_the_units_own(cast, web):
    said(cast, 6, moment_after=2)
    page = web.be(cast.lars).get("/wishes/?show=moments").content.decode()
    assert "P0 B." in page
    assert "100 %" in page
    file = web.get("/wishes/wishes.csv").content.decode()
    assert "Nord;" in file
    assert "P0" not in file
    nils = web.be(cast.nils)
    assert nils.get(f"/wishes/?unit={cast.nord.pk}").status_code == 403
    assert "Nord" not in nils.get("/wishes/wishes.csv").content.decode()
