"""Opening a form from outside: told by its content, judged before it is opened, read and filled in a limited process."""

import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from oasis.kit.refused import Refused
from oasis.kit.strangers import OLE, Unfit, old_office, parts_of, run_apart

LOG = logging.getLogger("oasis.bureau")
MEMORY, SECONDS = 1 << 30, 120
MOST_UNPACKED = 120 << 20
SOURCE = str(Path(__file__).resolve().parents[3])
START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from oasis.papers.bureau.workshop import main; main()"
REASONS = {
    "empty": "这个文件是空的。请检查是不是选错了文件。",
    "too-large": "文件超过 {limit} MB。空白表一般只有几十 KB，请删去图片后再传。",
    "password": "这张表设了打开密码。请用 Word、Excel 或 WPS 打开，取消密码后保存，再传。",
    "damaged": "这张表打不开：文件已损坏，或没有传完整。请重新从原处复制一份；如果自己能打开，请另存一份新的再传。",
    "unread": "这张表没有读成：是程序出了错，不一定是您的文件有问题。请过一会儿再试；还是不行，请告诉管理员，原因已写进程序的日志。",
    "broken": "这张表没有填成：是程序出了错，不是您的文件有问题，填的内容也没有改动。请过一会儿再试；还是不行，请告诉管理员，原因已写进程序的日志。",
    "bomb": "这个文件展开后大得异常，为安全起见没有打开。请把表格复制到新文件里再传。",
    "too-heavy": "这张表太大（常见原因是很远的单元格里还有内容或格式）。请把表格复制到新文件里再传。",
    "old-word": "这是旧格式的 Word 文件（.doc）。请用 Word 或 WPS 打开，选“另存为”，类型选“Word 文档（.docx）”，再传新的那份。",
    "old-book": "这是旧格式的 Excel 文件（.xls）。请用 Excel 或 WPS 打开，选“另存为”，类型选“Excel 工作簿（.xlsx）”，再传新的那份。",
    "macros": "这张表里有宏（自动执行的程序），为安全起见不能用。请另存为不带宏的 .docx 或 .xlsx 再传。",
    "active": "这张表里嵌着别的文件，或者会去外面取内容（外部链接、对象），为安全起见不能用。请删去后再传。",
    "not-a-form": "只能传 Word（.docx）或 Excel（.xlsx）的表。PDF、图片请向上级要可以填写的原表。",
}
MACROS = ("vbaproject.bin", "vbadata.xml")
ACTIVE = ("/embeddings/", "/activex/", "/externallinks/", "xl/connections.xml", "/ctrlprops/", "/macrosheets/")


def refused(code: str, **values: object) -> Refused:
    """Make the refusal for a reason."""
    return Refused(f"form-{code}", REASONS.get(code, REASONS["damaged"]).format(**values), field="file")


def ending_of(data: bytes, *, largest: int) -> str:
    """Tell what a file is by its content, never by its name: docx or xlsx; raises Refused with what to do instead."""
    if not data.strip():
        raise refused("empty")
    if len(data) > largest:
        raise refused("too-large", limit=largest >> 20)
    if data.startswith(OLE):
        found = old_office(data)
        raise refused({"password": "password", "word": "old-word", "book": "old-book"}.get(found, "not-a-form"))
    if not data.startswith(b"PK"):
        raise refused("not-a-form")
    names = _names(data)
    ending = "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else ""
    if not ending:
        raise refused("not-a-form")
    return ending


def _names(data: bytes) -> set[str]:
    """Give the names of the parts; raises Refused when one of them would run or carries another file."""
    try:
        names = {name.lower() for name in parts_of(data, most=MOST_UNPACKED)}
    except Unfit as unfit:
        raise refused(str(unfit)) from unfit
    if any(name.endswith(MACROS) for name in names):
        raise refused("macros")
    if any(bad in f"/{name}" for name in names for bad in ACTIVE):
        raise refused("active")
    return names


def read(data: bytes, ending: str) -> dict[str, Any]:
    """Give what stands in a form: its tables, paragraphs and remarks."""
    told, _files = _apart({"act": "read", "ending": ending}, data)
    return told


def fill(data: bytes, ending: str, jobs: Sequence[dict[str, Any]]) -> list[bytes]:
    """Fill one copy for each job."""
    told, body = _apart({"act": "fill", "ending": ending, "jobs": list(jobs)}, data)
    files, at = [], 0
    for size in told["sizes"]:
        files.append(body[at : at + size])
        at += size
    return files


def trial(data: bytes, ending: str, job: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], bytes]:
    """Fill one copy; give what stood in the form, what stands in the copy, and the copy."""
    told, body = _apart({"act": "try", "ending": ending, "jobs": [job]}, data)
    return told["before"], told["after"], body


def _apart(order: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    command = [sys.executable, "-I", "-c", START, SOURCE, str(MEMORY), str(SECONDS)]
    try:
        answer = run_apart(command, json.dumps(order).encode() + b"\n" + data, SECONDS + 10)
    except Unfit as unfit:
        ours = str(unfit) == "damaged"  # the small program itself broke down; what is in a file it answers by code
        if ours:
            LOG.error("a form could not be opened to %s: the program ended with an error", order["act"])
        own = "unread" if order["act"] == "read" else "broken"
        raise refused(own if ours else str(unfit)) from unfit
    head, _, body = answer.partition(b"\n")
    told: dict[str, Any] = json.loads(head)
    if "refused" in told:
        code, _, where = str(told["refused"]).partition(" ")
        if where:
            LOG.error("a form could not be opened to %s: %s", order["act"], where)
        raise refused(code)
    return told, body
