"""Which shared descriptions (policies, places, organisations) nobody needs any more when plans have gone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from yaodian.rdf.iris import SHARED_GRAPH

if TYPE_CHECKING:
    from pyoxigraph import Store


def unused_subjects(store: Store, candidates: Iterable[str]) -> set[str]:
    """Those of ``candidates`` that no plan names, and no shared thing that a plan needs leads to."""
    open_ = set(candidates)
    kept = [subject for subject in open_ if _needed(store, subject, open_)]
    while kept:
        subject = kept.pop()
        if subject in open_:
            open_.discard(subject)
            kept.extend(_leads_to(store, subject) & open_)
    return open_


def _needed(store: Store, subject: str, candidates: set[str]) -> bool:
    """Whether a plan's graph names it, or a shared thing that is itself no candidate."""
    from pyoxigraph import NamedNode

    shared = NamedNode(SHARED_GRAPH)
    return any(
        quad.graph_name != shared or (isinstance(quad.subject, NamedNode) and quad.subject.value not in candidates)
        for quad in store.quads_for_pattern(None, None, NamedNode(subject), None)
    )


def _leads_to(store: Store, subject: str) -> set[str]:
    from pyoxigraph import NamedNode

    shared = NamedNode(SHARED_GRAPH)
    quads = store.quads_for_pattern(NamedNode(subject), None, None, shared)
    return {quad.object.value for quad in quads if isinstance(quad.object, NamedNode)}
