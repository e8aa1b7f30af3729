"""The relationship graph of a corpus: cities – plans – items – targets, results, themes, policies.

A directed networkx graph. Nodes are IRIs with ``kind``, ``label``, ``title``, ``facts``, ``spots`` (places in
texts), ``order`` and ``years``; edges have ``relation``, ``years`` and, towards policies, ``actions``. Names that
exist in two languages are mappings ``{"zh": …, "en": …}``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import networkx as nx

from yaodian.maps import queries
from yaodian.ontology import lexicon
from yaodian.source import GraphSource, Row, concept_names, select

Name = str | Mapping[str, str]
Fact = tuple[str, Name]
KINDS = ("city", "plan", "section", "item", "target", "result", "theme", "place", "policy", "basis", "thing")
_STRENGTH = ("cites", "uses", "makes")


class Spot(NamedTuple):
    """A stretch of a text: the text's IRI and offsets into it."""

    text: str
    start: int
    end: int


def read(source: GraphSource) -> nx.DiGraph[str]:
    """The graph of everything in the corpus."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    names = concept_names(source)
    _add_cities(graph, source, names)
    _add_plans(graph, source, names)
    _add_items(graph, source)
    _add_quantities(graph, source)
    _add_themes(graph, source, names)
    _add_policies(graph, source, names)
    _date(graph)
    return graph


def of_kind(graph: nx.DiGraph[str], *kinds: str) -> list[str]:
    """The nodes of those kinds, sorted by IRI."""
    return sorted(node for node in graph if graph.nodes[node]["kind"] in kinds)


def _rows(source: GraphSource, pattern: str, key: str = "thing") -> list[Row]:
    """Rows in an order that does not depend on the store."""
    return sorted(select(source, pattern), key=lambda row: (row[key], sorted(row.items())))


def _gathered(source: GraphSource, pattern: str) -> dict[str, str]:
    """All ``?name`` of each ``?thing``, once each, in one line."""
    found: dict[str, dict[str, None]] = {}
    for row in _rows(source, pattern):
        found.setdefault(row["thing"], {})[row["name"]] = None
    return {thing: "、".join(names) for thing, names in found.items()}


def _facts(row: Row, keys: Iterable[str], **more: Name | None) -> tuple[Fact, ...]:
    pairs: Iterator[tuple[str, Name | None]] = ((key, row.get(key)) for key in keys)
    return tuple((key, value) for key, value in (*pairs, *more.items()) if value)


def _spots(row: Row) -> tuple[Spot, ...]:
    return (Spot(row["text"], int(row["start"]), int(row["end"])),) if "text" in row else ()


def _tail(iri: str) -> str:
    return iri.rpartition("/")[2]


def add_node(graph: nx.DiGraph[str], node: str, kind: str, label: Name, **attributes: Any) -> None:
    """Add a node, with everything that a node of a map has."""
    defaults: dict[str, Any] = {"title": label, "facts": (), "spots": (), "order": 0}
    graph.add_node(node, kind=kind, label=label, **defaults | attributes)


def _add_cities(graph: nx.DiGraph[str], source: GraphSource, names: Mapping[str, Name]) -> None:
    for row in _rows(source, queries.PLACES, "place"):
        code = row.get("code", _tail(row["place"]))
        level = names.get(row.get("level", ""))
        facts = _facts({"code": code, "province": row.get("above", "")}, ("province", "code"), level=level)
        add_node(graph, row["place"], "city", row.get("name", code), facts=facts, order=code)


def _add_plans(graph: nx.DiGraph[str], source: GraphSource, names: Mapping[str, dict[str, str]]) -> None:
    issuers = _gathered(source, queries.ISSUERS)
    for row in _rows(source, queries.PLANS, "plan"):
        plan, place = row["plan"], row.get("place")
        coded = {key: names.get(row.get(key, "")) for key in ("kind", "status")}
        plain = {**row, "summary_year": row.get("summary", "")}
        facts = _facts(plain, ("year", "summary_year", "issued", "number", "file"), issuers=issuers.get(plan), **coded)
        year = row.get("year") or row.get("summary", "")
        add_node(
            graph,
            plan,
            "plan",
            _plan_label(row, year, coded["kind"]),
            title=row.get("title") or row.get("file") or _tail(plan),
            facts=facts,
            spots=_spots(row),
            order=(year, plan),
        )
        if place:
            graph.add_edge(place, plan, relation="releases")
    _tell_apart(graph)


def _tell_apart(graph: nx.DiGraph[str]) -> None:
    """Plans of one city that are called the same get the names of their files as well."""
    called: dict[tuple[str, str], list[str]] = defaultdict(list)
    for city, plan in graph.edges:
        called[city, in_one_language(graph.nodes[plan]["label"])].append(plan)
    for plan in (plan for plans in called.values() if len(plans) > 1 for plan in plans):
        label, file = graph.nodes[plan]["label"], dict(graph.nodes[plan]["facts"]).get("file")
        if file and not isinstance(label, str):
            graph.nodes[plan]["label"] = {"zh": f"{label['zh']}（{file}）", "en": f"{label['en']} ({file})"}


def _plan_label(row: Row, year: str, kind: Mapping[str, str] | None) -> Name:
    """Short where its city stands beside it: 2023年工作要点."""
    if not year or not kind or "place" not in row:
        return row.get("title") or row.get("file") or _tail(row["plan"])
    return {"zh": f"{year}年{kind.get('zh', '')}", "en": f"{year} {kind.get('en', '')}"}


def _add_items(graph: nx.DiGraph[str], source: GraphSource) -> None:
    places, responsible = _gathered(source, queries.PLACES_NAMED), _gathered(source, queries.RESPONSIBLE)
    for row in _rows(source, queries.ITEMS):
        item = row["thing"]
        facts = _facts(row, ("label", "section"), places=places.get(item), responsible=responsible.get(item))
        label = row.get("title") or row.get("label") or _tail(item)
        add_node(graph, item, "item", label, facts=facts, spots=_spots(row), order=int(row["position"]))
        _join(graph, row["plan"], item, "contains")


def _add_quantities(graph: nx.DiGraph[str], source: GraphSource) -> None:
    for row in _rows(source, queries.QUANTITIES):
        kind = _tail(row["class"]).partition("#")[2].lower()
        facts = _facts(row, ("indicator", "year"), value=row["quote"])
        add_node(
            graph,
            row["thing"],
            kind,
            row.get("label", row["quote"]),
            facts=facts,
            spots=_spots(row),
            order=int(row["start"]),
        )
        _join(graph, row["owner"], row["thing"], "aims" if kind == "target" else "achieves")


def _add_themes(graph: nx.DiGraph[str], source: GraphSource, names: Mapping[str, Name]) -> None:
    for row in _rows(source, queries.THEMES):
        theme = row["theme"]
        if theme not in graph:
            add_node(graph, theme, "theme", names.get(theme, _tail(theme)))
        _join(graph, row["thing"], theme, "about")


def _add_policies(graph: nx.DiGraph[str], source: GraphSource, names: Mapping[str, Name]) -> None:
    known = {row["policy"]: row for row in _rows(source, queries.POLICIES, "policy")}
    issuers = _gathered(source, queries.POLICY_ISSUERS)
    relations: dict[str, str] = lexicon("pages")["map"]["actions"]
    for row in _rows(source, queries.REFERENCES):
        policy, action = row["policy"], row.get("action", "")
        if policy not in graph:
            about = known.get(policy, {})
            label = about.get("name") or row.get("title") or _tail(policy)
            add_node(
                graph, policy, "policy", label, facts=_facts(about, ("number", "issued"), issuers=issuers.get(policy))
            )
        graph.nodes[policy]["spots"] += _spots(row)
        relation = relations.get(_tail(action), "uses")
        _join(graph, row["owner"], policy, relation, names.get(action))


def _join(graph: nx.DiGraph[str], owner: str, thing: str, relation: str, action: Name | None = None) -> None:
    """An edge, once for a pair; further actions are added to it.

    Making a policy outweighs carrying it out, and that outweighs citing it.
    """
    if owner not in graph:
        return
    if not graph.has_edge(owner, thing):
        graph.add_edge(owner, thing, relation=relation, actions=())
    edge = graph.edges[owner, thing]
    if relation in _STRENGTH:
        edge["relation"] = max(relation, edge["relation"], key=_STRENGTH.index)
    if action and action not in edge["actions"]:
        edge["actions"] += (action,)


def _date(graph: nx.DiGraph[str]) -> None:
    """The years of the plans that say so, on each node and edge; a plan's own are those it is for or reports on."""
    for node in graph:
        graph.nodes[node]["years"] = ()
    for plan in of_kind(graph, "plan"):
        facts = dict(graph.nodes[plan]["facts"])
        years = tuple(int(str(facts[key])) for key in ("year", "summary_year") if key in facts)[:1]
        for node in (plan, *nx.descendants(graph, plan), *graph.predecessors(plan)):
            graph.nodes[node]["years"] = tuple(sorted({*graph.nodes[node]["years"], *years}))
    for start, end, edge in graph.edges(data=True):
        edge["years"] = graph.nodes[end if edge["relation"] == "releases" else start]["years"]


