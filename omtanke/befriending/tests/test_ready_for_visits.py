"""No senior visits before two trainings gone through, the declaration signed and the person's plan read.

The database itself refuses the visit; the pages say what is left, where to do it, and who helps.
"""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from omtanke.access.tests.test_need_to_know import the_web_acting_for
from omtanke.befriending import trainings
from omtanke.befriending.before import senior_lacks
from omtanke.befriending.declaration import NotTheirName, is_newer, sign, signed
from omtanke.befriending.long_texts import long_text, parse
from omtanke.befriending.matching import match
from omtanke.befriending.models import (
    ChapterSeen,
    ExercisePlan,
    PlanRead,
    ServiceVisit,
    Signature,
    Training,
    TrainingVideo,
)
from omtanke.befriending.plan_visits import SomethingComesFirst, plan_visit
from omtanke.befriending.readiness import overview
from omtanke.befriending.tests.making import judged, met, read_plan, ready, talked
from omtanke.config.tests.cast import at, day, today


def go_through(senior, training):
    for code in long_text(training, "nb").codes:
        trainings.see_chapter(senior, training, code, how=ChapterSeen.How.READ, at=timezone.now())
    trainings.finish(senior, training, at=timezone.now())


def make_plan(made, number=1):
    ExercisePlan.objects.create(citizen=made.citizen, department=made.department, number=number, facts={})


def plan(cast, made):
    return plan_visit(made, starts=at("11:00", day(2)), minutes=90, area="quality_visit", by=cast.gudrun.user)


@pytest.fixture
def with_sverre(cast):
    """Sverre, who has just begun, is chosen for Borghild; everything else is there."""
    order = talked(cast)
    met(cast, order)
    judged(cast, order)
    cast.sverre  # noqa: B018 - made when asked for
    return match(order, cast.sverre, by=cast.gudrun.user, on=today())


def test_each_step_opens_the_way_and_the_last_lets_the_visit_be_planned(cast, with_sverre):
    lacks = []
    for step in (
        lambda: go_through(cast.sverre, Training.PREPARATION),
        lambda: go_through(cast.sverre, Training.VISIT),
        lambda: sign(cast.sverre, name="Sverre Nymo", language="nb", at=timezone.now()),
        lambda: read_plan(with_sverre),
    ):
        with pytest.raises(SomethingComesFirst) as refused:
            plan(cast, with_sverre)
        lacks.append(refused.value.lacks)
        step()
    assert lacks == [["preparation", "visit", "declaration"], ["visit", "declaration"], ["declaration"], ["plan"]]
    assert plan(cast, with_sverre).pk


def test_the_database_refuses_by_raw_sql_too_and_the_owner_as_well(cast, with_sverre):
    insert = """INSERT INTO befriending_servicevisit
        (order_id, match_id, senior_id, citizen_id, department_id, area, planned_start, minutes, report,
         not_done_because) VALUES (%s, %s, %s, %s, %s, 'quality_visit', now() + interval '1 day', 60, '', '')"""
    row = [with_sverre.order_id, with_sverre.pk, cast.sverre.pk, with_sverre.citizen_id, with_sverre.department_id]
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="declaration"), transaction.atomic():
        cursor.execute(insert, row)
    go_through(cast.sverre, Training.PREPARATION)
    go_through(cast.sverre, Training.VISIT)
    sign(cast.sverre, name="Sverre Nymo", language="nb", at=timezone.now())
    read_plan(with_sverre)
    with connection.cursor() as cursor:
        cursor.execute(insert, row)
    assert ServiceVisit.objects.filter(senior=cast.sverre).count() == 1


def test_a_visit_without_exercises_asks_for_no_plan(cast):
    made = ready(cast)
    PlanRead.objects.all().delete()
    with pytest.raises(SomethingComesFirst):
        plan(cast, made)
    assert plan_visit(made, starts=at("11:00", day(2)), minutes=60, area="conversation", by=cast.gudrun.user).pk


def test_a_training_is_confirmed_when_every_chapter_is_gone_through_and_not_before(cast):
    codes = long_text(Training.PREPARATION, "nb").codes
    for code in codes[:-1]:
        trainings.see_chapter(cast.sverre, Training.PREPARATION, code, how=ChapterSeen.How.READ, at=timezone.now())
    with pytest.raises(trainings.ChaptersLeft) as refused:
        trainings.finish(cast.sverre, Training.PREPARATION, at=timezone.now())
    assert refused.value.codes == codes[-1:]
    with pytest.raises(trainings.NoSuchChapter):
        trainings.see_chapter(cast.sverre, Training.VISIT, codes[-1], how=ChapterSeen.How.READ, at=timezone.now())
    trainings.see_video(cast.sverre, Training.PREPARATION, at=timezone.now())
    trainings.finish(cast.sverre, Training.PREPARATION, at=timezone.now())
    how = dict(ChapterSeen.objects.filter(senior=cast.sverre).values_list("chapter", "how"))
    assert how == dict.fromkeys(codes[:-1], "read") | {codes[-1]: "watched"}
    assert senior_lacks(cast.sverre) == ["visit", "declaration"]


