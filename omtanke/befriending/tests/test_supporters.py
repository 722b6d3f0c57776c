"""Whoever speaks well of us has somebody who stays in touch, and a next contact: a contact held always leads to one."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from omtanke.befriending import supporters as deeds
from omtanke.befriending.models import Supporter
from omtanke.config.tests.cast import day, today
from omtanke.everyday.models import Organiser


@pytest.fixture
def solveig(cast):
    return Supporter.objects.create(
        name="Solveig Berg", kind="pensioners", kept_by=cast.hilde.user, next_contact_on=day(-3), cares_for="Ensomhet"
    )


def contact(cast, supporter, **facts):
    said = {"on": today(), "next_on": day(90), "next_about": "Messen", **facts}
    return deeds.write_contact(supporter, "Vi drakk kaffe.", by=cast.hilde.user, today=today(), **said)


def test_a_contact_held_leads_to_the_next_one(cast, solveig):
    with pytest.raises(deeds.NotInTheFuture):
        contact(cast, solveig, on=day(1))
    with pytest.raises(deeds.NotInThePast):
        contact(cast, solveig, next_on=day(-1))
    contact(cast, solveig)
    assert (solveig.next_contact_on, solveig.next_about) == (day(90), "Messen")
    assert not Supporter.objects.overdue(today()).exists()


def test_nobody_active_is_without_a_next_contact_and_a_goodbye_keeps_what_was_said(cast, solveig):
    contact(cast, solveig)
    with pytest.raises(IntegrityError), transaction.atomic():
        Supporter.objects.filter(pk=solveig.pk).update(next_contact_on=None)
    deeds.say_goodbye(solveig)
    assert solveig.contacts.count() == 1
    assert not Supporter.objects.active().exists()


def test_what_is_overdue_stands_first_for_whoever_has_it_and_with_a_name_for_others(cast, web, solveig):
    mine = web.be(cast.hilde).get(reverse("befriending:supporters"))
    assert mine.context["mine_due"] == [solveig]
    others = web.be(cast.gudrun).get(reverse("befriending:supporters"))
    assert (others.context["mine_due"], others.context["others_due"]) == ([], [solveig])
    assert "Hilde Aune" in others.text
    for nobody in (cast.arne, cast.kari, cast.lars):
        assert web.be(nobody).get(reverse("befriending:supporters")).status_code == 403


def test_an_organisation_is_the_one_that_is_known_or_a_new_partner(cast, web):
    known = Organiser.objects.create(name="Steigen frivilligsentral")
    said = {"name": "Gro Nes", "kind": "volunteer_centre", "kept_by": cast.gudrun.user.pk}
    said |= {"next_contact_on": day(14).isoformat()}
    web.be(cast.gudrun)
    web.post(reverse("befriending:new_supporter"), said | {"new_organiser": "steigen FRIVILLIGSENTRAL"})
    web.post(reverse("befriending:new_supporter"), said | {"name": "Ivar Hov", "new_organiser": "Eldrerådet"})
    assert Supporter.objects.get(name="Gro Nes").organiser == known
    assert Supporter.objects.get(name="Ivar Hov").organiser.is_partner
    assert Organiser.objects.count() == 2
    without_a_day = said | {"next_contact_on": ""}
    assert web.post(reverse("befriending:new_supporter"), without_a_day).status_code == 422


def test_a_contact_is_written_on_the_page_and_taken_up_again_after_a_goodbye(cast, web, solveig):
    page = reverse("befriending:supporter", args=[solveig.pk])
    said = {"on": today().isoformat(), "said": "Hun vil holde et foredrag.", "next_on": day(30).isoformat()}
    web.be(cast.hilde)
    assert web.post(page, said | {"on": day(1).isoformat()}).status_code == 422
    web.post(page, said)
    assert "Hun vil holde et foredrag." in web.get(page).text
    web.post(reverse("befriending:say_goodbye", args=[solveig.pk]))
    again = {"name": "Solveig Berg", "kind": "pensioners", "kept_by": cast.hilde.user.pk}
    web.post(
        reverse("befriending:change_supporter", args=[solveig.pk]), again | {"next_contact_on": day(5).isoformat()}
    )
    assert Supporter.objects.active().get() == solveig
