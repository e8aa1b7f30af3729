"""The report as a stream of HTML: the overview from the manifest, then a chapter for each plan from the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Protocol

from jinja2 import Environment

from yaodian.filenames import readable
from yaodian.ontology import lexicon
from yaodian.pages import asset, content_policy, environment, inline
from yaodian.reasons import reason
from yaodian.reports.chapter import Chapter, Entry, Names, anchor, named, read
from yaodian.source import ID, GraphSource, Row, concept_names

if TYPE_CHECKING:
    from yaodian.corpus.manifest import Manifest, PlanRow

RULES = "https://w3id.org/yaodian/rules#"
"""What the IRI of a rule begins with; its code follows."""
SEVERITIES = ("violation", "warning", "info")
_RANGE = "–"


class Source(GraphSource, Protocol):
    """A corpus as the report needs it: answers, and the manifest that says what it was made of."""

    @property
    def manifest(self) -> Manifest:
        """What the corpus was made of."""


def _nowhere(iri: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Writer:
    """What chapters are written with; ``address`` is where a theme, policy, indicator, city or rule has its page."""

    source: GraphSource
    names: Names
    words: Mapping[str, str]
    lang: str
    templates: Environment
    address: Callable[[str], str | None] = _nowhere


def writer_of(source: GraphSource, lang: str) -> Writer:
    """A writer of chapters in that language."""
    return Writer(source, concept_names(source), lexicon("pages")["report"][lang], lang, environment("yaodian.reports"))


def pieces(source: Source, lang: str) -> Iterator[str]:
    """The file, piece by piece: a plan's chapter is read when its turn comes."""
    writer = writer_of(source, lang)
    script = asset("yaodian.reports", "report.js")
    yield _head(writer, source.manifest, script)
    for row in source.manifest.plans:
        yield chapter(writer, row)
    yield writer.templates.get_template("foot.html").render(script=inline(script))


def _head(writer: Writer, manifest: Manifest, script: str) -> str:
    style = page_style(asset("yaodian.reports", "report.css"))
    totals = {key: sum(getattr(row, key) for row in manifest.plans) for key in ("items", "targets", "results")}
    findings = sum(sum(row.findings.values()) for row in manifest.plans)
    return writer.templates.get_template("head.html").render(
        policy=content_policy([script], [style]),
        style=inline(style),
        words=writer.words,
        lead=writer.words["lead"].format(plans=len(manifest.plans), findings=findings, **totals),
        rows=[_overview(writer, row) for row in manifest.plans],
        failed=[(readable(one.source), readable(reason(one.error, writer.lang))) for one in manifest.failed],
        duplicates=[(readable(one.source), readable(one.duplicate_of)) for one in manifest.duplicates],
    )


def page_style(own: str) -> str:
    """The style of a page of text: what all such pages have, and its own."""
    return asset("yaodian.reports", "ground.css") + own


def _overview(writer: Writer, row: PlanRow) -> dict[str, Any]:
    return {
        "anchor": anchor(row.plan),
        "city": row.city,
        "province": row.province,
        "year": row.year,
        "title": row.title,
        "name": readable(row.name),
        "kind": named(writer.names, f"{ID}kind/{row.kind.replace('+', '-')}", writer.lang),
        "counts": [
            row.items,
            row.targets,
            row.results,
            row.policies,
            *(row.findings.get(level, 0) for level in SEVERITIES),
        ],
    }


def chapter(writer: Writer, row: PlanRow, *, alone: bool = False) -> str:
    """The chapter of a plan as HTML; ``alone`` where its title is that of the page."""
    chapter = read(writer.source, row.plan, writer.names, writer.lang)
    return writer.templates.get_template("chapter.html").render(
        words=writer.words,
        alone=alone,
        address=writer.address,
        rules=RULES,
        chapter=chapter,
        title=row.title or readable(row.name),
        facts=list(_facts(writer, chapter)),
        problems=row.problems,
        notes={finding.entry.name: finding for finding in chapter.findings},
        quantities=[_quantity(writer, entry) for entry in chapter.quantities],
        references=[{"entry": e, "action": _named(writer, e.row, "action")} for e in chapter.references],
    )


def _named(writer: Writer, row: Row, key: str) -> str:
    return named(writer.names, row[key], writer.lang) if key in row else ""


def _facts(writer: Writer, chapter: Chapter) -> Iterator[tuple[str, str, str | None]]:
    coded = {key: _named(writer, chapter.facts, key) for key in ("kind", "status")}
    known = {**chapter.facts, **coded, "issuers": "、".join(chapter.issuers)}
    known["digest"] = known.get("digest", "").removeprefix("sha256:")[:16]
    for key in ("place", "year", "summary_year", "kind", "status", "issuers", "issued", "number", "file", "digest"):
        if known.get(key):
            yield key, known[key], writer.address(known["spatial"]) if key == "place" else None


def _quantity(writer: Writer, entry: Entry) -> dict[str, Any]:
    kind = entry.row["class"].rpartition("#")[2].lower()
    return {"entry": entry, "kind": kind, "value": _value(entry.row, _named(writer, entry.row, "comparator"))}


def _value(row: Row, comparator: str) -> str:
    """The number as people read it, with the name of its bound where it has one."""
    if "value" not in row:
        return _RANGE.join(_number(row[key]) for key in ("least", "most") if key in row)
    exact = row.get("comparator", "").endswith("/eq")
    return _number(row["value"]) if exact else f"{comparator} {_number(row['value'])}"


def _number(text: str) -> str:
    try:
        return f"{Decimal(text):,f}"
    except InvalidOperation:
        return text
