"""What a work item is about: one to three themes of the scheme, each with the words that decided it.

The heading decides first, then the share of the body that speaks of a theme: a sentence has one vote at most,
divided among the themes it names, and its first clause counts more than the rest. A text without the words
of the scheme's domain (a fishery plan, a gas regulation) gets no themes, whatever terms it happens to contain.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from yaodian.extraction.themes.vocabulary import Scheme, Theme, load
from yaodian.model import Document, Span, ThemeAssignment, ThemeConcept
from yaodian.ontology import lexicon
from yaodian.patterns import any_of, compiled

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_SENTENCE_END = compiled(r"[。！？!?；;：:\n](?:(?<!\n)|\s*\n)")
_CLAUSE_END = compiled(r"[，,]")
_WORD = compiled(r"\S+")
_START, _END = itemgetter(0), itemgetter(1)


@dataclass(frozen=True, slots=True)
class _Weights:
    """The numbers of ``lexicons/themes.toml``, which says what they mean."""

    name: float
    indication: float
    heading_name: float
    heading_indication: float
    confirmation: float
    heading_length: int
    topic_clause: float
    first_sentence: float
    sentence_limit: float
    sentence_length: int
    share_beside_heading: float
    share_without_heading: float
    least_evidence: float
    decisive: Sequence[str]
    specific: Sequence[str]
    share_of_specific: float
    share_of_best: float
    broader_keeps: float
    most: int
    never_of_whole: Sequence[str]
    domain_density: float
    longer: Sequence[str]
    also: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Term:
    """What a matched term says: the themes it names or indicates, and whether it holds a word of the domain."""

    names: tuple[str, ...]
    indicates: tuple[str, ...]
    domain: bool
    votes: tuple[tuple[str, float], ...]
    heading_votes: tuple[tuple[str, float], ...]
    evidence: tuple[tuple[str, float], ...]


class _Hit(NamedTuple):
    """A matched term; a text has so many that they are tuples."""

    start: int
    end: int
    term: _Term


@dataclass(frozen=True, slots=True)
class _Reading:
    """The terms of a whole document, in text order, and whether it is about the scheme's domain."""

    hits: tuple[_Hit, ...]
    about: bool


@dataclass(frozen=True, slots=True)
class _Matcher:
    automaton: AhoCorasick
    terms: tuple[_Term, ...]


@dataclass(frozen=True, slots=True)
class _Support:
    """What speaks for a theme in one item: its weight in the heading, its share of the body, all its terms there."""

    heading: float
    share: float
    evidence: float

    @property
    def score(self) -> float:
        return self.heading + self.share


def scheme(path: Path | None = None) -> Mapping[str, Theme]:
    """The themes of a scheme by code: yaodian's own, or those of a Turtle file."""
    return _scheme(path).themes


def groups(path: Path | None = None) -> Mapping[str, Theme]:
    """The concepts that group the themes, by code."""
    return _scheme(path).groups


def assign_themes(
    document: Document, heading: Span, span: Span, section_heading: str | None, path: Path | None = None
) -> tuple[ThemeAssignment, ...]:
    """The themes a librarian would index the item under, best first; none where it is not about the domain.

    An item without any term of its own gets the theme of its section, with no evidence in the text. The one theme that
    the document's title names is one of each of its items, with the title as evidence.
    """
    reading = _read(document.text, document.body.start, document.body.end, path)
    inside = _within(reading.hits, span.start, span.end)
    if not (reading.about or _about(inside, span.end - span.start, path)):
        return ()
    border = min(heading.end, heading.start + _weights().heading_length)
    support = _support(inside, border, document.text[border : span.end], scheme(path))
    codes = _choose(support) or _of_section(section_heading, path) or list(support)[:1]
    of_title = _of_title(document, path) if len(codes) < _weights().most else None
    if of_title and not set(of_title.term.names) & set(codes):
        inside = [of_title, *inside]
        codes = [*codes, *of_title.term.names]
    return tuple(ThemeAssignment(code, _evidence(document, inside, code), _concept(code, path)) for code in codes)


def _of_title(document: Document, path: Path | None) -> _Hit | None:
    """What in the title names the one theme that the whole document is about; None where it names none or several."""
    title = document.title
    if title is None:
        return None
    reading = _read(document.text, document.body.start, document.body.end, path)
    naming = [hit for hit in _within(reading.hits, title.start, title.end) if hit.term.names]
    codes = {code for hit in naming for code in hit.term.names}
    return naming[0] if len(codes) == 1 and codes.isdisjoint(_weights().never_of_whole) else None


