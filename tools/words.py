"""Look for words that Oasis never says: harsh words in any text, and 留守 where a pupil or passer-by may read it."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/oasis"
HARSH = ("问题儿童", "问题学生", "差生", "后进生", "畸形", "孤僻", "劣迹", "弱势儿童", "缺爱", "没人要")
TITLE = re.compile(r"<title>.*?</title>|{%-?\s*block title\s*-?%}.*?{%-?\s*endblock", re.S)


def main() -> int:
    faults = []
    for path in sorted(SOURCE.rglob("*")):
        if "vendor" in path.parts or path.suffix not in {".py", ".html", ".txt", ".js"}:
            continue
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT)
        faults += [f"{name}:{line_of(text, word)}: {word}" for word in HARSH if word in text]
        faults += [f"{name}: 留守 in a page title" for title in TITLE.findall(text) if "留守" in title]
    print("\n".join(faults) or "words: clean")
    return 1 if faults else 0


def line_of(text: str, word: str) -> int:
    return text[: text.index(word)].count("\n") + 1


if __name__ == "__main__":
    sys.exit(main())
