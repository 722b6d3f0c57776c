"""What every story has: a municipality of its own (`omtanke`), and people with a phone or a desk."""

import itertools
import os
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, Request, expect, sync_playwright

from stories import chromium, server

ROOT = Path(__file__).resolve().parents[1]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "docs" / "manual" / "pictures"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FAILED = pytest.StashKey[bool]()
PATIENCE = 30  # seconds for a page to settle
QUIET = 4  # looks, 50 ms apart, at which nothing is on its way
_numbers = itertools.count()


def pytest_collection_modifyitems(items):
    without = pytest.mark.skip(reason="No Chromium on this machine: the browser stories did not run.")
    for item in items:
        if Path(item.fspath).is_relative_to(ROOT / "stories"):
            item.add_marker("story")
            if chromium.find() is None:
                item.add_marker(without)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report


def pytest_sessionfinish(session):
    if not hasattr(session.config, "workerinput"):
        server.drop_databases("stories_")


@pytest.fixture(scope="session")
def template() -> str:
    """The name of the database each story's own is copied from."""
    return server.municipality()


@pytest.fixture(scope="module")
def omtanke(template, worker_id, request):
    """An Omtanke of the module's own. A module that sets `WORKER = True` gets the worker too."""
    name = f"{template}_{worker_id}_{next(_numbers)}"
    with server.running(template, name, worker=getattr(request.module, "WORKER", False)) as running:
        yield running


@pytest.fixture(scope="session")
def playwright() -> Playwright:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright) -> Browser:
    running = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
    yield running
    running.close()


class Person:
    """Somebody in front of a screen. Errors in the browser's console fail the story."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda line: self.errors.append(line.text) if line.type == "error" else None)
        self._under_way: set[Request] = set()
        page.on("request", lambda request: self._under_way.add(request))
        page.on("requestfinished", lambda request: self._under_way.discard(request))
        page.on("requestfailed", lambda request: self._under_way.discard(request))

    def is_(self, first_name: str) -> "Person":
        """Become a demo person."""
        self.page.goto(f"{self.base}/demo/")
        self.page.locator(f'button[value="{first_name.lower()}@demo.example.org"]').click()
        self.settles()
        return self

    def goes_to(self, path: str):
        response = self.page.goto(f"{self.base}{path}")
        self.settles()
        return response

    def settles(self) -> None:
        """Wait until what was pressed has had its effect: the page is whole, and nothing more is on its way.

        Not Playwright's "networkidle": it is true before a form that was just sent has left, and with a service worker
        it may never become true. The page itself is not asked: an answer from one that gives way to the next may never
        come. A page that is still busy after `PATIENCE` fails the story.
        """
        until = time.monotonic() + PATIENCE
        quiet = 0
        while quiet < QUIET and time.monotonic() < until:
            self.page.wait_for_timeout(50)  # Playwright hears meanwhile what the browser tells
            quiet = 0 if self._under_way else quiet + 1
        assert quiet == QUIET, f"Still busy with {[request.url for request in self._under_way]}"
        self.page.wait_for_load_state(timeout=PATIENCE * 1000)

    def presses(self, name: str, role: str = "button", *, exact: bool = False) -> None:
        self.page.get_by_role(role, name=name, exact=exact).first.click()
        self.settles()

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()

    def does_not_see(self, text: str) -> None:
        expect(self.page.get_by_text(text).locator("visible=true")).to_have_count(0)

    def finds_the_page_accessible(self) -> None:
        """Axe finds nothing, nothing sticks out sideways, and the console is silent."""
        self.page.evaluate(AXE.read_text())
        findings = self._findings()
        if findings and all(finding.startswith("target-size:") for finding in findings):
            # A link may lie half behind the bar at the foot: look again on a screen as tall as the page.
            size = self.page.viewport_size
            tall = self.page.evaluate("document.documentElement.scrollHeight") + 200
            self.page.set_viewport_size({"width": size["width"], "height": tall})
            findings = self._findings()
            self.page.set_viewport_size(size)
        assert findings == []
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"The page is {wide} px wider than the screen"
        assert self.errors == []

    def _findings(self) -> list[str]:
        return self.page.evaluate(
            """async (rules) => (await axe.run(document, {runOnly: rules})).violations
               .map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 200)).join(' | ')}`)""",
            RULES,
        )

    def takes_a_picture(self, name: str) -> None:
        """For the manual and the README; only when asked for, so that a test run changes no file."""
        if os.environ.get("OMTANKE_PICTURES"):
            PICTURES.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=PICTURES / f"{name}.png", full_page=False)


@pytest.fixture
def somebody(browser, omtanke, request):
    """`somebody("kari", width=390)`: a demo person with a phone (390 px wide) or at a desk (1280 px).

    When the story fails, what stood on their screens is told.
    """
    contexts = []

    def sit_down(first_name: str, *, width: int = 1280, language: str = "nb", dark: bool = False) -> Person:
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 900},
            locale=language,
            color_scheme="dark" if dark else "light",
            timezone_id=server.ZONE,
        )
        context.add_cookies([{"name": "django_language", "value": language, "url": omtanke.url}])
        contexts.append(context)
        return Person(context.new_page(), omtanke.url).is_(first_name)

    yield sit_down
    for context in contexts:
        if request.node.stash.get(FAILED, False):
            for page in context.pages:
                print(f"--- {page.url} ---\n{page.locator('body').inner_text()[:3000]}")
        context.close()
