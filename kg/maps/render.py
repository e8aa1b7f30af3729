"""The map's page: pyvis serialises the graph, vis-network (from pyvis's package) draws it, the rest is ours."""

from __future__ import annotations

import base64
import json
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import networkx as nx
from pyvis.network import Network

from yaodian.maps.columns import COLUMN_OF, Position, columns
from yaodian.maps.communities import Community, communities, grouped
from yaodian.maps.condense import Condensed
from yaodian.maps.evidence import Quote
from yaodian.maps.graph import KINDS, Spot, in_one_language, of_kind
from yaodian.maps.measures import bridges
from yaodian.maps.network import network
from yaodian.maps.pinyin import readings
from yaodian.ontology import lexicon
from yaodian.pages import asset, content_policy, environment, inline, island
from yaodian.rdf.serialise import without_surrogates
from yaodian.source import ID

SCRIPTS = (
    "data",
    "address",
    "dom",
    "labels",
    "view",
    "parts",
    "folded",
    "paths",
    "panel",
    "years",
    "legend",
    "search",
    "picture",
    "table",
    "main",
)
MOST_QUOTES = 6
_VIS = "templates/lib/vis-9.1.2/vis-network.min.js"
_GRID = 1000


def page(
    small: Condensed,
    quotes: Mapping[Spot, Quote],
    *,
    lang: str,
    view: str = "corpus",
    layout: str = "columns",
) -> str:
    """The whole HTML file as text; ``view`` is named in it, and ``layout`` is the one that it opens in."""
    script, style, vis = _script(), asset("yaodian.maps", "map.css"), _vis()
    words = lexicon("pages")["map"]
    folding = {"condensed": small.steps, "folded": small.folded, "left_out": small.left_out}
    told = {"lang": lang, **folding, "view": view, "layout": layout}
    template = environment("yaodian.maps").get_template("map.html")
    return template.render(
        policy=content_policy([vis, script], [style]),
        style=inline(style),
        vis=inline(vis),
        script=inline(script),
        data=island(_data(small.graph, quotes, words) | told),
        parts=island(_parts(small, quotes, words["kinds"])),
        words=words["interface"][lang],
    )


def _script() -> str:
    parts = (asset("yaodian.maps", f"{name}.js") for name in SCRIPTS)
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n"


def _vis() -> str:
    """The library without its last line, which would make a debugger fetch a source map."""
    return asset("pyvis", _VIS).partition("//# sourceMappingURL")[0]


def _data(graph: nx.DiGraph[str], quotes: Mapping[Spot, Quote], words: Mapping[str, Any]) -> dict[str, Any]:
    drawing = _Drawing(graph, quotes, words["kinds"])
    found = communities(graph)
    net = _serialised(drawing, found)
    look = {"kinds": ("zh", "en", "one", "shape"), "relations": ("zh", "en", "back_zh", "back_en")}
    tables = {name: [_row(key, row, keys) for key, row in words[name].items()] for name, keys in look.items()}
    return {
        "nodes": [_without_none(node) for node in net.nodes],
        **_numbered(net),
        "sentences": list(drawing.sentences),
        "words": words["interface"],
        "facts": words["facts"],
        "communities": [_community(each) for each in found],
        **_plans(graph),
        **tables,
    }


def _plans(graph: nx.DiGraph[str]) -> dict[str, int]:
    """How many plans are drawn, none where cities stand for them, and how many of them have no city beside them."""
    plans, cities = of_kind(graph, "plan"), of_kind(graph, "city")
    placed = {plan for _, plan, relation in graph.edges(data="relation") if relation == "releases"}
    alone = [plan for plan in plans if plan not in placed]
    return {"plans": len(plans) if len(alone) < len(plans) or not cities else 0, "alone": len(alone) if cities else 0}


def _numbered(net: Network) -> dict[str, list[Any]]:
    """The lines with their ends and actions as numbers, since there are many lines and few of these."""
    number = {node["id"]: i for i, node in enumerate(net.nodes)}
    actions: list[Any] = []
    for edge in net.edges:
        actions += (action for action in edge["actions"] or () if action not in actions)
    edges = [
        {
            **edge,
            **{end: number[edge[end]] for end in ("from", "to")},
            "actions": [actions.index(action) for action in edge["actions"] or ()] or None,
        }
        for edge in net.edges
    ]
    return {"edges": [_without_none(edge) for edge in edges], "actions": actions}


def _parts(small: Condensed, quotes: Mapping[Spot, Quote], kinds: Mapping[str, Any]) -> dict[str, str]:
    """What each node holds, packed: a reader opens few of them, and all of them are many times the map."""
    return {
        _short(holder): _packed(_part(_Drawing(part, quotes, kinds), small.graph))
        for holder, part in small.parts.items()
    }


