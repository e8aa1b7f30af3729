"""Oddities of titles in brackets (、 between them, one in another, one misquoted) and of numbers of documents.

Marks follow GB/T 15834-2011, 4.5.3.5 and 4.15.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from yaodian.extraction.marks.oddity import Oddity, Region, alternation, habit, proofreading
from yaodian.extraction.policies.authority import entries, normalised
from yaodian.model import PolicyReference
from yaodian.patterns import compiled

_SEPARATED = compiled(r"(?<=》)、(?=《)")
_NESTED = compiled(r"《(?P<outer>[^《》\n。；]{0,40})《(?P<inner>[^《》\n。；]{2,60})》(?P<rest>[^《》\n。；]{0,40})》")
_NUMBER = compiled(
    r"[（(](?P<number>(?P<code>[\u4e00-\u9fff]{2,10})[〔［\[【（(](?P<year>(?:19|20)\d\d)[〕］\]】）)]第?(?P<serial>\d{1,4})号)(?=[）)])"
)
_SHORTEST, _SHORTEST_LAW, _SWAPPED = 10, 14, 2
_IN_FORCE = frozenset(("implement", "cite"))
_YEAR = compiled(r"(?:19|20)\d\d")
_TURN = compiled("第[一二三四五六]期")
_EDITION = compiled(r"\d年(?:修订|修正)?版|\d年(?:修订|修正)")
_ISSUER_REACH = 24


def find(region: Region, policies: Sequence[PolicyReference]) -> Iterator[Oddity]:
    """The oddities of a region's titles."""
    yield from habit(Oddity(match.start(), match.end(), "title-separator", "") for match in region.find(_SEPARATED))
    for match in region.find(_NESTED):
        nested = f"《{match['outer']}〈{match['inner']}〉{match['rest']}》"
        yield Oddity(match.start(), match.end(), "title-nesting", nested)
    yield from _numbers(region)
    for policy in policies:
        if policy.marked and region.start <= policy.span.start < region.end:
            right = _right(policy.title) or _named_otherwise(policy, region)
            if right:
                yield Oddity(policy.span.start, policy.span.end, "title-misquoted", right)


def _numbers(region: Region) -> Iterator[Oddity]:
    """Numbers of cited documents in another form than GB/T 9704-2012, 7.2.5 has it."""
    for match in region.find(_NUMBER):
        right = f"{match['code']}〔{match['year']}〕{int(match['serial'])}号"
        if match["number"] != right:
            yield Oddity(*match.span("number"), "number-form", right)


def _right(title: str) -> str | None:
    """The authority's title that ``title`` is a slip of; None where it is right, or another document's."""
    bare = normalised(title)
    if len(bare) < _SHORTEST:
        return None
    known = _known()
    if bare in known:
        return None
    near = {known[form] for short in _shortened(bare) for form in _near().get(short, ()) if _is_slip(bare, form)}
    return near.pop() if len(near) == 1 else None


def _named_otherwise(policy: PolicyReference, region: Region) -> str | None:
    """The authority's title, where that of one in force differs in a word, a year, or, of a national issuer, a 期."""
    bare = normalised(policy.title)
    if policy.action not in _IN_FORCE or len(bare) < _SHORTEST or bare in _known():
        return None
    near = {_known()[form] for form in _by_words().get(_few_words(bare), ())}
    near = near or {_known()[form] for form in _by_years().get(_YEAR.sub("", bare), ()) if _is_year_slip(bare, form)}
    if not near and _is_national(policy, region):
        same = _by_turns().get(_TURN.sub("", bare), ()) if _TURN.search(bare) else ()
        near = {_known()[max(same)]} if same else set()
    return near.pop() if len(near) == 1 else None


def _is_year_slip(written: str, right: str) -> bool:
    """Whether one year differs: of a period one end, else one digit, unless it names the edition (2022年版)."""
    ours, theirs = _YEAR.findall(written), _YEAR.findall(right)
    apart = [(a, b) for a, b in zip(ours, theirs, strict=False) if a != b]
    if len(ours) != len(theirs) or len(apart) != 1 or _EDITION.search(written):
        return False
    return len(ours) > 1 or sum(a != b for a, b in zip(*apart[0], strict=True)) == 1


def _is_national(policy: PolicyReference, region: Region) -> bool:
    """Whether the title, or what stands right before it, names a national issuer."""
    before = region.text[max(region.start, policy.span.start - _ISSUER_REACH) : policy.span.start]
    return bool(_issuer_ahead().search(before) or re.match(alternation("titles", "national"), policy.title))


@cache
def _issuer_ahead() -> re.Pattern[str]:
    return compiled(rf"{alternation('titles', 'national')}[^，。；、\n]*$")


@cache
def _by_words() -> dict[str, list[str]]:
    return _grouped(_few_words)


@cache
def _by_years() -> dict[str, list[str]]:
    return _grouped(lambda form: _YEAR.sub("", form) if _YEAR.search(form) else None)


@cache
def _by_turns() -> dict[str, list[str]]:
    return _grouped(lambda form: _TURN.sub("", form) if _TURN.search(form) else None)


def _grouped(key_of: Callable[[str], str | None]) -> dict[str, list[str]]:
    """The known names by what is left of each without its years, its turn, or words easily left out."""
    groups: dict[str, list[str]] = defaultdict(list)
    for form in _known():
        if (key := key_of(form)) is not None:
            groups[key].append(form)
    return groups


def _few_words(name: str) -> str:
    return re.sub(alternation("titles", "dropped"), "", name)


@cache
def _known() -> dict[str, str]:
    return {
        normalised(name): entry.title
        for entry in entries().values()
        for name in (entry.title, *entry.aliases, *entry.in_brackets)
    }


@cache
def _near() -> dict[str, list[str]]:
    """The known names by what is left of each without one of its characters: one slip away shares one of these."""
    near: dict[str, list[str]] = defaultdict(list)
    for form in _known():
        for short in _shortened(form):
            near[short].append(form)
    return near


def _shortened(name: str) -> set[str]:
    return {name, *(name[:i] + name[i + 1 :] for i in range(len(name)))}


def _is_slip(written: str, right: str) -> bool:
    """Whether the two differ in one character or in the order of two, and not in what tells one document from another.

    Laws are named alike (教师法, 律师法): only the long names count.
    """
    if len(right) < (_SHORTEST_LAW if right.endswith("法") else _SHORTEST) or abs(len(written) - len(right)) > 1:
        return False
    start = _same(written, right)
    end = min(_same(written[::-1], right[::-1]), len(written) - start, len(right) - start)
    ours, theirs = written[start : len(written) - end], right[start : len(right) - end]
    if len(ours) == _SWAPPED and ours == theirs[::-1]:
        return True
    return max(len(ours), len(theirs)) == 1 and not _telling().search(f"{ours} {theirs}")


def _same(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@cache
def _telling() -> re.Pattern[str]:
    return compiled("|".join(proofreading("titles")["telling"]))
