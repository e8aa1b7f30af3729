"""Parts of the graph: by city, by year, by theme."""

from __future__ import annotations

import networkx as nx
import pytest
from page_source import corpus, two_plans

from yaodian.errors import QueryError
from yaodian.maps.graph import of_kind, read
from yaodian.maps.selection import Selection, narrow
from yaodian.rdf.iris import ID


@pytest.fixture(scope="module")
def graph() -> nx.DiGraph[str]:
    return read(corpus(two_plans()))


def test_nothing_selected_is_everything(graph: nx.DiGraph[str]) -> None:
    assert narrow(graph, Selection()) is graph


@pytest.mark.parametrize("city", ["常州市", "常州", "320400"])
def test_a_city_by_its_name_its_short_name_and_its_code(graph: nx.DiGraph[str], city: str) -> None:
    part = narrow(graph, Selection(cities=(city,)))
    assert of_kind(part, "city") == [f"{ID}place/320400"]
    assert of_kind(part, "plan") == [f"{ID}plan/320400-2023"]
    assert len(of_kind(part, "item")) == 2
    assert len(of_kind(part, "policy")) == 2


def test_a_year(graph: nx.DiGraph[str]) -> None:
    assert of_kind(narrow(graph, Selection(years=(2024,))), "plan") == [f"{ID}plan/330100-2024"]


@pytest.mark.parametrize("theme", ["preschool", "学前教育", "Preschool education"])
def test_a_theme_by_its_code_and_its_names(graph: nx.DiGraph[str], theme: str) -> None:
    part = narrow(graph, Selection(themes=(theme,)))
    assert of_kind(part, "item") == [f"{ID}plan/330100-2024/item/p2"]
    assert of_kind(part, "city") == [f"{ID}place/330100"]
    assert len(of_kind(part, "policy")) == 1
    assert f"{ID}theme/teachers" in part


def test_what_is_not_there_is_told_with_what_is(graph: nx.DiGraph[str]) -> None:
    with pytest.raises(QueryError, match="常州市"):
        narrow(graph, Selection(cities=("天云市",)))
    with pytest.raises(QueryError, match="no such theme"):
        narrow(graph, Selection(themes=("astronomy",)))


@pytest.mark.parametrize(
    ("selection", "told"),
    [
        (Selection(years=(1900,)), "no plan matches year 1900; there are: 2023、2024"),
        (Selection(years=(2023, 1900)), "no plan matches year 1900; there are: 2023、2024"),
        (Selection(cities=("天云市",)), "no plan matches city 天云市; there are: 常州市、杭州市"),
        (Selection(cities=("常州", "")), "no plan matches city ''; there are: 常州市、杭州市"),
        (
            Selection(cities=("常州",), years=(2024,)),
            "no plan matches city 常州 and year 2024 at once; years there: 2023",
        ),
        (Selection(themes=("astronomy",)), r"no such theme: astronomy; there are: equity \(.*\)、facilities \("),
        (Selection(themes=("teachers", "astronomy")), "no such theme: astronomy"),
        (
            Selection(years=(2023,), themes=("preschool",)),
            r"nothing in these plans is about preschool; there are: equity",
        ),
    ],
)
def test_each_part_that_is_not_there_is_told_with_what_is(
    graph: nx.DiGraph[str], selection: Selection, told: str
) -> None:
    with pytest.raises(QueryError, match=told):
        narrow(graph, selection)
