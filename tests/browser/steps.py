"""What people of every story do: open a place of the menu, look a child up, fill a form."""

from collections.abc import Callable

from playwright.sync_api import Page

Come = Callable[..., Page]
Sound = Callable[[Page], None]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
GRADES = "一二三四五六"


def go(page: Page, place: str) -> None:
    """Open one of the menu's places: from the side of a desk, from 我的 on a phone."""
    if page.locator(".side-nav").is_visible():
        page.locator(".side-nav").get_by_role("link", name=place, exact=True).click()
        return
    tab = page.locator(".tabbar").get_by_role("link", name=place, exact=True)
    if tab.count():
        tab.click()
        return
    page.locator(".tabbar").get_by_role("link", name="我的", exact=True).click()
    page.locator(".phone-only").get_by_role("link", name=place, exact=True).click()


def homeroom_of(klass: str) -> str:
    """Give the demo's log-in of the homeroom teacher of a class, from its name."""
    grade = GRADES.index(klass[0]) + 1
    return "banzhuren" if grade == 3 else f"laoshi{grade}"


def fill(page: Page, **words: str) -> None:
    """Fill fields by their names on the wire."""
    for name, value in words.items():
        page.locator(f"main [name={name}]").fill(value)


def open_child(page: Page, name: str) -> None:
    """Look a child up by name and open the file."""
    go(page, "孩子")
    page.locator("#q").fill(name)
    page.get_by_role("button", name="查找").click()
    page.locator("#found").get_by_role("link", name=name, exact=True).click()
