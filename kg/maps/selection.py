"""Parts of the graph: some cities, some years, some themes."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from yaodian.errors import QueryError
from yaodian.maps.graph import Name, of_kind


@dataclass(frozen=True, slots=True)
class Selection:
    """What to draw; an empty tuple means everything. Cities by name or code, themes by name or code."""

    cities: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    themes: tuple[str, ...] = ()


def narrow(graph: nx.DiGraph[str], selection: Selection) -> nx.DiGraph[str]:
    """The plans that the selection wants, with all that hangs from them; ``QueryError`` where nothing is left."""
    if selection == Selection():
        return graph
    plans = [plan for plan in of_kind(graph, "plan") if _wants_plan(graph, plan, selection)]
    if not plans:
        raise QueryError(f"no plan matches; there are {_offer(graph, 'city')}")
    below = {node for plan in plans for node in nx.descendants(graph, plan)}
    kept = {*plans, *below, *(city for plan in plans for city in graph.predecessors(plan))}
    return _about(graph.subgraph(kept), selection.themes) if selection.themes else graph.subgraph(kept)


def _wants_plan(graph: nx.DiGraph[str], plan: str, selection: Selection) -> bool:
    years = {value for key, value in graph.nodes[plan]["facts"] if key in ("year", "summary_year")}
    in_year = not selection.years or not years.isdisjoint(map(str, selection.years))
    cities = graph.predecessors(plan)
    return in_year and (not selection.cities or any(_called(graph, city, selection.cities) for city in cities))


def _called(graph: nx.DiGraph[str], node: str, wanted: tuple[str, ...]) -> bool:
    names = {node.rpartition("/")[2], *_names(graph.nodes[node]["label"])}
    return any(name == one or name.removesuffix("市") == one for one in wanted for name in names)


def _names(label: Name) -> tuple[str, ...]:
    return (label,) if isinstance(label, str) else tuple(label.values())


def _about(graph: nx.DiGraph[str], wanted: tuple[str, ...]) -> nx.DiGraph[str]:
    themes = [theme for theme in of_kind(graph, "theme") if _called(graph, theme, wanted)]
    if not themes:
        raise QueryError(f"no such theme; there are {_offer(graph, 'theme')}")
    items = {item for theme in themes for item in graph.predecessors(theme)}
    above = {node for item in items for node in nx.ancestors(graph, item)}
    below = {node for item in items for node in graph.successors(item)}
    return graph.subgraph(items | above | below)


def _offer(graph: nx.DiGraph[str], kind: str) -> str:
    names = [_names(graph.nodes[node]["label"])[0] for node in of_kind(graph, kind)]
    return "、".join(names[:40]) + ("…" if len(names) > 40 else "")
