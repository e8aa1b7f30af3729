"""Edits of a text: stretches that are replaced, everything else left as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """``text[start:end]`` becomes ``replacement``; ``code`` is the rule that asks for it."""

    start: int
    end: int
    replacement: str
    code: str = ""


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text after the edits, which do not overlap."""
    pieces, at = list[str](), 0
    for edit in sorted(edits):
        pieces += text[at : edit.start], edit.replacement
        at = edit.end
    return "".join((*pieces, text[at:]))


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in text order, without those that overlap an earlier one or change nothing."""
    kept: list[Edit] = []
    for edit in sorted(set(edits)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def narrowed(text: str, edit: Edit) -> Iterator[Edit]:
    """The edit reduced to the characters that change, in as few stretches as that takes."""
    old = text[edit.start : edit.end]
    for kind, a, b, c, d in SequenceMatcher(None, old, edit.replacement, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Edit(edit.start + a, edit.start + b, edit.replacement[c:d], edit.code)


def composed(first: Sequence[Edit], then: Sequence[Edit]) -> list[Edit]:
    """One list of edits that does what ``first`` and, on its outcome, ``then`` do."""
    merged = [_Stretch(e.start, e.end, e.replacement, e.code) for e in sorted(first)]
    for edit in sorted(then, reverse=True):
        merged = _inserted(merged, edit)
    return [Edit(s.start, s.end, s.replacement, s.code) for s in merged]


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: int
    end: int
    replacement: str
    code: str


def _inserted(stretches: list[_Stretch], edit: Edit) -> list[_Stretch]:
    """The stretches with one more edit, whose offsets are those of the text after them. Later ones come first."""
    before, touched, after, shift = list[_Stretch](), list[tuple[_Stretch, int]](), list[_Stretch](), 0
    for stretch in stretches:
        begin = stretch.start + shift
        end = begin + len(stretch.replacement)
        shift += len(stretch.replacement) - (stretch.end - stretch.start)
        if end <= edit.start and not begin == end == edit.start:
            before.append(stretch)
        elif begin >= edit.end:
            after.append(stretch)
        else:
            touched.append((stretch, begin))
    return [*before, _merged(touched, edit, _shift(before)), *after]


def _shift(stretches: Iterable[_Stretch]) -> int:
    return sum(len(s.replacement) - (s.end - s.start) for s in stretches)


def _merged(touched: list[tuple[_Stretch, int]], edit: Edit, shift: int) -> _Stretch:
    """The edit and the earlier ones that it touches, as one."""
    if not touched:
        return _Stretch(edit.start - shift, edit.end - shift, edit.replacement, edit.code)
    (first, begin), (last, last_begin) = touched[0], touched[-1]
    over = max(0, last_begin + len(last.replacement) - edit.end)
    head = first.replacement[: max(0, edit.start - begin)]
    tail = last.replacement[len(last.replacement) - over :]
    start = first.start - max(0, begin - edit.start)
    end = last.end + max(0, edit.end - last_begin - len(last.replacement))
    return _Stretch(start, end, head + edit.replacement + tail, first.code)
