"""A new Word file of a text, with comments: a paragraph a line, in the type of official documents (GB/T 9704-2012)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yaodian.reports.marking import Mark, Piece, lines
from yaodian.word.comments import COMMENTS_TYPE, WORD, Comment, Prefix, closing, empty_part, opening, with_comments
from yaodian.word.package import CONTENT_TYPES, archive_of

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MARK = Prefix("w")
# Text of size three (16 points) in 仿宋, 28 points from line to line: GB/T 9704-2012, 5.2.2 and 5.2.3.
_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman"'
    ' w:hAnsi="Times New Roman" w:eastAsia="仿宋"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:eastAsia="zh-CN"/>'
    '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:line="560" w:lineRule="exact"/></w:pPr></w:pPrDefault>'
    '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    "</w:styles>"
)
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/comments.xml" ContentType="{COMMENTS_TYPE}"/></Types>'
)


def fresh(text: str, comments: Sequence[Comment]) -> bytes:
    """A Word file with the lines of ``text`` that hold anything, and comments at their places."""
    parts = {
        CONTENT_TYPES: _TYPES,
        "_rels/.rels": _relations(officeDocument="word/document.xml"),
        "word/document.xml": _document(text, comments),
        "word/styles.xml": _STYLES,
        "word/_rels/document.xml.rels": _relations(styles="styles.xml", comments="comments.xml"),
    }
    written = {name: part.encode() for name, part in parts.items()}
    return archive_of(written | {"word/comments.xml": with_comments(empty_part(), comments, 0)})


def _relations(**targets: str) -> str:
    told = (
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(told)}</Relationships>'


def _document(text: str, comments: Sequence[Comment]) -> str:
    marks = [Mark(comment.start, comment.end, "", str(number)) for number, comment in enumerate(comments)]
    shown = [line.pieces for line in lines(text, marks)]
    last = {mark.name: piece for pieces in shown for piece in pieces for mark in piece.within}
    paragraphs = (_MARK.element("p", "".join(_pieces(pieces, last))) for pieces in shown)
    return f'{_HEAD}<w:document xmlns:w="{WORD}"><w:body>{"".join(paragraphs)}</w:body></w:document>'


def _pieces(pieces: Sequence[Piece], last: dict[str | None, Piece]) -> Iterator[str]:
    for piece in pieces:
        yield from (opening(int(mark.name or 0), _MARK) for mark in piece.begins)
        yield _MARK.element("r", "".join(_words(piece.words)))
        yield from (closing(int(mark.name or 0), _MARK) for mark in piece.within if last[mark.name] is piece)


def _words(words: str) -> Iterator[str]:
    for n, part in enumerate(words.split("\t")):
        if n:
            yield _MARK.element("tab")
        if part:
            yield _MARK.text(part)
