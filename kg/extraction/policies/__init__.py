"""Policies: the documents that a plan names, and what it does with them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from yaodian.extraction.intervals import Intervals
from yaodian.extraction.marks.injections import injected_spans
from yaodian.extraction.places.gazetteer import division
from yaodian.extraction.policies.actions import OWN, Verb, action_of, governing, same_clause, verbs
from yaodian.extraction.policies.authority import by_title, normalised
from yaodian.extraction.policies.titles import Title, bracketed, is_policy, opening, pattern, section
from yaodian.extraction.policies.unmarked import GUESSED, unmarked
from yaodian.model import Action, Document, Facts, Part, PolicyReference, Span
from yaodian.patterns import compiled

__all__ = ["find_policies"]
_KNOWN_TITLES = 1024
_IN_BRACKETS = compiled(r"[（(][^（()）]*[)）]$")
_FORWARDED = compiled("印发《")


@dataclass(frozen=True, slots=True)
class _Named:
    """A title found in the body, with what is done with it and the verb that says so."""

    title: Title
    printed: str
    action: Action
    verb: Verb | None


def find_policies(
    document: Document, facts: Facts, part_at: Callable[[int], Part], headings: Sequence[Span] = ()
) -> list[PolicyReference]:
    """The policies that the body names, in text order. ``part_at`` tells the plan's part at an offset of the text.

    What the ``headings`` of its sections call a plan (三、实施质量提升行动计划) is its own work, unless it is a known
    title or stands in brackets.
    """
    text, offset = document.body.quote, document.body.start
    title = _own_title(facts)
    above = Intervals((span.start - offset, span.end - offset) for span in headings)
    named = [item for item in _named(text, lambda at: part_at(at + offset)) if not _is_own(item, title)]
    named = [item for item in named if item.title.rule not in GUESSED or item.title.start not in above]
    own = {_bare(item.printed) for item in named if item.action in OWN}
    references: list[PolicyReference] = []
    for item in named:
        policy, canonical = _meant(item, references) or _identity(item, facts, _bare(item.printed) in own)
        references.append(
            PolicyReference(
                id="",
                span=document.span(item.title.start + offset, item.title.end + offset),
                title=item.printed,
                action=item.action,
                policy=policy,
                canonical=canonical,
                marked=item.title.marked,
                nested=item.title.nested,
                doc_number=_doc_number(text, item.title.end),
                rule=item.title.rule,
                evidence=(document.span(item.verb.start + offset, item.verb.end + offset),) if item.verb else (),
            )
        )
    return references


def _own_title(facts: Facts) -> str:
    """The title that the document bears itself; what a notice issues (印发《…》的通知) is a policy beside it."""
    title = facts.title or ""
    return "" if _FORWARDED.search(title) else _bare(title)


def _is_own(item: _Named, title: str) -> bool:
    """Whether it is the document's own ``title``; what a note above issues is a policy."""
    if not title or _bare(item.printed) not in (title, _IN_BRACKETS.sub("", title)):
        return False
    return not item.title.marked or item.action != "issue"


def _named(text: str, part_at: Callable[[int], Part]) -> Iterator[_Named]:
    titles = bracketed(text)
    governed = [*_governed(text, titles), *((item.title, item.verb) for item in unmarked(text, _spans(titles)))]
    for title, verb in sorted(governed, key=lambda pair: (pair[0].start, -pair[0].end)):
        action, decides = action_of(text, (title.start, title.end), verb, part_at(title.start))
        yield _Named(title, text[title.start : title.end], action, decides)


def _spans(titles: list[Title]) -> list[tuple[int, int]]:
    return [(title.start - 1, title.end + 1) for title in titles]


