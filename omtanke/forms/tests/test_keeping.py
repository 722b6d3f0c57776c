"""An administrator adds a municipality's own form: a wrong file changes nothing, a version stays as it was published,
and what was answered keeps the version it was answered on.
"""

import json
from copy import deepcopy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from omtanke.forms.filling_in import AlreadyFinished, NotInUse, StillMissing, begin, finish, save
from omtanke.forms.keeping import NotADraft, VersionTaken, add, bring_shipped, publish, retire
from omtanke.forms.models import Answers, Questionnaire
from omtanke.forms.reading import read_file
from omtanke.forms.tests.small import SLEEP, as_file, choice, question, questionnaire

NOW = timezone.now


@pytest.fixture(autouse=True)
def _no_form_yet(db):
    """`migrate` brings those that come along into the test database too."""
    Questionnaire.objects.all().delete()


def added(cast, content=SLEEP) -> Questionnaire:
    return add(read_file(as_file(content)), by=cast.admin)


def in_use(cast, content=SLEEP) -> Questionnaire:
    form = added(cast, content)
    publish(form, by=cast.admin, at=NOW())
    form.refresh_from_db()
    return form


def version(number: str) -> dict:
    return deepcopy(SLEEP) | {"version": number}


def upload(web, data: bytes, name="søvn.json"):
    return web.post(reverse("forms:forms"), {"file": SimpleUploadedFile(name, data)})


def test_what_comes_along_is_brought_once_and_a_retired_one_stays_retired(cast):
    assert len(bring_shipped()) == 6
    Questionnaire.objects.filter(url__endswith="who-5").update(status="retired")
    assert bring_shipped() == []
    assert Questionnaire.objects.active().count() == 5


def test_a_right_file_becomes_a_draft_is_published_and_can_be_filled_in(cast, web):
    page = upload(web.be(cast.admin), as_file(SLEEP))
    form = Questionnaire.objects.get()
    assert (form.status, page.url) == ("draft", reverse("forms:form", args=[form.pk]))
    with pytest.raises(NotInUse):
        begin(cast.astrid, form, by=cast.kari.user, at=NOW())
    web.post(reverse("forms:publish", args=[form.pk]))
    assert "Small (nb)" in web.be(cast.kari).get(reverse("forms:citizen_forms", args=[cast.astrid.pk])).content.decode()


def test_a_wrong_file_is_told_with_its_places_and_changes_nothing(cast, web):
    in_use(cast)
    wrong = questionnaire(question("a"), question("a"), version="2")
    page = upload(web.be(cast.admin), as_file(wrong))
    assert page.status_code == 422
    told = page.content.decode()
    assert "søvn.json er ikke lagt til: én ting må rettes i fila" in told
    assert "punkt 2 (a)" in told
    assert Questionnaire.objects.count() == 1


def test_only_whoever_keeps_the_forms_adds_them(cast, web):
    for person in (cast.kari, cast.lars, cast.marit, cast.eva, cast.per.user):
        assert upload(web.be(person), as_file(SLEEP)).status_code == 403
    assert not Questionnaire.objects.exists()


def test_a_preview_is_in_the_language_asked_for(cast, web):
    page = reverse("forms:form", args=[added(cast).pk])
    web.be(cast.admin)
    for language, words in (("nb", "sleep (nb)"), ("sv", "sleep (sv)")):
        assert words in web.get(f"{page}?language={language}").content.decode()
    assert "sleep (nb)" not in web.get(f"{page}?language=en").content.decode()


def test_a_draft_is_replaced_and_a_published_version_is_not(cast):
    added(cast)
    added(cast)
    assert Questionnaire.objects.count() == 1
    publish(Questionnaire.objects.get(), by=cast.admin, at=NOW())
    with pytest.raises(VersionTaken):
        added(cast)
    with pytest.raises(NotADraft):
        publish(Questionnaire.objects.get(), by=cast.admin, at=NOW())


def test_a_new_version_retires_the_one_before_and_old_answers_keep_theirs(cast, web):
    first = in_use(cast)
    answers = begin(cast.astrid, first, by=cast.kari.user, at=NOW())
    save(answers, first.form.items, {"sleep": ["badly"], "why": ["noise"]}, step=0, by=cast.kari.user, at=NOW())
    finish(answers, by=cast.kari.user, at=NOW())

    other = questionnaire(choice("nights", "good", "bad"), version="2")
    second = in_use(cast, other)
    first.refresh_from_db()
    assert (first.status, second.status) == ("retired", "active")
    page = web.be(cast.kari).get(reverse("forms:answers", args=[cast.astrid.pk, answers.pk])).content.decode()
    assert "badly (nb)" in page
    assert "noise (nb)" in page


def test_paused_answers_are_gone_on_with_on_the_version_they_were_begun_on(cast):
    first = in_use(cast)
    begun = begin(cast.astrid, first, by=cast.kari.user, at=NOW())
    second = in_use(cast, version("2"))
    assert begin(cast.astrid, second, by=cast.ola.user, at=NOW()) == begun
    finish(begun, by=cast.kari.user, at=NOW())
    assert begin(cast.astrid, second, by=cast.ola.user, at=NOW()).questionnaire == second


