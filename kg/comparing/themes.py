"""The themes of a corpus by code and name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from yaodian.corpus.hints import offered
from yaodian.errors import QueryError
from yaodian.rdf.iris import theme_iri
from yaodian.source import select

if TYPE_CHECKING:
    from yaodian.corpus.opening import Corpus

# Asked for each theme whether any item has it: the other way round every item of the corpus would be looked at.
_NAMES = """
SELECT ?code ?name (LANG(?name) AS ?language) WHERE {
  ?theme a yd:Theme ; skos:notation ?code ; skos:prefLabel ?name
  FILTER EXISTS { ?item dcterms:subject ?theme . ?item a yd:PlanItem } }"""


def theme_names(corpus: Corpus) -> dict[str, dict[str, str]]:
    """The names of the themes that items of the corpus have, by code and language."""
    names: dict[str, dict[str, str]] = {}
    for row in sorted(select(corpus, _NAMES), key=lambda row: (row["code"], row["name"])):
        names.setdefault(row["code"], {}).setdefault(row.get("language", ""), row["name"])
    return {code: {lang: by.get(lang, next(iter(by.values()))) for lang in ("zh", "en")} for code, by in names.items()}


def theme_code(names: Mapping[str, Mapping[str, str]], wanted: str) -> str:
    """The code of the theme of that code, name or IRI; ``QueryError`` with those that there are."""
    for code, by_language in names.items():
        if wanted in (code, theme_iri(code), *by_language.values()):
            return code
    within = [code for code, by_language in names.items() if wanted and any(wanted in n for n in by_language.values())]
    if len(within) == 1:
        return within[0]
    there = [f"{code} ({by['zh']})" for code, by in names.items()]
    raise QueryError(f"no such theme: {wanted or repr(wanted)}; {offered(wanted, there)}")
