"""The map's tools in a real browser: years, reach, paths, layouts, measures, the table, and what it is saved as."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from accessibility import barriers
from page_source import HOSTILE, Draft, corpus, hostile_plan, target, two_plans

from yaodian import maps
from yaodian.maps.views import VIEWS

if TYPE_CHECKING:
    from browser import Opener, Visited

pytest_plugins = ("browser",)

CITY, OTHER = "place/320400", "place/330100"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "map.html"
    maps.write(corpus(two_plans()), path)
    return path


@pytest.fixture
def page(small: Path, visit: Opener) -> Iterator[Visited]:
    with visit(small) as visited:
        yield visited


def saved(visited: Visited, button: str) -> bytes:
    with visited.page.expect_download() as download:
        visited.page.click(button)
    return Path(download.value.path()).read_bytes()


def rows(visited: Visited) -> list[list[str]]:
    return list(csv.reader(io.StringIO(saved(visited, "#save-csv").decode("utf-8-sig"))))


def test_the_years_leave_out_the_plans_of_others(page: Visited) -> None:
    assert page.page.input_value("#year-last_year") == "2024"
    page.page.focus("#year-last_year")
    page.page.keyboard.press("ArrowLeft")
    assert page.run("yaodian.state.years") == [2023, 2023]
    assert page.page.inner_text(".key[data-key=plan] .count") == "1"
    names = {row[0] for row in rows(page)}
    assert "常州市" in names
    assert "杭州市" not in names
    assert "显示" in page.page.inner_text("#summary")
    page.page.focus("#year-last_year")
    page.page.keyboard.press("ArrowRight")
    assert page.run("yaodian.state.years") is None


def test_one_plan_has_no_years_to_choose(tmp_path: Path, visit: Opener) -> None:
    maps.write(corpus(two_plans()[:1]), tmp_path / "map.html")
    with visit(tmp_path / "map.html") as visited:
        assert visited.page.is_hidden("#years")


def test_each_step_reaches_further(page: Visited) -> None:
    page.run("id => yaodian.select(id)", "theme/preschool")
    lit = []
    for key in "123":
        page.page.keyboard.press(key)
        assert page.page.get_attribute(f"[data-hops='{key}']", "aria-pressed") == "true"
        lit.append(set(page.run("[...yaodian.lit()]")))
    assert lit[0] < lit[1] < lit[2]
    assert "item/p2" in str(lit[0])
    assert "theme/teachers" in lit[1]


def test_the_shortest_path_between_two_cities(page: Visited) -> None:
    page.run("id => yaodian.select(id)", CITY)
    page.page.click(".path-button")
    page.run("id => yaodian.select(id)", OTHER)
    steps = page.page.locator(".path li").all_inner_texts()
    assert len(steps) == 7
    assert "常州市" in steps[0]
    assert "杭州市" in steps[-1]
    assert page.run("yaodian.lit().size") == 7
    page.page.keyboard.press("p")
    assert page.page.query_selector(".path") is None


def test_there_is_no_path_over_what_is_hidden(page: Visited) -> None:
    for kind in ("theme", "policy"):
        page.page.click(f".key[data-key={kind}]")
    page.run("id => yaodian.select(id)", CITY)
    page.page.keyboard.press("p")
    page.run("id => yaodian.select(id)", OTHER)
    assert "没有路径" in page.page.inner_text("#panel")


def test_communities_are_a_layout_named_by_themes(page: Visited) -> None:
    page.page.click("[data-layout=communities]")
    heads = page.run("yaodian.labels().filter(label => label.id === null).map(label => label.text)")
    themes = page.run("yaodian.data.nodes.filter(n => n.kind === 'theme').map(n => n.label)")
    assert heads
    assert all(any(theme[:3] in head for theme in themes) for head in heads)
    members = page.run("yaodian.data.communities.map(each => each.size)")
    assert sum(members) == page.run("yaodian.data.nodes.length")


def test_nodes_are_as_large_as_the_measure_says(page: Visited) -> None:
    sizes = "yaodian.data.nodes.map(node => yaodian.sizeOf(node))"
    by_degree = page.run(sizes)
    page.page.click("[data-measure=between]")
    assert page.run(sizes) != by_degree
    page.page.click("[data-measure=same]")
    assert len(set(page.run(sizes))) == 1


def test_the_address_keeps_all_that_was_set(small: Path, visit: Opener, page: Visited) -> None:
    page.page.click("[data-layout=communities]")
    page.page.click("[data-measure=between]")
    page.page.focus("#year-first_year")
    page.page.keyboard.press("ArrowRight")
    page.page.click("#dark")
    page.run("id => yaodian.select(id)", OTHER)
    page.page.keyboard.press("p")
    page.run("yaodian.select('theme/teachers')")
    kept = "(({ layout, measure, years, dark, from, selected }) => ({ layout, measure, years, dark, from, selected }))(yaodian.state)"
    with visit(small, page.run("location.hash")) as again:
        assert again.run(kept) == page.run(kept)
        assert again.run(kept)["from"] == OTHER
        assert again.page.get_attribute("html", "data-theme") == "dark"


@pytest.mark.parametrize("fragment", ["#years=x-9&hops=7&layout=toString&size=__proto__&from=nobody&dark=2&node=<b>"])
def test_an_address_that_says_nothing_known_shows_all(small: Path, visit: Opener, fragment: str) -> None:
    with visit(small, fragment) as visited:
        assert visited.run("[yaodian.state.layout, yaodian.state.measure, yaodian.state.hops]") == [
            "columns",
            "degree",
            1,
        ]
        assert visited.errors == []


def test_the_table_is_sorted_by_its_heads(page: Visited) -> None:
    page.page.keyboard.press("t")
    page.page.click("[data-column=degree]")
    degrees = [int(text) for text in page.page.locator("tbody td:nth-child(3)").all_inner_texts()]
    assert degrees == sorted(degrees, reverse=True)
    assert page.page.get_attribute("th:nth-child(3)", "aria-sort") == "ascending"
    page.page.click("[data-column=degree]")
    assert [int(text) for text in page.page.locator("tbody td:nth-child(3)").all_inner_texts()] == sorted(degrees)


def test_the_csv_has_what_is_visible_with_its_place(page: Visited) -> None:
    page.page.click(".key[data-key=item]")
    head, *body = rows(page)
    assert head == ["名称", "类型", "关系数", "年度", "原文", "位置", "标识"]
    assert len(body) == 13
    goal = next(row for row in body if row[0] == "新增学位 3000个")
    assert goal[5] == "甲.txt 第 4 行第 22 字"


@pytest.mark.parametrize("attack", ["=HYPERLINK(1)", "+1+1", "-1-1", "@SUM(1)", " =1", "\u200b=1", "＝1"])
def test_no_cell_of_the_csv_is_a_formula(tmp_path: Path, visit: Opener, attack: str) -> None:
    draft = Draft("甲.txt", "320400", 2023, f'{attack},"要点"')
    draft.item("做事", [target("3所", "学校")], ["teachers"])
    maps.write(corpus([draft.plan()]), tmp_path / "map.html")
    with visit(tmp_path / "map.html") as visited:
        titles = [row[0] for row in rows(visited)]
        assert any(title.startswith("'") and title.endswith(f'{attack.strip()},"要点"') for title in titles)


def test_a_picture_in_pixels_shows_what_the_screen_shows(page: Visited) -> None:
    picture = saved(page, "#save-png")
    assert picture.startswith(b"\x89PNG")
    width = int.from_bytes(picture[16:20], "big")
    assert width == page.run("document.querySelector('#canvas canvas').width")


def test_paper_gets_the_vector_picture_and_the_panel(page: Visited) -> None:
    page.run("id => yaodian.select(id)", CITY)
    page.run("dispatchEvent(new Event('beforeprint'))")
    page.page.emulate_media(media="print")
    assert page.page.is_visible("#printed svg")
    assert page.page.is_visible("#panel h2")
    assert page.page.is_hidden("#rail")
    assert "常州市" in page.page.inner_text("#printed")
    assert page.page.inner_text("#printed h1") == "工作要点关系图谱"
    assert "17 个节点" in page.page.inner_text("#printed p")
    assert page.page.pdf().startswith(b"%PDF")
    page.run("dispatchEvent(new Event('afterprint'))")
    assert page.page.query_selector("#printed svg") is None


FOCUS = "document.activeElement.id || document.activeElement.tagName"


def test_the_keyboard_never_loses_its_place(page: Visited) -> None:
    keys = page.page.keyboard
    page.page.focus("#canvas")
    keys.press("ArrowRight")
    page.page.focus("#panel .near")
    keys.press("Enter")
    assert page.run("yaodian.state.selected") == "plan/320400-2023"
    assert page.run(FOCUS) == "H2"
    keys.press("Tab")
    assert page.run("document.activeElement.closest('#panel') !== null")
    keys.press("Escape")
    assert page.run(FOCUS) == "canvas"
    keys.press("t")
    assert page.run(FOCUS) == "table"
    page.page.focus("#table tbody button")
    keys.press("Enter")
    assert page.run(FOCUS) == "canvas"
    assert page.page.is_visible("#panel")
    page.page.focus("#panel .close")
    keys.press("Enter")
    assert page.run(FOCUS) == "canvas"
    keys.press("t")
    keys.press("Escape")
    assert page.run(FOCUS) == "canvas"
    page.page.focus("#query")
    keys.press("Tab")
    assert page.run(FOCUS) == "as-table"


def test_the_drawer_of_a_phone_opens_and_closes_by_keyboard(small: Path, visit: Opener) -> None:
    with visit(small, size=(390, 844)) as visited:
        visited.page.focus("#drawer")
        visited.page.keyboard.press("Enter")
        assert visited.page.is_visible("#rail")
        assert visited.page.get_attribute("#drawer", "aria-expanded") == "true"
        visited.page.keyboard.press("Escape")
        assert visited.page.is_hidden("#rail")
        assert visited.page.get_attribute("#drawer", "aria-expanded") == "false"
        visited.page.click("#drawer")
        visited.page.mouse.click(380, 700)
        assert visited.page.get_attribute("#drawer", "aria-expanded") == "false"


def test_a_map_of_which_all_is_hidden_says_so(page: Visited) -> None:
    for kind in page.run("[...new Set(yaodian.data.nodes.map(n => n.kind))]"):
        page.page.click(f".key[data-key={kind}]")
    assert page.page.inner_text("#empty") == "全部隐藏了：点图例恢复显示。"
    page.page.click("#language")
    assert page.page.inner_text("#empty") == "All is hidden: click the legend to show it again."
    page.page.click(".key[data-key=city]")
    assert page.page.is_hidden("#empty")


def test_paper_is_light_whatever_the_screen_is(small: Path, visit: Opener) -> None:
    with visit(small, f"#dark=1&node={CITY}") as visited:
        ground = "document.querySelector('#printed rect').getAttribute('fill')"
        visited.run("dispatchEvent(new Event('beforeprint'))")
        assert visited.run(ground) == "#f8f9fb"
        visited.run("dispatchEvent(new Event('afterprint'))")
        assert visited.page.get_attribute("html", "data-theme") == "dark"


def test_lines_rest_while_a_large_map_moves(tmp_path: Path, visit: Opener) -> None:
    draft = Draft("甲.txt", "320400", 2023, "2023年工作要点")
    for i in range(180):
        draft.item(f"做第{i}件事", [target(f"{n + 3}所", f"第{i}类{n}") for n in range(2)], ["teachers"])
    maps.write(corpus([draft.plan()]), tmp_path / "map.html")
    inked = """() => { const one = document.querySelector('#canvas canvas');
      const { data } = one.getContext('2d').getImageData(0, 0, one.width, one.height);
      let inked = 0; for (let i = 3; i < data.length; i += 4) inked += data[i] > 0; return inked; }"""
    with visit(tmp_path / "map.html", "#layout=network") as visited:
        assert len(visited.run("yaodian.data.nodes")) > 500
        whole = visited.run(inked)
        visited.page.mouse.move(900, 500)
        visited.page.mouse.down()
        visited.page.mouse.move(930, 510, steps=6)
        visited.page.wait_for_timeout(150)
        moving = visited.run(inked)
        visited.page.mouse.up()
        visited.page.wait_for_timeout(300)
        assert moving < 0.8 * whole
        assert visited.run(inked) > 0.9 * whole


@pytest.fixture(scope="module")
def folded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A map of two plans that are too large to be drawn whole."""
    drafts = []
    for code in ("320400", "330100"):
        draft = Draft(f"{code}.txt", code, 2023, "2023年工作要点")
        for i in range(400):
            done = target(f"{i + 3}所", f"第{i}类", status="planned" if i % 9 else "achieved")
            draft.item(f"做第{i}件事", [done], ["teachers", "safety"][: 1 + i % 2])
        drafts.append(draft.plan())
    path = tmp_path_factory.mktemp("folded") / "map.html"
    maps.write(corpus(drafts), path)
    return path