def test_a_retired_form_gets_no_new_answers_and_keeps_those_it_has(cast, web):
    form = in_use(cast)
    begun = begin(cast.astrid, form, by=cast.kari.user, at=NOW())
    retire(form, by=cast.admin, at=NOW())
    form.refresh_from_db()
    finish(begun, by=cast.kari.user, at=NOW())
    with pytest.raises(NotInUse):
        begin(cast.edvard, form, by=cast.kari.user, at=NOW())
    page = web.be(cast.kari).get(reverse("forms:citizen_forms", args=[cast.astrid.pk])).content.decode()
    assert "ikke i bruk lenger" in page


def test_finished_answers_are_not_changed_any_more(cast):
    form = in_use(cast)
    answers = begin(cast.astrid, form, by=cast.kari.user, at=NOW())
    finish(answers, by=cast.kari.user, at=NOW())
    with pytest.raises(AlreadyFinished):
        save(answers, form.form.items, {"sleep": ["well"]}, step=0, by=cast.kari.user, at=NOW())
    assert Answers.objects.get().given == {}


def test_what_is_required_is_asked_for_before_the_end_and_not_before_a_pause(cast, web):
    form = in_use(cast)
    answers = begin(cast.astrid, form, by=cast.kari.user, at=NOW())
    page = reverse("forms:fill", args=[cast.astrid.pk, answers.pk])
    typed = {"sleep": "badly", "why": "pain", "pain_level": "", "helpers#0/phone": "90"}
    assert web.be(cast.kari).post(page, {**typed, "go": "pause"}).status_code == 302
    refused = web.post(page, {**typed, "go": "next"})
    assert refused.status_code == 422
    assert {one.path for one in refused.context["wrong"]} == {"pain_level", "helpers#0/name"}
    with pytest.raises(StillMissing):
        finish(answers, by=cast.kari.user, at=NOW())
    web.post(page, {**typed, "pain_level": "7", "helpers#0/name": "Eva", "go": "next"})
    assert Answers.objects.get().finished_by == cast.kari.user


def test_bad_input_is_told_and_kept_while_the_rest_is_saved(cast, web):
    form = in_use(cast)
    answers = begin(cast.astrid, form, by=cast.kari.user, at=NOW())
    page = reverse("forms:fill", args=[cast.astrid.pk, answers.pk])
    typed = {"sleep": "badly", "why": "pain", "pain_level": "veldig"}
    answer = web.be(cast.kari).post(page, typed)
    assert answer.status_code == 422
    assert 'value="veldig"' in answer.content.decode()
    assert Answers.objects.get().given == {"sleep": ["badly"], "why": ["pain"]}
    assert web.post(page, typed, headers={"X-Save": "1"}).status_code == 422
    assert web.post(page, {**typed, "pain_level": "6"}, headers={"X-Save": "1"}).status_code == 204


def test_answers_go_out_as_fhir_with_only_what_counts(cast, web):
    form = in_use(cast)
    answers = begin(cast.astrid, form, by=cast.kari.user, at=NOW())
    answers.given = {"sleep": ["well"], "why": ["pain"], "helpers#0/name": ["Eva"], "helpers#1/name": ["Ola"]}
    answers.save()
    finish(answers, by=cast.kari.user, at=NOW())
    page = web.be(cast.kari).get(reverse("forms:answers_fhir", args=[cast.astrid.pk, answers.pk]))
    response = json.loads(page.content)
    assert (response["questionnaire"], response["status"]) == ("urn:test:small|1", "completed")
    assert response["item"] == [
        {"linkId": "sleep", "answer": [{"valueCoding": {"code": "well", "display": "well"}}]},
        {"linkId": "helpers", "item": [{"linkId": "name", "answer": [{"valueString": "Eva"}]}]},
        {"linkId": "helpers", "item": [{"linkId": "name", "answer": [{"valueString": "Ola"}]}]},
    ]
    assert web.be(cast.eva).get(reverse("forms:answers_fhir", args=[cast.astrid.pk, answers.pk])).status_code == 403


def test_a_leader_gets_rows_without_names_and_no_cell_that_runs_as_a_formula(cast, web):
    form = in_use(cast)
    answers = begin(cast.astrid, form, by=cast.kari.user, at=NOW())
    answers.given = {"sleep": ["well"], "helpers#0/name": ["=HYPERLINK(1)"]}
    answers.save()
    finish(answers, by=cast.kari.user, at=NOW())
    page = web.be(cast.lars).get(reverse("forms:counts_csv") + f"?form={form.pk}&unit={cast.nord.pk}")
    rows = page.content.decode().splitlines()
    assert rows[0].lstrip("\ufeff") == "citizen;version;finished;score;sleep;helpers#0/name;helpers#0/phone"
    assert ";well;'=HYPERLINK(1);" in rows[1]
    assert "Astrid" not in page.content.decode()
    other_unit = web.get(reverse("forms:counts_csv") + f"?form={form.pk}&unit={cast.sør.pk}")
    assert other_unit.status_code == 403


def test_numbers_about_a_unit_are_for_its_leader_and_show_nothing_for_few(cast, web):
    form = in_use(cast)
    answers = begin(cast.astrid, form, by=cast.kari.user, at=NOW())
    answers.given = {"sleep": ["badly"]}
    answers.save()
    finish(answers, by=cast.kari.user, at=NOW())
    page = reverse("forms:counts") + f"?form={form.pk}"
    assert "Færre enn fem" in web.be(cast.lars).get(page).content.decode()
    assert web.be(cast.kari).get(page).status_code == 403
