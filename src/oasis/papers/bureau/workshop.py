"""The program that opens a form from outside, in a process of its own with little memory and time (see opening.py).

It reads one line of JSON that says what to do and then the file, and answers with one line of JSON and then files.
"""

import importlib
import json
import sys
import traceback
import zipfile
from pathlib import Path
from typing import Any

from oasis.papers.bureau import seeking

HANDS = {"docx": "oasis.papers.bureau.word_file", "xlsx": "oasis.papers.bureau.excel_file"}


def cap(memory: int, seconds: int) -> None:
    """Let the system stop this process before it hurts the others; Windows has no such limits."""
    try:
        resource = importlib.import_module("resource")
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def work(order: dict[str, Any], data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Read the form, or fill it once for each job; to try it is to fill it and read it again."""
    seeking.look(data)
    hand: Any = importlib.import_module(HANDS[order["ending"]])  # either library takes its time; one is enough
    if order["act"] == "read":
        return hand.read(data), []
    made = [hand.fill(data, job) for job in order["jobs"]]
    told = {"before": hand.read(data), "after": hand.read(made[0])} if order["act"] == "try" else {}
    return {"sizes": [len(one) for one in made], **told}, made


def reason(error: Exception, act: str) -> str:
    """Give the code of why the form could not be used; a form that was read before and cannot be filled is our fault.

    Behind the code stand the kind of error and the line, never its text: a text may hold what stands in a cell.
    """
    if isinstance(error, MemoryError) or type(error).__name__ == "TooHeavy":
        return "too-heavy"
    if isinstance(error, seeking.Active | seeking.Macros):
        return type(error).__name__.lower()
    if isinstance(error, zipfile.BadZipFile):
        return "damaged"
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{'damaged' if act == 'read' else 'broken'} {type(error).__name__} {Path(last.filename).name}:{last.lineno}"


def main() -> None:
    """Do one order from standard input and answer on standard output."""
    cap(int(sys.argv[1]), int(sys.argv[2]))
    order = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    try:
        told, files = work(order, data)
    except Exception as error:  # whatever it was, it is told to the parent by code
        told, files = {"refused": reason(error, str(order["act"]))}, []
    out = sys.stdout.buffer
    out.write(json.dumps(told).encode() + b"\n")
    for one in files:
        out.write(one)


if __name__ == "__main__":
    main()