PLAN, ITEM = "plan/320400-2023", "plan/320400-2023/item/p7"
COUNT = "yaodian.data.nodes.length"


def opened(visited: Visited, node: str) -> None:
    """Wait until a node is open."""
    visited.until("id => yaodian.state.open.has(id)", node)


def test_ten_thousand_nodes_open_and_each_can_be_reached(tmp_path: Path, visit: Opener) -> None:
    drafts = []
    for year in range(2014, 2024):
        draft = Draft(f"{year}.txt", "320400" if year % 2 else "330100", year, "工作要点")
        for i in range(500):
            draft.item(f"第{i}件", [target(f"{i}所", "学校")], ["teachers"])
        drafts.append(draft.plan())
    nodes = maps.draw(corpus(drafts), tmp_path / "map.html")
    last = "plan/320400-2023/item/p500"
    with visit(tmp_path / "map.html", f"#open=plan/320400-2023&node={last}") as visited:
        opened(visited, "plan/320400-2023")
        assert visited.run("yaodian.state.selected") == last
        assert visited.run(COUNT) == nodes + 1000
        assert visited.page.inner_text("#panel h2") == "第499件"
        assert visited.errors == []


def test_a_condensed_map_says_so_and_how_to_see_more(folded: Path, visit: Opener) -> None:
    with visit(folded) as visited:
        assert visited.run(COUNT) <= 1500
        assert "工作条目" in visited.page.inner_text("#condensed")
        visited.run("id => yaodian.select(id)", CITY)
        assert visited.page.inner_text(".command") == "yaodian map --city 320400 --out 320400.html"


