"""Take the README's pictures of the demo's village school: `make pictures`. The people in them are invented."""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import django
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
django.setup()

from oasis.config.demo.logins import PASSWORD  # noqa: E402
from tests.browser.conftest import chromium, served  # noqa: E402

IMAGES = ROOT / "docs/images"
DESK, PHONE = (1280, 800), (360, 740)
LARGEST = 200_000
Way = Callable[[Page], None]


@dataclass(frozen=True)
class Picture:
    """One picture: its file, who looks, on what, and the way there from the first page."""

    name: str
    username: str
    size: tuple[int, int]
    way: Way


def stay(page: Page) -> None:
    """Take the first page itself."""


def child(page: Page) -> None:
    """Open a child that something is due for."""
    page.locator(".line-file").first.click()


def calls(page: Page) -> None:
    """Start the calls to the parents."""
    page.goto(f"{page.url.rstrip('/')}/calls/?kind=family-call")
    page.locator(".call-start a").click()


def matrix(page: Page) -> None:
    """Open the teacher's class."""
    page.get_by_role("link", name="班级", exact=True).first.click()
    page.locator("main .line-link").first.click()
    page.locator(".grid-frame, .duty-grid").first.wait_for()


def summary(page: Page) -> None:
    """Draft the school's work summary."""
    page.goto(f"{page.url.rstrip('/')}/papers/summary/new/")
    page.get_by_role("button", name="写出初稿").click()
    page.locator(".sheet").wait_for()


def statistics(page: Page) -> None:
    """Open the school's figures."""
    page.get_by_role("link", name="学校", exact=True).first.click()


PICTURES = (
    Picture("today", "banzhuren", PHONE, stay),
    Picture("child", "banzhuren", DESK, child),
    Picture("calls", "banzhuren", PHONE, calls),
    Picture("class", "banzhuren", DESK, matrix),
    Picture("summary", "xiaozhang", DESK, summary),
    Picture("school", "xiaozhang", DESK, statistics),
)


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="oasis-pictures-") as home, sync_playwright() as play:
        house = served(Path(home), "--demo", "village")
        address = next(house)
        browser = play.chromium.launch(**chromium())
        for picture in PICTURES:
            file = take(browser, address, picture)
            print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} kB")
        browser.close()
        house.close()  # type: ignore[attr-defined]


def take(browser: Browser, address: str, picture: Picture) -> Path:
    """Log in, go the way, take the picture."""
    width, height = picture.size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/account/login/?next=/")
    page.fill("[name=login]", picture.username)
    page.fill("[name=password]", PASSWORD)
    page.click("form button[type=submit]")
    page.wait_for_url(lambda url: "/account/login" not in url)
    picture.way(page)
    page.wait_for_load_state("networkidle")
    file = IMAGES / f"{picture.name}.png"
    page.screenshot(path=file)
    context.close()
    if file.stat().st_size > LARGEST:
        sys.exit(f"{file.name} is larger than {LARGEST} bytes")
    return file


if __name__ == "__main__":
    main()
