"""Paragraph styles and fonts of an official document."""

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.styles.style import ParagraphStyle

FANGSONG = "仿宋_GB2312"
HEITI = "黑体"
KAITI = "楷体_GB2312"
XIAOBIAOSONG = "方正小标宋简体"
SONGTI = "宋体"

# 225 mm of type area hold 22 lines of 10.22 mm; 29 pt would be a hair too much.
LINE = Pt(28.95)
LINE_TWIPS = 579
# 28 characters of 16 pt on 156 mm: each gives up a quarter of a point.
_SQUEEZE_TWIPS = -5
_INDENT_TWIPS = 630

_STYLES = {
    "Normal": (FANGSONG, 16, True),
    "Heading 1": (HEITI, 16, True),
    "Heading 2": (KAITI, 16, True),
    "Heading 3": (FANGSONG, 16, True),
    "Heading 4": (FANGSONG, 16, True),
    "Title": (XIAOBIAOSONG, 22, False),
    "Footer": (SONGTI, 14, False),
}
_LATIN = "Times New Roman"
_SUBSTITUTES = {FANGSONG: "仿宋", KAITI: "楷体", XIAOBIAOSONG: "宋体"}


def set_styles(document: Document) -> None:
    """Give every style its font, its line and its indent."""
    for name, (font, size, indented) in _STYLES.items():
        _restyle(document.styles[name], font, size, indented=indented)
    _name_substitutes(document)


def fonts_xml(font: str) -> str:
    """Name the font for Chinese text and the Latin one beside it."""
    latin = SONGTI if font == SONGTI else _LATIN
    return f'<w:rFonts {nsdecls("w")} w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{font}" w:cs="{_LATIN}"/>'


def _restyle(style: ParagraphStyle, font: str, size: int, *, indented: bool) -> None:
    element = style.element
    for tag in ("w:pPr", "w:rPr"):
        for old in element.findall(qn(tag)):
            element.remove(old)
    element.append(parse_xml(_paragraph_xml(style.name or "", indented=indented)))
    element.append(parse_xml(_run_xml(font, size, squeezed=indented)))


def _paragraph_xml(name: str, *, indented: bool) -> str:
    heading = name.startswith("Heading")
    first, characters = (_INDENT_TWIPS, 200) if indented else (0, 0)
    return f"""<w:pPr {nsdecls("w")}>
        {"<w:keepNext/>" if heading or name == "Title" else ""}
        <w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct/>
        <w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>
        <w:spacing w:before="0" w:after="0" w:line="{320 if name == "Footer" else LINE_TWIPS}" w:lineRule="exact"/>
        <w:ind w:firstLine="{first}" w:firstLineChars="{characters}"/>
        <w:jc w:val="{ {"Title": "center", "Footer": "right"}.get(name, "both") }"/>
        {f'<w:outlineLvl w:val="{int(name[-1]) - 1}"/>' if heading else ""}
    </w:pPr>"""


def _run_xml(font: str, size: int, *, squeezed: bool) -> str:
    return f"""<w:rPr {nsdecls("w")}>
        {fonts_xml(font)}<w:b w:val="0"/><w:i w:val="0"/><w:color w:val="000000"/>
        <w:spacing w:val="{_SQUEEZE_TWIPS if squeezed else 0}"/><w:kern w:val="0"/>
        <w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>
    </w:rPr>"""


def _name_substitutes(document: Document) -> None:
    """Name a substitute for each font a machine may lack, so that Word does not guess."""
    listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in _SUBSTITUTES.items()
    )
    table = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{listed}</w:fonts>'
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = table.encode()