def _part(drawing: _Drawing, drawn: nx.DiGraph[str]) -> dict[str, Any]:
    """The nodes of a part that are not on the map themselves, its lines, and its sentences."""
    graph = drawing.graph
    held = sorted(
        (node for node in graph if node not in drawn),
        key=lambda node: (KINDS.index(graph.nodes[node]["kind"]), graph.nodes[node]["order"], node),
    )
    nodes = [_without_none({"id": _short(node), **_looks(drawing, node), **_known(drawing, node)}) for node in held]
    across = {kind: round(place * _GRID) for kind, place in COLUMN_OF.items()}
    return {
        "nodes": [{**node, "x": across[node["kind"]]} for node in nodes],
        "edges": [_without_none({"from": start, "to": end, **line}) for start, end, line in _lines(graph)],
        "sentences": list(drawing.sentences),
    }


def _packed(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(without_surrogates(text).encode(), 9)).decode("ascii")


def _row(key: str, row: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {"id": key} | {name: row[name] for name in keys}


def _without_none(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if value is not None}


@dataclass(frozen=True)
class _Drawing:
    """What the nodes of one map are made from; sentences are numbered as they come up."""

    graph: nx.DiGraph[str]
    quotes: Mapping[Spot, Quote]
    kinds: Mapping[str, Mapping[str, Any]]
    sentences: dict[tuple[str, str, bool], int] = field(default_factory=dict)


def _serialised(drawing: _Drawing, found: Sequence[Community]) -> Network:
    """The graph as pyvis holds it, nodes in drawing order."""
    net, graph = Network(directed=True), drawing.graph
    across, apart, groups = columns(graph), network(graph), grouped(found)
    number = {node: i for i, each in enumerate(found) for node in each.members}
    between = bridges(graph)
    for node in sorted(graph, key=lambda node: (KINDS.index(graph.nodes[node]["kind"]), across[node][1], node)):
        (x, y), places = _on_grid(across[node]), {"apart": _on_grid(apart[node]), "grouped": _on_grid(groups[node])}
        more = {"community": number[node], "between": round(between[node], 3)}
        net.add_node(
            _short(node), color=None, x=x, y=y, **places, **more, **_looks(drawing, node), **_known(drawing, node)
        )
    for start, end, line in _lines(graph):
        net.add_edge(start, end, arrows=None, **line)
    return net


def _lines(graph: nx.DiGraph[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each edge as the page has it."""
    for start, end, edge in sorted(graph.edges(data=True), key=lambda edge: edge[:2]):
        weight = edge.get("weight")
        about = {
            "width": edge.get("width"),
            "actions": edge.get("actions") or None,
            "weight": weight,
            "years": edge["years"] if weight else None,
        }
        yield _short(start), _short(end), {"relation": edge["relation"], **about}


def _community(community: Community) -> dict[str, Any]:
    """Its size, the nodes that name it, and its field on the grid."""
    field = [round(side * _GRID) for side in community.field]
    return {"size": len(community.members), "names": [_short(node) for node in community.named_by], "field": field}


def _on_grid(position: Position) -> list[int]:
    return [round(place * _GRID) for place in position]


def _looks(drawing: _Drawing, node: str) -> dict[str, Any]:
    own = drawing.graph.nodes[node]
    look = drawing.kinds[own["kind"]]
    size = look["size"] + look["grow"] * math.sqrt(drawing.graph.degree(node))
    return {"kind": own["kind"], "shape": look["shape"], "size": round(size, 1)}


def _known(drawing: _Drawing, node: str) -> dict[str, Any]:
    own = drawing.graph.nodes[node]
    label, title, spots = own["label"], own["title"], own["spots"]
    spoken = readings(
        in_one_language(label) if title == label else f"{in_one_language(label)} {in_one_language(title)}"
    )
    return {
        "label": in_one_language(label),
        "en": None if isinstance(label, str) else label.get("en"),
        "full": None if title == label else title,
        "facts": list(own["facts"]) or None,
        "years": list(own["years"]) or None,
        "src": list(_sources(drawing, spots[:MOST_QUOTES])) or None,
        "more": len(spots) - MOST_QUOTES if len(spots) > MOST_QUOTES else None,
        "pinyin": spoken.full,
        "initials": spoken.initials,
    }


def _sources(drawing: _Drawing, spots: Iterable[Spot]) -> Iterator[tuple[int, int, int, int, int]]:
    """Each quote as number of its sentence, offsets in it, line and column."""
    for quote in (drawing.quotes[spot] for spot in spots if spot in drawing.quotes):
        key = quote.document, quote.words, quote.cut
        number = drawing.sentences.setdefault(key, len(drawing.sentences))
        yield number, quote.start, quote.end, quote.line, quote.column


def _short(iri: str) -> str:
    return iri.removeprefix(ID)
