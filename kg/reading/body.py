"""Where a document's body lies in a text: its title block to its last line, without the furniture around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from yaodian.ontology import lexicon

PARAGRAPH_LENGTH = 40
TITLE_LENGTH = 80
LONGEST_FURNITURE = 120
TITLE_BLOCK_LINES = 12
CLOSING_LINES = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A stripped, non-blank line and where it stands."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """The body's extent, its title's extent, and the labelled values printed around it."""

    start: int
    end: int
    title: tuple[int, int] | None
    labelled: tuple[tuple[str, int, int], ...]


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in lexicon("furniture")["furniture"]))


@cache
def _closing() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in lexicon("furniture")["closing"]))


@cache
def _label() -> re.Pattern[str]:
    names = sorted(lexicon("furniture")["labels"], key=len, reverse=True)
    spaced = "|".join(r"[^\S\n]*".join(re.escape(c) for c in name) for name in names)
    return re.compile(rf"(?<![\u4e00-\u9fff])({spaced})[^\S\n]*[:：]")


@cache
def _title_end() -> re.Pattern[str]:
    return re.compile(
        rf"{lexicon('furniture')['title_end']}(?:的(?:通知|函|报告|批复|意见))?(?:[（(][^（()）]{{1,20}}[)）])*$"
    )


@cache
def _run_in_title() -> re.Pattern[str]:
    end = lexicon("furniture")["title_end"]
    behind = r"[\u4e00-\u9fff]{2,6}[〔\[（(](?:19|20)\d{2}|各|(?:19|20)\d{2}年|一、|[（(]一[)）]|今年|一年来|\s{2}"
    return re.compile(rf"[^。；！，\n]{{4,{TITLE_LENGTH}}}?{end}(?:的通知)?(?={behind})")


@cache
def _issuer_end() -> re.Pattern[str]:
    return re.compile(lexicon("furniture")["issuer_end"] + r"(?:[（(].{1,12}[)）])?$")


_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,4}[、．]|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}(?:章|部分|篇|编|节)|一是|[1１][.．、](?!\d))"
)
_MARKDOWN_HEADING = re.compile(r"^#{1,6}\s+")
_TABLE_OF_CONTENTS = re.compile(r"(?:\.{4,}|…{2,}|·{4,})\s*\d*$")


def is_furniture(line: str) -> bool:
    """Whether a stripped line is page furniture."""
    return len(line) <= LONGEST_FURNITURE and _furniture().search(line) is not None


def is_contents_entry(line: str) -> bool:
    """Whether a stripped line is an entry of a table of contents (一、总体要求……3)."""
    return _TABLE_OF_CONTENTS.search(line) is not None


def is_title(line: str) -> bool:
    """Whether a stripped line is the title of a document: a name with a year or an issuer, on its own."""
    if len(line) > TITLE_LENGTH or re.search("[。；！？，,]", line) or _HEADING.match(line):
        return False
    named = re.match(r".*(?:(?:19|20)\d{2}年|关于|[XＸ×x]{2,4}年)", line) and _issuer_in_title().search(line)
    return named is not None and _title_end().search(line) is not None


@cache
def _issuer_in_title() -> re.Pattern[str]:
    return re.compile(r"(?:局|委员?会?|政府|办公[室厅]|[市县区省])(?=(?:19|20)\d{2}|关于|[XＸ×x]{2,4}年|教育)")


def closes_document(line: str) -> bool:
    """Whether a stripped line is a signature, date, number or note such as stands below a document's text."""
    return len(line) <= TITLE_LENGTH and _closing().search(line) is not None


def find_body(text: str, main: tuple[int, int], tables: Sequence[tuple[int, int]] = ()) -> Body:
    """The body of the document, which lies in ``text[main[0]:main[1]]``; all of that where nothing tells it apart.

    What lies in ``tables`` belongs to it.
    """
    lines = list(_lines(text))
    inside = [i for i, line in enumerate(lines) if main[0] <= line.start < main[1]]
    if not inside:
        return Body(main[0], main[0], None, ())
    of_tables = {i for i in inside if any(start <= lines[i].start < end for start, end in tables)}
    first = next((i for i in inside if i in of_tables or _is_content(lines[i].text)), inside[0])
    block = _title_block(lines, first)
    last = max([_last_content(lines, first, inside[-1]), *of_tables])
    start = lines[block[0] if block else first].start
    labelled = tuple(pair for line in (*lines[:first], *lines[last + 1 :]) for pair in _pairs(line))
    title = (start, lines[block[1]].end) if block else _title_in_line(lines[first])
    stated = " ".join(text[s:e] for label, s, e in labelled if label in _title_labels())
    if title and _heads_first_part(text[slice(*title)], stated):
        title = None
    return Body(start, lines[last].end, title, labelled)


