"""The corpus: a folder of plans as graphs, built from documents, kept current, and asked.

Every name is imported when it is first used: asking loads nothing of what building needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yaodian.corpus.answers import Answer, Row, Rows, Triples
    from yaodian.corpus.building import BuildReport, build, renew
    from yaodian.corpus.flaws import Flaw
    from yaodian.corpus.manifest import Duplicate, Failure, Manifest, PlanRow
    from yaodian.corpus.opening import Corpus, open_corpus
    from yaodian.corpus.questions import NamedQuery, Parameter, named_queries
    from yaodian.corpus.verifying import Verdict, verify

__all__ = [
    "Answer",
    "BuildReport",
    "Corpus",
    "Duplicate",
    "Failure",
    "Flaw",
    "Manifest",
    "NamedQuery",
    "Parameter",
    "PlanRow",
    "Row",
    "Rows",
    "Triples",
    "Verdict",
    "build",
    "named_queries",
    "open_corpus",
    "renew",
    "verify",
]

_HOMES = {
    "answers": ("Answer", "Row", "Rows", "Triples"),
    "building": ("BuildReport", "build", "renew"),
    "flaws": ("Flaw",),
    "manifest": ("Duplicate", "Failure", "Manifest", "PlanRow"),
    "opening": ("Corpus", "open_corpus"),
    "questions": ("NamedQuery", "Parameter", "named_queries"),
    "verifying": ("Verdict", "verify"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value
