"""The authority file of national policies: who issued what when, under which number, and what people call it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from yaodian.ontology import lexicon, resource

_POLICY = "https://w3id.org/yaodian/id/policy/"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_DCTERMS = "http://purl.org/dc/terms/"
_DC_CREATOR = "http://purl.org/dc/elements/1.1/creator"
_QUOTES = str.maketrans("", "", "“”‘’\"'《》〈〉<>＜＞「」『』 \u3000\t\r\n")
_SAME = str.maketrans({"(": "（", ")": "）", "[": "（", "]": "）", "〔": "（", "〕": "）", ",": "，", ":": "："})
_DASHES = re.compile(r"(?<=\d)年?\s*[-—–－~～―]+\s*(?=\d)|—{2,}")
_YEARS = re.compile(r"(?<=\d—\d{4})年(?=）)")


@dataclass(frozen=True, slots=True)
class PolicyEntry:
    """A national policy. ``issued`` is an ISO date or the beginning of one; ``issuer`` names every issuer."""

    id: str
    title: str
    doc_number: str | None = None
    issued: str | None = None
    issuer: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


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

    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    source = resource("policies.ttl").read_bytes()
    for quad in pyoxigraph.parse(source, format=pyoxigraph.RdfFormat.TURTLE):
        if isinstance(quad.subject, pyoxigraph.NamedNode) and isinstance(quad.object, pyoxigraph.Literal):
            values[quad.subject.value][quad.predicate.value].append(quad.object.value)
    found = {iri.removeprefix(_POLICY): about for iri, about in values.items() if iri.startswith(_POLICY)}
    return {name: _entry(name, found[name]) for name in sorted(found)}


def _entry(name: str, about: dict[str, list[str]]) -> PolicyEntry:
    return PolicyEntry(
        id=name,
        title=about[f"{_SKOS}prefLabel"][0],
        doc_number=next(iter(about[f"{_DCTERMS}identifier"]), None),
        issued=next(iter(about[f"{_DCTERMS}issued"]), None),
        issuer=tuple(about[_DC_CREATOR]),
        aliases=tuple(about[f"{_SKOS}altLabel"]),
    )


@cache
def _by_title() -> dict[str, PolicyEntry]:
    titles: dict[str, PolicyEntry] = {}
    for known in entries().values():
        for title in (known.title, *known.aliases):
            titles.setdefault(normalised(title), known)
    return titles


def normalised(title: str) -> str:
    """A title as it is compared: widths, quotes, spaces, dashes, issuers, 关于, 印发…的通知 and （试行） evened out."""
    rules = lexicon("policies")["identity"]
    text = unicodedata.normalize("NFKC", title).translate(_QUOTES).translate(_SAME)
    text = re.sub(rules["states"], "", _YEARS.sub("", _DASHES.sub("—", text)))
    wrapped = re.search(rules["wrapper"], text)
    text = wrapped["inner"] if wrapped else text
    text = re.sub(rules["issuers"], "", text)
    return text.removeprefix("关于") or title
