"""The authority file of national policies: who issued what when, under which number, and what people call it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Final

from yaodian.ontology import lexicon, resource
from yaodian.patterns import compiled

_POLICY: Final = "https://w3id.org/yaodian/id/policy/"
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_DCTERMS: Final = "http://purl.org/dc/terms/"
_FIELDS: Final = {
    f"{_SKOS}prefLabel": "title",
    f"{_SKOS}altLabel": "aliases",
    f"{_SKOS}hiddenLabel": "in_brackets",
    f"{_DCTERMS}identifier": "doc_number",
    f"{_DCTERMS}issued": "issued",
    f"{_DCTERMS}valid": "valid_until",
    f"{_DCTERMS}isReplacedBy": "replaced_by",
    "http://purl.org/dc/elements/1.1/creator": "issuer",
}
_QUOTES = str.maketrans("", "", "“”‘’\"'《》〈〉<>＜＞「」『』 \u3000\t\r\n")
_SAME = str.maketrans({"(": "（", ")": "）", "[": "（", "]": "）", "〔": "（", "〕": "）", ",": "，", ":": "："})
_DASHES = compiled(r"(?<=\d)年?\s*[-—–－~～―]+\s*(?=\d)|—{2,}")
_YEARS = compiled(r"(?<=\d—\d{4})年(?=）)")
_LONGEST_ISSUER = 24
_PERIOD = compiled(r"（\d{4}—\d{4}）$")


@dataclass(frozen=True, slots=True)
class PolicyEntry:
    """A national policy. ``issued`` is an ISO date or the beginning of one; ``issuer`` names every issuer.

    ``in_brackets`` are names that mean it in title brackets only. ``valid_until`` is the last year of a plan that runs
    for a period, ``replaced_by`` the id of what took its place.
    """

    id: str
    title: str
    doc_number: str | None = None
    issued: str | None = None
    issuer: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    in_brackets: tuple[str, ...] = ()
    valid_until: str | None = None
    replaced_by: str | None = None


def entry(policy_id: str) -> PolicyEntry | None:
    """The entry of that id; None where the authority file has none."""
    return entries().get(policy_id)


def by_title(title: str) -> PolicyEntry | None:
    """The entry whose title or alias is ``title``, brackets, spaces, national issuers and 关于 aside."""
    return _by_title().get(normalised(title))


@cache
def entries() -> dict[str, PolicyEntry]:
    """All entries by their id, in the order of ids."""
    import pyoxigraph

    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    source, named = resource("policies.ttl").read_bytes(), pyoxigraph.NamedNode
    terms = (named, pyoxigraph.Literal)
    for quad in pyoxigraph.parse(source, format=pyoxigraph.RdfFormat.TURTLE):
        field = _FIELDS.get(quad.predicate.value)
        if field and isinstance(quad.subject, named) and isinstance(quad.object, terms):
            found[quad.subject.value][field].append(quad.object.value)
    return {iri.removeprefix(_POLICY): _entry(iri, found[iri]) for iri in sorted(found) if iri.startswith(_POLICY)}


def _entry(iri: str, about: dict[str, list[str]]) -> PolicyEntry:
    replaced_by = next(iter(about["replaced_by"]), None)
    return PolicyEntry(
        id=iri.removeprefix(_POLICY),
        title=about["title"][0],
        doc_number=next(iter(about["doc_number"]), None),
        issued=next(iter(about["issued"]), None),
        issuer=tuple(about["issuer"]),
        aliases=tuple(about["aliases"]),
        in_brackets=tuple(about["in_brackets"]),
        valid_until=next(iter(about["valid_until"]), None),
        replaced_by=replaced_by.removeprefix(_POLICY) if replaced_by else None,
    )


@cache
def _by_title() -> dict[str, PolicyEntry]:
    # The file's own titles name no issuer and no 印发…的通知: what evens those out would only cost time here.
    titles = {
        _bare(_evened(title)): known
        for known in entries().values()
        for title in (known.title, *known.aliases, *known.in_brackets)
    }
    return _undated(titles) | titles


def _undated(titles: dict[str, PolicyEntry]) -> dict[str, PolicyEntry]:
    """The titles of plans for a period without the period, where that says which plan is meant."""
    bare: dict[str, list[PolicyEntry]] = defaultdict(list)
    for title, known in titles.items():
        if _PERIOD.search(title):
            bare[_PERIOD.sub("", title)].append(known)
    return {title: known[0] for title, known in bare.items() if len(known) == 1 and known[0].replaced_by is None}


def normalised(title: str) -> str:
    """A title as it is compared: widths, quotes, spaces, dashes, issuers, 关于, 印发…的通知 and （试行） evened out."""
    text = _evened(title)
    wrapped = _identity_pattern("wrapper").search(text)
    text = _identity_pattern("relayed").sub("", wrapped["inner"]) if wrapped else text
    return _bare(text[_issuers_end(text) :]) or title


def _issuers_end(text: str) -> int:
    """Where the national issuers end that a title begins with, right before 关于, 印发 or 办公; 0 where it has none.

    Step by step: a pattern of repeated choices would try every way to split 教育部 among the names that end with 部.
    """
    issuer, subject = _identity_pattern("issuer"), _identity_pattern("subject")
    if not issuer.match(text) or not subject.search(text):
        return 0
    reached = {0}
    for start in range(len(text)):
        if start in reached:
            ends = range(start + 1, min(len(text), start + _LONGEST_ISSUER) + 1)
            reached.update(end for end in ends if issuer.fullmatch(text, start, end))
    return max((end for end in reached if subject.match(text, end)), default=0)


@cache
def _identity_pattern(name: str) -> re.Pattern[str]:
    return compiled(lexicon("policies")["identity"][name])


def _evened(title: str) -> str:
    text = unicodedata.normalize("NFKC", title).translate(_QUOTES).translate(_SAME)
    return _identity_pattern("states").sub("", _YEARS.sub("", _DASHES.sub("—", text)))


def _bare(text: str) -> str:
    return _identity_pattern("opening").sub("", text)
