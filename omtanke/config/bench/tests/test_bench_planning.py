"""`omtanke bench planning` plans an instance, tells what it costs beside the best known, and writes the plan."""

import json
from io import StringIO

import pytest
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


def test_beside_others_all_find_the_one_plan_there_is_which_is_no_advantage(tmp_path):
    (tmp_path / "one.json").write_text(json.dumps(INSTANCE))
    said = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command(
            "bench", "planning", str(tmp_path), "--seconds", "0.3", "--cores", "1", "--json", "--beside", stdout=said
        )

    told = json.loads(said.getvalue())
    assert (told["rows"][0]["cost"], told["rows"][0]["or_tools"], told["rows"][0]["pyvrp"]) == (4, 4, 4)
    assert told["ratios"] == {"or_tools": 1, "pyvrp": 1}
    assert ended.value.code == 1