@cache
def _concept(code: str, path: Path | None) -> ThemeConcept | None:
    """What a user's scheme says of a theme; None of the built-in ones, which the vocabularies describe."""
    theme = scheme(path)[code]
    return ThemeConcept(theme.iri, theme.code, theme.zh, theme.en) if path else None


@cache
def _scheme(path: Path | None) -> Scheme:
    return load(path)


@cache
def _weights() -> _Weights:
    return _Weights(**lexicon("themes"))


@cache
def _matcher(path: Path | None) -> _Matcher:
    from ahocorasick_rs import AhoCorasick, MatchKind

    names: dict[str, list[str]] = defaultdict(list)
    indicates: dict[str, list[str]] = defaultdict(list)
    found = _scheme(path)
    for theme in found.themes.values():
        for term in theme.names:
            names[term].append(theme.code)
        for term in theme.indications:
            indicates[term].append(theme.code)
    for code, also in _weights().also.items() if path is None else ():
        for term in also:
            names[term].append(code)
            indicates[term] = [other for other in indicates[term] if other != code]
    words, phrases = (found.domain.names, found.domain.terms) if found.domain else ((), ())
    domain = compiled(any_of(words))
    patterns = sorted({*names, *indicates, *phrases, *_weights().longer})
    terms = (_term(p, names[p], indicates[p], bool(domain.search(p))) for p in patterns)
    return _Matcher(AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest), tuple(terms))


@cache
def _decisive() -> re.Pattern[str]:
    return compiled(any_of(_weights().decisive))


def _term(words: str, names: Sequence[str], indicates: Sequence[str], domain: bool) -> _Term:
    weights = _weights()
    decides = weights.least_evidence if _decisive().search(words) else weights.name
    votes = (*((code, weights.name) for code in names), *((code, weights.indication) for code in indicates))
    heading_votes = (
        *((code, weights.heading_name) for code in names),
        *((code, weights.heading_indication) for code in indicates),
    )
    evidence = (*((code, decides) for code in names), *((code, weights.indication) for code in indicates))
    return _Term(tuple(names), tuple(indicates), domain, votes, heading_votes, evidence)


# One reading serves all items of a document.
@lru_cache(maxsize=1)
def _read(text: str, start: int, end: int, path: Path | None) -> _Reading:
    hits = tuple(_find(text, path))
    return _Reading(hits, _about(_within(hits, start, end), end - start, path))


def _find(text: str, path: Path | None) -> Iterator[_Hit]:
    """Every term in a text, in text order, also where white space stands inside it."""
    matcher = _matcher(path)
    words = [(match.start(), match[0]) for match in _WORD.finditer(text)]
    joined = "".join(word for _, word in words)
    # Where each word begins once the white space is gone, and how much there was before it.
    starts = list(accumulate((len(word) for _, word in words), initial=0))
    gaps = [start - place for (start, _), place in zip(words, starts, strict=False)]
    terms, word, behind = matcher.terms, 0, starts[1] if words else 0
    for term, start, end in matcher.automaton.find_matches_as_indexes(joined):
        if start >= behind:
            word = bisect_right(starts, start) - 1
            behind = starts[word + 1]
        last = word if end <= behind else bisect_right(starts, end - 1) - 1
        yield _Hit(start + gaps[word], end + gaps[last], terms[term])


def _within(hits: Sequence[_Hit], start: int, end: int) -> Sequence[_Hit]:
    first = bisect_left(hits, start, key=_START)
    return hits[first : bisect_right(hits, end, first, key=_END)]


def _about(hits: Iterable[_Hit], length: int, path: Path | None) -> bool:
    if _scheme(path).domain is None:
        return True
    return sum(hit.term.domain for hit in hits) * 1000 >= _weights().domain_density * length


def _support(hits: Sequence[_Hit], border: int, body: str, themes: Mapping[str, Theme]) -> dict[str, _Support]:
    """The support of every theme that the item touches, best first; earlier in the text first where equal."""
    head = _heading(_within(hits, 0, border))
    rest = _within(hits, border, border + len(body))
    shares, evidence = _shares(rest, body, border), _sum(vote for hit in rest for vote in hit.term.evidence)
    support = {
        code: _confirmed(head.get(code, 0.0), shares.get(code, 0.0), evidence.get(code, 0.0)) for code in _codes(hits)
    }
    support = {code: _beside_narrower(code, support, themes) for code in support}
    return dict(sorted(support.items(), key=lambda entry: -entry[1].score))


