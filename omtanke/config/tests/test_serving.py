"""The service starts with one command, says plainly what is in the way, stops when told, and loses nothing."""

import json
import re
import signal
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import time
from pathlib import Path
from threading import Semaphore
from time import monotonic
from urllib.error import URLError

import pytest

from omtanke.config.keeping import GivenUp, Keeper, Kept
from omtanke.config.tests import running
from omtanke.config.tests.cast import Cast, day, make_employee
from omtanke.visits.models import Absence, Round, WorkList

ABSENT, DAYS = 24, 15


@pytest.mark.django_db(transaction=True)
def test_a_save_that_is_cut_off_is_whole_or_not_there_at_all(tmp_path):
    """Many absences are registered at once, each with a fortnight of lists to free; the server is killed meanwhile."""
    cast = Cast()
    employees = [make_employee(f"Ansatt{n} Ny", cast.nord) for n in range(ABSENT)]
    for n, employee in enumerate(employees):
        lst = WorkList.objects.create(unit=cast.nord, name=f"L{n}", starts=time(8), ends=time(15))
        Round.objects.bulk_create([Round(work_list=lst, on=day(d), taken_by=employee) for d in range(DAYS)])
    saved = Semaphore(0)

    with running.web(tmp_path) as (address, process):
        lars = running.Visitor(address, "lars@demo.example.org")

        def register(employee):
            typed = {"employee": employee.pk, "kind": "ill", "first_day": day(0).isoformat(), "last_day": ""}
            try:
                lars.post("/absences/new/", **typed)
            except (URLError, OSError):
                return  # the server is gone
            saved.release()

        with ThreadPoolExecutor(4) as all_at_once:
            requests = [all_at_once.submit(register, employee) for employee in employees]
            for _n in range(5):
                assert saved.acquire(timeout=60)
            running.kill(process)
            for request in requests:
                request.result()

    with running.web(tmp_path) as (address, _process):
        assert running.Visitor(address, "lars@demo.example.org").get("/absences/new/").status == 200
    absent = set(Absence.objects.values_list("employee", flat=True))
    assert 5 <= len(absent) < ABSENT
    for employee in employees:
        assert employee.rounds.count() == (0 if employee.pk in absent else DAYS)


@pytest.mark.django_db(transaction=True)
def test_serve_runs_web_and_worker_refuses_a_second_start_and_stops_when_told(tmp_path):
    port = running.free_port()
    process = running.start(["serve", "--port", str(port)], tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        address = f"http://127.0.0.1:{port}"
        assert running.answers(address, process)
        page = running.Visitor(address, "nobody").get("/demo/").read().decode()
        stylesheet = re.search(r'href="(/static/omtanke/omtanke\.[0-9a-f]{12}\.css)"', page)[1]
        assert "immutable" in running.Visitor(address, "nobody").get(stylesheet).headers["Cache-Control"]

        second = running.start(["serve", "--port", "1"], tmp_path, stderr=subprocess.PIPE)
        assert f"already running here: {address}" in second.communicate(timeout=60)[1]
        assert second.returncode == 1

        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=40) == 0
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.1", port), timeout=5)
    finally:
        running.kill(process)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("command", ["serve", "web"])
def test_a_port_that_is_taken_is_said_plainly(tmp_path, command):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = running.start([command, "--port", str(port)], tmp_path, stderr=subprocess.PIPE)
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 1
    assert f"Port {port} on 127.0.0.1 cannot be used" in said
    assert f"make demo PORT={port + 1}" in said
    assert "Traceback" not in said


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("command", ["serve", "web"])
def test_demo_mode_does_not_listen_on_a_public_address(tmp_path, command):
    process = running.start([command, "--host", "0.0.0.0"], tmp_path, stderr=subprocess.PIPE)
    assert "does not listen on a public address" in process.communicate(timeout=60)[1]
    assert process.returncode == 1


def test_a_process_that_ends_is_started_again_and_given_up_when_it_never_stays():
    said = []
    keeper = Keeper([Kept("worker", ["false"], {"PATH": "/usr/bin:/bin"})], said.append)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with pytest.raises(GivenUp, match="worker ends as soon as it starts"):
            keeper.run()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert len(said) == 2


def test_what_a_process_started_and_left_behind_is_stopped_with_it(tmp_path):
    told = tmp_path / "child"
    leaves_a_child = f"sleep 600 & echo $! > {told}.new; mv {told}.new {told}; exit 0"
    one = Kept("web", ["sh", "-c", leaves_a_child], {"PATH": "/usr/bin:/bin"})
    one.start()
    one.process.wait()
    child = int(told.read_text())
    assert Path(f"/proc/{child}").exists()
    one.sweep()
    patience = monotonic() + 10
    while _runs(child):
        assert monotonic() < patience


def _runs(pid: int) -> bool:
    """Is it there, and not only its name, which nobody has taken away yet?"""
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_the_gathered_files_name_each_other_by_fingerprint(settings, tmp_path):
    from omtanke.config.static_files import gather_when_changed

    settings.STATIC_ROOT = str(tmp_path)
    assert gather_when_changed() is True
    assert gather_when_changed() is False
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    stylesheet = (tmp_path / names["omtanke/omtanke.css"]).read_text()
    assert names["omtanke/icons.svg"] != "omtanke/icons.svg"
    assert (tmp_path / f"{names['omtanke/omtanke.css']}.gz").exists()
    assert re.search(r"fonts/[\w-]+\.[0-9a-f]{12}\.woff2", stylesheet)
