"""The map's file: strict policy, inert data, the same bytes every time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from page_source import HOSTILE, corpus, hostile_plan, two_plans

from yaodian import maps
from yaodian.maps.pinyin import readings
from yaodian.maps.selection import Selection
from yaodian.ontology import lexicon
from yaodian.pages import content_policy, inline, island, write_whole


class Page(HTMLParser):
    """The elements of a page, and what stands in its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.code: list[tuple[dict[str, str | None], str]] = []
        self._open = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.code.append((self.elements[-1][1], data))
            self._open = False

    @property
    def policy(self) -> str:
        """The content policy."""
        return next(a["content"] or "" for _, a in self.elements if a.get("http-equiv") == "Content-Security-Policy")

    @property
    def data(self) -> dict[str, Any]:
        """The JSON that it carries."""
        return next(json.loads(text) for attributes, text in self.code if attributes.get("id") == "data")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("map") / "map.html"
    maps.write(corpus([*two_plans(), hostile_plan()]), path)
    return path.read_text("utf-8")


def test_the_policy_allows_exactly_the_code_in_the_page(written: str) -> None:
    page = Page(written)
    assert "default-src 'none'" in page.policy
    assert "unsafe" not in page.policy
    for attributes, code in page.code:
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert (f"'sha256-{digest}'" in page.policy) == (attributes.get("type") != "application/json")


def test_nothing_is_loaded(written: str) -> None:
    page = Page(written)
    assert not [attributes for _, attributes in page.elements if attributes.keys() & {"src", "href", "srcset", "style"}]
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert not re.search(r"sourceMappingURL|@import|url\(", written)


def test_hostile_words_are_data_only(written: str) -> None:
    assert "<img" not in written
    assert "\u2028" not in written
    labels = {node["label"] for node in Page(written).data["nodes"]}
    assert HOSTILE in labels


def test_the_same_corpus_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = two_plans()
    maps.write(corpus([first, second]), tmp_path / "a.html")
    maps.write(corpus([second, first]), tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_each_node_carries_what_the_page_shows(written: str) -> None:
    data = Page(written).data
    node = next(n for n in data["nodes"] if n["label"] == "新增学位 3000个")
    sentence, start, end, line, column = node["src"][0]
    document, words, cut = data["sentences"][sentence]
    assert (document, words[start:end], cut) == ("甲.txt", "3000个", False)
    assert (line, column) == (4, 22)
    assert node["initials"] == "xzxw3000g"
    assert {edge["relation"] for edge in data["edges"]} <= set(lexicon("pages")["map"]["relations"])


def test_a_selection_is_drawn_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "part.html"
    nodes = maps.draw(corpus(two_plans()), path, Selection(cities=("常州",)), lang="en")
    data = Page(path.read_text("utf-8")).data
    assert len(data["nodes"]) == nodes
    assert data["lang"] == "en"
    assert [node["label"] for node in data["nodes"] if node["kind"] == "city"] == ["常州市"]


def test_both_languages_have_the_same_words() -> None:
    words = lexicon("pages")
    for page in (words["map"]["interface"], words["report"]):
        assert page["zh"].keys() == page["en"].keys()


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("义务教育", "yiwujiaoyu", "ywjy"),
        ("重庆市", "chongqingshi", "cqs"),
        ("“双减” 2024", "“shuangjian”2024", "“sj”2024"),
    ],
)
def test_readings(name: str, full: str, initials: str) -> None:
    assert readings(name) == (full, initials)


def test_code_that_would_end_its_element_is_refused() -> None:
    with pytest.raises(ValueError, match="end tag"):
        inline("let a = '</script>'")


def test_a_policy_without_code_allows_none() -> None:
    assert "script-src 'none'; style-src 'none'" in content_policy()


def test_an_island_gives_back_what_was_put_in() -> None:
    assert json.loads(island({"words": HOSTILE})) == {"words": HOSTILE}
    assert "<" not in island(HOSTILE)


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    write_whole(path, ["old"])

    def broken():  # type: ignore[no-untyped-def]
        yield "new"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_whole(path, broken())
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]
