"""Compile every template, and keep scripts and styles out of them: the content security policy allows none inline."""

import re
import sys
from pathlib import Path

import django
from django.template import engines
from jinja2 import TemplateSyntaxError

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "src/oasis/desk/templates"
FORBIDDEN = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.I),
    "inline style": re.compile(r"<style\b|\sstyle\s*=\s*[\"']", re.I),
    "inline handler": re.compile(r"<[^>]+\son[a-z]+\s*=\s*[\"']", re.I),
    "script in a link": re.compile(r"javascript:", re.I),
    "file of another host": re.compile(r"(?:src|<link[^>]*href)\s*=\s*[\"'](?:https?:)?//", re.I),
}


def main() -> int:
    django.setup()
    environment = engines["jinja2"].env  # type: ignore[attr-defined]
    names = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.suffix in {".html", ".txt"})
    faults = []
    for name in names:
        try:
            environment.get_template(name)
        except TemplateSyntaxError as error:
            faults.append(f"{name}:{error.lineno}: {error.message}")
        faults += found(name, (FOLDER / name).read_text(encoding="utf-8"))
    print("\n".join(faults) or f"templates: {len(names)} compile")
    return 1 if faults else 0


def found(name: str, text: str) -> list[str]:
    lines = enumerate(text.splitlines(), 1)
    return [f"{name}:{n}: {what}" for n, line in lines for what, bad in FORBIDDEN.items() if bad.search(line)]


if __name__ == "__main__":
    sys.exit(main())
