"""The map in a real browser."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from page_source import HOSTILE, Draft, corpus, hostile_plan, policy, target, two_plans

from yaodian import maps

if TYPE_CHECKING:
    from browser import Opener, Visited

pytest_plugins = ("browser",)

PHONE = (390, 844)

CODES = ("320400", "330100", "340800", "360100", "371400")
THEMES = ("party", "teachers", "facilities", "preschool", "compulsory", "vocational", "safety", "moral", "sports")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "map.html"
    maps.write(corpus(two_plans()), path)
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About as many nodes as five real plans have."""
    drafts = []
    for p, code in enumerate(CODES):
        draft = Draft(f"{code}.txt", code, 2023, f"2023年第{p}号工作要点")
        for i in range(24):
            body = [target(f"{p + i}所", f"新建第{n}类学校") for n in range(i % 3)]
            draft.item(f"推进第{i}项重点工作", [*body, policy(f"关于第{(p * 7 + i) % 60}项工作的实施意见")],
                       [THEMES[(p + i) % 9], THEMES[i * 2 % 9]])  # fmt: skip
        drafts.append(draft.plan())
    path = tmp_path_factory.mktemp("map") / "map.html"
    maps.write(corpus(drafts), path)
    return path


@pytest.fixture
def page(small: Path, visit: Opener) -> Iterator[Visited]:
    with visit(small) as visited:
        yield visited


def shown(visited: Visited) -> int:
    """How many nodes are drawn, by the page's own account of what is hidden."""
    hidden = "n => !yaodian.state.hidden.has(n.kind)"
    count = visited.run(f"yaodian.data.nodes.filter({hidden}).length")
    assert isinstance(count, int)
    return count


def overlaps(visited: Visited) -> list[tuple[str, str]]:
    """Pairs of labels whose boxes overlap."""
    boxes = visited.run("yaodian.labels().map(label => [label.text, ...label.box])")
    pairs = itertools.combinations(boxes, 2)
    return [(a[0], b[0]) for a, b in pairs if a[1] < b[3] and b[1] < a[3] and a[2] < b[4] and b[2] < a[4]]


def test_it_opens_alone(page: Visited, small: Path) -> None:
    assert page.requests == [small.resolve().as_uri()]
    assert page.errors == []
    assert page.page.title() == "工作要点关系图谱"
    assert "17 个节点" in page.page.inner_text("#summary")


def test_a_click_shows_facts_and_the_sentence_with_its_place(page: Visited) -> None:
    page.click_node("plan/320400-2023/target/2")
    assert page.page.inner_text("#panel h2") == "新增学位 3000个"
    assert page.page.inner_text("#panel mark") == "3000个"
    assert page.page.inner_text("#panel blockquote p").startswith("新建学校12所，新增学位3000个。")
    assert page.page.inner_text("#panel footer") == "甲.txt 第 4 行第 22 字"
    page.page.click("#panel .near")
    assert page.page.inner_text("#panel h2") == "增加学位供给"
    page.page.keyboard.press("Escape")
    assert page.page.is_hidden("#panel")


def test_a_policy_tells_what_each_plan_does_with_it(page: Visited) -> None:
    page.run("yaodian.select(yaodian.data.nodes.find(n => n.label === '学前教育提升计划').id)")
    panel = page.page.inner_text("#panel")
    assert "修订 · 落实 · 杭州市 2024年" in panel.replace("\n", " ")
    assert len(page.page.query_selector_all("#panel blockquote")) == 3


@pytest.mark.parametrize("typed", ["xqjytsjh", "xueqianjiaoyu", "学前教育提", "tisheng jihua"])
def test_search_by_initials_pinyin_and_characters(page: Visited, typed: str) -> None:
    page.page.keyboard.press("/")
    page.page.keyboard.type(typed)
    assert "学前教育提升计划" in page.page.inner_text("#hits")
    page.page.fill("#query", "xqjytsjh")
    page.page.keyboard.press("Enter")
    assert page.page.inner_text("#panel h2") == "学前教育提升计划"
    assert page.page.get_attribute("#query", "aria-expanded") == "false"


def test_search_in_the_texts_and_for_nothing(page: Visited) -> None:
    page.page.fill("#query", "办法》")
    assert "原文" in page.page.inner_text("#hits")
    page.page.fill("#query", "没有这个")
    assert page.page.inner_text("#hits") == "没有找到"


def test_the_legend_hides_a_kind_and_a_relation(page: Visited) -> None:
    before = shown(page)
    page.page.click(".key[data-key=item]")
    assert page.page.get_attribute(".key[data-key=item]", "aria-pressed") == "false"
    assert shown(page) == before - 4
    assert "显示 13 / 17" in page.page.inner_text("#summary")
    page.page.click(".key[data-key=item]")
    page.page.click(".key[data-key=about]")
    page.click_node("theme/teachers")
    assert page.page.query_selector_all("#panel .near") == []


def test_zooming_draws_the_columns_out_until_items_are_named(large: Path, visit: Opener) -> None:
    named = "yaodian.labels().filter(label => /item/.test(label.id)).length"
    with visit(large) as visited:
        assert visited.run(named) == 0
        across = visited.run("yaodian.place('theme/teachers').x")
        visited.page.mouse.move(800, 400)
        visited.page.mouse.wheel(0, -900)
        visited.page.wait_for_timeout(200)
        assert visited.run(named) > 15
        assert visited.run("yaodian.place('theme/teachers').x") == across
        visited.page.keyboard.press("0")
        visited.page.wait_for_timeout(200)
        assert visited.run(named) == 0
        assert overlaps(visited) == []


