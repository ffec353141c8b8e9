"""Photos and scans from outside: told by their content, never by their name; pictures are drawn anew, without hidden data."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from oasis.kit.refused import Refused

JPEG, PDF = "image/jpeg", "application/pdf"
LONGEST, SMALL = 2400, 320  # pixels of the longer side, kept and as a thumbnail
MOST_PIXELS = 60_000_000
KINDS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF")


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
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=KINDS) as found:
                if found.width * found.height > MOST_PIXELS:
                    raise Refused("too-large", "照片的像素太多，请用普通清晰度重拍", field="file")
                turned = ImageOps.exif_transpose(found)
                picture = _flat(turned)
    except (UnidentifiedImageError, Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refused("no-scan", "只能上传照片（JPG、PNG 等）或 PDF，这个文件都不是", field="file") from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise Refused("broken", "照片打不开，可能没有传完整，请重新选择", field="file") from None
    return Scan(JPEG, _drawn(picture, LONGEST), _drawn(picture, SMALL))


def _pdf(data: bytes) -> Scan:
    if b"%%EOF" not in data[-2048:]:
        raise Refused("broken", "PDF 不完整，请重新选择", field="file")
    return Scan(PDF, data)


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
