"""Comments in Word files (ISO/IEC 29500-1 §17.13.4), none with a date: the same draft gives the same file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yaodian.reading.docx_parts import Parts
from yaodian.reading.office_xml import Budget, Node, parse, whole
from yaodian.word.anchoring import Range, marked
from yaodian.word.editing import appended, edited, start_tag
from yaodian.word.package import rewritten, with_part_declared
from yaodian.word.tracing import as_utf8, trace
from yaodian.xmltext import xml_text

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = {
    WORD: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    STRICT_WORD: "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
}
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on ``text[start:end]``: who says it, and what, in paragraphs."""

    start: int
    end: int
    author: str
    initials: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """How elements of WordprocessingML are written in a part: by its prefix, declared by the part or by each."""

    name: str
    declaration: str = ""

    def element(self, tag: str, inside: str = "", **attributes: str | int) -> str:
        """An element."""
        told = "".join(f' {self.name}:{key}="{xml_text(str(value))}"' for key, value in attributes.items())
        return self._written(tag, told, inside)

    def text(self, words: str) -> str:
        """A text element."""
        return self._written("t", ' xml:space="preserve"', xml_text(words))

    def _written(self, tag: str, attributes: str, inside: str) -> str:
        name = f"{self.name}:{tag}"
        return f"<{name}{self.declaration}{attributes}" + (f">{inside}</{name}>" if inside else "/>")


def commented(data: bytes, comments: Sequence[Comment]) -> bytes:
    """The Word file ``data`` with comments at their places, the rest as it was.

    Offsets are those of its text as it is read. Raises ``ReadingError`` where the file cannot be read.
    """
    traced = trace(data)
    parts, root = traced.parts, start_tag(traced.data, traced.root).decode("utf-8", "replace")
    space = STRICT_WORD if STRICT_WORD in root else WORD
    known = next(iter(parts.related(traced.name, "comments")), None)
    content = as_utf8(parts.content(known)) if known else _empty(space)
    first = _first_free(content, traced.root)
    mark = prefix_in(root, space)
    ranges = [_range(comment, number, mark) for number, comment in enumerate(comments, first)]
    name = known or _free_name(parts, traced.name)
    new = {
        parts.members[traced.name.lower()].filename: edited(traced.data, marked(traced, ranges)),
        parts.members[known.lower()].filename if known else name: with_comments(content, comments, first, space),
    }
    if known is None:
        new |= with_part_declared(parts, traced.name, name, _RELATIONS[space], COMMENTS_TYPE)
    return rewritten(parts, new)


def prefix_in(root: str, space: str) -> Prefix:
    """The prefix that a root's start tag binds to the namespace; where it binds none, every element is to do so."""
    bound = re.search(rf"""xmlns:([^\s=]+)\s*=\s*["']{re.escape(space)}["']""", root)
    return Prefix(bound[1]) if bound else Prefix("w", f' xmlns:w="{space}"')


def opening(number: int, mark: Prefix) -> str:
    """What stands where the range of a comment begins."""
    return mark.element("commentRangeStart", id=number)


def closing(number: int, mark: Prefix) -> str:
    """What stands where the range of a comment ends: its end, and the reference to the comment."""
    return mark.element("commentRangeEnd", id=number) + mark.element("r", mark.element("commentReference", id=number))


def with_comments(content: bytes, comments: Sequence[Comment], first: int, space: str = WORD) -> bytes:
    """The part that holds comments with more of them, numbered from ``first``."""
    root = parse(content, "comments", Budget())
    mark = prefix_in(start_tag(content, root).decode("utf-8", "replace"), space)
    new = "".join(_comment(comment, number, mark) for number, comment in enumerate(comments, first))
    return appended(content, root, new.encode())


def _empty(space: str) -> bytes:
    return f'{_HEAD}<w:comments xmlns:w="{space}"/>'.encode()


def empty_part() -> bytes:
    """A part that holds no comments."""
    return _empty(WORD)


def _range(comment: Comment, number: int, mark: Prefix) -> Range:
    return Range(comment.start, comment.end, opening(number, mark).encode(), closing(number, mark).encode())


def _comment(comment: Comment, number: int, mark: Prefix) -> str:
    paragraphs = list(comment.paragraphs)
    reference = mark.element("r", mark.element("annotationRef"))
    inside = "".join(
        mark.element("p", (reference if n == 0 else "") + mark.element("r", mark.text(words)))
        for n, words in enumerate(paragraphs)
    )
    return mark.element("comment", inside, id=number, author=comment.author, initials=comment.initials)


def _first_free(content: bytes, document: Node) -> int:
    """The least number above those of all comments, in their part and in the document."""
    told = [comment.attributes.get("w:id") for comment in parse(content, "comments", Budget()).all("w:comment")]
    told += [node.attributes.get("w:id") for node in _all(document) if node.tag.startswith("w:comment")]
    return max((number for number in map(whole, told) if number is not None), default=-1) + 1


def _all(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        waiting += each.children


def _free_name(parts: Parts, main: str) -> str:
    folder = posixpath.dirname(main)
    names = (posixpath.join(folder, f"comments{n or ''}.xml") for n in range(len(parts.members) + 1))
    return next(name for name in names if name.lower() not in parts.members)