def test_what_was_folded_opens_where_it_stands_and_closes_again(folded: Path, visit: Opener) -> None:
    with visit(folded) as visited:
        before, lines = visited.run(COUNT), visited.run("yaodian.data.edges.map(e => [e.from, e.to])")
        visited.run("id => yaodian.select(id)", PLAN)
        assert visited.page.get_attribute(".open-button", "aria-expanded") == "false"
        visited.page.click(".open-button")
        opened(visited, PLAN)
        assert visited.run(COUNT) == before + 800
        assert "800" in visited.page.inner_text("#live")
        assert visited.run("document.activeElement.ariaExpanded") == "true"
        assert [PLAN, "theme/teachers"] not in visited.run("yaodian.data.edges.map(e => [e.from, e.to])")
        heights = visited.run("yaodian.data.nodes.filter(n => n.kind === 'item').map(n => n.y)")
        assert heights == sorted(heights)
        assert 0 <= heights[0] < heights[-1] <= 1000
        visited.run("id => yaodian.select(id)", ITEM)
        assert visited.page.inner_text("#panel blockquote").startswith("7.做第6件事")
        fragment = visited.run("location.hash")
        visited.run("id => yaodian.select(id)", PLAN)
        visited.page.click(".open-button")
        visited.until("!yaodian.state.open.size")
        assert visited.run("yaodian.data.edges.map(e => [e.from, e.to])") == lines
        assert "open" not in visited.run("location.hash")
        assert visited.errors == []
        assert len(visited.requests) == 1
    with visit(folded, fragment) as visited:
        opened(visited, PLAN)
        assert visited.run("yaodian.state.selected") == ITEM


