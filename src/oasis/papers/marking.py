"""What every file that leaves the program carries: who took it out and when, and a lock where it leaves the school."""

import io
from dataclasses import replace

import docx
import pyzipper

from oasis.kit.dates import now, zh_when
from oasis.kit.refused import Refused
from oasis.papers.footers import PAGES, docx_footer
from oasis.papers.plaintext import plain
from oasis.papers.shape import Export
from oasis.people.scope import Scope

LEAST = 10  # characters of the password of a file that leaves the school


def mark_of(scope: Scope) -> str:
    """Name who takes a file out, and the moment."""
    return plain(f"{scope.name} {zh_when(now())}导出，含个人信息，请妥善保管")


def footer_of(mark: str) -> str:
    """Give a spreadsheet's footer: the mark at the left, the page in the middle; & is a sign of its own there."""
    return f"&L&8{mark.replace('&', '&&')}{PAGES}" if mark else PAGES


def docx_marked(data: bytes, mark: str) -> bytes:
    """Write the mark into the footer of every page of a Word file."""
    document = docx.Document(io.BytesIO(data))
    docx_footer(document, mark)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def locked(export: Export, password: str) -> Export:
    """Put a file into a .zip under AES-256; raises Refused for a password that is soon guessed."""
    if len(password) < LEAST or password.isdecimal():
        raise Refused("weak", f"密码至少{LEAST}个字符，不要全是数字；请另外用电话告诉对方", field="password")
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        archive.writestr(export.name, export.data)
    return replace(export, name=f"{export.name.rsplit('.', 1)[0]}.zip", media="application/zip", data=out.getvalue())
