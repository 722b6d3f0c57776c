"""The import on a page: looked at first, taken in as a job, and whole or not at all when a worker is killed."""

import io
import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.utils import ProgrammingError
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from omtanke.access.tests.test_need_to_know import the_web_acting_for
from omtanke.exchange.spreadsheets import jobs, runs
from omtanke.exchange.spreadsheets.bench import database_url
from omtanke.exchange.spreadsheets.models import ImportContent, ImportRun
from omtanke.exchange.spreadsheets.tests.office import UNITS, text_file, workbook
from omtanke.people.models import Unit

State = ImportRun.State
FAULTY = [*UNITS, ["VEST", "Vest", "romstasjon"]]
IMPORTS = reverse("spreadsheets:imports")


def sent(*files):
    return {"spreadsheets": [SimpleUploadedFile(file.name, file.content) for file in files]}


def uploaded(web, cast, *files) -> ImportRun:
    response = web.be(cast.admin).post(IMPORTS, sent(*files))
    assert response.status_code == 302, response.content
    return ImportRun.objects.get()


@pytest.fixture
def one_connection(monkeypatch):
    """Jobs tell how far they are past their transaction; a test is one transaction."""
    monkeypatch.setattr(jobs.Beat, "__init__", lambda self, run_id: None)
    monkeypatch.setattr(jobs.Beat, "__call__", lambda self, stage, done, of: None)
    monkeypatch.setattr(jobs.Beat, "close", lambda self: None)


def test_an_administrator_looks_first_then_takes_in(web, cast, one_connection):
    run = uploaded(web, cast, workbook({"Enheter": UNITS}))
    page = reverse("spreadsheets:run", args=[run.pk])
    assert "hx-trigger" in web.get(page).content.decode()
    jobs.examine_run(run_id=run.pk)
    assert "2 rader kan tas inn" in web.get(page).content.decode()
    assert not Unit.objects.filter(name="Nordsona").exists()
    web.post(reverse("spreadsheets:take_in", args=[run.pk]))
    jobs.take_in_run(run_id=run.pk)
    run.refresh_from_db()
    assert (run.state, Unit.objects.filter(name__in=["Nordsona", "Sørsona"]).count()) == (State.DONE, 2)
    assert "tatt inn" in web.get(page).content.decode()


def test_nobody_but_an_administrator_may(web, cast):
    run = runs.upload([workbook({"Enheter": UNITS})], by=cast.admin)
    for person in (cast.lars, cast.liv, cast.kari, cast.petra, cast.eva):
        assert web.be(person).get(IMPORTS).status_code == 403
        assert web.be(person).post(reverse("spreadsheets:take_in", args=[run.pk])).status_code == 403


def test_refused_rows_are_shown_filtered_and_taken_along_without_the_records(web, cast, one_connection):
    run = uploaded(web, cast, text_file("units.csv", FAULTY))
    jobs.examine_run(run_id=run.pk)
    page = web.get(reverse("spreadsheets:run", args=[run.pk]), {"words": "romstasjon"}).content.decode()
    assert "rad 4" in page
    assert "Vest" not in page
    assert "rad 4" not in web.get(reverse("spreadsheets:run", args=[run.pk]), {"words": "telefon"}).content.decode()
    file = web.get(reverse("spreadsheets:refused", args=[run.pk])).content
    rows = list(load_workbook(io.BytesIO(file)).active.values)
    assert rows[1] == ("units.csv", "units", 4, "Type", "Vi kjenner ikke «romstasjon».")
    web.post(reverse("spreadsheets:take_in", args=[run.pk]), {"accept_good": "yes"})
    jobs.take_in_run(run_id=run.pk)
    assert Unit.objects.filter(name="Nordsona").exists()


def test_a_file_that_cannot_be_used_is_refused_at_the_door_or_on_the_run(web, cast, one_connection):
    response = web.be(cast.admin).post(IMPORTS, sent(text_file("makro.xlsm", UNITS)))
    assert (response.status_code, "makroer" in response.content.decode()) == (200, True)
    response = web.post(IMPORTS, {})
    assert "Velg minst én fil først." in response.content.decode()
    run = uploaded(web, cast, text_file("notat.csv", [["Hei"], ["på deg"]]))
    jobs.examine_run(run_id=run.pk)
    assert (
        "kjenner ikke igjen noen overskrifter" in web.get(reverse("spreadsheets:run", args=[run.pk])).content.decode()
    )


