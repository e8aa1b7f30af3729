"""Rich Text Format (RTF 1.9.1) to text: the words of the body with the numbers printed before them, and its tables.

Word and WPS write Chinese as bytes in the code page of a font (GBK), or as ``\\u`` escapes. Definitions, pictures and
what is deleted or hidden are left out; headers, footers, notes, comments and text boxes are kept apart and told of.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from yaodian.model import Problem
from yaodian.reading import limits
from yaodian.reading.extracted import Extracted
from yaodian.reading.flow import Flow

_TOKEN = re.compile(
    rb"\\(?:'(?P<hex>[0-9a-fA-F]{2})|(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|(?P<sign>[^a-zA-Z']))"
    rb"|(?P<open>\{)|(?P<close>\})|(?P<text>[^\\{}\r\n]+)|(?P<nothing>[\r\n]+|\\)"
)

_LEFT_OUT = frozenset(
    b"colortbl stylesheet pict object fldinst listtable listoverridetable revtbl rsidtbl generator themedata"
    b" colorschememapping datastore latentstyles xmlnstbl filetbl bkmkstart bkmkend pntxta pntxtb pnseclvl fontemb"
    b" fontfile atnid atnauthor atndate atnref atntime objdata sp mmathPr nonshppict ftnsep ftnsepc ftncn aftnsep"
    b" aftnsepc aftncn docvar userprops pgptbl author operator company subject keywords comment doccomm hlinkbase"
    b" nonesttables creatim revtim printim buptim".split()
)
"""The groups that hold no words of a document."""
_APART = frozenset(
    b"header headerl headerr headerf footer footerl footerr footerf footnote annotation shptxt shpinst".split()
)
_KEPT = frozenset((*_APART, b"listtext", b"pntext", b"ud", b"nesttableprops"))
_SIGNS = {b"~": "\xa0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\"}
_CHARACTERS = {
    b"emdash": "—",
    b"endash": "–",
    b"bullet": "•",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"emspace": "\u2003",
    b"enspace": "\u2002",
    b"qmspace": " ",
    b"tab": "  ",
    b"line": "\n",
}
_CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 161: "cp1253", 162: "cp1254", 204: "cp1251"}
_CODE_PAGES = {932: "cp932", 936: "gb18030", 949: "cp949", 950: "big5hkscs", 1251: "cp1251", 54936: "gb18030"}
_WESTERN = "cp1252"
MOST_SUBSTITUTES = 16


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group: where its words go, and how its bytes are read.

    ``into`` is the body, ``apart``, ``fonts``, ``title``, or nothing. ``substitutes`` counts the characters behind a
    ``\\u`` that stand in for it, ``depth`` the tables around its words; where ``inner``, a row of a table in
    another is told of.
    """

    into: str = "body"
    encoding: str = _WESTERN
    substitutes: int = 1
    hidden: bool = False
    deleted: bool = False
    optional: bool = False
    depth: int = 0
    inner: bool = False
    font: int = 0