def test_the_address_keeps_the_view(small: Path, visit: Opener, page: Visited) -> None:
    page.page.click(".key[data-key=policy]")
    page.run("yaodian.select('theme/teachers')")
    fragment = page.run("location.hash")
    with visit(small, fragment) as again:
        assert again.page.inner_text("#panel h2") == page.page.inner_text("#panel h2")
        assert again.run("[...yaodian.state.hidden]") == ["policy"]


def test_keys_walk_along_relations(page: Visited) -> None:
    page.page.focus("#canvas")
    page.page.keyboard.press("ArrowRight")
    assert page.run("yaodian.state.selected") == "place/320400"
    page.page.keyboard.press("ArrowRight")
    assert page.run("yaodian.state.selected") == "plan/320400-2023"
    assert "2023年教育工作要点" in page.page.inner_text("#live")


def test_the_other_language_and_colours(page: Visited) -> None:
    page.page.click("#language")
    assert page.page.inner_text("h1") == "Map of work plans"
    assert page.page.get_attribute("html", "lang") == "en"
    page.run("yaodian.select('theme/teachers')")
    assert page.page.inner_text("#panel .chip") == "Theme"
    assert page.run("[...document.querySelectorAll('#rail .choice')].every(one => one.scrollWidth <= one.clientWidth)")
    page.run("yaodian.select(null)")
    assert "Teachers" in page.page.inner_text("body") or page.run("yaodian.labels().some(l => /[a-z]{4}/.test(l.text))")
    page.page.click("#dark")
    assert page.page.get_attribute("html", "data-theme") == "dark"
    assert page.errors == []


def test_the_table_has_every_node(page: Visited) -> None:
    page.page.click("#as-table")
    assert len(page.page.query_selector_all("#table tbody tr")) == 17
    page.page.click("#table tbody tr button >> nth=0")
    assert page.page.is_hidden("#table")
    assert page.page.is_visible("#panel")


def test_the_picture_is_saved_as_svg(page: Visited, tmp_path: Path) -> None:
    with page.page.expect_download() as download:
        page.page.click("#save")
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert saved.suffix == ".svg"
    assert "常州市" in saved.read_text("utf-8")


@pytest.mark.parametrize("layout", ["columns", "network", "communities"])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 700), PHONE])
def test_labels_never_overlap(large: Path, visit: Opener, layout: str, size: tuple[int, int]) -> None:
    with visit(large, f"#layout={layout}", size) as visited:
        assert visited.run("yaodian.labels().length") > 10
        assert overlaps(visited) == []
        width = visited.run("document.querySelector('#canvas').clientWidth")
        edges = visited.run("yaodian.labels().map(({ text, box }) => [text, box[0], box[2]])")
        assert [text for text, left, right in edges if left < -8 or right > width] == []
        visited.run("yaodian.select('theme/teachers')")
        visited.page.wait_for_timeout(100)
        assert overlaps(visited) == []


def test_a_phone_names_policies_where_no_themes_stand_before_them(tmp_path: Path, visit: Opener) -> None:
    maps.draw(corpus(two_plans()), tmp_path / "map.html", view="policy")
    with visit(tmp_path / "map.html", size=PHONE) as visited:
        named = visited.run("yaodian.labels().filter(label => label.id?.includes('policy')).map(label => label.box)")
        assert len(named) == 2
        assert all(left >= 0 and right <= PHONE[0] for left, _, right, _ in named)


def test_cities_plans_and_themes_are_always_named(large: Path, visit: Opener) -> None:
    with visit(large) as visited:
        named = set(visited.run("yaodian.labels().map(label => label.id)"))
        nodes = visited.run("yaodian.data.nodes.filter(n => ['city', 'plan', 'theme'].includes(n.kind)).map(n => n.id)")
        assert set(nodes) <= named


def test_it_is_ready_within_a_second_and_a_megabyte(large: Path, visit: Opener) -> None:
    with visit(large) as visited:
        assert len(visited.run("yaodian.data.nodes")) > 300
        assert visited.run("yaodian.ready") < 4000, "four times the budget: the test machine may be busy"
    assert large.stat().st_size < 1_000_000


def test_a_phone_shows_it_without_scrolling_sideways(large: Path, visit: Opener) -> None:
    with visit(large, size=PHONE, is_mobile=True, has_touch=True) as visited:
        assert visited.run("document.documentElement.scrollWidth <= innerWidth")
        visited.page.tap("#drawer")
        assert visited.page.is_visible("#rail")
        visited.page.tap("#drawer")
        box = visited.page.locator("#canvas").bounding_box()
        place = visited.run("yaodian.place('theme/teachers')")
        assert box is not None
        visited.page.touchscreen.tap(box["x"] + place["x"], box["y"] + place["y"])
        visited.page.wait_for_timeout(300)
        assert visited.page.is_visible("#panel")
        assert visited.run("document.documentElement.scrollWidth <= innerWidth")


def test_hostile_words_stay_words(tmp_path: Path, visit: Opener) -> None:
    path = tmp_path / "map.html"
    maps.write(corpus([hostile_plan()]), path)
    with visit(path) as visited:
        for node in visited.run("yaodian.data.nodes.map(n => n.id)"):
            visited.run("id => yaodian.select(id)", node)
        visited.page.fill("#query", "<")
        visited.page.click("#as-table")
        assert HOSTILE.replace("\u2028", "") in visited.page.inner_text("#table").replace("\u2028", "")
        assert visited.run("window.hacked") is None
        assert visited.page.query_selector_all("img, #table a, #panel a, #hits a") == []
        assert len(visited.requests) == 1
        assert visited.errors == []


def test_an_empty_corpus_says_so(tmp_path: Path, visit: Opener) -> None:
    path = tmp_path / "map.html"
    maps.write(corpus([]), path)
    with visit(path) as visited:
        assert visited.page.is_visible("#empty")
        assert visited.errors == []
