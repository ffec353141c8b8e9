"""Walk the screens of one person the way she would: from her menus, link by link, each kind of page once."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urljoin, urlsplit

from playwright.sync_api import ConsoleMessage, Page
from playwright.sync_api import Error as BrowserError

WIDTHS = (1280, 360)
THEMES = ("light", "dark")
MENUS = ".side-nav a, .side-me, .tabbar a"
DEEP = 2
MOST = 45  # pages a person, so that the whole walk stays short
AUDITS = 1  # people for whom axe-core reads the same kind of page
MARK = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d{2}-\d{2}|\d+")
AWAY = ("/account/logout/", "/static/")

FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return {href: at.getAttribute("href") || "", tag: at.tagName, seen: box.width > 0 && box.top >= 0 && box.left >= 0,
          ring: ring || style.boxShadow !== "none"};
}"""


def kind_of(address: str) -> str:
    """Give the kind of a page: its path without ids, and the names of what it is asked."""
    parts = urlsplit(address)
    return MARK.sub("*", parts.path) + "".join(f"?{name}" for name in sorted(parse_qs(parts.query)))


@dataclass
class Walk:
    """One person's walk; `faults` says in plain lines what is wrong where."""

    page: Page
    home: str
    violations: Callable[[Page], list[str]]
    audited: dict[str, int]
    faults: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)

    def go(self) -> None:
        """Walk level by level; the menus are the first."""
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.goto(f"{self.home}/mine/")
        level = self._links(MENUS)
        for _ in range(DEEP + 1):
            level = [link for address in level if self._new(address) for link in self._visit(address)]

    def _new(self, address: str) -> bool:
        kind = kind_of(address)
        if kind in self.seen or len(self.seen) >= MOST:
            return False
        self.seen.add(kind)
        return True

    def _visit(self, address: str) -> list[str]:
        kind = kind_of(address)
        self.said.clear()
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 800})
        try:
            answer = self.page.goto(address)
        except BrowserError as error:
            if "Download is starting" in error.message:
                return []
            raise
        if answer is None or answer.status != 200:
            self.faults.append(f"{kind}: answers {answer and answer.status} ({address})")
            return []
        found = self._links("main a")
        self.faults += [f"{kind}: {fault}" for fault in self._check(kind)]
        return found

    def _check(self, kind: str) -> Iterator[str]:
        if "留守" in self.page.title():
            yield f"title {self.page.title()}"
        if self.page.locator("h1").count() != 1:
            yield f"{self.page.locator('h1').count()} headings of the first level"
        audit = self.audited.get(kind, 0) < AUDITS
        self.audited[kind] = self.audited.get(kind, 0) + 1
        if audit:
            yield from self._keyboard()
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 740})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                yield f"scrolls sideways, {wide} px at {width}"
            for theme in THEMES if audit else ():
                self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
                yield from (f"{width} {theme}: {one}" for one in self.violations(self.page))
        yield from (f"console: {one}" for one in self.said)

    def _keyboard(self) -> Iterator[str]:
        self.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        self.page.keyboard.press("Tab")
        skip = self.page.evaluate(FOCUS)
        if self.page.locator("[data-problems]").count() == 0 and skip["href"] != "#main":
            yield f"the first Tab leads to {skip}, not to the skip link"
            return
        if not skip["seen"]:
            yield "the skip link stays hidden when it has the focus"
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Tab")
        first = self.page.evaluate(FOCUS)
        if first["tag"] != "BODY" and not first["ring"]:
            yield f"the focus cannot be seen on {first}"

    def _links(self, where: str) -> list[str]:
        hrefs = self.page.locator(where).evaluate_all(
            "all => all.filter(a => !a.hasAttribute('download')).map(a => a.getAttribute('href') || '')"
        )
        whole = [urljoin(self.page.url, href).split("#")[0] for href in hrefs]
        return [link for link in dict.fromkeys(whole) if link.startswith(self.home) and not self._away(link)]

    def _away(self, link: str) -> bool:
        return urlsplit(link).path.startswith(AWAY)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.said.append(message.text)
