"""The sentences that nodes rest on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from page_source import corpus, two_plans

from yaodian.maps.evidence import LONGEST_SENTENCE, quote, quotes
from yaodian.maps.graph import read
from yaodian.model import Document, Span

TEXT = "要点\n一、开头。新建学校3所，新增学位500个；“培训教师。”出台办法！\n结束"


def document(text: str = TEXT) -> Document:
    return Document("a.txt", "a.txt", "", "text/plain", "utf-8", text, Span(0, len(text), text))


def test_the_sentence_around_a_number_and_its_place() -> None:
    start = TEXT.index("500个")
    found = quote(document(), start, start + 4)
    assert found.words == "新建学校3所，新增学位500个；"
    assert found.words[found.start : found.end] == "500个"
    assert (found.line, found.column) == (2, start - TEXT.index("\n"))


def test_a_closing_quotation_mark_belongs_to_its_sentence() -> None:
    start = TEXT.index("培训")
    assert quote(document(), start, start + 2).words == "“培训教师。”"


def test_a_long_thing_is_cut_and_says_so() -> None:
    text = "很长" * 2000
    found = quote(document(text), 3000, 3002)
    assert found.cut
    assert len(found.words) <= LONGEST_SENTENCE
    assert found.words[found.start : found.end] == text[3000:3002]


def test_every_spot_of_the_graph_gets_its_words() -> None:
    plans = corpus(two_plans())
    graph = read(plans)
    found = quotes(plans, graph)
    spots = {spot for node in graph for spot in graph.nodes[node]["spots"]}
    assert found.keys() == spots
    target = next(spot for spot, one in found.items() if one.words[one.start : one.end] == "3000个")
    assert found[target].document == "甲.txt"


@given(st.text(alphabet="中文。；！\n 1a”", min_size=1, max_size=60), st.data())
def test_the_words_hold_what_was_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = quote(document(text), start, end)
    assert found.words[found.start : found.end] == text[start:end]