def in_one_language(name: Name) -> str:
    """The Chinese name where there is one."""
    return name if isinstance(name, str) else name.get("zh") or next(iter(name.values()), "")


def add_sections(graph: nx.DiGraph[str], source: GraphSource) -> None:
    """Put the sections of the graph's plans between the plans and their items."""
    for row in _rows(source, queries.SECTIONS):
        if row["plan"] in graph:
            title = row.get("title") or row.get("label") or _tail(row["thing"])
            years = graph.nodes[row["plan"]]["years"]
            facts, order = _facts(row, ("label",)), int(row["start"])
            add_node(
                graph, row["thing"], "section", title, facts=facts, spots=_spots(row), order=order, years=years
            )  # fmt: skip
            graph.add_edge(row["plan"], row["thing"], relation="contains", actions=(), years=years)
    for row in _rows(source, queries.IN_SECTIONS):
        item, section = row["thing"], row["section"]
        if item in graph and section in graph:
            plans = [one for one in graph.predecessors(item) if graph.nodes[one]["kind"] == "plan"]
            graph.remove_edges_from([(plan, item) for plan in plans])
            graph.add_edge(section, item, relation="contains", actions=(), years=graph.nodes[item]["years"])


def add_places_named(graph: nx.DiGraph[str], source: GraphSource) -> None:
    """Join the items to the places that they name."""
    for row in _rows(source, queries.NAMED_PLACES):
        item, place = row["thing"], row["place"]
        if item in graph:
            if place not in graph:
                add_node(graph, place, "place", row["name"], facts=_facts(row, ("code",)), years=())
            years = graph.nodes[item]["years"]
            graph.nodes[place]["years"] = tuple(sorted({*graph.nodes[place]["years"], *years}))
            graph.add_edge(item, place, relation="names", actions=(), years=years)
