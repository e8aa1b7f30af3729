"""Word files made by hand: parts of Office Open XML put together from a few words of notation."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
Level = tuple[str, str] | tuple[str, str, str]


def run(text: str, properties: str = "") -> str:
    """A run of text; ``properties`` are the elements of its ``w:rPr``."""
    return f'<w:r>{_of("rPr", properties)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(content: str = "", num: tuple[int, int] | None = None, style: str = "", properties: str = "") -> str:
    """A paragraph of text, or of runs where ``content`` is markup; ``num`` is its list and level."""
    inside = content if content.startswith("<") else run(content) if content else ""
    named = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    numbered = f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
    return f"<w:p>{_of('pPr', named + numbered + properties)}{inside}</w:p>"


def cell(*paragraphs: str, properties: str = "") -> str:
    """A table's cell; ``properties`` are the elements of its ``w:tcPr``."""
    inside = "".join(p if p.startswith("<") else para(p) for p in paragraphs) or para()
    return f"<w:tc>{_of('tcPr', properties)}{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A table's row of cells, or of their texts."""
    return f"<w:tr>{_of('trPr', properties)}{''.join(c if c.startswith('<w:tc') else cell(c) for c in cells)}</w:tr>"


def table(*rows: str | Iterable[str]) -> str:
    """A table of rows, or of the texts of their cells."""
    return f"<w:tbl><w:tblPr/>{''.join(r if isinstance(r, str) else row(*r) for r in rows)}</w:tbl>"


def level(number: int, how: Level, more: str = "", start: int | None = 1) -> str:
    """A level of a list: how its number is written, the text around it and what follows it (tab, space, nothing)."""
    form, text, suffix = (*how, "nothing")[:3]
    begin = "" if start is None else f'<w:start w:val="{start}"/>'
    return (
        f'<w:lvl w:ilvl="{number}">{begin}<w:numFmt w:val="{form}"/>{more}'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val={quoteattr(text)}/></w:lvl>'
    )


def abstract(identity: int, *levels: Level | str, more: str = "") -> str:
    """A list's definition: of levels, or of their markup."""
    inside = "".join(how if isinstance(how, str) else level(n, how) for n, how in enumerate(levels))
    return (
        f'<w:abstractNum w:abstractNumId="{identity}"><w:multiLevelType w:val="multilevel"/>{more}{inside}'
        "</w:abstractNum>"
    )


def num(identity: int, definition: int, overrides: str = "") -> str:
    """A list by a definition."""
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'


def numbering(*parts: str) -> str:
    """The part that defines lists; definitions come before lists."""
    ordered = sorted(parts, key=lambda part: part.startswith("<w:num "))
    return f"<w:numbering {NAMESPACES}>{''.join(ordered)}</w:numbering>"


def styles(*parts: str) -> str:
    """The part that defines styles."""
    return f"<w:styles {NAMESPACES}>{''.join(parts)}</w:styles>"


def style(identity: str, properties: str = "", based_on: str = "", name: str = "", kind: str = "paragraph") -> str:
    """A style; ``properties`` are its ``w:pPr`` and ``w:rPr``."""
    based = f"<w:basedOn w:val={quoteattr(based_on)}/>" if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId={quoteattr(identity)}><w:name w:val={quoteattr(name or identity)}/>'
        f"{based}{properties}</w:style>"
    )


def document(*blocks: str) -> str:
    """The main part; a block that is no markup is a paragraph's text."""
    inside = "".join(block if block.startswith("<") else para(block) for block in blocks)
    return f"<w:document {NAMESPACES}><w:body>{inside}<w:sectPr/></w:body></w:document>"


def docx(*blocks: str, parts: Mapping[str, str | bytes] | None = None, main_type: str = MAIN_TYPE) -> bytes:
    """A Word file with those blocks; ``parts`` are other parts of it, by their names below ``word/``."""
    return package({"document.xml": document(*blocks), **(parts or {})}, main_type)


def package(parts: Mapping[str, str | bytes], main_type: str = MAIN_TYPE, main: str = "document.xml") -> bytes:
    """A Word file of those parts, each related to the main part by the kind that its name begins with."""
    names = [name for name in parts if "/" not in name and name != main]
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{name.rstrip("0123456789.xml")}" Target="{name}"/>'
        for n, name in enumerate(names)
    )
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/{main}" ContentType="{main_type}"/>{_overrides(names)}</Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument"'
            f' Target="word/{main}"/></Relationships>'
        ),
        f"word/_rels/{main}.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        **{name if name.startswith("docProps/") else f"word/{name}": part for name, part in parts.items()},
    }
    return zipped(members)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of those members."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _overrides(names: Iterable[str]) -> str:
    kind = MAIN_TYPE.removesuffix("document.main+xml")
    return "".join(
        f'<Override PartName="/word/{name}" ContentType="{kind}{name.rstrip("0123456789.xml")}+xml"/>' for name in names
    )


def _of(tag: str, properties: str) -> str:
    return f"<w:{tag}>{properties}</w:{tag}>" if properties else ""
