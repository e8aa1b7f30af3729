"""Responsible units, from the places where plans print them: 责任单位：…, （…负责）, （…牵头，…配合）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from yaodian.extraction.intervals import Intervals
from yaodian.extraction.scanning import characters_of
from yaodian.extraction.tables import TaskTable, Unit
from yaodian.model import ROLES, Document, Item, Responsibility, Role
from yaodian.ontology import lexicon
from yaodian.patterns import compiled

_OPENING, _CLOSING = "（(〔[［〈【", "）)〕]］〉】"
_BRACKET = compiled(
    r"[（(\[【［〔](?:(?<=[（(])(?:[^（()）\n。]|[（(][^（()）\n。]*[）)]){2,400}[）)]"
    r"|(?<=[\[【［〔])[^\n。\[\]【】［］〔〕]{2,400}[\]】］〕])"
)
# What a sentence may begin with: the task that it is about (任务一：甲局牵头，乙局配合).
_SENTENCE = compiled(
    r"(?<![^。；;\n])[^\S\n]*(?:[^\s。；;：:（(]{2,6}[：:][^\S\n]*)?"
    r"(?P<sentence>[^。；;\n：:（(《“]{4,160})(?=[。；;\n])"
)
# A list goes on in the next line where a line ends in 、; a tab parts it from the next cell of a table's row.
_LINE = compiled(r"(?:[^\n\t。]*、[^\S\n]*\n)*[^\n\t。]*")
_OPENING_CLAUSES = compiled(r"(?:(?<![^。；;\n])[^\S\n]*|(?<=\s))(?P<clauses>由[^。；;\n：:（(《“]{4,120})")
_OTHER_LABEL = compiled(r"(?<=[\s；;，,])[\u4e00-\u9fff]{2,6}[：:]")
_LONGEST_SUFFIX = 10
_MOST_ADVERBS = 6
_COLON = compiled("[:：]")
_LABEL_REACH = 40
_SEPARATOR = "、，,；;/ \u3000\t\n"
_CLAUSE_SIGNS = "，,；;"
_LEADING = _SEPARATOR + "由"
_CONJUNCTION = compiled("以及|会同|[和及与]")
_UNIT_CHARACTERS = compiled(r"[\w、，,（）()〔〕\[\]［］〈〉“”·\-—]+")


class _Sign(NamedTuple):
    """What tells that units are named here: by which rule, and the words that say their role, where some do."""

    role: Role
    rule: str
    start: int = 0
    end: int = 0


class _Unit(NamedTuple):
    start: int
    end: int
    sign: _Sign


def find_responsibilities(
    document: Document, tables: Sequence[TaskTable] = (), items: Sequence[Item] = ()
) -> list[Responsibility]:
    """The units that the body names as responsible, one entry for each, in text order.

    A unit in a merged cell of one of the ``tables`` has an entry for every task of ``items`` that the cell covers.
    """
    in_columns = list(_in_columns(document, tables, items))
    told = Intervals((found.span.start, found.span.end) for found in in_columns)
    in_sentences = [found for found in _in_sentences(document) if found.span.start not in told]
    return sorted([*in_columns, *in_sentences], key=lambda found: found.span)


def _in_columns(document: Document, tables: Sequence[TaskTable], items: Sequence[Item]) -> Iterator[Responsibility]:
    """The units in the columns of task tables; a cell with labels of its own (牵头：甲科) is left to those."""
    ids = {item.span.start: item.id for item in items}
    for row in (row for table in tables for row in table.rows):
        for unit in row.units:
            if not _label_pattern().search(unit.cell.span.quote):
                for named in _in_cell(document.text, unit):
                    yield _responsibility(document, named, ids.get(row.start))


def _in_cell(text: str, unit: Unit) -> Iterator[_Unit]:
    sign = _Sign(unit.role, "column of a table", unit.header.span.start, unit.header.span.end)
    for line in compiled(r"[^\n]+").finditer(text, unit.cell.span.start, unit.cell.span.end):
        yield from _units(text, *line.span(), sign)


def _in_sentences(document: Document) -> Iterator[Responsibility]:
    start, end = document.body.start, document.body.end
    text = document.text[:end]
    found: dict[tuple[int, int], _Unit] = {}
    for unit in (*_labelled(text, start), *_bracketed(text, start), *_sentences(text, start), *_openings(text, start)):
        found.setdefault((unit.start, unit.end), unit)
    return (_responsibility(document, unit) for unit in found.values())


def _responsibility(document: Document, unit: _Unit, item: str | None = None) -> Responsibility:
    return Responsibility(
        id="",
        span=document.span(unit.start, unit.end),
        role=unit.sign.role,
        item=item,
        rule=unit.sign.rule,
        evidence=tuple(document.span(start, end) for start, end in _words(unit.sign)),
    )


def _words(sign: _Sign) -> list[tuple[int, int]]:
    return [(sign.start, sign.end)] if sign.end else []


def _section(name: str) -> Any:
    return lexicon("organisations")[name]


def _labelled(text: str, start: int) -> Iterator[_Unit]:
    """Units behind a label with a colon, up to the next label, the closing bracket, or the end of the line."""
    limit = 0
    for match in _labels(text, start):
        sign = _Sign(_role_of(match), "label before it", match.start(), match.end("label"))
        if limit < match.end():
            limit = _line_end(text, match.end())
        yield from _behind_label(text, match.end(), _list_end(text, match.end(), limit), sign)


def _behind_label(text: str, start: int, end: int, sign: _Sign) -> Iterator[_Unit]:
    """The units of a list behind a label; words behind some may say their role (责任：甲局牵头，乙局配合)."""
    at = start
    for match in _ending_pattern().finditer(text, start, end + 1):
        if text[match.start() - 1] not in _OPENING:  # 甲局（牵头） says so of one only
            own = _Sign(_role_of(match), sign.rule, match.start(), match.end())
            # Behind a label that says a role, words behind the last unit say that of this unit only.
            parting = _CLAUSE_SIGNS if sign.role == "responsible" else _SEPARATOR
            begin = max([at, *(text.rfind(mark, at, match.start()) + 1 for mark in parting)])
            yield from _units(text, at, begin, sign)
            yield from _units(text, begin, match.start(), own)
            at = match.end()
    yield from _units(text, at, end, sign)


@cache
def _label_pattern() -> re.Pattern[str]:
    labels = _section("labels")
    roles = "|".join(f"(?P<{role}>{labels[role]})" for role in ROLES)
    return compiled(f"(?P<label>(?:{roles}){labels['of']})\\s*[:：]\\s*")


def is_unit_line(line: str) -> bool:
    """Whether a line lists units behind a label: 责任单位：甲局、乙局, in brackets or not."""
    return _label_pattern().match(line.lstrip("（([【［〔 \u3000\t")) is not None


def _labels(text: str, start: int) -> Iterator[re.Match[str]]:
    """The labels, each looked for right before a colon: there are fewer of those than words that may begin one."""
    for colon in _COLON.finditer(text, start):
        found = _label_pattern().search(text, max(start, colon.start() - _LABEL_REACH), colon.end())
        match = _label_pattern().match(text, found.start()) if found else None
        if match:
            start = match.end()
            yield match


def _role_of(match: re.Match[str]) -> Role:
    return next(role for role in ROLES if match[role])


def _line_end(text: str, start: int) -> int:
    line = _LINE.match(text, start)
    return line.end() if line else start


def _list_end(text: str, start: int, limit: int) -> int:
    """Where a list that begins at ``start`` ends, not behind ``limit``; brackets inside names do not end it."""
    for label in (_label_pattern(), _OTHER_LABEL):
        following = label.search(text, start, limit)
        limit = following.start() if following else limit
    depth = 0
    for i in range(start, limit):
        depth += (text[i] in _OPENING) - (text[i] in _CLOSING)
        if depth < 0:
            return i
    return limit


def _bracketed(text: str, floor: int) -> Iterator[_Unit]:
    for match in _BRACKET.finditer(text, floor):
        start, end = match.start() + 1, match.end() - 1
        if _label_pattern().search(text, start, end):
            continue
        clauses = list(_ended_clauses(text, start, end, "role behind it, in brackets"))
        yield from clauses or _bare(text, start, end)


def _sentences(text: str, floor: int) -> Iterator[_Unit]:
    """由甲局牵头，乙局、丙局配合。: a sentence that says nothing else, but by when."""
    for match in _SENTENCE.finditer(text, floor):
        start, end = match.span("sentence")
        end = _before_day(text, start, end)
        if not _says_only_roles(text, start, end):
            continue
        units = list(_ended_clauses(text, start, end, "role behind it, in a sentence of its own"))
        if text[start] == "由" or all(_is_office(text[unit.start : unit.end]) for unit in units):
            yield from units


def _openings(text: str, floor: int) -> Iterator[_Unit]:
    """由甲局牵头，乙局、丙局配合，对全区学校进行排查: the clauses of names and roles that a sentence opens with.

    A heading may stand before it, set off by a blank.
    """
    for match in _OPENING_CLAUSES.finditer(text, floor):
        yield from _of_opening(text, *match.span("clauses"))


def _of_opening(text: str, start: int, end: int) -> Iterator[_Unit]:
    at = start
    for match in _ending_pattern().finditer(text, start, end):
        sign = _Sign(_role_of(match), "role behind it, where a sentence begins", match.start(), match.end())
        units = list(_units(text, at, match.start(), sign))
        if not units or not all(_is_unit(text[unit.start : unit.end]) for unit in units):
            return
        yield from units
        at = match.end()


def _before_day(text: str, start: int, end: int) -> int:
    """The end of a sentence without the clause that tells by when it is done."""
    if text[end - 1] not in _done_characters():
        return end
    by_when = _by_when().search(text, start, end)
    return by_when.start() if by_when else end


@cache
def _done_characters() -> frozenset[str]:
    """The characters of what such a clause ends with."""
    return frozenset(characters_of(_section("endings")["done"]))


@cache
def _by_when() -> re.Pattern[str]:
    endings = _section("endings")
    return compiled(f"{endings['day']}{endings['done']}$")


def _says_only_roles(text: str, start: int, end: int) -> bool:
    """Whether the sentence begins with a name or 由, and ends with the word for a role."""
    if text[end - 1] not in _last_characters():
        return False
    last = None
    for match in _ending_pattern().finditer(text, start, end + 1):
        last = match
    return last is not None and last.end() == end


@cache
def _last_characters() -> frozenset[str]:
    """The characters of the words for roles: what ends with no such word ends with none of them."""
    endings = _section("endings")
    return frozenset(characters_of("".join(endings[role] for role in ROLES)))


def _is_unit(name: str) -> bool:
    return bool(_of_unit("suffix").search(name))


def _is_office(name: str) -> bool:
    return bool(_of_unit("bare_suffix").search(name))


def _ended_clauses(text: str, start: int, end: int, rule: str) -> Iterator[_Unit]:
    """（甲局牵头，乙局、丙局配合）: each run of units up to the word that says their role."""
    at = start
    for match in _ending_pattern().finditer(text, start, end + 1):
        yield from _units(text, at, match.start(), _Sign(_role_of(match), rule, match.start(), match.end()))
        at = match.end()


@cache
def _ending_pattern() -> re.Pattern[str]:
    endings = _section("endings")
    roles = "|".join(f"(?P<{role}>{endings[role]})" for role in ROLES)
    return compiled(f"(?:{endings['adverbs']}){{0,{_MOST_ADVERBS}}}+(?:{roles})(?=[，,；;、。）)\\]】］〕\n])")


def _bare(text: str, start: int, end: int) -> Iterator[_Unit]:
    """（甲科、乙科） behind a full sentence: nothing but names of offices."""
    if text[start - 2 : start - 1] not in ("。", "；", ";", ".") or start < 2:
        return
    units = list(_units(text, start, end, _Sign("responsible", "offices in brackets behind a sentence")))
    if units and all(_is_office(text[unit.start : unit.end]) for unit in units):
        yield from units


def _units(text: str, start: int, end: int, sign: _Sign) -> Iterator[_Unit]:
    longest = _section("units")["longest"]
    for left, right in _pieces(text, start, end):
        mark = _of_unit("lead_mark").search(text, left, right)
        name = _name(text[left : mark.start() if mark else right])
        own = _Sign("lead", "mark of the lead behind it", *mark.span()) if mark else sign
        if 2 <= len(name) <= longest and _UNIT_CHARACTERS.fullmatch(name) and not _of_unit("remark").match(name):
            yield _Unit(left, left + len(name), own)


def _name(printed: str) -> str:
    """The unit's name without 等部门 behind it."""
    tail = _of_unit("tail").search(printed)
    return printed[: tail.start()] if tail else printed


@cache
def _of_unit(key: str) -> re.Pattern[str]:
    return compiled(_section("units")[key])


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The entries of a list, split at separators outside brackets and at conjunctions between whole names."""
    depth, left = 0, start
    for i in range(start, end + 1):
        character = text[i] if i < end else "、"
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        parts = depth == 0 and character in _SEPARATOR and not _is_inside_name(text, left, i, end)
        if i == end or parts:
            yield from _split_conjunctions(text, left, i)
            left = i + 1


def _is_inside_name(text: str, start: int, at: int, end: int) -> bool:
    """Whether a separator stands between two that share the last word of their name: 各区|、县级市人民政府."""
    shares = _of_unit("shares").match(text, start, end)
    return shares is not None and shares.end() == at


def _split_conjunctions(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start] in _LEADING:
        start += 1
    for match in _CONJUNCTION.finditer(text, start, end):
        if match.start() == start:
            start = match.end()
        elif _of_unit("suffix").search(text[max(start, match.start() - _LONGEST_SUFFIX) : match.start()]):
            yield start, match.start()
            start = match.end()
    if start < end:
        yield start, end