def test_an_address_that_opens_a_node_counts_and_lists_what_is_in_it(folded: Path, visit: Opener) -> None:
    with visit(folded) as visited:
        before = visited.run(COUNT)
        visited.page.click("#as-table")
        visited.run("plan => { location.hash = `open=${plan}&table=shown` }", PLAN)
        opened(visited, PLAN)
        nodes = before + 800
        assert visited.run(COUNT) == nodes
        assert f"{nodes} 个节点" in visited.page.inner_text("#summary")
        assert "工作条目" in visited.page.inner_text("#kinds")
        assert visited.page.locator("#table tbody tr").count() == nodes


def test_nodes_that_are_opened_at_the_same_time_are_all_open(folded: Path, visit: Opener) -> None:
    both = [PLAN, "plan/330100-2023"]
    with visit(folded) as visited:
        visited.run("ids => Promise.all(ids.map(yaodian.toggleOpen))", both)
        assert visited.run("[...yaodian.state.open]") == both
        visited.run("id => Promise.all([id, id].map(yaodian.toggleOpen))", PLAN)
        assert visited.run("[...yaodian.state.open]") == [both[1], PLAN]


def test_the_search_finds_what_is_folded_and_opens_it(folded: Path, visit: Opener) -> None:
    with visit(folded, "#years=2023-2023") as visited:
        visited.page.fill("#query", "zd6js")
        visited.page.wait_for_selector("#hits [role=option] .within:has-text('常州市 2023年工作要点')")
        assert "收在“常州市 2023年工作要点”里" in visited.page.inner_text("#hits li >> nth=0")
        visited.page.fill("#query", "做第6件事")
        visited.page.keyboard.press("Enter")
        visited.until("yaodian.state.selected")
        assert visited.run("yaodian.state.selected") == ITEM
        assert visited.page.inner_text("#panel h2") == "做第6件事"
        assert "2023年工作要点已展开，增加800个节点；已选中" in visited.page.inner_text("#live")
        visited.page.fill("#query", "第8类")
        assert "收在" not in visited.page.inner_text("#hits li >> nth=0")
        visited.page.fill("#query", "学校没有这样的")
        assert visited.page.inner_text("#hits") == "没有找到"
        assert visited.errors == []
        fragment = visited.run("location.hash")
    with visit(folded, fragment) as visited:
        visited.until("id => yaodian.state.selected === id", ITEM)


