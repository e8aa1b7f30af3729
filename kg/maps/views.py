"""Views: what one reader wants to see of the graph, as a graph of its own.

Each takes the part that was selected; a view that compares with the rest of the corpus takes the whole as well.
Where cities are shown instead of their plans, a plan whose place is not known stands for itself.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import networkx as nx

from yaodian.errors import QueryError, listed
from yaodian.maps.condense import fold, without_plans
from yaodian.maps.graph import Fact, Name, add_places_named, add_sections, in_one_language, of_kind
from yaodian.ontology import lexicon
from yaodian.source import GraphSource

_OWN = ("city", "plan")
"""What has plans' themes and policies once items and placed plans are folded."""
_NEAREST = 3
_STRONGEST = 5


@dataclass(frozen=True, slots=True)
class Subject:
    """What a view is taken of: the corpus, its whole graph, and the part that was selected."""

    source: GraphSource
    whole: nx.DiGraph[str]
    part: nx.DiGraph[str]


@dataclass(frozen=True, slots=True)
class View:
    """How its graph is made, and the layout that it opens in."""

    draw: Callable[[Subject], nx.DiGraph[str]]
    layout: str = "columns"


def _corpus(subject: Subject) -> nx.DiGraph[str]:
    return subject.part


def _plan(subject: Subject) -> nx.DiGraph[str]:
    """Sections – items – targets, results, themes, places, policies of one plan."""
    plan = _the_one(subject.part, "plan", "--city and --year")
    graph = nx.DiGraph(subject.part.subgraph({plan, *nx.descendants(subject.part, plan)}))
    add_places_named(graph, subject.source)
    add_sections(graph, subject.source)
    return graph


def _city(subject: Subject) -> nx.DiGraph[str]:
    """A city with its plans and what they hold, and the other cities (and unplaced plans) that share its policies."""
    city = _the_one(subject.part, "city", "--city")
    own = fold(subject.part, of_kind(subject.part, "item"))
    others = _by_city(subject.whole)
    shared = set(of_kind(own, "policy"))
    for other in of_kind(others, *_OWN):
        for policy in sorted(shared.intersection(others[other])) if other != city else ():
            own.add_node(other, **others.nodes[other])
            own.add_edge(other, policy, **others.edges[other, policy])
    return own


def _policy(subject: Subject) -> nx.DiGraph[str]:
    """Who cites, implements or makes which policy, plan by plan."""
    graph = fold(subject.part, of_kind(subject.part, "item"))
    return nx.DiGraph(graph.subgraph(of_kind(graph, "city", "plan", "policy")))


def _theme(subject: Subject) -> nx.DiGraph[str]:
    """Cities – themes – the policies that items about those themes name."""
    cities = _by_city(subject.part)
    graph = nx.DiGraph(cities.subgraph(of_kind(cities, *_OWN, "theme")))
    for item in of_kind(subject.part, "item"):
        themes, policies = (_next(subject.part, item, kind) for kind in ("theme", "policy"))
        for theme in themes:
            for policy in policies:
                _count(graph, subject.part, (theme, policy), subject.part.edges[item, policy])
    return graph


def _similarity(subject: Subject) -> nx.DiGraph[str]:
    """Each city with those nearest to it: by the cosine of their themes' weights, and by the policies they share."""
    cities = _by_city(subject.part)
    graph: nx.DiGraph[str] = nx.DiGraph()
    profiles = {city: _profile(cities, city) for city in of_kind(cities, *_OWN)}
    for city, profile in profiles.items():
        facts = *cities.nodes[city]["facts"], *_strongest(cities, profile)
        graph.add_node(city, **{**cities.nodes[city], "facts": facts})
    near: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for one, other in combinations(sorted(profiles), 2):
        alike = _cosine(profiles[one], profiles[other]) + _jaccard(_policies(cities, one), _policies(cities, other))
        if alike:
            near[one].append((-alike, other))
            near[other].append((-alike, one))
    for city in sorted(near):
        for _, other in sorted(near[city])[:_NEAREST]:
            one, two = sorted((city, other))
            cosine, shared = _cosine(profiles[one], profiles[two]), _policies(cities, one) & _policies(cities, two)
            note = _note("similar", cosine=f"{cosine:.2f}", shared=str(len(shared)))
            graph.add_edge(one, two, relation="similar", actions=(note,), years=(), width=round(1 + 4 * cosine, 1))
    return graph


