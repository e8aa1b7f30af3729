"""Foreign text injected into a document: the names of gambling sites and the like, often strung together with ``|``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from yaodian.extraction.marks.oddity import HAN_CHARACTER, Oddity, Region, alternation, proofreading
from yaodian.extraction.scanning import matches_from
from yaodian.model import Span
from yaodian.patterns import any_of, compiled

_PIPES = "|｜"
_SEGMENT_LIMIT = 20
_BRAND_LIMIT = 4
_SIGN_REACH = 100
"""More characters than a site name has on either side of a sign."""
_SENTENCE = 30


def injected_spans(text: str) -> list[Span]:
    """The stretches of ``text`` that are foreign to it, in order and without overlap."""
    found = [*_named(text), *_repeated(text)]
    return [Span(start, end, text[start:end]) for start, end in _merged(sorted(found), text)]


def find(region: Region) -> Iterator[Oddity]:
    """The injected stretches of a region."""
    for span in injected_spans(region.text[region.start : region.end]):
        yield Oddity(region.start + span.start, region.start + span.end, "injected-text")


@cache
def _site_name() -> re.Pattern[str]:
    brand, strong, core, branded, tail = (
        alternation("injected", key) for key in ("brands", "strong_brands", "cores", "branded", "tails")
    )
    branded_name = f"(?:{brand}[{HAN_CHARACTER}]{{0,4}}?{core}|{strong}{branded})"
    return compiled(f"(?:{branded_name}|(?P<bare>{core})){tail}*")


def _named(text: str) -> Iterator[tuple[int, int]]:
    """Site names, widened over the segments that ``|`` strings together with them."""
    ends: dict[int, int] = {}
    for near in _near_signs(text):
        for match in _site_name().finditer(text, *near):
            start = _name_start(text, match.start(), bare=match["bare"] is not None)
            end = _run_end(text, match.end(), ends)
            is_strung = end > match.end() or text[start - 1 : start] in tuple(_PIPES)
            if not match["bare"] or is_strung or not _is_prose(text, match):
                yield start, end


def _near_signs(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text, in order and apart, that a site name can lie in: it contains a sign."""
    start = end = 0
    for sign in _sign().finditer(text):
        if sign.start() - _SIGN_REACH > end:
            if end:
                yield start, end
            start = sign.start() - _SIGN_REACH
        end = sign.end() + _SIGN_REACH
    if end:
        yield start, min(end, len(text))


def _is_prose(text: str, match: re.Match[str]) -> bool:
    """Whether the author may well have written a name without a brand: 在线娱乐内容, 严禁参与网络棋牌游戏."""
    weak = re.fullmatch(proofreading("injected")["weak"], match[0])
    return weak is not None or _opposed().search(text, max(0, match.start() - _SENTENCE), match.end()) is not None


@cache
def _opposed() -> re.Pattern[str]:
    """A word against it, and no end of a sentence between."""
    return compiled(rf"{alternation('injected', 'opposed')}[^。；！？\n]*$")


@cache
def _sign() -> re.Pattern[str]:
    return compiled(any_of(proofreading("injected")["signs"]))


def _name_start(text: str, start: int, *, bare: bool) -> int:
    """After a pipe the whole segment belongs to the name; so do a few characters before one without a known brand."""
    left = start
    while left > 0 and start - left < _SEGMENT_LIMIT and not _ends_name().match(text[left - 1]):
        left -= 1
    after_pipe = left > 0 and text[left - 1] in _PIPES
    return left if after_pipe or (bare and start - left <= _BRAND_LIMIT) else start


def _run_end(text: str, end: int, known: dict[int, int]) -> int:
    """The end of the last segment closed by a pipe; without one, the end of the name itself.

    ``known`` remembers where runs end: the names in one run go on into the same segments.
    """
    rest = _segment_closed().match(text, end)
    passed = []
    while rest and rest.end() not in known:
        passed.append(rest.end())
        rest = _foreign_segment().match(text, rest.end())
    closed = known[rest.end()] if rest else passed[-1] if passed else end
    known.update(dict.fromkeys(passed, closed))
    return closed


@cache
def _ends_name() -> re.Pattern[str]:
    return compiled(f"[{proofreading('injected')['names_end']}]")


@cache
def _segment_closed() -> re.Pattern[str]:
    return compiled(f"[^{proofreading('injected')['names_end']}]{{0,6}}[{_PIPES}]")


@cache
def _foreign_segment() -> re.Pattern[str]:
    name = _site_name().pattern.replace("(?P<bare>", "(?:")
    outside = proofreading("injected")["names_end"]
    return compiled(f"[^{outside}]{{0,8}}?{name}[^{outside}]{{0,6}}[{_PIPES}]?")


_PIPE = compiled(f"[{_PIPES}]")
_PIPED = compiled(
    rf"(?P<first>[\w·]{{2,{_SEGMENT_LIMIT}}})(?:[{_PIPES}][\w·]{{2,{_SEGMENT_LIMIT}}})*[{_PIPES}](?=[\w《》“”、。，,）)])"
)


def _repeated(text: str) -> Iterator[tuple[int, int]]:
    """Runs of words strung together with ``|`` that come back word for word: no prose does that."""
    groups: dict[str, list[re.Match[str]]] = defaultdict(list)
    for match in matches_from(_PIPE, _PIPED, text, 0, len(text), back=_SEGMENT_LIMIT):
        groups[match[0][match.end("first") - match.start() :]].append(match)
    for rest, matches in groups.items():
        if len(matches) > 1:
            shortest = min((m[0] for m in matches), key=len)
            common = shortest if all(m[0].endswith(shortest) for m in matches) else rest
            yield from ((m.end() - len(common), m.end()) for m in matches)


def _merged(spans: list[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    current: tuple[int, int] | None = None
    for start, end in spans:
        if current and start <= current[1]:
            current = current[0], max(current[1], end)
            continue
        if current:
            yield current
        current = start, end
    if current:
        yield current
