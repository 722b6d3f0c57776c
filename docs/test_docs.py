"""The docs are true: every file they name is there, every link leads somewhere, every row of features has a test."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
FILE = re.compile(r"`((?:omtanke|stories|docs|frontend)/[\w./-]+\.\w+)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_links_to_and_names_is_there(page):
    text = page.read_text()
    missing = [link for link in LINK.findall(text) if not (page.parent / link).exists()]
    missing += [file for file in FILE.findall(text) if not (ROOT / file).exists()]
    assert missing == []


def test_each_feature_names_a_test_that_is_there():
    rows = [line for line in (ROOT / "docs" / "features.md").read_text().splitlines() if re.match(r"\| [A-J]\d", line)]
    assert rows
    for row in rows:
        tests = re.findall(r"`([\w/.]+test_\w+\.py)`", row)
        assert tests, f"no test named: {row}"
        assert all((ROOT / test).exists() for test in tests), row


def test_architecture_is_two_pages_and_a_decision_one():
    assert len((ROOT / "docs" / "architecture.md").read_text().splitlines()) <= 110
    for decision in ROOT.glob("docs/adr/*.md"):
        assert len(decision.read_text().splitlines()) <= 55, decision.name
