"""What puts a finding right: one small function for each word that a rule's ``yd:fix`` may be.

A fix is offered only where what should stand there follows from the rule itself; all else stays with the author.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from yaodian.checking.findings import Finding
from yaodian.checking.fixing.edits import Edit
from yaodian.extraction.marks.glyphs import half_width_marks
from yaodian.extraction.marks.oddity import HAN_CHARACTER, Region
from yaodian.extraction.numerals import HAN, numeral
from yaodian.model import Plan
from yaodian.patterns import compiled
from yaodian.rdf.outline import Heading, adjacent

Fixer = Callable[[Plan, Sequence[Finding]], Iterable[tuple[Finding, Edit]]]

_NUMBER = compiled(
    r"(?P<code>.+?)[\[\uff3b(（〔【［]\s*(?P<year>[0-9]{4})\s*[\]\uff3d)）〕】］]\s*第?\s*0*(?P<n>[1-9][0-9]*)\s*号",
    re.DOTALL,
)
_ORDINAL = compiled(rf"\s*[（(〔第]?\s*(?P<n>[0-9０-９]+|[{HAN}]+)")
_REFERENCE = compiled(rf"(?<=[{HAN_CHARACTER}，。；：、“（(])第[0-9一二三四五六七八九十]+[项条款点]")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_INNER_TITLE_MARKS = str.maketrans("<>", "〈〉")
_HUNDRED = 100


def expected(plan: Plan, findings: Sequence[Finding]) -> Iterator[tuple[Finding, Edit]]:
    """The words that the rule expects, in the place of those at fault."""
    for finding in findings:
        if "expected" in finding.fields:
            yield finding, _instead(finding, finding.fields["expected"])


def every_mark(plan: Plan, findings: Sequence[Finding]) -> Iterator[tuple[Finding, Edit]]:
    """What is expected at each mark of the kind that a finding stands for: some rules tell of the first one only."""
    kinds = {(mark.span.start, mark.span.end, mark.kind) for mark in plan.marks}
    for finding in findings:
        own = {kind for start, end, kind in kinds if (start, end) == (finding.span.start, finding.span.end)}
        for mark in plan.marks:
            if mark.kind in own and mark.expected is not None:
                yield finding, Edit(mark.span.start, mark.span.end, mark.expected, finding.code)


def one_of_the_same(plan: Plan, findings: Sequence[Finding]) -> Iterator[tuple[Finding, Edit]]:
    """One mark for the same mark printed several times; which of two different ones is meant, the author knows."""
    for finding in findings:
        if len(marks := set("".join(finding.quote.split()))) == 1:
            yield finding, _instead(finding, marks.pop())


def full_width(plan: Plan, findings: Sequence[Finding]) -> Iterator[tuple[Finding, Edit]]:
    """Full-width marks for half-width ones: all of them where a finding tells of the first one only."""
    single = {(f.span.start, f.span.end): f for f in findings}
    every = next((finding for finding in findings if finding.fields.get("comment") not in (None, "1")), None)
    for region in _regions(plan):
        for mark in half_width_marks(region):
            finding = single.get((mark.start, mark.end), every)
            if finding is not None and mark.expected is not None:
                yield finding, Edit(mark.start, mark.end, mark.expected, finding.code)


def document_number(plan: Plan, findings: Sequence[Finding]) -> Iterator[tuple[Finding, Edit]]:
    """〔〕 around the year, no 第 and no leading zeros: GB/T 9704-2012, 7.2.5."""
    for finding in findings:
        if match := _NUMBER.fullmatch(finding.quote):
            code = "".join(match["code"].split())
            yield finding, _instead(finding, f"{code}〔{match['year']}〕{match['n']}号")


def inner_titles(plan: Plan, findings: Sequence[Finding]) -> Iterator[tuple[Finding, Edit]]:
    """〈〉 for < > in pairs inside 《》: GB/T 15834-2011, 4.15."""
    for finding in findings:
        if "".join(mark for mark in finding.quote if mark in "<>").replace("<>", "") == "":
            yield finding, _instead(finding, finding.quote.translate(_INNER_TITLE_MARKS))


def renumbered(plan: Plan, findings: Sequence[Finding]) -> Iterator[tuple[Finding, Edit]]:
    """Numbers that run on from the heading before, and after a finding as many of those that follow as ran on from it.

    Nothing is renumbered where the text refers to an item by its number.
    """
    if _REFERENCE.search(plan.text, plan.document.body.start, plan.document.body.end):
        return
    flagged = {finding.span.start: finding for finding in findings}
    before = {id(after): heading for heading, after in adjacent(plan)}
    numbers: dict[int, tuple[int, Finding | None]] = {}
    headings: list[Heading] = sorted((*plan.sections, *plan.items), key=lambda heading: heading.span.start)
    for heading in headings:
        numbers[id(heading)] = number, cause = _number(heading, before.get(id(heading)), flagged, numbers)
        if cause is not None and number != heading.ordinal and (edit := _relabelled(heading, number, cause.code)):
            yield cause, edit


def _number(
    heading: Heading,
    previous: Heading | None,
    flagged: Mapping[int, Finding],
    numbers: Mapping[int, tuple[int, Finding | None]],
) -> tuple[int, Finding | None]:
    """The number that a heading should have, and the finding that it changes because of."""
    own, finding = heading.ordinal or 0, flagged.get(heading.span.start)
    if previous is None or previous.ordinal is None or heading.ordinal is None:
        return own, None
    number, cause = numbers[id(previous)]
    if finding is not None:
        return number + 1, finding
    return (number + 1, cause) if own == previous.ordinal + 1 else (own, None)


def _relabelled(heading: Heading, number: int, code: str) -> Edit | None:
    match = _ORDINAL.match(heading.span.quote)
    written = _written(number, match["n"]) if match else None
    if match is None or written is None:
        return None
    start = heading.span.start
    return Edit(start + match.start("n"), start + match.end("n"), written, code)


def _written(number: int, like: str) -> str | None:
    """The number in the script of another one; None where that script is not written so far."""
    if like.isascii():
        return str(number)
    if like[0] in HAN:
        return numeral(number) if number < _HUNDRED else None
    return str(number).translate(_FULL_WIDTH)


def _instead(finding: Finding, replacement: str) -> Edit:
    return Edit(finding.span.start, finding.span.end, replacement, finding.code)


def _regions(plan: Plan) -> Iterator[Region]:
    body, title = plan.document.body, plan.facts.title_span
    yield Region(plan.text, body.start, body.end)
    if title and not body.start <= title.start < body.end:
        yield Region(plan.text, title.start, title.end)


FIXERS: Mapping[str, Fixer] = {
    "expected": expected,
    "every-mark": every_mark,
    "one-of-the-same": one_of_the_same,
    "full-width": full_width,
    "document-number": document_number,
    "inner-titles": inner_titles,
    "renumbered": renumbered,
}
