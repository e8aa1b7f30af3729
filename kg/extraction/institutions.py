"""Schools, kindergartens, universities, institutes and hospitals that the text names: 进贤一中, 市第七中学."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from typing import Any, NamedTuple, get_args

from ahocorasick_rs import AhoCorasick, MatchKind

from yaodian.extraction.intervals import Intervals
from yaodian.extraction.places import context
from yaodian.extraction.places.gazetteer import Hit, hits
from yaodian.extraction.words import common_pairs
from yaodian.model import Document, InstitutionKind, InstitutionMention, Span
from yaodian.ontology import lexicon
from yaodian.patterns import any_of, compiled

_REACH = 24
_JOINT_REACH = 10
_LEVELS = "市县区省"
_KINDS: tuple[InstitutionKind, ...] = get_args(InstitutionKind)
_RUN = compiled("[\u4e00-\u9fff·]+\\Z")
_HAN = compiled("[\u4e00-\u9fff]+")
_ENUMERATION = compiled("[、,，]|[和与及]")


class _Head(NamedTuple):
    """The last word of what may be a name, and where the words before it begin that may belong to the name."""

    start: int
    end: int
    kind: InstitutionKind
    left: int
    numbered: bool


class _Name(NamedTuple):
    start: int
    end: int
    kind: InstitutionKind
    rule: str


def find_institutions(document: Document, excluded: Sequence[Span]) -> list[InstitutionMention]:
    """The institutions that the body names, in text order, outside the ``excluded`` spans (titles, foreign text)."""
    body = document.body
    taken = Intervals((span.start - body.start, span.end - body.start) for span in excluded)
    return [
        InstitutionMention(
            id="",
            span=document.span(name.start + body.start, name.end + body.start),
            name=body.quote[name.start : name.end],
            kind=name.kind,
            rule=name.rule,
        )
        for name in _names(body.quote)
        if name.start not in taken and name.end - 1 not in taken
    ]


def _names(text: str) -> list[_Name]:
    """The names, those of an enumeration by the company that they keep."""
    heads = list(_heads(text))
    known: dict[int, _Name] = {}
    inside: set[int] = set()
    for number, head in enumerate(heads):
        before = known.get(number - 1)
        joined = _joined(text, head, before)
        if joined:
            del known[number - 1]
            inside.add(number - 1)
        name = joined or (None if _goes_on(text, number, heads, known) else _read(text, head))
        if name:
            known[number] = name
    for order in (range(len(heads)), reversed(range(len(heads)))):
        for number in order:
            if number not in known and number not in inside and _in_company(text, number, heads, known):
                head = heads[number]
                known[number] = _Name(head.left, head.end, head.kind, "in a list with other names")
    return [known[number] for number in sorted(known)]


def _goes_on(text: str, number: int, heads: list[_Head], known: dict[int, _Name]) -> bool:
    """Whether the words before the head go on behind another head that ends no name: 某某医学院|天津医院."""
    return number > 0 and number - 1 not in known and heads[number - 1].end == heads[number].left


def _heads(text: str) -> Iterator[_Head]:
    before = 0
    for start, end, kind, numbered in _endings(text):
        yield _Head(start, end, kind, _left(text, max(before, start - _REACH), start), numbered)
        before = end


def _endings(text: str) -> Iterator[tuple[int, int, InstitutionKind, bool]]:
    """The last words of names, the leftmost longest, where they do not begin another word."""
    found, words = _head_automaton()
    for number, start, end in found.find_matches_as_indexes(text):
        word, kind = words[number]
        if word:
            is_kind_of_school = word[0] == "小" and text[start] == "小" and text[start - 1 : start] in ("中", "大")
            if not is_kind_of_school and not _not_behind_head().match(text, end):
                yield end - len(word), end, kind, False
            continue
        match = _numbered().search(text, max(0, end - 4), end)
        if match and not _not_behind_number().match(text, end):
            yield match.start(), end, kind, True


def _left(text: str, start: int, end: int) -> int:
    """Where the words begin that a stop or a mark of punctuation sets off, and that end at ``end``."""
    run = _RUN.search(text, start, end)
    left = run.start() if run else end
    words = text[left:end]
    cut = max((stop for _, _, stop in _stops().find_matches_as_indexes(words, overlapping=True)), default=0)
    for match in _stop_pattern().finditer(words, cut):
        cut = match.end()
    for match in _conjunction().finditer(words, cut):
        if len(words) - match.end() >= 2 and match.start() - cut != 1:
            cut = match.end()
    return left + cut


def _joined(text: str, head: _Head, before: _Name | None) -> _Name | None:
    """The name that goes on behind one: 江西师范大学|附属中学."""
    if before is None or not 0 < head.start - before.end <= _JOINT_REACH or head.left > before.end:
        return None
    between = text[before.end : head.start]
    if _conjunction().match(between) or ("附" not in between and _is_generic(between)):
        return None
    return _Name(before.start, head.end, head.kind, before.rule)


def _read(text: str, head: _Head) -> _Name | None:
    inner = text[head.left : head.start]
    if not inner or (inner[0] not in _LEVELS and _is_generic(inner)):
        return None
    return (
        _attached(text, head)
        or _behind_place(text, head)
        or _behind_national(text, head)
        or _behind_level(text, head)
        or _bare(text, head)
    )


def _attached(text: str, head: _Head) -> _Name | None:
    """南大附属眼科医院."""
    if _attached_pattern().fullmatch(text, head.left, head.end):
        return _Name(head.left, head.end, head.kind, "attached to a university")
    return None


def _behind_place(text: str, head: _Head) -> _Name | None:
    for hit in hits(text[head.left : head.start]):
        start, end = head.left + hit.start, head.left + hit.end
        if hit.form != "compound" and _begins(text, hit, start, head) and _completes(text, hit, end, head):
            return _Name(start, head.end, head.kind, "behind a division's name")
    return None


def _behind_national(text: str, head: _Head) -> _Name | None:
    """华东师范大学, 清华大学."""
    if head.kind not in ("university", "institute", "hospital"):
        return None
    word = _national().match(text, head.left, head.start)
    if word is None:
        return None
    inner = text[word.end() : head.start]
    if _is_generic(inner, head.kind) if inner else head.kind != "university":
        return None
    return _Name(head.left, head.end, head.kind, "behind a national or regional word")


def _begins(text: str, hit: Hit, start: int, head: _Head) -> bool:
    if hit.name in context.words("full", "generic"):
        return False
    is_first = start == head.left or context.clear_left(text, start)
    return is_first or (hit.form == "full" and len(hit.name) > 2 and not context.crosses_left(text, start))


def _completes(text: str, hit: Hit, end: int, head: _Head) -> bool:
    """Whether the words from a division's name to the head make the name of one institution."""
    inner = text[end : head.start]
    if _single().fullmatch(text, end, head.end):
        return not context.crosses_right(text, end)
    if head.numbered:
        return not inner
    if not inner:
        return hit.form == "short" and _is_whole(text, hit, head)
    if inner == "市" or (len(inner) == 1 and head.kind != "university") or not _is_one_word(inner):
        return False
    return not _is_generic(_without_places(inner), head.kind)