def _governed(text: str, titles: list[Title]) -> Iterator[tuple[Title, Verb | None]]:
    """The bracketed titles that name policies, with their verbs; titles in a row share one."""
    outer, verb = Title(0, 0), None
    for title in titles:
        if title.nested:
            if is_policy(text[title.start : title.end], governed=False):
                yield title, _nested_verb(text, outer, title, verb)
            continue
        found = governing(text, outer.end, opening(text, title))
        if found is None and outer.end and same_clause(text, outer.end, title.start):
            found = verb
        outer, verb = title, found
        if _is_short_form_defined(text, title):
            continue
        if is_policy(text[title.start : title.end], governed=False) or _is_called_policy(text, title.end):
            yield title, found
        elif _is_made(text, title, found) and is_policy(text[title.start : title.end], governed=True):
            yield replace(title, rule="title in brackets right behind its verb"), found


def _is_made(text: str, title: Title, verb: Verb | None) -> bool:
    """Whether a verb right before the title says that it is issued, drafted or revised."""
    return verb is not None and _directly(text, verb, title) and verb.kind in ("issue", "draft", "revise")


def _is_called_policy(text: str, end: int) -> bool:
    """Whether the words behind the title, or behind the list it is in, say what it is (《…》等国家标准)."""
    return pattern("marked", "called").match(text, end) is not None


def _directly(text: str, verb: Verb, title: Title) -> bool:
    return text[verb.end : title.start - 1].strip() in ("", "了", "好")


def _nested_verb(text: str, outer: Title, title: Title, verb: Verb | None) -> Verb | None:
    """A verb within the outer title, unless it only says that this one was issued: 关于印发〈…〉的通知."""
    inner = [v for v in verbs(text, outer.start, title.start) if v.kind == "implement"]
    return inner[-1] if inner else verb


def _is_short_form_defined(text: str, title: Title) -> bool:
    """以下简称《规划》 names nothing new."""
    before = text[max(0, title.start - 12) : title.start - 1]
    return bool(pattern("marked", "introduces_short_form").search(before))


def _bare(title: str) -> str:
    """A title without what was injected into it, evened out."""
    return _bare_of(title)


@lru_cache(maxsize=_KNOWN_TITLES)
def _bare_of(title: str) -> str:
    kept = title
    for span in reversed(injected_spans(title)):
        kept = kept[: span.start] + kept[span.end :]
    return normalised(kept.strip("|｜ ") or title)


def _meant(item: _Named, earlier: list[PolicyReference]) -> tuple[str, str] | None:
    """What a short form (《纲要》) stands for: the last policy before it whose title ends so."""
    bare = _bare(item.printed)
    if bare not in section("marked")["short_forms"].split():
        return None
    for reference in reversed(earlier):
        if pattern("marked", "trailing").sub("", reference.canonical).endswith(bare):
            return reference.policy, reference.canonical
    return None


def _identity(item: _Named, facts: Facts, is_own: bool) -> tuple[str, str]:
    """The policy's id and canonical title: of the authority file, or made of the title and the city whose it is.

    What a city issues itself is never taken for a national policy of the same title.
    """
    bare = _bare(item.printed)
    is_local = is_own and facts.province is not None
    known = None if is_local else by_title(bare)
    if known:
        return known.id, known.title
    canonical = _placed(bare, facts) if is_local else bare
    return f"t-{hashlib.sha1(canonical.encode('utf-8', 'replace'), usedforsecurity=False).hexdigest()[:12]}", canonical


def _placed(bare: str, facts: Facts) -> str:
    """The title with its city in front, where it does not say whose it is; 市… and XX市… are the plan's own city."""
    home = facts.city or facts.province or ""
    place = division(facts.city_code or facts.province_code or "")
    own = pattern("identity", "own").match(bare)
    if own:
        return home + bare[own.end() :]
    is_named = place is not None and (place.short or place.name) in bare
    return bare if is_named or pattern("identity", "placed").search(bare[:8]) else home + bare


def _doc_number(text: str, end: int) -> str | None:
    match = pattern("numbers", "pattern").match(text[end : end + 60])
    return re.sub(r"\s", "", match["number"]) if match else None
