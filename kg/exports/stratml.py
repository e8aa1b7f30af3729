"""A plan as StratML Part 2 (ISO 17469-1, schema PerformancePlanOrReport 2.2).

Sections become goals, items objectives, targets and results performance indicators with the quote as description.
"""

from __future__ import annotations

import calendar
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from yaodian.errors import YaodianError
from yaodian.exports.blocks import Contents
from yaodian.exports.formats import Wish
from yaodian.exports.rows import View, Vocabulary, plain
from yaodian.exports.tabular import package
from yaodian.rdf import names
from yaodian.xmltext import xml_characters

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
_QUOTE, _LABEL = "prov:wasQuotedFrom/nif:anchorOf", "skos:prefLabel@zh"
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def one(contents: Contents, wish: Wish) -> Iterator[bytes]:
    """The one plan that is chosen; ``YaodianError`` where there are several."""
    if len(contents.rows) != 1:
        raise YaodianError("--format stratml is one file a plan: give --out FOLDER, or choose one with --plan SLUG")
    for _, document in _documents(contents, wish):
        yield document


def files(contents: Contents, wish: Wish, folder: Path) -> list[str]:
    """A file for each plan, with a data package."""
    resources: list[dict[str, object]] = []
    for slug, document in _documents(contents, wish):
        name = f"{_UNSAFE.sub('_', slug)}.xml"
        (folder / name).write_bytes(document)
        resources.append({"name": f"plan-{len(resources) + 1}", "path": name, "title": slug, "format": "xml"})
    (folder / "datapackage.json").write_bytes(package(contents, wish, resources))
    return [*(str(resource["path"]) for resource in resources), "datapackage.json"]


def _documents(contents: Contents, wish: Wish) -> Iterator[tuple[str, bytes]]:
    vocabulary = Vocabulary(contents)
    for row in wish.watched(contents.rows):
        root = _plan(View(row.plan, contents.file(row), vocabulary.said))
        indent(root)
        yield row.slug, tostring(root, "utf-8", xml_declaration=True) + b"\n"


def _plan(view: View) -> Element:
    kind = "Performance_Report" if _first(view, view.plan, "yd:kind/skos:notation") == "summary" else "Performance_Plan"
    root = Element("PerformancePlanOrReport", {"xmlns": NAMESPACE, "Type": kind})
    title = _first(view, view.plan, "dcterms:title | yd:sourceName")
    _add(root, "Name", title)
    core = SubElement(root, "StrategicPlanCore")
    for issuer in view.follow(view.plan, "", "dcterms:creator"):
        organisation = SubElement(core, "Organization")
        _add(organisation, "Name", _first(view, plain(issuer), _LABEL))
        _add(organisation, "Identifier", _identifier(plain(issuer)))
    _goals(core, view, title)
    _administration(root, view)
    return root


def _goals(core: Element, view: View, title: str) -> None:
    """A goal for each section that has items, and one for what stands outside sections; one at least."""
    of_section: dict[str, list[str]] = {}
    for item in view.of_class(frozenset({names.PLAN_ITEM})):
        of_section.setdefault(_first(view, item, "yd:inSection"), []).append(item)
    outside = view.values(view.plan, names.HAS_TARGET) + view.values(view.plan, names.HAS_RESULT)
    if outside or not of_section:
        of_section.setdefault("", [])
    for section, items in of_section.items():
        goal = SubElement(core, "Goal")
        _add(goal, "Name", (_first(view, section, "dcterms:title") if section else "") or title)
        _add(goal, "Description", _first(view, section, _QUOTE) if section else "")
        _add(goal, "Identifier", _identifier(section or f"{view.plan}#goal"))
        if section:
            _add(goal, "SequenceIndicator", _first(view, section, "yd:printedLabel"))
        for item in items:
            _objective(goal, view, item)
        if outside and not section:
            _indicators(SubElement(goal, "Objective"), view, view.plan)


def _objective(goal: Element, view: View, item: str) -> None:
    objective = SubElement(goal, "Objective")
    _add(objective, "Name", _first(view, item, "dcterms:title | dcterms:identifier"))
    _add(objective, "Description", _first(view, item, _QUOTE))
    _add(objective, "Identifier", _identifier(item))
    _add(objective, "SequenceIndicator", _first(view, item, "yd:label"))
    for responsibility in view.values(item, names.HAS_RESPONSIBILITY):
        unit = SubElement(objective, "Stakeholder", {"StakeholderTypeType": "Organization"})
        _add(unit, "Name", _first(view, plain(responsibility), "yd:organisation/skos:prefLabel@zh"))
        _add(SubElement(unit, "Role"), "Name", _first(view, plain(responsibility), "org:role/skos:prefLabel@zh"))
    _indicators(objective, view, item)


def _indicators(objective: Element, view: View, owner: str) -> None:
    for predicate, result in ((names.HAS_TARGET, "TargetResult"), (names.HAS_RESULT, "ActualResult")):
        for quantity in map(plain, view.values(owner, predicate)):
            indicator = SubElement(objective, "PerformanceIndicator", {"PerformanceIndicatorType": "Quantitative"})
            _add(indicator, "MeasurementDimension", _first(view, quantity, "yd:indicatorText"))
            _add(indicator, "UnitOfMeasurement", _first(view, quantity, "schema:unitText"))
            _add(indicator, "Identifier", _identifier(quantity))
            _quantity(SubElement(SubElement(indicator, "MeasurementInstance"), result), view, quantity)


def _quantity(result: Element, view: View, quantity: str) -> None:
    start, end = _period(_first(view, quantity, "yd:deadline | yd:year"))
    _add(result, "StartDate", start)
    _add(result, "EndDate", end)
    _add(result, "NumberOfUnits", _first(view, quantity, "schema:value | schema:minValue | schema:maxValue"))
    bound = SubElement(result, "Descriptor")
    _add(bound, "DescriptorName", "comparator")
    _add(bound, "DescriptorValue", _first(view, quantity, "yd:comparator/skos:notation"))
    _add(result, "Description", _first(view, quantity, _QUOTE))


def _administration(root: Element, view: View) -> None:
    told = SubElement(root, "AdministrativeInformation")
    _add(told, "Identifier", _identifier(view.plan))
    start, end = _period(_first(view, view.plan, "yd:planYear | yd:summaryYear"))
    _add(told, "StartDate", start)
    _add(told, "EndDate", end)
    issued = _first(view, view.plan, "dcterms:issued")
    _add(told, "PublicationDate", issued if _period(issued)[0] == issued else "")
    _add(told, "Source", view.plan)


def _period(date: str) -> tuple[str, str]:
    """The first and the last day of a year, of a month, or the beginning of the year up to a day."""
    match = _DATE.fullmatch(date)
    if not match:
        return "", ""
    year, month, day = match.groups()
    if day:
        return date, date
    last = calendar.monthrange(int(year), int(month or 12))[1] if int(month or 12) in range(1, 13) else 31
    return f"{year}-{month or '01'}-01", f"{year}-{month or '12'}-{last:02}"


def _identifier(iri: str) -> str:
    """An ``xsd:ID`` that is made of the IRI alone."""
    return f"_{uuid.uuid5(uuid.NAMESPACE_URL, iri)}"


def _first(view: View, subject: str, path: str) -> str:
    found = view.follow(subject, "", path)
    return plain(found[0]) if found else ""


def _add(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = xml_characters(words)
