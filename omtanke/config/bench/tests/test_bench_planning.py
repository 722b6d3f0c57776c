"""`omtanke bench planning` plans an instance, tells what it costs beside the best known, and writes the plan."""

import json
from io import StringIO

from django.core.management import call_command

INSTANCE = {
    "patients": [{"id": "p1", "time_window": [10, 60], "required_caregivers": [{"service": "s1"}]}],
    "services": [{"id": "s1", "default_duration": 10}],
    "caregivers": [{"id": "c1", "abilities": ["s1"]}],
    "central_offices": [{"id": "d"}],
    "distances": [[0, 6], [6, 0]],
}


def test_one_visit_costs_a_third_of_its_drive_there_and_back(tmp_path):
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "one.json").write_text(json.dumps(INSTANCE))
    (tmp_path / "best-known.csv").write_text("instance,published_best\nset/one,4\n")
    said = StringIO()

    folder, out = str(tmp_path / "set"), str(tmp_path / "out")
    options = ["--seconds", "0.1", "--cores", "1", "--json", "--solutions", out]
    call_command("bench", "planning", folder, *options, stdout=said)

    row = json.loads(said.getvalue())["rows"][0]
    assert (row["instance"], row["cost"], row["published"], row["gap"]) == ("set/one", 4, 4, 0)
    written = json.loads((tmp_path / "out" / "set" / "one.json").read_text())
    assert [stop["patient"] for stop in written["routes"][0]["locations"]] == ["p1"]
