"""What PDFium finds on the pages of a PDF: runs of glyphs with their places, and the lines that are drawn.

PDFium's own line ends and blanks are guesses and left aside: places decide. A run is asked for its first and its last
glyph only, and glyph by glyph where its width shows gaps, or another line inside it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import atan2, degrees, hypot
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from yaodian.patterns import compiled
from yaodian.reading import limits
from yaodian.reading.pdf.drawing import drawn
from yaodian.reading.pdf.fonts import use_boxes
from yaodian.reading.pdf.page import Page, Rule, Run

GAP = 0.6
"""The part of an em from which on a gap between glyphs parts runs."""
TILT = 3.0
"""The degrees by which text may be off a right angle."""
OWN_PAGE = 40
"""So many characters in another direction than the page's other text are read like a page of their own."""
SMALLEST = 0.01
"""The points of the smallest text: what is told of pages is rounded to that."""
LARGEST_PAGE = 14400.0
"""The points of the longest side that a page can have (ISO 32000-1, annex C)."""
GAP_IN_WORDS = 0.5
"""The part of an em from which on a gap beside an ideograph is a blank."""
REPLACEMENT = "\ufffd"
NOTHING = "\x03"
"""What stands for a blank that is none."""

# Marks of line ends and hyphens that PDFium adds, and what fonts without a meaning give.
_STRETCH = compiled("[^\r\n\ufffe\uffff\x02]+")
_CONTROL = compiled("[\x01-\x1f\x7f-\x9f]")
_NARROW = compiled("[\x04-\u10ff\u2000-\u2017\u2020-\u2023\u202f\uff61-\uffdc]")
_WORD = compiled(r"[^\W\d_]")
_SURROGATE = compiled("[\ud800-\udfff]")
_SUSPECT = compiled("[^\x03\x20-\x7e\u2010-\u2044\u3000-\u303f\u4e00-\u9fff\uff00-\uff5e]")
_WIDTH_OF_NARROW = 0.55


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a glyph or a run of them stands, its text turned level: ``base`` is the baseline's height, growing up."""

    left: float
    right: float
    base: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """Glyphs ``start`` to ``end`` of a page, side by side; ``turn`` is the direction of their text."""

    start: int
    end: int
    text: str
    turn: int
    size: float
    box: _Box


class _Glyphs:
    """The glyphs of a page, asked for one by one."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.handle = page.get_textpage()
        self.raw = self.handle.raw
        self.count = max(0, pdfium.FPDFText_CountChars(self.raw))
        self._box = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self.text = self._text()

    def _text(self) -> str:
        """The text with one character for each glyph."""
        if not self.count:
            return ""
        text: str = self.handle.get_text_range()
        if len(text) == self.count and all(self._agrees(text, i) for i in (0, self.count // 2, self.count - 1)):
            return text
        codes = (pdfium.FPDFText_GetUnicode(self.raw, i) for i in range(self.count))
        return "".join(chr(code) if code < 0x110000 else REPLACEMENT for code in codes)

    def _agrees(self, text: str, index: int) -> bool:
        return bool(pdfium.FPDFText_GetUnicode(self.raw, index) == ord(text[index]))

    def turn_and_size(self, index: int) -> tuple[float, float]:
        """The direction of a glyph's text in degrees, and its em in points."""
        pdfium.FPDFText_GetMatrix(self.raw, index, self._matrix)
        m = self._matrix
        scale = hypot(m.c, m.d)
        return degrees(atan2(m.b, m.a)), pdfium.FPDFText_GetFontSize(self.raw, index) * scale

    def box(self, index: int, turn: int) -> _Box:
        """Where a glyph stands where text of that direction is turned level."""
        pdfium.FPDFText_GetLooseCharBox(self.raw, index, self._box)
        b = self._box
        y = self.origin(index, turn)[1]
        if not turn:
            return _Box(b.left, b.right, y)
        left, right = sorted((_level(b.left, b.bottom, turn)[0], _level(b.right, b.top, turn)[0]))
        return _Box(left, right, y)

    def origin(self, index: int, turn: int) -> tuple[float, float]:
        """Where a glyph begins on its baseline; for a blank that PDFium added, where the glyph before it ends."""
        pdfium.FPDFText_GetCharOrigin(self.raw, index, self._x, self._y)
        return _level(self._x.value, self._y.value, turn) if turn else (self._x.value, self._y.value)

    def is_added(self, index: int) -> bool:
        """Whether PDFium made the character up."""
        return bool(pdfium.FPDFText_IsGenerated(self.raw, index) == 1)

    def is_unknown(self, index: int) -> bool:
        """Whether the file does not say what the glyph means."""
        return bool(pdfium.FPDFText_HasUnicodeMapError(self.raw, index) == 1)