def test_two_administrators_take_in_once(web, cast, one_connection):
    run = uploaded(web, cast, workbook({"Enheter": UNITS}))
    jobs.examine_run(run_id=run.pk)
    run.refresh_from_db()
    runs.ask_to_take_in(run, accept_good=False)
    with pytest.raises(runs.NotReady):
        runs.ask_to_take_in(run, accept_good=False)
    assert "Noen var raskere" in web.post(reverse("spreadsheets:take_in", args=[run.pk]), follow=True).content.decode()


def test_the_web_cannot_read_back_what_was_uploaded(cast):
    runs.upload([workbook({"Enheter": UNITS})], by=cast.admin)
    assert ImportContent.objects.count() == 1
    with the_web_acting_for(cast.admin):
        assert ImportContent.objects.count() == 0


def test_the_files_go_after_30_days_and_the_report_stays(cast, one_connection):
    run = runs.upload([workbook({"Enheter": UNITS})], by=cast.admin)
    jobs.examine_run(run_id=run.pk)
    now = timezone.now()
    assert runs.remove_old_files(now + timedelta(days=29)) == 0
    assert runs.remove_old_files(now + timedelta(days=31)) == 1
    run.refresh_from_db()
    assert (ImportContent.objects.count(), run.files_removed_at is None, run.report is None) == (0, False, False)
    with pytest.raises(runs.NotReady):
        runs.ask_to_take_in(run, accept_good=False)


def test_a_template_comes_in_the_language_of_the_page(web, cast):
    file = web.be(cast.admin).get(reverse("spreadsheets:template"))
    assert load_workbook(io.BytesIO(file.content)).sheetnames[:2] == ["Enheter", "Ansatte"]


KILLED_IN_THE_MIDDLE = """
import sys, django
django.setup()
from omtanke.exchange.spreadsheets import jobs, taking_in
write = taking_in.write
def write_and_wait(changes, **rest):
    write(changes, **rest)
    print("everything is written, nothing is committed", flush=True)
    sys.stdin.read()
taking_in.write = write_and_wait
jobs.take_in_run(run_id=int(sys.argv[1]))
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_everything_as_before_and_the_run_is_taken_up_again(cast):
    before = Unit.objects.count()
    run = runs.upload([workbook({"Enheter": [["Kode", "Navn"], ["ØST", "Østsona"]]})], by=cast.admin)
    jobs.examine_run(run_id=run.pk)
    runs.ask_to_take_in(ImportRun.objects.get(pk=run.pk), accept_good=False)
    environment = os.environ | {
        "DATABASE_URL": database_url(str(connection.settings_dict["NAME"])),
        "OMTANKE_DATABASE_ROLE": "omtanke_worker",
        "DJANGO_SETTINGS_MODULE": "omtanke.config.settings",
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", KILLED_IN_THE_MIDDLE, str(run.pk)],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert "nothing is committed" in worker.stdout.readline()
    worker.send_signal(signal.SIGKILL)
    worker.communicate()

    run.refresh_from_db()
    assert (run.state, Unit.objects.count()) == (State.TAKING, before)
    assert not run.has_stopped
    jobs.take_up_again(timestamp=0)
    run.refresh_from_db()
    assert run.state == State.TAKING

    ImportRun.objects.update(beat_at=timezone.now() - timedelta(minutes=2))
    jobs.take_up_again(timestamp=0)
    run.refresh_from_db()
    assert run.state == State.QUEUED
    jobs.take_in_run(run_id=run.pk)
    run.refresh_from_db()
    assert (run.state, Unit.objects.count()) == (State.DONE, before + 1)


def test_a_web_process_cannot_make_itself_a_worker(cast):
    with pytest.raises(ProgrammingError), the_web_acting_for(cast.admin) as cursor:
        cursor.execute("ALTER TABLE spreadsheets_importcontent DISABLE ROW LEVEL SECURITY")
