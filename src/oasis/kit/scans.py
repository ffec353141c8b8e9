"""Photos and scans from outside: told by their content, never by their name; pictures are drawn anew, without hidden data."""

import io
import re
import struct
import warnings
import zlib
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from oasis.kit.refused import Refused

JPEG, PDF = "image/jpeg", "application/pdf"
LONGEST, SMALL = 2400, 320  # pixels of the longer side, kept and as a thumbnail
MOST_PIXELS = 25_000_000  # about 100 MB while it is read
PLAIN = frozenset({"L", "RGB", "RGBA", "CMYK", "YCbCr"})  # kinds of dots that can be made smaller as they are
KINDS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF")
NO_PICTURE = (UnidentifiedImageError, Image.DecompressionBombWarning, Image.DecompressionBombError)
BROKEN = (  # what the readers of pictures throw at bytes made to hurt
    OSError, ValueError, SyntaxError, EOFError, TypeError, AttributeError, LookupError, ArithmeticError, AssertionError,
    RuntimeError, MemoryError, struct.error, zlib.error,
)  # fmt: skip
ACTIVE = re.compile(  # "[" after OpenAction only names a page
    rb"/(JavaScript|Launch|EmbeddedFile|RichMedia|Rendition|XFA|SubmitForm|ImportData|GoToR|GoToE)"
    rb"|/OpenAction(?!\s*\[)|/AA\s*(<<|\d+\s+\d+\s+R)"
)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
PACKED = re.compile(b"/" + b"".join(b"(?:%c|#%02x|#%02X)" % (sign, sign, sign) for sign in b"ObjStm"))
STREAM = re.compile(rb"stream(?:\r\n|\n|\r)")
NEAR = 1 << 16  # bytes within which the stream of an object begins
MOST_INSIDE = 32 << 20  # bytes unpacked of one PDF's object streams


@dataclass(frozen=True)
class Scan:
    """A file that may be kept: what it is, its bytes, and a small picture of it."""

    media: str
    body: bytes
    thumb: bytes = b""


def scanned(data: bytes, *, largest: int) -> Scan:
    """Read a photo, a scan or a PDF; raises Refused for anything else, and for what is too large or broken."""
    if len(data) > largest:
        raise Refused("too-large", f"文件超过 {largest >> 20} MB，请拍小一点或分开上传", field="file")
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    try:
        picture = _small(data)
    except NO_PICTURE:
        raise Refused("no-scan", "只能上传照片（JPG、PNG 等）或 PDF，这个文件都不是", field="file") from None
    except BROKEN:
        raise Refused("broken", "照片打不开，可能没有传完整，请重新选择", field="file") from None
    return Scan(JPEG, _drawn(picture, LONGEST), _drawn(picture, SMALL))


def _small(data: bytes) -> Image.Image:
    """Read a picture and make it small before anything else is done, so that a big one does not fill the memory."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data), formats=KINDS) as found:
            if found.width * found.height > MOST_PIXELS:
                raise Refused("too-large", "照片的像素太多，请用普通清晰度重拍", field="file")
            if found.mode in PLAIN:
                found.thumbnail((LONGEST, LONGEST))
            return _flat(ImageOps.exif_transpose(found))


def _pdf(data: bytes) -> Scan:
    if b"%%EOF" not in data[-2048:]:
        raise Refused("broken", "PDF 不完整，请重新选择", field="file")
    if b"/Encrypt" in data:
        raise Refused("locked", "这个 PDF 有密码或加密，请换成没有加密的，或直接拍照上传", field="file")
    if any(ACTIVE.search(_named(part)) for part in (data, *_inside(data))):
        raise Refused(
            "active", "这个 PDF 里有脚本、附件或自动动作，为安全起见不能保存；请打印后拍照或重新扫描上传", field="file"
        )
    return Scan(PDF, data)


def _named(data: bytes) -> bytes:
    """Give the bytes with the names written out: "/J#61vaScript" is "/JavaScript"."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)


def _inside(data: bytes) -> list[bytes]:
    """Unpack the object streams of a PDF, where names do not stand in clear.

    Raises Refused when there is no end to them, and for one that cannot be unpacked: nobody knows what it hides.
    """
    parts, left = [], MOST_INSIDE
    for found in PACKED.finditer(data):
        part = _unpacked(data, found.end(), left)
        if part is None:
            raise Refused("closed", "这个 PDF 里有打不开的内容，请打印后拍照或重新扫描上传", field="file")
        left -= len(part)
        if left <= 0:
            raise Refused("too-large", "这个 PDF 太复杂，请打印后拍照上传", field="file")
        parts.append(part)
    return parts


def _unpacked(data: bytes, at: int, most: int) -> bytes | None:
    """Unpack the first stream behind a place that can be; the word may stand in a comment, too."""
    for begun in STREAM.finditer(data, at, at + NEAR):
        try:
            return zlib.decompressobj().decompress(data[begun.end() : begun.end() + MOST_INSIDE], most)
        except zlib.error:
            continue
    return None


def _flat(picture: Image.Image) -> Image.Image:
    """Put what is see-through on white; paper is white."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    paper = Image.new("RGB", clear.size, "white")
    paper.paste(clear, mask=clear.getchannel("A"))
    return paper


def _drawn(picture: Image.Image, longest: int) -> bytes:
    """Draw a picture anew: only its dots come along, no place, no camera, no hidden words."""
    made = Image.new("RGB", picture.size)
    made.paste(picture)
    made.thumbnail((longest, longest))
    out = io.BytesIO()
    made.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
