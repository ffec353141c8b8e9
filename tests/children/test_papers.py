"""Photos and papers: told by content, drawn anew, sealed, shown to whom it may be, deleted when taken out."""

import io
import struct
import zlib
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image

from oasis.children.actions.papers import keep_paper, withdraw_paper
from oasis.children.models import Child, Paper, PaperBody
from oasis.kit.refused import Refused
from oasis.kit.scans import scanned
from oasis.people.models import Trail
from tests.world import TODAY, World, agree

Login = Callable[[str], Client]
WHY = "a test looks"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
SECRET_PLACE = b"OASIS-GPS-SECRET"


def picture(size: tuple[int, int] = (640, 480), kind: str = "JPEG", hidden: bool = True) -> bytes:
    """A photo as a phone makes it: with a place and a description in its hidden data, lying on its side."""
    made, out = Image.new("RGB", size, "olive"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = SECRET_PLACE.decode()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (26.0, 1.0, 2.0)})
    made.save(out, kind, **({"exif": exif, "comment": SECRET_PLACE} if hidden and kind == "JPEG" else {}))
    return out.getvalue()


def png(*parts: tuple[bytes, bytes]) -> bytes:
    """A PNG of these parts, each with a right checksum, however wrong its content."""
    told = b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + told


def pdf(inside: bytes, packed: bytes = b"") -> bytes:
    """A PDF with these words in clear and these in an object stream."""
    stream = (
        b"2 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>stream\n"
        + zlib.compress(packed)
        + b"\nendstream endobj\n"
    )
    return b"%PDF-1.5\n1 0 obj<<" + inside + b">>endobj\n" + stream + b"trailer<<>>\n%%EOF\n"


HEAD = (b"IHDR", struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0))


def kept(world: World, **more: object) -> Paper:
    fields: dict[str, object] = {"kind": "certificate", "data": picture(), "on": TODAY, "title": "低保证"} | more
    return keep_paper(world.scope("zhao"), world.children["lin"], **fields)  # type: ignore[arg-type]


def lin(world: World) -> Child:
    return Child.objects.everywhere(why=WHY).get(pk=world.children["lin"].pk)


def test_a_picture_is_drawn_anew_without_its_place() -> None:
    data = picture()
    assert SECRET_PLACE in data
    scan = scanned(data, largest=2**20)
    assert SECRET_PLACE not in scan.body + scan.thumb
    with Image.open(io.BytesIO(scan.body)) as found:
        assert (found.format, found.size, dict(found.getexif())) == ("JPEG", (480, 640), {}), "turned upright"
    with Image.open(io.BytesIO(scan.thumb)) as small:
        assert max(small.size) == 320
    with Image.open(io.BytesIO(scanned(picture((5000, 100), "PNG"), largest=2**24).body)) as large:
        assert large.size[0] == 2400


def words_in(tag: int) -> bytes:
    """Hidden data whose only entry holds words, also where a number belongs, as in the tag of the width."""
    entry = struct.pack("<HHII", tag, 2, len(SECRET_PLACE) + 1, 26)
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + bytes(4) + SECRET_PLACE + b"\0"