def _level(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point of the page where its text of direction ``turn`` is turned level."""
    return {0: (x, y), 90: (y, -x), 180: (-x, -y), 270: (-y, x)}[turn]


def read_page(document: pypdfium2.PdfDocument, index: int) -> list[Page]:
    """The page of that 0-based index; as several where much of its text runs in other directions than the rest."""
    number = index + 1
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return [Page(number, broken=True)]
    try:
        return _read(page, number)
    finally:
        page.close()


def _read(page: Any, number: int) -> list[Page]:
    glyphs = _Glyphs(page)
    pieces, oblique = _pieces(glyphs)
    turns = sorted({piece.turn for piece in pieces}, key=lambda turn: (-_length(pieces, turn), turn))
    if not turns:
        return [Page(number, aside=tuple(oblique), pictured=_shows_pictures(page))]
    main, *others = turns
    own = [turn for turn in others if _length(pieces, turn) >= OWN_PAGE]
    aside = [piece.text for piece in pieces if piece.turn != main and piece.turn not in own]
    made = [_page(glyphs, number, [p for p in pieces if p.turn == turn], turn) for turn in (main, *own)]
    return [replace(made[0], aside=(*aside, *oblique)), *made[1:]]


def _length(pieces: Iterable[_Piece], turn: int) -> int:
    return sum(len(piece.text) for piece in pieces if piece.turn == turn)


def _shows_pictures(page: Any) -> bool:
    return any(True for _ in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3))


def _pieces(glyphs: _Glyphs) -> tuple[list[_Piece], list[str]]:
    """The pieces of text that run at right angles, and the text of all others."""
    pieces: list[_Piece] = []
    oblique: list[str] = []
    for line in _STRETCH.finditer(glyphs.text):
        first = line.start() + len(line[0]) - len(line[0].lstrip())
        if first == line.end():
            continue
        direction, size = glyphs.turn_and_size(first)
        turn = round(direction / 90) * 90
        if abs(direction - turn) > TILT or size < SMALLEST:
            oblique.append(line[0].strip())
            continue
        for start, end, text in _stretches(glyphs, first, line.end(), turn % 360, size):
            pieces += _checked(glyphs, start, end, text, turn % 360, size)
    return pieces, oblique


def _stretches(glyphs: _Glyphs, start: int, end: int, turn: int, size: float) -> Iterator[tuple[int, int, str]]:
    """The stretches of a line between wide gaps, without outer blanks.

    PDFium adds a blank in every gap. Beside an ideograph only a wide one parts words: a narrow one is marked as none.
    """
    text = glyphs.text
    closed: list[int] = []
    begin = start
    for blank in _blanks(text, start, end):
        if not glyphs.is_added(blank):
            continue
        if blank + 1 < end and _are_joined(glyphs, blank, turn, size):
            closed.append(blank)
        else:
            yield from _trimmed(text, begin, blank, closed)
            begin, closed = blank + 1, []
    yield from _trimmed(text, begin, end, closed)


def _are_joined(glyphs: _Glyphs, blank: int, turn: int, size: float) -> bool:
    if _NARROW.match(glyphs.text[blank - 1]) and _NARROW.match(glyphs.text[blank + 1]):
        return False
    (x0, y0), (x1, y1) = glyphs.origin(blank, turn), glyphs.origin(blank + 1, turn)
    return abs(y1 - y0) < size / 4 and -size / 2 < x1 - x0 < GAP_IN_WORDS * size


def _trimmed(text: str, start: int, end: int, closed: Iterable[int]) -> Iterator[tuple[int, int, str]]:
    words = text[start:end]
    for blank in closed:
        words = f"{words[: blank - start]}{NOTHING}{words[blank - start + 1 :]}"
    first = start + len(words) - len(words.lstrip())
    last = start + len(words.rstrip())
    if first < last:
        yield first, last, words.strip()


def _blanks(text: str, start: int, end: int) -> Iterator[int]:
    at = text.find(" ", start, end)
    while at >= 0:
        yield at
        at = text.find(" ", at + 1, end)


def _checked(glyphs: _Glyphs, start: int, end: int, text: str, turn: int, size: float) -> list[_Piece]:
    """The stretch as one piece where its width is that of its characters, else as the pieces that it falls into."""
    first = glyphs.box(start, turn)
    last = first if end == start + 1 else glyphs.box(end - 1, turn)
    narrow = len(_NARROW.findall(text))
    expected = size * (len(text) - text.count(NOTHING) - narrow + _WIDTH_OF_NARROW * narrow)
    width = last.right - first.left
    if abs(last.base - first.base) < size / 4 and 0.3 * expected - size < width < 1.2 * expected + size:
        return [_Piece(start, end, text, turn, size, _Box(first.left, last.right, first.base))]
    return list(_parted(glyphs, start, end))


def _parted(glyphs: _Glyphs, start: int, end: int, borders: Sequence[float] = ()) -> Iterator[_Piece]:
    """The pieces between the gaps of a stretch; ``borders`` part it too, where they stand between two glyphs."""
    begin, box, size, turn = start, None, 0.0, 0
    for index in range(start, end):
        if glyphs.text[index] == " " and glyphs.is_added(index):
            continue
        direction, own_size = glyphs.turn_and_size(index)
        own_turn = round(direction / 90) * 90 % 360
        own = glyphs.box(index, own_turn)
        if box is None or own_turn != turn or _is_apart(box, own, max(size, own_size), borders):
            if box is not None:
                yield _Piece(begin, index, _own(glyphs, begin, index), turn, size, box)
            begin, box, size, turn = index, own, own_size, own_turn
        else:
            box = _Box(min(box.left, own.left), max(box.right, own.right), box.base)
    if box is not None:
        yield _Piece(begin, end, _own(glyphs, begin, end), turn, size, box)


def _own(glyphs: _Glyphs, start: int, end: int) -> str:
    """The text of glyphs that stand side by side: blanks that PDFium added are none, but between words in letters."""
    text = glyphs.text[start:end]
    for blank in _blanks(text, 1, len(text) - 1):
        if not (_NARROW.match(text[blank - 1]) and _NARROW.match(text[blank + 1])) and glyphs.is_added(start + blank):
            text = f"{text[:blank]}{NOTHING}{text[blank + 1 :]}"
    return text


def _is_apart(box: _Box, following: _Box, size: float, borders: Sequence[float]) -> bool:
    middle = (following.left + following.right) / 2
    return (
        abs(following.base - box.base) > size / 4
        or following.left - box.right > GAP * size
        or box.right - following.left > 1.5 * size
        or any(box.right - size / 2 < border < middle for border in borders)
    )


def _page(glyphs: _Glyphs, number: int, pieces: list[_Piece], turn: int) -> Page:
    """The page that pieces of one direction make."""
    left, top, width, height = _extent(glyphs.page, turn)
    rules: tuple[Rule, ...] = ()
    if _has_neighbours(pieces):
        rules = tuple(_placed(line, turn, left, top) for line in drawn(glyphs.page.raw))
        pieces = _parted_by_rules(glyphs, pieces, rules, left, top)
    runs, hidden, unknown = [], [], 0
    for piece in pieces:
        text, lost = _meaning(glyphs, piece)
        run = Run(text.strip(), piece.box.left - left, piece.box.right - left, top - piece.box.base, piece.size)
        if run.x1 < 0 or run.x0 > width or run.y < 0 or run.top > height:
            hidden.append(run.text)
        elif run.text:
            runs.append(run)
            unknown += lost
    return Page(number, width, height, tuple(runs), rules, hidden=tuple(hidden), unknown=unknown)


def _extent(page: Any, turn: int) -> tuple[float, float, float, float]:
    """The left and top of a page that is turned, its width and height."""
    x0, y0, x1, y1 = (max(-LARGEST_PAGE, min(LARGEST_PAGE, edge)) for edge in page.get_cropbox())
    (a, b), (c, d) = _level(x0, y0, turn), _level(x1, y1, turn)
    return min(a, c), max(b, d), abs(c - a), abs(d - b)


def _placed(line: tuple[float, float, float, float], turn: int, left: float, top: float) -> Rule:
    x0, y0, x1, y1 = line
    (a, b), (c, d) = _level(x0, y0, turn), _level(x1, y1, turn)
    return Rule(min(a, c) - left, top - max(b, d), max(a, c) - left, top - min(b, d))


def _has_neighbours(pieces: Sequence[_Piece]) -> bool:
    """Whether words stand beside something with a gap between them, as the cells of a table do; signs do not count."""
    ordered = sorted(pieces, key=lambda piece: -piece.box.base)
    for i, piece in enumerate(ordered):
        for other in ordered[i + 1 : i + 12]:
            if piece.box.base - other.box.base > 0.8 * piece.size:
                break
            gap = max(other.box.left - piece.box.right, piece.box.left - other.box.right)
            if gap > GAP_IN_WORDS * piece.size and (_WORD.search(piece.text) or _WORD.search(other.text)):
                return True
    return False


def _parted_by_rules(
    glyphs: _Glyphs, pieces: list[_Piece], rules: Sequence[Rule], left: float, top: float
) -> list[_Piece]:
    """The pieces, those parted that run on through the upright lines between cells."""
    uprights = [rule for rule in rules if rule.x1 - rule.x0 < 1 and rule.y1 - rule.y0 > 4]
    if not uprights:
        return pieces
    found: list[_Piece] = []
    for piece in pieces:
        box, margin = piece.box, 0.3 * piece.size
        middle = top - box.base - piece.size / 3
        crossed = [
            rule.x0 + left
            for rule in uprights
            if box.left + margin < rule.x0 + left < box.right - margin and rule.y0 < middle < rule.y1
        ]
        found += _parted(glyphs, piece.start, piece.end, crossed) if crossed else [piece]
    return found


def _meaning(glyphs: _Glyphs, piece: _Piece) -> tuple[str, int]:
    """The text of a piece, with U+FFFD for glyphs that have no meaning in the file, and the number of those."""
    text = piece.text
    if _SUSPECT.search(text) or glyphs.is_unknown(piece.start):
        text = "".join(_known(glyphs, i, c) for i, c in enumerate(text, piece.start))
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _CONTROL.sub(" ", text.replace(NOTHING, "")), text.count(REPLACEMENT)


def _known(glyphs: _Glyphs, index: int, character: str) -> str:
    if character == NOTHING:
        return character
    return REPLACEMENT if character == "\0" or glyphs.is_unknown(index) else character


def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    """The document; ``pypdfium2.PdfiumError`` where it is none, ``ValueError`` where it has too many pages."""
    use_boxes()
    document = pypdfium2.PdfDocument(data)
    if len(document) > limits.PDF_MOST_PAGES:
        raise ValueError(f"it has {len(document)} pages, more than {limits.PDF_MOST_PAGES}")
    return document