def test_the_declaration_is_signed_with_ones_own_name_and_kept_as_it_was_read(cast):
    with pytest.raises(NotTheirName):
        sign(cast.sverre, name="S. Nymo", language="sv", at=timezone.now())
    assert signed(cast.sverre) is None
    kept = sign(cast.sverre, name=" sverre  NYMO ", language="sv", at=timezone.now())
    assert kept.words == long_text("declaration", "sv").words
    assert kept == sign(cast.sverre, name="Sverre Nymo", language="nb", at=timezone.now())
    newer = parse("version: 2\n\n# promise | Ny\nEt ord.", name="declaration", language="nb")
    assert is_newer(newer, kept)
    assert not is_newer(long_text("declaration", "nb"), kept)


def test_nobody_at_the_web_can_rewrite_or_take_away_a_signature(cast):
    sign(cast.sverre, name="Sverre Nymo", language="nb", at=timezone.now())
    for change in ("UPDATE befriending_signature SET name = 'X'", "DELETE FROM befriending_signature"):
        with (
            pytest.raises(Exception, match="permission denied"),
            transaction.atomic(),
            the_web_acting_for(cast.sverre.user) as cursor,
        ):
            cursor.execute(change)
    assert Signature.objects.get(senior=cast.sverre).name == "Sverre Nymo"


@pytest.mark.parametrize("name", ["preparation", "visit", "declaration"])
def test_every_text_has_the_same_chapters_in_each_language(name):
    texts = [long_text(name, language) for language in ("nb", "sv", "en")]
    assert len({tuple(text.codes) for text in texts}) == 1
    assert len({text.version for text in texts}) == 1
    assert all(chapter.title and chapter.blocks for text in texts for chapter in text.chapters)


def test_sverre_goes_from_step_to_step_on_the_page_and_is_told_who_helps(cast, web, with_sverre):
    cast.gudrun  # noqa: B018 - made when asked for
    page = web.be(cast.sverre).get(reverse("befriending:ready"))
    assert "Gudrun Vold" in page.text
    assert page.context["next"] == "preparation"
    for training in Training:
        assert web.post(reverse("befriending:finish_training", args=[training])).status_code == 302
        assert not trainings.standing(cast.sverre, training).done
        for code in long_text(training, "nb").codes:
            assert web.get(reverse("befriending:chapter", args=[training, code])).status_code == 200
            web.post(reverse("befriending:chapter", args=[training, code]))
        web.post(reverse("befriending:finish_training", args=[training]))
    assert web.post(reverse("befriending:declaration"), {"name": "Noen Andre"}).status_code == 422
    web.post(reverse("befriending:declaration"), {"name": "Sverre Nymo"})
    kept = signed(cast.sverre)
    assert web.get(reverse("befriending:signed_declaration", args=[kept.pk])).status_code == 200
    read = reverse("befriending:read_plan", args=[with_sverre.pk])
    web.post(read)
    assert not PlanRead.objects.exists()  # there is no plan to read yet
    make_plan(with_sverre)
    web.post(read)
    page = web.get(reverse("befriending:ready"))
    assert page.context["is_ready"]
    assert not page.context["plans"][0].again
    make_plan(with_sverre, number=2)
    assert web.get(reverse("befriending:ready")).context["plans"][0].again
    assert plan(cast, with_sverre).pk


def test_nobody_reads_a_plan_or_a_signature_for_somebody_else(cast, web, with_sverre):
    kept = sign(cast.sverre, name="Sverre Nymo", language="nb", at=timezone.now())
    make_plan(with_sverre)
    web.be(cast.turid)
    assert web.post(reverse("befriending:read_plan", args=[with_sverre.pk])).status_code == 404
    assert web.get(reverse("befriending:signed_declaration", args=[kept.pk])).status_code == 404
    assert not PlanRead.objects.exists()
    web.be(cast.sverre).post(reverse("befriending:read_plan", args=[with_sverre.pk]))
    assert PlanRead.objects.get().senior == cast.sverre


def test_a_video_counts_where_there_is_one(cast, web):
    web.be(cast.sverre)
    assert web.post(reverse("befriending:see_video", args=["visit"])).status_code == 404
    web.be(cast.gudrun).post(reverse("befriending:video", args=["visit"]), {"url": "https://video.example.org/2"})
    assert TrainingVideo.objects.get().changed_by == cast.gudrun.user
    web.be(cast.sverre).post(reverse("befriending:see_video", args=["visit"]))
    assert trainings.standing(cast.sverre, Training.VISIT).is_through


def test_the_leader_sees_who_lacks_what_first_and_only_of_her_own_department(cast, web):
    trainings.see_video(cast.sverre, Training.PREPARATION, at=timezone.now())
    found = overview([cast.arne, cast.sverre])
    assert [(one.senior, one.lacks) for one in found] == [
        (cast.sverre, ["preparation", "visit", "declaration"]),
        (cast.arne, []),
    ]
    assert found[0].share == (6, 12)
    page = web.be(cast.gudrun).get(reverse("befriending:seniors"))
    assert [one.senior for one in page.context["lacking"]] == [cast.sverre]
    assert [one.senior for one in page.context["ready"]] == [cast.arne]
    assert web.be(cast.arne).get(reverse("befriending:seniors")).status_code == 403
    assert web.be(cast.kari).get(reverse("befriending:seniors")).status_code == 403