def _is_one_word(inner: str) -> bool:
    """Whether no conjunction splits the words, save before a last character: 磁湖和|乐."""
    match = _conjunction().search(inner)
    return match is None or (match.start() >= 2 and match.end() == len(inner) - 1)


def _is_whole(text: str, hit: Hit, head: _Head) -> bool:
    """常州大学; a school only where the words around leave no doubt."""
    if head.kind == "university":
        return True
    is_ambiguous = hit.name in context.words("short", "ambiguous_counties")
    return not is_ambiguous and context.clear_right(text, head.end) and hit.divisions[0].level == "county"


def _without_places(words: str) -> str:
    for hit in hits(words):
        if hit.start == 0 and hit.form != "compound":
            return words[hit.end :]
    return words


def _behind_level(text: str, head: _Head) -> _Name | None:
    """市第七中学."""
    for start in range(head.left, head.start):
        if (
            text[start] in _LEVELS
            and (start == head.left or context.clear_left(text, start))
            and not _not_before_level().search(text, max(0, start - 2), start)
            and _single_of_home().fullmatch(text, start + 1, head.end)
        ):
            return _Name(start, head.end, head.kind, "behind 市, 县, 区 or 省")
    return None


def _bare(text: str, head: _Head) -> _Name | None:
    """磁湖和乐幼儿园: between boundaries, with words that say no kind of school."""
    inner = text[head.left : head.start]
    if head.numbered and text[head.end - 1] not in _section("numbered")["bare"]:
        return None
    if not _is_distinctive(inner, head) or not _right().match(text, head.end):
        return None
    if text[head.start : head.end] == "学校" and not _trailing().search(inner):
        return None
    if any(inner[i : i + 2] in common_pairs() for i in range(len(inner) - 1)):
        return None
    return _Name(head.left, head.end, head.kind, "words of its own between boundaries")


