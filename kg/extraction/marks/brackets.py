"""Quotation marks and brackets without their partner. Forms after GB/T 15834-2011, 4.8, 4.9 and 4.15."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import NamedTuple

from yaodian.extraction.marks.oddity import Oddity, Region, proofreading
from yaodian.patterns import compiled

_PAIRS = {"“": "”", "‘": "’", "《": "》", "（": "）", "【": "】", "〔": "〕"}
_OPENERS = {closer: opener for opener, closer in _PAIRS.items()}
# Brackets of half width pair with those of full width: （1) lacks no partner.
_FOLD = {"(": "（", ")": "）", '"': "”", "&quot;": "”", "’’": "”"}
# Double marks do not nest in themselves, and what stands for them in careless typing closes them too.
_DOUBLE = "“”"
_STAND_INS = ('"', "’’")
# One set of characters comes first: the search skips from one of them to the next.
_TOKEN = compiled(r"[&’“”《》（）()【】〔〕‘\"](?:(?<=&)quot;|(?<=[^a-zA-Z]’)’|(?<=’)(?<![a-zA-Z]’)|(?<![&’]))")
_LABEL = compiled(r"(?:^|[\s。；;：:，,、！])[0-9０-９A-Za-z一二三四五六七八九十①-⑳]{1,3}$")
_STOPS = "，。；：！？、,;:!?\n《》“”（）()【】〔〕"
_STOP = compiled("[。；，,;]")
# The year of a document's number, closed or opened by a mark of another kind: 〔2023]8号.
_YEAR_CLOSED = compiled(r"((?:19|20)\d\d)[\]］)）】]")
_YEAR_OPENED = compiled(r"[\[［(（【]((?:19|20)\d\d)$")
_LONGEST_YEAR = 5
_PAIRED = compiled(rf"([{''.join(_PAIRS)}])([^{re.escape(_STOPS)}]{{2,12}})[{''.join(_PAIRS.values())}]")
_REACH = 30
_LONGEST_QUOTED = 12
_LONGEST_TURNED = 40
_LONGEST_WRAPPED = 150
_LONGEST_MENDED = 500


class _Token(NamedTuple):
    """A mark as printed, and the mark it stands for."""

    start: int
    end: int
    printed: str
    char: str

    @property
    def family(self) -> str:
        return _OPENERS.get(self.char, self.char)


def find(region: Region) -> Iterator[Oddity]:
    """The unpaired marks of a region. Pairs close within a line, or within the next few where lines are wrapped."""
    lone: list[_Token] = []
    for family, tokens in _families(region).items():
        loose, oddities = _paired_up(region, tokens, nests=family != _DOUBLE[0])
        yield from oddities
        lone += _unwrapped(loose)
    known = _paired_words(region) if lone else frozenset()
    for token in lone:
        yield _opening(region, token, known) if token.char in _PAIRS else _closing(region, token, known)


def _families(region: Region) -> dict[str, list[_Token]]:
    families: dict[str, list[_Token]] = {}
    for match in region.find(_TOKEN):
        token = _Token(match.start(), match.end(), match[0], _FOLD.get(match[0], match[0]))
        families.setdefault(token.family, []).append(token)
    return families


def _paired_up(region: Region, tokens: list[_Token], *, nests: bool) -> tuple[list[_Token], list[Oddity]]:
    """The tokens that find no partner in their line, and the pairs that are made of the wrong marks."""
    text, loose, odd = region.text, list[_Token](), list[Oddity]()
    waiting: list[_Token] = []
    line_end = region.start
    for token in tokens:
        if token.start > line_end:
            line_end = _line_end(text, token.start)
            loose += waiting
            waiting = []
        if token.char in _PAIRS:
            if waiting and not nests and _is_turned(text, waiting[-1], token):
                odd.append(_mended(text, waiting.pop(), token))
                continue
            waiting.append(token)
        elif waiting:
            opener = waiting.pop()
            if token.printed in _STAND_INS and token.start - opener.end <= _LONGEST_MENDED:
                odd.append(_mended(text, opener, token))
        elif token.printed not in (*_STAND_INS, "&quot;") and not _closes_label(region, token):
            loose.append(token)
    return sorted(loose + waiting, key=lambda t: t.start), odd


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def _is_turned(text: str, first: _Token, second: _Token) -> bool:
    """Whether the second of two opening marks looks like a closing one turned the wrong way."""
    return second.start - first.end <= _LONGEST_TURNED and not _STOP.search(text, first.end, second.start)


def _mended(text: str, opener: _Token, closer: _Token) -> Oddity:
    expected = opener.char + text[opener.end : closer.start] + _PAIRS[opener.char]
    return Oddity(opener.start, closer.end, "unpaired-opening", expected)


def _closes_label(region: Region, token: _Token) -> bool:
    """Whether a closing bracket belongs to a label like 1) or 一）."""
    return token.char == "）" and bool(_LABEL.search(region.text[max(region.start, token.start - 6) : token.start]))


def _unwrapped(loose: list[_Token]) -> list[_Token]:
    """``loose`` without the pairs that a line break stands between."""
    kept: list[_Token] = []
    for token in loose:
        near = kept and kept[-1].char in _PAIRS and token.start - kept[-1].end <= _LONGEST_WRAPPED
        if near and token.char not in _PAIRS:
            kept.pop()
        else:
            kept.append(token)
    return kept


def _closing(region: Region, token: _Token, known: Set[str]) -> Oddity:
    opener = _OPENERS[token.char]
    before = max(region.start, token.start - _LONGEST_YEAR)
    if token.char == "〕" and (year := _YEAR_OPENED.match(region.text, before, token.start)):
        return Oddity(year.start(), token.end, "unpaired-closing", f"〔{year[1]}〕")
    for length in range(min(_LONGEST_QUOTED, token.start - region.start), 1, -1):
        inner = region.text[token.start - length : token.start]
        if opener + inner in known:
            return Oddity(token.start - length, token.end, "unpaired-closing", opener + inner + token.printed)
    start = token.start
    while start > max(region.start, token.start - _REACH) and region.text[start - 1] not in _STOPS:
        start -= 1
    return Oddity(token.start, token.end, "unpaired-closing", None, region.text[start : token.end])


def _opening(region: Region, token: _Token, known: Set[str]) -> Oddity:
    closer = _PAIRS[token.char]
    if token.char == "〔" and (year := _YEAR_CLOSED.match(region.text, token.end)):
        return Oddity(token.start, year.end(), "unpaired-opening", f"〔{year[1]}〕")
    for length in range(min(_LONGEST_QUOTED, region.end - token.end), 1, -1):
        inner = region.text[token.end : token.end + length]
        if token.char + inner in known:
            return Oddity(token.start, token.end + length, "unpaired-opening", token.printed + inner + closer)
    end = token.end
    while end < min(region.end, token.end + _REACH) and region.text[end] not in _STOPS:
        end += 1
    return Oddity(token.start, token.end, "unpaired-opening", None, region.text[token.start : end])


def _paired_words(region: Region) -> frozenset[str]:
    """What stands between a pair of marks elsewhere in the text, or customarily does, each with its opening mark."""
    printed = {match[1] + match[2] for match in region.find(_PAIRED)}
    return frozenset(printed | {"“" + word for word in proofreading("quoted")["words"]})