def test_the_search_says_how_many_more_it_found(folded: Path, visit: Opener) -> None:
    with visit(folded) as visited:
        visited.page.fill("#query", "件事")
        visited.page.wait_for_selector("#hits li.none:has-text('另有 786 个')")


def test_a_phone_says_too_that_something_is_folded(folded: Path, visit: Opener) -> None:
    with visit(folded, size=(390, 844), is_mobile=True) as visited:
        assert "另有 1600 个节点收起" in visited.page.inner_text("#summary")
        assert visited.page.is_visible("#summary")
        assert visited.run("document.documentElement.scrollWidth <= innerWidth")
        visited.run("id => yaodian.toggleOpen(id)", PLAN)
        assert "另有 800 个节点收起" in visited.page.inner_text("#summary")


def test_hostile_words_stay_words_where_they_are_folded(tmp_path: Path, visit: Opener) -> None:
    draft = Draft(f"{HOSTILE}.txt", "320400", 2023, HOSTILE)
    for i in range(800):
        draft.item(f"{HOSTILE}{i}", [target(HOSTILE, HOSTILE)], ["teachers"])
    maps.write(corpus([draft.plan()]), tmp_path / "map.html")
    with visit(tmp_path / "map.html") as visited:
        visited.page.fill("#query", "onerror")
        visited.page.wait_for_selector("#hits .within")
        visited.page.click("#as-table")
        visited.page.click(".folded-note button")
        visited.until("document.querySelectorAll('#table tbody tr').length === 1000")
        visited.page.click("#table tr:has-text('onerror') button >> nth=0")
        visited.run("plan => yaodian.toggleOpen(plan)", PLAN)
        assert visited.run("window.hacked") is None
        assert visited.page.query_selector_all("img, #table a, #panel a, #hits a") == []
        assert len(visited.requests) == 1
        assert visited.errors == []