def _in_company(text: str, number: int, heads: list[_Head], known: dict[int, _Name]) -> bool:
    """Whether a name stands right before or after, set off by no more than a comma or a conjunction."""
    head = heads[number]
    before, after = known.get(number - 1), known.get(number + 1)
    is_beside = (before is not None and _ENUMERATION.fullmatch(text, before.end, head.left)) or (
        after is not None and _ENUMERATION.fullmatch(text, head.end, after.start)
    )
    if not is_beside:
        return False
    is_number = head.numbered and head.left == head.start and number - 1 in known and heads[number - 1].numbered
    return is_number or _is_distinctive(text[head.left : head.start], head)


def _is_distinctive(inner: str, head: _Head) -> bool:
    own = _trailing().sub("", inner)
    bare = _section("generic")
    if not bare["shortest"] <= len(own) <= bare["longest"] or not _HAN.fullmatch(own):
        return False
    return _is_one_word(own) and not _is_generic(inner) and not _not_within().search(own)


def _is_generic(words: str, kind: InstitutionKind | None = None) -> bool:
    """Whether words that only say which kind of school is meant make up all of ``words``."""
    vocabulary = _generic(kind == "university")
    reached = {0}
    for start in range(len(words)):
        if start in reached:
            reached.update(end for end in range(start + 1, start + 9) if words[start:end] in vocabulary)
    return len(words) in reached


def _section(name: str) -> Any:
    return lexicon("institutions")[name]


@cache
def _head_automaton() -> tuple[AhoCorasick, list[tuple[str, InstitutionKind]]]:
    """The heads, alone and behind a digit (七|中学); 七中, which is a number and its last character, has no word."""
    heads = _section("heads")
    words = [(word, kind) for kind in _KINDS for word in heads[kind].split()]
    patterns = [word for word, _ in words]
    for digit, (word, kind) in product(_section("numbered")["digits"], list(words)):
        if word[0] in _kind_of_number():
            patterns.append(digit + word)
            words.append((word, kind))
    for digit, (character, kind) in product(_section("numbered")["digits"], _kind_of_number().items()):
        patterns.append(digit + character)
        words.append(("", kind))
    return AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest), words


@cache
def _kind_of_number() -> dict[str, InstitutionKind]:
    numbered = _section("numbered")
    return {character: kind for kind in _KINDS for character in numbered.get(kind, "").split()}


@cache
def _numbered() -> re.Pattern[str]:
    return compiled(f"[{_section('numbered')['digits']}]{{1,3}}.\\Z")


@cache
def _not_behind_number() -> re.Pattern[str]:
    return compiled(any_of(_section("numbered")["not_before"].split()))


@cache
def _not_behind_head() -> re.Pattern[str]:
    return compiled(any_of(_section("context")["not_before"].split()))


@cache
def _stops() -> AhoCorasick:
    return AhoCorasick(_section("context")["stops"].split())


@cache
def _stop_pattern() -> re.Pattern[str]:
    return compiled(_section("context")["stop_pattern"])


@cache
def _conjunction() -> re.Pattern[str]:
    return compiled(f"[{''.join(_section('context')['conjunctions'].split())}]")


@cache
def _national() -> re.Pattern[str]:
    return compiled(any_of(_section("beginnings")["national"].split()))


@cache
def _not_before_level() -> re.Pattern[str]:
    """全|市, 市、|县."""
    return compiled(f"[{''.join(_section('beginnings')['not_after'].split())}]\\Z|[{_LEVELS}]、\\Z")


@cache
def _attached_pattern() -> re.Pattern[str]:
    words = _section("beginnings")
    return compiled(f"(?:{words['abbreviated']})(?:{words['attached']})[\u4e00-\u9fff]{{0,8}}")


@cache
def _single() -> re.Pattern[str]:
    return compiled(f"(?:{_section('beginnings')['single']})", re.VERBOSE)


@cache
def _single_of_home() -> re.Pattern[str]:
    return compiled(f"(?:{_section('beginnings')['bare_single']})", re.VERBOSE)


@cache
def _right() -> re.Pattern[str]:
    return compiled(f"$|[^\u4e00-\u9fff]|{any_of(_section('context')['right'].split())}")


@cache
def _trailing() -> re.Pattern[str]:
    """What stands behind the words of a name's own: 实验, 中心, 第二."""
    return compiled(_section("generic")["trailing"])


@cache
def _not_within() -> re.Pattern[str]:
    return compiled(any_of(_section("generic")["not_within"].split()))


@cache
def _generic(is_university: bool) -> frozenset[str]:
    generic = _section("generic")
    return frozenset((generic["words"] if is_university else f"{generic['words']} {generic['subjects']}").split())
