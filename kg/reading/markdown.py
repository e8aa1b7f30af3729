"""Markdown (CommonMark 0.31 with the tables and strike-through of GFM): which characters of a text are its marks.

A document keeps its text as it is in the file. What is understood is understood in the text without its marks, line by
line: the rules of the standard that join lines are left aside, as Chinese authors set a line for a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaodian.patterns import compiled
from yaodian.reading.cutting import Cut, cut

LONGEST_ADDRESS = 2000
LONGEST_LINK_TEXT = 300

_LINE = compiled(r"[^\n]+")
_FRONT_MATTER = compiled(
    r"\ufeff?---[ \t]*\r?\n(?:[\w-]+:[^\n]*\n|[ \t-][^\n]*\n|#[^\n]*\n|\r?\n){0,60}?---[ \t]*(?:\r?\n|$)"
)
_FRONT_TITLE = compiled(r"(?m)^title:[ \t]*[\"']?(.+?)[\"']?[ \t\r]*$")
_FENCE = compiled(r"[ \t]*(?:`{3,}|~{3,})")
_RULE = compiled(r"\s*(?:=+|-{2,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})\s*")
_PAGE_NUMBER = compiled(r"\s*-\s*\d+\s*-\s*")
_REFERENCE = compiled(r" {0,3}\[[^\]\[\n]{1,300}\]:\s*\S+(?:\s+[\"'(][^\n]*)?\s*")
_OPENING = compiled(
    r"(?:[ \t]*>[ \t]?)*"
    r"(?:[ \t]*#{1,6}(?:[ \t]+|(?=[^\x00-\x7f])|[ \t]*$)|[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)?"
)
_CLOSING = compiled(r"[ \t]+#+[ \t\r]*$|\\\r?$")
_ESCAPE = compiled(r"\\(?=[!-/:-@\[-`{-~])")
_BREAK = compiled(r"<br[ \t]*/?>", re.IGNORECASE)
_TAG = compiled(
    r"</?(?:a|b|center|code|del|div|em|font|h[1-6]|hr|i|img|li|mark|ol|p|s|small|span|strong|su[bp]|t(?:able|body|head|[dhr])|u|ul)"
    r"(?:[ \t/][^<>\n]{0,300})?>",
    re.IGNORECASE,
)
_LINK = compiled(
    rf"(?P<open>!?\[)[^\]\[\n]{{0,{LONGEST_LINK_TEXT}}}"
    rf"(?P<close>\](?:\((?:<[^<>\n]{{0,{LONGEST_ADDRESS}}}>|(?=[^()\s]*[/.#:])[^()\s]{{0,{LONGEST_ADDRESS}}}|(?=\)))"
    r"(?:\s+\"[^\"\n]{0,300}\")?\)|\[[^\]\[\n]{0,300}\]))"
)
_DELETED = compiled(r"~~(?=[^\s~])[^~\n]+(?<=\S)~~")
# Marks that open and close, the longer before the shorter; an underscore inside a word is one.
_PAIRS = (
    compiled(r"(?<!`)(?P<open>`+)(?!`)[^`\n]+(?P<close>(?P=open))(?!`)"),
    compiled(r"(?P<open>\*{3})(?=[^\s*])[^*\n]+?(?<=\S)(?P<close>\*{3})"),
    compiled(r"(?P<open>\*\*)(?=[^\s*])(?:(?!\*\*)[^\n])+?(?<=\S)(?P<close>\*\*)"),
    compiled(r"(?<!\*)(?P<open>\*)(?=[^\s*])[^*\n]+?(?<=[^\s*])(?P<close>\*)(?!\*)"),
    compiled(r"(?<![\w_])(?P<open>__)(?=[^\s_])[^_\n]+?(?<=[^\s_])(?P<close>__)(?![\w_])"),
    compiled(r"(?<![\w_])(?P<open>_)(?=[^\s_])[^_\n]+?(?<=[^\s_])(?P<close>_)(?![\w_])"),
)


def stated_title(text: str) -> str | None:
    """The title that the metadata before the text states."""
    front = _FRONT_MATTER.match(text)
    title = _FRONT_TITLE.search(front[0]) if front else None
    return title[1] if title else None


def without_marks(text: str) -> Cut:
    """The text without the marks of headings, lists, emphasis, links and the like, and without what is struck out.

    Line ends stay, and the bars of tables; a line break inside a cell (``<br>``) becomes blanks.
    """
    text = _BREAK.sub(lambda match: " " * len(match[0]), text)
    return cut(text, _marks(text))


def _marks(text: str) -> Iterator[tuple[int, int]]:
    front = _FRONT_MATTER.match(text)
    start = front.end() if front else 0
    yield from (line.span() for line in _LINE.finditer(text, 0, start))
    yield from _comments(text, start)
    fenced = False
    for line in _LINE.finditer(text, start):
        if _FENCE.match(line[0]):
            fenced = not fenced
            yield line.span()
        elif not fenced:
            yield from ((line.start() + begin, line.start() + end) for begin, end in _marks_of_line(line[0]))


def _comments(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The comments, but for the line ends in them."""
    while (start := text.find("<!--", start)) >= 0 and (end := text.find("-->", start)) >= 0:
        yield from (line.span() for line in _LINE.finditer(text, start, end + 3))
        start = end + 3


def _marks_of_line(line: str) -> Iterator[tuple[int, int]]:
    if (_RULE.fullmatch(line) or _REFERENCE.fullmatch(line)) and not _PAGE_NUMBER.fullmatch(line):
        yield 0, len(line)
        return
    opening = _OPENING.match(line)
    if opening and not _PAGE_NUMBER.fullmatch(line):
        yield opening.span()
    if closing := _CLOSING.search(line):
        yield closing.start(), closing.start() + len(closing[0].rstrip("\r"))
    yield from (match.span() for pattern in (_ESCAPE, _TAG) for match in pattern.finditer(line))
    # What is escaped marks nothing.
    plain = re.sub(r"\\[!-/:-@\[-`{-~]", "\\\\\x00", line)
    yield from (match.span() for match in _DELETED.finditer(plain))
    for pattern in (_LINK, *_PAIRS):
        for match in pattern.finditer(plain):
            yield match.span("open")
            yield match.span("close")
