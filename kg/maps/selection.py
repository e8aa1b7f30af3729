"""Parts of the graph: some cities, some years, some themes or policies, some kinds."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from yaodian.errors import QueryError, listed
from yaodian.maps.condense import fold
from yaodian.maps.graph import Name, of_kind


@dataclass(frozen=True, slots=True)
class Selection:
    """What to draw; an empty tuple means everything. Cities, themes by name or code; policies by name, or a part of it.

    ``kinds`` are the kinds of nodes to draw; what hangs between them is folded.
    """

    cities: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    themes: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


def narrow(graph: nx.DiGraph[str], selection: Selection) -> nx.DiGraph[str]:
    """The plans that the selection wants, with all that hangs from them.

    ``QueryError`` where the graph has nothing of one of its values, or nothing of all of them at once.
    """
    if selection == Selection():
        return graph
    _refuse_unknown(graph, selection)
    plans = [plan for plan in of_kind(graph, "plan") if _wants_plan(graph, plan, selection)]
    if not plans:
        raise QueryError(_apart(graph, selection))
    below = {node for plan in plans for node in nx.descendants(graph, plan)}
    kept = graph.subgraph({*plans, *below, *(city for plan in plans for city in graph.predecessors(plan))})
    for kind, wanted in (("theme", selection.themes), ("policy", selection.policies)):
        kept = _about(kept, kind, wanted) if wanted else kept
    return kept


def only(graph: nx.DiGraph[str], kinds: tuple[str, ...]) -> nx.DiGraph[str]:
    """The nodes of these kinds (all where none is named); what hung between them is counted on their edges."""
    if not kinds:
        return graph
    for kind in ("section", "item", "plan"):
        graph = graph if kind in kinds else fold(graph, of_kind(graph, kind))
    small = graph.subgraph(of_kind(graph, *kinds))
    if not small:
        there = listed(sorted({graph.nodes[node]["kind"] for node in graph})) or "none"
        raise QueryError(f"nothing of kind {' or '.join(kinds)} is there; there are: {there}")
    return small


def _refuse_unknown(graph: nx.DiGraph[str], selection: Selection) -> None:
    years = {year for plan in of_kind(graph, "plan") for year in _years(graph, plan)}
    for city in selection.cities:
        if not _matching(graph, "city", (city,)):
            raise QueryError(f"no plan matches city {city or repr(city)}; there are: {_offer(graph, 'city')}")
    for year in map(str, selection.years):
        if year not in years:
            raise QueryError(f"no plan matches year {year}; there are: {listed(sorted(years))}")
    for theme in selection.themes:
        if not _matching(graph, "theme", (theme,)):
            raise QueryError(f"no such theme: {theme or repr(theme)}; there are: {_offer(graph, 'theme')}")
    for policy in selection.policies:
        if not _matching(graph, "policy", (policy,)):
            raise QueryError(f"no such policy: {policy or repr(policy)}; there are: {_offer(graph, 'policy')}")


def _apart(graph: nx.DiGraph[str], selection: Selection) -> str:
    """Each of the cities and years is there, but none of those cities has a plan of one of those years."""
    cities, years = " or ".join(selection.cities), " or ".join(map(str, selection.years))
    of_cities = Selection(selection.cities)
    plans = (plan for plan in of_kind(graph, "plan") if _wants_plan(graph, plan, of_cities))
    there = listed(sorted({year for plan in plans for year in _years(graph, plan)})) or "none"
    return f"no plan matches city {cities} and year {years} at once; years there: {there}"


def _wants_plan(graph: nx.DiGraph[str], plan: str, selection: Selection) -> bool:
    in_year = not selection.years or not _years(graph, plan).isdisjoint(map(str, selection.years))
    cities = graph.predecessors(plan)
    return in_year and (not selection.cities or any(_called(graph, city, selection.cities) for city in cities))


def _years(graph: nx.DiGraph[str], plan: str) -> set[str]:
    return {str(value) for key, value in graph.nodes[plan]["facts"] if key in ("year", "summary_year")}


def _matching(graph: nx.DiGraph[str], kind: str, wanted: tuple[str, ...]) -> list[str]:
    nodes = of_kind(graph, kind)
    exact = [node for node in nodes if _called(graph, node, wanted)]
    if exact or kind != "policy":
        return exact
    return [node for node in nodes if any(part and part in name for part in wanted for name in _all_names(graph, node))]


def _called(graph: nx.DiGraph[str], node: str, wanted: tuple[str, ...]) -> bool:
    names = {node.rpartition("/")[2], *_names(graph.nodes[node]["label"])}
    return any(name == one or name.removesuffix("市") == one for one in wanted for name in names)


def _all_names(graph: nx.DiGraph[str], node: str) -> tuple[str, ...]:
    return *_names(graph.nodes[node]["label"]), *_names(graph.nodes[node]["title"])


def _names(label: Name) -> tuple[str, ...]:
    return (label,) if isinstance(label, str) else tuple(label.values())


def _about(graph: nx.DiGraph[str], kind: str, wanted: tuple[str, ...]) -> nx.DiGraph[str]:
    """What leads to it (items; plans where it stands outside all items), what that hangs from, what items hold."""
    things = _matching(graph, kind, wanted)
    if not things:
        offer = _offer(graph, kind) or "none"
        raise QueryError(f"nothing in these plans is about {' or '.join(wanted)}; there are: {offer}")
    holders = {holder for thing in things for holder in graph.predecessors(thing)}
    above = {node for holder in holders for node in nx.ancestors(graph, holder)}
    items = holders.intersection(of_kind(graph, "item"))
    below = {node for item in items for node in graph.successors(item)}
    return graph.subgraph({*things, *holders, *above, *below})


def _offer(graph: nx.DiGraph[str], kind: str) -> str:
    """What can be asked for: cities and policies by their names, themes by their codes."""
    nodes = of_kind(graph, kind)
    if kind in ("city", "policy"):
        return listed([_names(graph.nodes[node]["label"])[0] for node in nodes])
    return listed([f"{node.rpartition('/')[2]} ({'、'.join(_names(graph.nodes[node]['label']))})" for node in nodes])
