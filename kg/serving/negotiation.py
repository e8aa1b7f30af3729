"""Which of the formats that there are a client wants: Accept (RFC 9110 § 12.5.1), or a parameter that names one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_MOST_RANGES = 64


@dataclass(frozen=True, slots=True)
class Offer:
    """A format, the media type that it is sent as, and other ones that it may be asked by."""

    form: str
    media_type: str
    also: tuple[str, ...] = ()

    @property
    def bare(self) -> str:
        """The media type without parameters."""
        return self.media_type.partition(";")[0]

    @property
    def writer(self) -> str:
        """What ``writing`` calls the format."""
        return {"jsonld": "json", "rdf": "xml"}.get(self.form, self.form)


JSON = "application/json"
_XML = ("application/xml", "text/xml")
ROWS = (
    Offer("json", "application/sparql-results+json", (JSON,)),
    Offer("xml", "application/sparql-results+xml", _XML),
    Offer("csv", "text/csv; charset=utf-8"),
    Offer("tsv", "text/tab-separated-values; charset=utf-8"),
)
BOOLEAN = ROWS
TRIPLES = (
    Offer("ttl", "text/turtle; charset=utf-8", ("application/x-turtle",)),
    Offer("nt", "application/n-triples", ("text/plain",)),
    Offer("jsonld", "application/ld+json", (JSON,)),
    Offer("rdf", "application/rdf+xml", _XML),
)
PAGE = Offer("html", "text/html; charset=utf-8", ("application/xhtml+xml",))


def chosen(accept: str | None, offers: Sequence[Offer]) -> Offer | None:
    """The offer that the header ``accept`` wants most, the first of several; None where it wants none of them."""
    ranges = list(_ranges(accept or "*/*"))
    if not ranges:
        return offers[0]
    best = max(offers, key=lambda offer: _quality(offer, ranges))
    return best if _quality(best, ranges) > 0 else None


def _quality(offer: Offer, ranges: list[tuple[str, float]]) -> float:
    exactly = (quality for range_, quality in ranges if range_ in offer.also)
    return max(_wanted(offer.bare, ranges), *exactly, 0.0)


def _wanted(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """The quality that the most specific range gives the media type; 0 where none is about it."""
    major = media_type.partition("/")[0]
    for pattern in (media_type, f"{major}/*", "*/*"):
        found = [quality for range_, quality in ranges if range_ == pattern]
        if found:
            return max(found)
    return 0.0


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(",")[:_MOST_RANGES]:
        range_, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if "/" in range_:
            yield range_, _q(parameters)


def _q(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def prefers_english(accept_language: str | None) -> bool:
    """Whether a reader wants English rather than Chinese (RFC 9110 § 12.5.4); Chinese where neither is said."""
    wanted = _weights(accept_language)
    return wanted["en"] > wanted["zh"]


def prefers_chinese(accept_language: str | None) -> bool:
    """Whether a client wants Chinese rather than English; English where neither is said, as programs do."""
    wanted = _weights(accept_language)
    return wanted["zh"] > wanted["en"]


def _weights(accept_language: str | None) -> dict[str, float]:
    wanted = {"zh": 0.0, "en": 0.0}
    for part in (accept_language or "").split(",")[:_MOST_RANGES]:
        tag, *parameters = (piece.strip().lower() for piece in part.split(";"))
        language = tag.partition("-")[0]
        if language in wanted:
            wanted[language] = max(wanted[language], _q(parameters))
    return wanted