@dataclass(slots=True)
class _Reader:
    """An RTF file being read: what holds now, what held outside, and what was found."""

    data: bytes
    flow: Flow = field(default_factory=Flow)
    state: _State = field(default_factory=_State)
    outside: list[_State] = field(default_factory=list)
    fonts: dict[int, str] = field(default_factory=dict)
    pending: bytearray = field(default_factory=bytearray)
    skip: int = 0
    apart: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    hidden: int = 0
    undecodable: int = 0
    overlong: int = 0

    def read(self) -> None:
        """Read the file to its end."""
        handlers: dict[str, Callable[[re.Match[bytes]], int | None]] = {
            "hex": self._on_hex,
            "number": self._on_word,
            "word": self._on_word,
            "sign": self._on_sign,
            "open": self._on_open,
            "close": self._on_close,
            "text": self._on_text,
        }
        at = marks = 0
        while token := _TOKEN.match(self.data, at):
            marks += 1
            if marks > limits.RTF_MOST_MARKS:
                raise limits.beyond(f"this RTF document has more than {limits.RTF_MOST_MARKS:,} marks and words")
            handler = handlers.get(token.lastgroup or "")
            at = (handler(token) if handler else None) or token.end()
        self._flush()
        self.flow.end_paragraph(0)

    def _on_open(self, token: re.Match[bytes]) -> None:
        self._flush()
        if len(self.outside) >= limits.RTF_DEEPEST_GROUPS:
            raise limits.beyond(f"the groups of this RTF document nest deeper than {limits.RTF_DEEPEST_GROUPS}")
        self.outside.append(self.state)
        self.skip = 0

    def _on_close(self, token: re.Match[bytes]) -> None:
        self._flush()
        if self.outside:
            self.state = self.outside.pop()
        self.skip = 0

    def _on_hex(self, token: re.Match[bytes]) -> None:
        if self.skip:
            self.skip -= 1
        else:
            self.pending.append(int(token["hex"], 16))

    def _on_text(self, token: re.Match[bytes]) -> None:
        text = token["text"]
        skipped = min(self.skip, len(text))
        self.skip -= skipped
        self.pending += text[skipped:]

    def _on_sign(self, token: re.Match[bytes]) -> None:
        sign = token["sign"]
        if self.skip:
            self.skip -= 1
        elif sign == b"*":
            self.state = replace(self.state, optional=True)
        elif sign in b"\r\n":
            self._end_paragraph()
        else:
            self._say(_SIGNS.get(sign, ""))

    def _on_word(self, token: re.Match[bytes]) -> int | None:
        word, number = token["word"], int(token["number"] or 1)
        if word == b"bin":
            return self._behind_bytes(token, max(0, int(token["number"] or 0)))
        if word == b"u":
            self._say(chr(number % 0x10000))
            self.skip = self.state.substitutes
        elif word in _CHARACTERS:
            self._say(_CHARACTERS[word])
        elif word in _BREAKS:
            self._flush()
            _BREAKS[word](self)
        elif self.state.optional and word not in _KEPT:
            self.state = replace(self.state, into="", optional=False)
        else:
            self._change(word, number, on=token["number"] != b"0")
        return None

    def _behind_bytes(self, token: re.Match[bytes], length: int) -> int:
        """Where the bytes of a picture end; said to be more than the file has, they are none, and the text goes on."""
        if token.end() + length <= len(self.data):
            return token.end() + length
        self.overlong = self.overlong or length
        return token.end()

    def _change(self, word: bytes, number: int, *, on: bool) -> None:
        """A word that changes what holds."""
        self._flush()
        if word in _DESTINATIONS:
            self.state = replace(self.state, into=_DESTINATIONS[word] if self.state.into else "", optional=False)
        elif word in _CHANGES:
            self.state = _CHANGES[word](self.state, number, on)
        elif word == b"nesttableprops":
            self.state = replace(self.state, optional=False, inner=True)
        elif word == b"ud":
            # The same in Unicode: it replaces what was said in bytes.
            self.title.clear()
            self.state = replace(self.state, optional=False)
        elif word == b"fcharset" and number in _CHARSETS:
            self.fonts[self.state.font] = _CHARSETS[number]
        elif word in (b"trowd", b"cellx", b"clvmrg"):
            self.flow.define(word.decode(), number, max(self.state.depth, 2) if self.state.inner else 1)

    def _flush(self) -> None:
        """Say the bytes that were met, in the encoding that holds."""
        if self.pending:
            data, self.pending = bytes(self.pending), bytearray()
            text = data.decode(self.fonts.get(self.state.font, self.state.encoding), "replace")
            if self.state.into in ("body", "apart"):
                self.undecodable += text.count("\ufffd")
            self._put(text)

    def _say(self, text: str) -> None:
        self._flush()
        self._put(text)

    def _put(self, text: str) -> None:
        if self.state.hidden or self.state.deleted:
            self.hidden += len(text.strip())
        elif self.state.into == "body":
            self.flow.say(text)
        elif self.state.into == "label":
            # The tab behind an automatic number is its distance from the words.
            self.flow.say(text.rstrip())
        elif self.state.into in ("apart", "title"):
            (self.apart if self.state.into == "apart" else self.title).append(text)

    def _end_paragraph(self) -> None:
        if self.state.into == "body":
            self.flow.end_paragraph(self.state.depth)
        elif self.state.into == "apart":
            self.apart.append(" ")

    def _end_cell(self) -> None:
        if self.state.into == "body":
            self.flow.end_cell(1)

    def _end_row(self) -> None:
        if self.state.into == "body":
            self.flow.end_row(1)

    def _end_inner_cell(self) -> None:
        if self.state.into == "body":
            self.flow.end_cell(max(self.state.depth, 2))

    def _end_inner_row(self) -> None:
        if self.state.into == "body":
            self.flow.end_row(max(self.state.depth, 2))