def _issuance(subject: Subject) -> nx.DiGraph[str]:
    """Which city makes which policies, and after which others the items say that they are made."""
    part = subject.part
    made = {policy for _, policy, edge in part.edges(data=True) if edge["relation"] == "makes"}
    cities = _by_city(part)
    graph = nx.DiGraph(cities.subgraph([*of_kind(cities, *_OWN), *made]))
    graph.remove_edges_from([(a, b) for a, b, edge in graph.edges(data=True) if edge["relation"] != "makes"])
    for item in of_kind(part, "item"):
        policies = _next(part, item, "policy")
        new = [policy for policy in policies if part.edges[item, policy]["relation"] == "makes"]
        for policy, basis in ((a, b) for a in new for b in policies if b not in new):
            _count(graph, part, (policy, basis), {**part.edges[item, basis], "relation": "follows", "actions": ()})
    for basis in set(graph) - made - set(of_kind(graph, *_OWN)):
        graph.nodes[basis]["kind"] = "basis"
    graph.remove_nodes_from([node for node in list(graph) if not graph.degree(node)])
    return graph


VIEWS: Mapping[str, View] = {
    "corpus": View(_corpus),
    "plan": View(_plan),
    "city": View(_city),
    "policy": View(_policy),
    "theme": View(_theme),
    "similarity": View(_similarity, "network"),
    "issuance": View(_issuance),
}


def _the_one(graph: nx.DiGraph[str], kind: str, options: str) -> str:
    """The only node of that kind; ``QueryError`` with what there is to choose from where there is another number."""
    nodes = of_kind(graph, kind)
    if len(nodes) == 1:
        return nodes[0]
    offer = listed([in_one_language(graph.nodes[node]["title"]) for node in nodes]) or "none"
    raise QueryError(f"--view {kind} shows one {kind}; choose it with {options}; there are: {offer}")


def _by_city(graph: nx.DiGraph[str]) -> nx.DiGraph[str]:
    """Items and plans folded into their cities: what is left is what cities have in common."""
    small = without_plans(fold(graph, of_kind(graph, "item")))
    return nx.DiGraph(small.subgraph(of_kind(small, *_OWN, "theme", "policy")))


def _next(graph: nx.DiGraph[str], node: str, kind: str) -> list[str]:
    return sorted(other for other in graph[node] if graph.nodes[other]["kind"] == kind)


def _count(graph: nx.DiGraph[str], names: nx.DiGraph[str], ends: tuple[str, str], edge: Mapping[str, Any]) -> None:
    """One more of this edge; its ends are taken from ``names`` where they are not there yet."""
    for end in ends:
        if end not in graph:
            graph.add_node(end, **names.nodes[end])
    if graph.has_edge(*ends):
        known = graph.edges[ends]
        known["weight"] = known.get("weight", 1) + 1
        known["years"] = tuple(sorted({*known["years"], *edge["years"]}))
    else:
        graph.add_edge(*ends, **{**edge, "weight": 1})


def _profile(cities: nx.DiGraph[str], city: str) -> Counter[str]:
    return Counter({theme: cities.edges[city, theme].get("weight", 1) for theme in _next(cities, city, "theme")})


def _policies(cities: nx.DiGraph[str], city: str) -> set[str]:
    return set(_next(cities, city, "policy"))


def _strongest(cities: nx.DiGraph[str], profile: Counter[str]) -> Iterable[Fact]:
    themes = sorted(profile, key=lambda theme: (-profile[theme], theme))[:_STRONGEST]
    if themes:
        yield "themes", _joined([cities.nodes[theme]["label"] for theme in themes])


def _joined(names: Sequence[Name]) -> Name:
    return {
        lang: mark.join(name if isinstance(name, str) else name.get(lang, "") for name in names)
        for lang, mark in (("zh", "、"), ("en", ", "))
    }


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    length = math.sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return sum(one[theme] * other[theme] for theme in sorted(one)) / length if length else 0.0


def _jaccard(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _note(name: str, **values: str) -> Name:
    return {lang: text.format(**values) for lang, text in lexicon("pages")["map"]["notes"][name].items()}