def test_an_address_finds_what_is_folded(folded: Path, visit: Opener) -> None:
    with visit(folded, f"#node={ITEM}") as visited:
        visited.until("id => yaodian.state.selected === id", ITEM)
        assert visited.run("[...yaodian.state.open]") == [PLAN]


def test_the_table_counts_what_is_folded_and_lists_it_too(folded: Path, visit: Opener) -> None:
    with visit(folded, bypass_csp=True) as visited:
        visited.page.click("#as-table")
        drawn = visited.run(COUNT)
        assert f"列出了画出来的 {drawn} 个节点；另有 1600 个收在" in visited.page.inner_text(".folded-note")
        assert len(rows(visited)) == 1 + drawn
        visited.page.click(".folded-note button")
        visited.until("document.querySelectorAll('#table tbody tr').length === 1000")
        assert visited.run("document.activeElement.textContent") == "只列画出来的"
        assert barriers(visited) == []
        head, *body = rows(visited)
        assert head == ["名称", "类型", "收在", "关系数", "年度", "原文", "位置", "标识"]
        item = next(row for row in body if row[7] == ITEM)
        assert item[:5] == ["做第6件事", "工作条目", "常州市 2023年工作要点", "3", "2023"]
        assert item[6] == "320400.txt 第 9 行第 1 字"
        fragment = visited.run("location.hash")
        visited.page.click("#table tr:has-text('做第6件事') button >> nth=0")
        visited.until("id => yaodian.state.selected === id", ITEM)
        assert visited.page.is_hidden("#table")
        visited.page.keyboard.press("t")
        assert "，没有画出来的也在内" in visited.page.inner_text(".folded-note >> nth=0")
        visited.page.click("button:text('再列出 606 行')")
        assert visited.page.locator("#table tbody tr").count() == drawn + 1600
        assert visited.page.query_selector("button:text('再列出')") is None
    with visit(folded, fragment) as visited:
        visited.until("document.querySelectorAll('#table tbody tr').length === 1000")


def test_a_path_opens_what_it_leads_through(folded: Path, visit: Opener) -> None:
    with visit(folded) as visited:
        visited.run("id => yaodian.select(id)", CITY)
        visited.page.click(".path-button")
        visited.run("id => yaodian.select(id)", OTHER)
        assert visited.page.locator(".path li").count() == 5
        visited.page.click(".unfold")
        visited.until("document.querySelectorAll('.path li').length === 7")
        assert visited.page.query_selector(".unfold") is None
        assert [step.split("\n")[0] for step in visited.page.locator(".path li").all_inner_texts()][2].startswith(
            "做第"
        )