_CHANGES: dict[bytes, Callable[[_State, int, bool], _State]] = {
    b"uc": lambda state, number, on: replace(state, substitutes=max(0, min(number, MOST_SUBSTITUTES))),
    b"v": lambda state, number, on: replace(state, hidden=on),
    b"deleted": lambda state, number, on: replace(state, deleted=on),
    b"plain": lambda state, number, on: replace(state, hidden=False, deleted=False),
    b"ansicpg": lambda state, number, on: replace(state, encoding=_CODE_PAGES.get(number, _WESTERN)),
    b"f": lambda state, number, on: replace(state, font=number),
    b"intbl": lambda state, number, on: replace(state, depth=max(state.depth, 1)),
    b"itap": lambda state, number, on: replace(state, depth=min(max(number, 0), limits.WORD_DEEPEST_TABLES)),
    b"pard": lambda state, number, on: replace(state, depth=0),
}
_DESTINATIONS = {
    **dict.fromkeys(_LEFT_OUT, ""),
    **dict.fromkeys(_APART, "apart"),
    b"fonttbl": "fonts",
    b"title": "title",
    b"info": "information",
    b"listtext": "label",
    b"pntext": "label",
}
_UNCLOSED = "the file ends within a group that it does not close: some of its text may be missing"
_BREAKS: dict[bytes, Callable[[_Reader], None]] = {
    **dict.fromkeys((b"par", b"sect", b"page", b"column"), _Reader._end_paragraph),
    b"cell": _Reader._end_cell,
    b"row": _Reader._end_row,
    b"nestcell": _Reader._end_inner_cell,
    b"nestrow": _Reader._end_inner_row,
}


def read_rtf(data: bytes) -> Extracted:
    """Read an RTF document: paragraphs are lines; ``ReadingError`` where it is beyond a limit."""
    reader = _Reader(data)
    reader.read()
    written = reader.flow.written()
    title = " ".join("".join(reader.title).split()) or None
    return Extracted(written.text, "rtf", None, title, written.tables, written.origins, tuple(_problems(reader)))


def _problems(reader: _Reader) -> list[Problem]:
    found = []
    apart = " ".join("".join(reader.apart).split())
    if apart:
        what = "headers, footers, notes, comments and text boxes"
        found.append(Problem("apart-text", f"{len(apart)} characters of {what} left out, such as “{apart[:40]}”"))
    if reader.hidden:
        found.append(Problem("hidden-text", f"{reader.hidden} characters of hidden or deleted text left out"))
    if reader.overlong:
        said = f"\\bin announces {reader.overlong:,} bytes, more than the file has: what follows is read as text"
        found.append(Problem("damaged-file", said))
    if reader.outside:
        found.append(Problem("damaged-file", _UNCLOSED))
    if reader.undecodable:
        found.append(Problem("undecodable-bytes", f"{reader.undecodable} characters cannot be read in their encoding"))
    return found