@pytest.mark.parametrize(
    "tag", [0x0100, 0x0101, 0x0102, 0x0103, 0x0111, 0x0112, 0x0131, 0x8298, 0x8769, 0x8825, 0x9C9B]
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_words_hidden_in_any_tag_come_along(kind: str, tag: int) -> None:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "olive").save(out, kind, exif=words_in(tag))
    assert SECRET_PLACE in out.getvalue()
    scan = scanned(out.getvalue(), largest=2**20)
    for made in (scan.body, scan.thumb):
        assert SECRET_PLACE not in made
        assert b"Exif" not in made
        with Image.open(io.BytesIO(made)) as found:
            assert found.size == (64, 48)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"MZ\x90\x00 a program", "no-scan"),
        (b"<svg onload=alert(1)>", "no-scan"),
        (b"<html>%PDF-1.4 %%EOF", "no-scan"),
        (b"%PDF-1.4 cut off", "broken"),
        (picture()[:2000], "broken"),
        (b"GIF89a" + bytes(50), "no-scan"),
        (b"", "no-scan"),
        (bytes(2**20 + 1), "too-large"),
        (picture((12000, 6000), "PNG"), "too-large"),
        (picture((7700, 7700), "PNG"), "too-large"),
        (png(HEAD, (b"pHYs", b"\0"), (b"IDAT", b"")), "broken"),
        (png(HEAD, (b"gAMA", b"\0"), (b"IDAT", b"")), "broken"),
        (pdf(b"/OpenAction 4 0 R"), "active"),
        (pdf(b"/OpenAction<</S/URI>>"), "active"),
        (pdf(b"/S/JavaScript/JS(app.alert(1))"), "active"),
        (pdf(b"/S/J#61vaScript"), "active"),
        (pdf(b"/S/Launch/F(cmd.exe)"), "active"),
        (pdf(b"/Type/EmbeddedFile"), "active"),
        (pdf(b"", b"<</S/JavaScript/JS(app.alert(1))>>"), "active"),
        (pdf(b"/AA<</O<</S/URI/URI(http://x)>>>>"), "active"),
        (pdf(b"/AA 7 0 R"), "active"),
        (pdf(b"/A<</S/SubmitForm>>"), "active"),
        (pdf(b"/A<</S/GoToR/F(there.pdf)>>"), "active"),
        (pdf(b"", b"<</S/JavaScript>>").replace(b"/ObjStm", b"/Obj#53tm"), "active"),
        (pdf(b"", b"<</S/JavaScript>>").replace(b"/ObjStm", b"/ObjStm" + b" " * 600), "active"),
        (pdf(b"", b"<</S/JavaScript>>").replace(b"/ObjStm", b"/ObjStm%stream\n"), "active"),
        (pdf(b"", b"<</S/JavaScript>>").replace(b">>stream\n", b">>stream\r"), "active"),
        (pdf(b"").replace(b"x\x9c", b"?? "), "closed"),
        (pdf(b"/Encrypt 5 0 R"), "locked"),
        (pdf(b"", bytes(33 << 20)), "too-large"),
    ],
)
def test_what_is_no_photo_and_no_pdf_is_refused_whatever_it_is_called(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        scanned(data, largest=2**20)
    assert refused.value.code == code


def test_a_pdf_that_only_says_where_it_opens_is_kept() -> None:
    harmless = pdf(b"/OpenAction[3 0 R /XYZ null null 0]", b"<</Type/Page>>")
    assert scanned(harmless, largest=2**20).body == harmless


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_dots_is_drawn(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (2600, 20)).save(out, "PNG")
    with Image.open(io.BytesIO(scanned(out.getvalue(), largest=2**20).body)) as found:
        assert (found.mode, found.size[0]) == ("RGB", 2400)


def test_a_paper_is_kept_sealed_and_comes_back(world: World) -> None:
    paper = kept(world, data=PDF)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM children_paperbody")
        (cell,) = cursor.fetchone()
        cursor.execute("SELECT title FROM children_paper")
        assert "低保" not in cursor.fetchone()[0]
    assert cell.startswith("1:")
    assert bytes(PaperBody.objects.everywhere(why=WHY).get(paper=paper).data) == PDF
    line = Trail.objects.everywhere(why=WHY).latest("seq")
    assert (line.deed, line.child, line.detail) == ("paper.keep", lin(world).pk, "certificate")


def test_a_photo_needs_a_yes_and_goes_with_a_no(world: World) -> None:
    with pytest.raises(Refused) as refused:
        kept(world, kind="photo")
    assert refused.value.code == "consent"
    agree(world, world.scope("zhao"))
    with pytest.raises(Refused):
        kept(world, kind="photo", data=PDF)
    first, second = kept(world, kind="photo"), kept(world, kind="photo")
    other = kept(world)
    assert lin(world).photo == second.pk
    agree(world, world.scope("zhao"), "photo")  # every other use: yes
    left = PaperBody.objects.everywhere(why=WHY).values_list("paper", flat=True)
    assert list(left) == [other.pk]
    assert lin(world).photo is None
    assert Paper.objects.everywhere(why=WHY).get(pk=first.pk).withdrawn_at


def test_a_paper_taken_out_is_deleted_with_a_reason(world: World) -> None:
    paper = kept(world)
    with pytest.raises(Refused):
        withdraw_paper(world.scope("zhao"), paper, why=" ")
    with pytest.raises(Refused):
        withdraw_paper(world.scope("qian"), paper, why="拍错了")
    withdraw_paper(world.scope("zhao"), paper, why="拍错了")
    assert not PaperBody.objects.everywhere(why=WHY).exists()
    with pytest.raises(Refused) as refused:
        withdraw_paper(world.scope("zhao"), paper, why="再来一次")
    assert refused.value.code == "gone"


def test_only_whose_class_it_is_puts_something_in(world: World) -> None:
    for who in ("qian", "sun", "feng", "zheng"):
        with pytest.raises(Refused):
            keep_paper(world.scope(who), world.children["lin"], kind="other", data=PDF, on=TODAY)
    with pytest.raises(Refused):
        kept(world, on=TODAY + timedelta(days=1))
    with pytest.raises(Refused):
        kept(world, kind="spell")


def test_the_screen_keeps_shows_and_takes_out(world: World, login: Login) -> None:
    client, address = login("zhao"), reverse("child-papers", kwargs={"pk": world.children["lin"].pk})
    sent = {
        "file": SimpleUploadedFile("林晓晓低保证.exe", picture()),
        "kind": "certificate",
        "title": "低保证",
        "on": "2026-11-20",
    }
    assert client.post(address, sent).status_code == 302
    paper = Paper.objects.everywhere(why=WHY).get()
    assert (paper.on, paper.media) == (date(2026, 11, 20), "image/jpeg")
    page = client.get(address).content.decode()
    assert "低保证" in page
    assert reverse("child-paper-small", kwargs={"pk": paper.pk}) in page
    whole = client.get(reverse("child-paper", kwargs={"pk": paper.pk}))
    assert whole["Content-Type"] == "image/jpeg"
    assert whole["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in whole["Content-Security-Policy"]
    assert "no-store" in whole["Cache-Control"]
    assert whole["Content-Disposition"] == 'inline; filename="certificate-20261120.jpg"'
    assert Trail.objects.everywhere(why=WHY).latest("seq").deed == "paper.look"
    client.post(reverse("child-paper-withdraw", kwargs={"pk": paper.pk}), {"why": "重拍"})
    assert client.get(reverse("child-paper", kwargs={"pk": paper.pk})).status_code == 404


def test_a_pdf_is_only_saved_never_shown(world: World, login: Login) -> None:
    answer = login("zhao").get(reverse("child-paper", kwargs={"pk": kept(world, data=PDF).pk}))
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer.content == PDF


def test_who_helps_sees_the_photo_not_the_certificates(world: World, login: Login) -> None:
    agree(world, world.scope("zhao"))
    photo, paper = kept(world, kind="photo", title=""), kept(world)
    sun = login("sun")
    page = sun.get(reverse("child-papers", kwargs={"pk": world.children["lin"].pk})).content.decode()
    assert str(photo.pk) in page
    assert str(paper.pk) not in page
    assert "低保证" not in page
    for name in ("child-paper", "child-paper-small"):
        assert sun.get(reverse(name, kwargs={"pk": photo.pk})).status_code == 200
        assert sun.get(reverse(name, kwargs={"pk": paper.pk})).status_code == 404
        assert login("qian").get(reverse(name, kwargs={"pk": photo.pk})).status_code == 404
    assert str(photo.pk) in sun.get(reverse("child-file", kwargs={"pk": world.children["lin"].pk})).content.decode()


def test_a_refusal_is_said_beside_the_form(world: World, login: Login) -> None:
    address = reverse("child-papers", kwargs={"pk": world.children["lin"].pk})
    sent = {"file": SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>"), "kind": "other", "on": "2026-11-20"}
    answer = login("zhao").post(address, sent)
    assert answer.status_code == 422
    assert "只能上传照片" in answer.content.decode()