def test_a_hit_outside_the_years_chosen_is_shown(page: Visited) -> None:
    page.page.focus("#year-last_year")
    page.page.keyboard.press("ArrowLeft")
    page.page.fill("#query", "办好学前教育")
    page.page.keyboard.press("Enter")
    assert page.page.inner_text("#panel h2") == "办好学前教育"
    assert page.run("yaodian.state.years") is None
    assert page.run("yaodian.labels().some(label => label.text.startsWith('办好学前'))")


@pytest.mark.parametrize("layout", ["columns", "network", "communities"])
def test_keys_and_two_clicks_open_it_in_every_layout(folded: Path, visit: Opener, layout: str) -> None:
    with visit(folded, f"#layout={layout}&node={PLAN}", bypass_csp=True) as visited:
        visited.page.focus("#canvas")
        visited.page.keyboard.press("e")
        opened(visited, PLAN)
        assert barriers(visited) == []
        visited.page.keyboard.press("e")
        visited.until("!yaodian.state.open.size")
        visited.page.keyboard.press("Escape")
        box, place = visited.page.locator("#canvas").bounding_box(), visited.run("id => yaodian.place(id)", PLAN)
        assert box is not None
        visited.page.mouse.move(box["x"] + place["x"], box["y"] + place["y"])
        visited.page.mouse.down()
        visited.page.mouse.up()
        assert visited.page.is_visible("#panel"), "which leaves less room: the drawing has moved"
        visited.page.mouse.down(click_count=2)
        visited.page.mouse.up(click_count=2)
        opened(visited, PLAN)
        assert visited.run("yaodian.state.selected") == PLAN
        assert visited.errors == []


@pytest.mark.parametrize(
    ("lang", "scheme", "size"),
    [
        ("zh", "light", (1440, 900)),
        ("en", "dark", (1440, 900)),
        ("zh", "dark", (390, 844)),
        ("en", "light", (390, 844)),
    ],
)
def test_nothing_keeps_people_out(small: Path, visit: Opener, lang: str, scheme: str, size: tuple[int, int]) -> None:
    with visit(small, f"#lang={lang}", size, color_scheme=scheme, bypass_csp=True) as visited:
        assert barriers(visited) == []
        visited.run("yaodian.select('theme/teachers')")
        visited.page.keyboard.press("2")
        assert barriers(visited) == []
        visited.page.click("#as-table")
        assert barriers(visited) == []


@pytest.mark.parametrize("view", [name for name in VIEWS if name not in ("plan", "city")])
def test_every_view_opens_alone(tmp_path: Path, visit: Opener, view: str) -> None:
    maps.draw(corpus([*two_plans(), hostile_plan()]), tmp_path / "map.html", view=view)
    with visit(tmp_path / "map.html") as visited:
        for node in visited.run("yaodian.data.nodes.map(n => n.id)"):
            visited.run("id => yaodian.select(id)", node)
        for layout in ("columns", "network", "communities"):
            visited.page.click(f"[data-layout={layout}]")
        assert visited.run("window.hacked") is None
        assert len(visited.requests) == 1
        assert visited.errors == []


@pytest.mark.parametrize("view", ["plan", "city"])
def test_hostile_words_stay_words_in_the_view_of_one(tmp_path: Path, visit: Opener, view: str) -> None:
    maps.draw(corpus([hostile_plan()]), tmp_path / "map.html", view=view)
    with visit(tmp_path / "map.html", "#layout=communities") as visited:
        for node in visited.run("yaodian.data.nodes.map(n => n.id)"):
            visited.run("id => yaodian.select(id)", node)
            visited.page.keyboard.press("p")
        visited.run("dispatchEvent(new Event('beforeprint'))")
        assert saved(visited, "#save").startswith(b"<svg")
        assert visited.run("window.hacked") is None
        assert visited.page.query_selector_all("img, #panel a, #printed a") == []
        assert len(visited.requests) <= 2, "the page, and the picture that was saved"
        assert visited.errors == []
