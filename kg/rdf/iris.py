"""The names of things: one function for each kind of IRI below ``https://w3id.org/yaodian/id/``."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

from yaodian.model import NATIONWIDE, Plan, Span, ThemeAssignment
from yaodian.patterns import compiled

ID = "https://w3id.org/yaodian/id/"
SHARED_GRAPH = f"{ID}graph/shared"
VOCABULARY_GRAPH = f"{ID}graph/vocabulary"

_KIND_SUFFIX = {"plan": "", "summary": "-summary", "summary+plan": "-summary-plan"}
_UNSAFE = compiled(r"[^\w.~-]")


def segment(text: str) -> str:
    """``text`` as one path segment of an IRI: letters and digits of any script stay, all else is percent-encoded."""
    return _UNSAFE.sub(lambda match: quote(match[0], safe="", errors="replace"), text)


def slug(plan: Plan, *, distinct: bool = False) -> str:
    """A plan's short name: ``320400-2023``, with a suffix for its kind, or made of the content's hash.

    Where two plans would collide (``distinct``), eight digits of the hash are appended; where place or year are not
    known, the name is sixteen digits of the hash. A place that is no current division stands with its name.
    """
    facts, digest = plan.facts, plan.document.sha256
    year = facts.plan_year or facts.summary_year
    if not facts.home or year is None:
        return digest[:16]
    name = f"{facts.home}-{year}{_KIND_SUFFIX[facts.kind]}"
    return distinct_slug(name, digest) if distinct else name


def distinct_slug(name: str, digest: str) -> str:
    """The short name of one of several plans that would all be called ``name``; ``digest`` is its content's."""
    return f"{name}-{digest[:8]}"


def plan_iri(plan: Plan, slug_: str | None = None) -> str:
    """The plan's IRI, which is also the name of its graph."""
    return f"{ID}plan/{segment(slug_ or slug(plan))}"


def span_iri(text: str, span: Span) -> str:
    """A stretch of the text ``text``, as RFC 5147 writes it."""
    return f"{text}#char={span.start},{span.end}"


def concept_iri(scheme: str, code: str) -> str:
    """The concept of a code list: ``concept_iri("comparator", "ge")``."""
    return f"{ID}{scheme}/{segment(code.replace('+', '-'))}"


def assigned_iri(theme: ThemeAssignment) -> str:
    """The theme that is assigned: of a user's scheme, or one of yaodian's."""
    return theme.concept.iri if theme.concept else theme_iri(theme.code)


def theme_iri(code: str) -> str:
    """The theme of that code."""
    return concept_iri("theme", code)


def policy_iri(policy: str) -> str:
    """The policy of that id (an authority entry's, or one made of the normalised title)."""
    return f"{ID}policy/{segment(policy)}"


def indicator_iri(concept: str) -> str:
    """The indicator of that id, which is made of its normalised phrase."""
    return concept_iri("indicator", concept)


def place_iri(key: str) -> str:
    """The division of that GB/T 2260 code, or the place of that name where it has none (``320411-春江街道``)."""
    return f"{ID}place/{segment(key)}"


def org_iri(name: str, place_code: str | None = None) -> str:
    """The organisation called ``name`` in the division of that code; national where none is given."""
    digest = hashlib.sha1(name.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()[:12]
    return f"{ID}org/{segment(place_code or NATIONWIDE)}/{digest}"
