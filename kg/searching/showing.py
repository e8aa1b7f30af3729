"""What was found as a sheet, in Chinese or English."""

from __future__ import annotations

from yaodian.comparing.sheets import Column, Sheet, Value
from yaodian.comparing.statements import city_name
from yaodian.ontology import lexicon
from yaodian.searching.finding import Found, Hit

_COLUMNS = ("city", "year", "kind", "item", "line", "text", "plan", "column", "start", "end", "iri")
_IN_DATA = ("plan", "column", "start", "end", "iri")


def search_sheet(found: Found, words: str, lang: str) -> Sheet:
    """A row for each find, the best first; ``words`` are those that were looked for."""
    said = lexicon("searching")
    note = "count" if len(found.hits) == found.total else "first"
    return Sheet(
        said["notes"]["title"][lang].format(words=words),
        (said["notes"][note][lang].format(total=found.total, shown=len(found.hits)),),
        tuple(
            Column(key, said["columns"][key][lang], numeric=key in ("year", "line"), in_data=key in _IN_DATA)
            for key in _COLUMNS
        ),
        tuple(_row(hit, said["kinds"][hit.kind][lang]) for hit in found.hits),
    )


def _row(hit: Hit, kind: str) -> tuple[Value, ...]:
    plan = hit.plan
    return (
        city_name(plan), plan.year, kind, hit.title, hit.line, hit.text,
        plan.slug, hit.column, hit.start, hit.end, hit.iri,
    )  # fmt: skip
