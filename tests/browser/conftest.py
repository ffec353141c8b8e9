"""The browser stories drive the system's Chromium; axe-core comes from npm (`make assets`)."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from oasis.config.demo.logins import PASSWORD
from tests.browser.steps import PHONE, Come, Sound
from tests.program import SOURCE, Oasis, free_port, read_until

DAY = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
FIRST_DAY = DAY - timedelta(
    weeks=2
)  # of a school that begins: two weeks of month and visit are left, so that they are owed
ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Colours are measured once what moves has come to rest; what turns for ever is not waited for.
STILL = """() => Promise.all(document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
    .map((one) => one.finished.catch(() => null))).then(() => null)"""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

expect.set_options(
    timeout=30_000
)  # a machine with other work to do is slow, and no answer of the program is wrong for that
# Playwright keeps an event loop in the thread of the test, which Django would take for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Use the system's browser."""
    return chromium()


def chromium() -> dict[str, Any]:
    """Give how to launch the browser of this machine."""
    found = os.environ.get("OASIS_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        pytest.fail("no Chromium found: apt-get install chromium, or set OASIS_CHROMIUM")
    return {"executable_path": found, "args": list(QUIET), "headless": True}


@pytest.fixture(scope="session")
def empty_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a program that was started for the first time: no school, no account."""
    yield from served(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="module")
def new_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty program that belongs to one story alone."""
    yield from served(tmp_path_factory.mktemp("new"), day=FIRST_DAY)


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a program with the village school of the demo; a story must not undo what another needs."""
    yield from served(tmp_path_factory.mktemp("village"), "--demo", "village")


@pytest.fixture
def enter(page: Page) -> Callable[[str, str], Page]:
    """Log in at an address as one of the demo's accounts, the way a person does."""

    def log_in(address: str, username: str, password: str = PASSWORD) -> Page:
        page.goto(f"{address}/account/login/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", password)
        page.click("form button[type=submit]")
        page.wait_for_url(lambda url: "/account/login" not in url)
        return page

    return log_in


@pytest.fixture(scope="module")
def come(village: str, browser: Browser) -> Iterator[Come]:
    """Let somebody of the school come in on a phone or at a desk; each keeps her own window through the module."""
    windows: dict[str, Page] = {}

    def in_(username: str, size: dict[str, int] = PHONE, password: str = PASSWORD) -> Page:
        if username not in windows:
            page = browser.new_context(viewport=size, locale="zh-CN", accept_downloads=True).new_page()  # type: ignore[arg-type]
            page.goto(f"{village}/account/login/")
            page.fill("[name=login]", username)
            page.fill("[name=password]", password)
            page.click("form button[type=submit]")
            page.wait_for_url(lambda url: "/account/login" not in url)
            windows[username] = page
        page = windows[username]
        page.goto(village)
        return page

    yield in_
    for page in windows.values():
        page.context.close()


def clock(day: datetime = DAY) -> dict[str, str]:
    """Let the program live on the day of all tests, a school day: what is due depends on the date."""
    ahead = day.timestamp() - time.time()
    return {"OASIS_TEST_AHEAD": str(ahead), "PYTHONPATH": f"{SOURCE}:{Path(__file__).parent / 'clock'}"}


def served(home: Path, *words: str, day: datetime = DAY) -> Iterator[str]:
    """Start the program and give its address as soon as it says that it is up."""
    port = free_port()
    with Oasis(home, **clock(day)).up(port, *words) as program:
        told = read_until(program, "Ctrl-C")
        if program.poll() is not None:
            pytest.fail(f"oasis did not start:\n{told}")
        # what the server says afterwards must not fill the pipe and stop it
        drain = threading.Thread(target=lambda: list(program.stdout or ()), daemon=True)
        drain.start()
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def violations() -> Callable[[Page], list[str]]:
    """Run axe-core on a page; each WCAG 2.2 AA violation is one line that names the element."""

    def check(page: Page) -> list[str]:
        page.evaluate(STILL)
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("tags => axe.run(document, {runOnly: tags}).then(r => r.violations)", WCAG)
        return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]

    return check


@pytest.fixture
def sound(violations: Callable[[Page], list[str]]) -> Sound:
    """Say that a page has no barriers and does not scroll sideways."""

    def check(page: Page) -> None:
        assert violations(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url

    return check
