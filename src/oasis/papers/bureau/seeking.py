"""Looks through a form for what would run, or fetch something from outside, once the filled form is opened.

The parts are judged as they are understood, not as they are spelled: quotes, prefixes, encodings and escapes do not
matter (lxml comes with python-docx). Runs in the process apart; imports nothing of the house.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

FETCHING = re.compile(r"^(?:LINK|IMPORT|INCLUDE|RD)\b|\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|DATABASE)\b", re.I)
CALLING = r"\||\b(?:WEBSERVICE|RTD|CALL|REGISTER|EXEC|HYPERLINK|FILTERXML|IMAGE)\s*\("
BAD = {name: re.compile(CALLING, re.I) for name in ("definedName", "formula", "formula1", "formula2")}
BAD["f"] = re.compile(rf"\[|{CALLING}", re.I)
OUTSIDE = re.compile(r"\s*(?:[a-z]+:|\\\\|//)", re.I)
CARRIED = {"oleObject", "package", "externalLink", "attachedTemplate", "aFChunk", "control", "subDocument", "frame"}
MARKUP = ("<", "\ufeff", "\xff\xfe", "\xfe\xff", "\xef\xbb\xbf", "\x00<")


class Active(Exception):
    """The file would fetch something, or carries a declaration that no office program writes."""


class Macros(Exception):
    """The file says that it holds macros."""


def look(data: bytes) -> None:
    """Raise Active or Macros for a form that must not be used, BadZipFile for a part that cannot be read."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.infolist():
            _look_at(part.filename.lower(), archive.read(part))


def _look_at(name: str, body: bytes) -> None:
    declared = name.endswith((".xml", ".rels", ".vml"))
    if not declared and not body[:64].decode("latin-1").lstrip().startswith(MARKUP):
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        if not declared:
            return
        raise zipfile.BadZipFile(name) from error
    if root.getroottree().docinfo.doctype:
        raise Active
    for words in _fields(root):
        if FETCHING.search(words.strip()):
            raise Active
    for one in root.iter(etree.Element):
        _judge(_local(one.tag), one)


def _judge(tag: str, one: Any) -> None:
    told = {_local(name): value for name, value in one.attrib.items()}
    if tag in ("Override", "Default") and "macroenabled" in told.get("ContentType", "").lower():
        raise Macros
    if tag == "Relationship":
        _tied(told.get("Type", "").strip().rpartition("/")[2], told.get("TargetMode", "").strip().lower() == "external")
    if tag == "altChunk" or ("src" in told and OUTSIDE.match(told["src"])):
        raise Active
    if tag in BAD and BAD[tag].search("".join(one.itertext())):
        raise Active


def _tied(sort: str, outside: bool) -> None:
    if sort == "vbaProject":
        raise Macros
    if sort in CARRIED or (outside and sort != "hyperlink"):
        raise Active


def _fields(root: Any) -> Iterator[str]:
    """Give what each field of a Word part orders; one may be written in many pieces, and stand inside another."""
    open_ones: list[list[str]] = [[]]
    for one in root.iter(etree.Element):
        tag = _local(one.tag)
        if tag == "fldSimple":
            yield next((value for name, value in one.attrib.items() if _local(name) == "instr"), "")
        elif tag in ("instrText", "delInstrText"):
            open_ones[-1].append("".join(one.itertext()))
        elif tag == "fldChar":
            what = next((value for name, value in one.attrib.items() if _local(name) == "fldCharType"), "")
            if what == "begin":
                open_ones.append([])
            elif what == "end" and len(open_ones) > 1:
                yield "".join(open_ones.pop())
    yield from ("".join(pieces) for pieces in open_ones)


def _local(name: str) -> str:
    return str(name).rpartition("}")[2]