def _title_labels() -> list[str]:
    return list(lexicon("facts")["title_labels"])


def _title_in_line(line: Line) -> tuple[int, int] | None:
    """The title where the whole document stands on one line: the words before its number, addressees or first year."""
    match = _run_in_title().match(line.text)
    return (line.start, line.start + match.end()) if match else None


def _heads_first_part(title: str, stated: str) -> bool:
    """Whether a title-like line only heads the first part (2022年工作回顾) of a document titled elsewhere."""
    return bool(stated) and re.match(r"(?:19|20)\d{2}年", title) is not None and title not in stated


def _lines(text: str) -> Iterator[Line]:
    for match in re.finditer(r"[^\n]+", text):
        stripped = match.group().strip("\ufeff \t\r\x0b\x0c\xa0\u2002\u2003\u3000\u200b")
        stripped = _MARKDOWN_HEADING.sub("", stripped)
        if stripped:
            at = match.start() + match.group().index(stripped)
            yield Line(at, at + len(stripped), stripped)


def _is_content(line: str) -> bool:
    if is_furniture(line) or _is_labelled(line) or is_contents_entry(line):
        return False
    if _HEADING.match(line):
        return True
    return len(line) >= PARAGRAPH_LENGTH and re.search("[。；，,;]", line) is not None


def _is_labelled(line: str) -> bool:
    match = _label().match(line)
    return match is not None and len(line) < 2 * TITLE_LENGTH


def _title_block(lines: Sequence[Line], first: int) -> tuple[int, int] | None:
    """The lines of the title, from its first to its last: the nearest title-like line above the text, completed."""
    for i in range(first - 1, max(-1, first - 1 - TITLE_BLOCK_LINES), -1):
        line = lines[i].text
        if is_furniture(line) or _is_labelled(line) or line.startswith(("—", "-", "–", "―")):
            continue
        if len(line) <= TITLE_LENGTH and _title_end().search(line):
            return _completed(lines, i), i
    return None


def _completed(lines: Sequence[Line], i: int) -> int:
    """The first line of the title that ends in line ``i``: issuers and broken-off beginnings stand above it."""
    top = i
    while top and i - top < 3 and _continues(lines[top - 1].text, lines[top].text):
        top -= 1
    return top


def _continues(above: str, line: str) -> bool:
    if is_furniture(above) or _is_labelled(above) or len(above) > TITLE_LENGTH or re.search("[。；！？]", above):
        return False
    if re.search(r"(?:年度?|关于|的|、|和|及|与)$", above) or line.count("》") > line.count("《"):
        return True
    lacks_subject = re.match(r"(?:关于|\d{4}|[ＸX×x]{2,4}年|[二〇○零一三四五六七八九]{4}年|工作)", line) is not None
    return lacks_subject and len(above) > 3 and _issuer_end().search(above) is not None


def _last_content(lines: Sequence[Line], first: int, last: int) -> int:
    while last > first and not (_ends_text(lines[last].text) or _closes(lines, last)):
        last -= 1
    return last


def _ends_text(line: str) -> bool:
    if is_furniture(line) or _is_labelled(line):
        return False
    return _is_content(line) or re.search("[。；！]$", line) is not None


def _closes(lines: Sequence[Line], i: int) -> bool:
    """Whether line ``i`` is a signature, date or note that stands close below the text."""
    line = lines[i].text
    if is_furniture(line) or _is_labelled(line) or not closes_document(line):
        return False
    return any(_ends_text(above.text) for above in lines[max(0, i - CLOSING_LINES) : i])


def _pairs(line: Line) -> Iterator[tuple[str, int, int]]:
    """The label/value pairs of a metadata line, several on one line allowed."""
    matches = list(_label().finditer(line.text))
    stops = [m.start() for m in matches[1:]] + [len(line.text)]
    for match, stop in zip(matches, stops, strict=False):
        value = line.text[match.end() : stop].lstrip().split("\t")[0]
        key = re.sub(r"\s", "", match.group(1))
        if value.strip():
            begin = line.start + line.text.index(value, match.end())
            yield key, begin, begin + len(value.rstrip())