def _codes(hits: Iterable[_Hit]) -> dict[str, None]:
    return {code: None for hit in hits for code, _ in hit.term.votes}


def _heading(hits: Iterable[_Hit]) -> dict[str, float]:
    best: dict[str, float] = {}
    for hit in hits:
        for code, value in hit.term.heading_votes:
            best[code] = max(value, best.get(code, 0.0))
    return best


def _sum(votes: Iterable[tuple[str, float]]) -> dict[str, float]:
    total: dict[str, float] = defaultdict(float)
    for code, value in votes:
        total[code] += value
    return total


def _shares(hits: Sequence[_Hit], body: str, offset: int) -> dict[str, float]:
    shares: dict[str, float] = defaultdict(float)
    total, first = 0.0, 0
    for number, (start, clause, end) in enumerate(_sentences(body)):
        weight = _weights().first_sentence if number == 0 else 1.0
        total += weight
        first = bisect_left(hits, offset + start, first, key=_START)
        last = bisect_right(hits, offset + end, first, key=_END)
        for code, value in _sentence(hits[first:last], offset + clause).items():
            shares[code] += weight * value
    return {code: share / total for code, share in shares.items()}


def _sentences(text: str) -> Iterator[tuple[int, int, int]]:
    """Start, end of the first clause, and end of each sentence long enough to say something."""
    start = 0
    for end in (*(match.start() for match in _SENTENCE_END.finditer(text)), len(text)):
        if end - start >= _weights().sentence_length:
            clause = _CLAUSE_END.search(text, start, end)
            yield start, clause.start() if clause else end, end
        start = end + 1


def _sentence(hits: Iterable[_Hit], clause: int) -> dict[str, float]:
    weights = _weights()
    votes: dict[str, float] = defaultdict(float)
    for hit in hits:
        emphasis = weights.topic_clause if hit.start < clause else 1.0
        for code, value in hit.term.votes:
            votes[code] += value * emphasis
    scale = weights.sentence_limit / max(weights.sentence_limit, sum(votes.values()))
    return {code: value * scale for code, value in votes.items()}


def _confirmed(heading: float, share: float, evidence: float) -> _Support:
    weights = _weights()
    named = heading >= weights.heading_name or share >= weights.confirmation
    return _Support(heading if named else 0.0, share, evidence)


def _beside_narrower(code: str, support: Mapping[str, _Support], themes: Mapping[str, Theme]) -> _Support:
    own = support[code]
    if own.heading or not any(themes[c].broader == code and s.score > own.share for c, s in support.items()):
        return own
    return _Support(0.0, own.share * _weights().broader_keeps, own.evidence)


def _choose(support: Mapping[str, _Support]) -> list[str]:
    weights = _weights()
    ranked = list(support.items())
    if not ranked:
        return []
    best = ranked[0][1]
    least = weights.share_beside_heading if best.heading else weights.share_without_heading
    standing = [code for code, own in ranked if _stands(code, own, least, best.score * weights.share_of_best)]
    if not standing and best.share >= least:
        return [ranked[0][0]]  # a single mention is enough where nothing else is spoken of
    return standing[: weights.most]


def _stands(code: str, own: _Support, least_share: float, least_score: float) -> bool:
    weights = _weights()
    present = own.share >= least_share and own.evidence >= weights.least_evidence
    named = code in weights.specific and own.share >= weights.share_of_specific and own.evidence >= weights.name
    return own.score >= least_score and (own.heading > 0 or present or named)


# One section has many items.
@lru_cache(maxsize=64)
def _of_section(heading: str | None, path: Path | None) -> list[str]:
    named = _heading(_find(heading or "", path))
    return sorted(named, key=lambda code: -named[code])[:1]


def _evidence(document: Document, hits: Sequence[_Hit], code: str) -> tuple[Span, ...]:
    """Where the theme is named in the item, or, where it never is, indicated."""
    deciding = [hit for hit in hits if code in hit.term.names] or [hit for hit in hits if code in hit.term.indicates]
    return tuple(document.span(hit.start, hit.end) for hit in deciding)
