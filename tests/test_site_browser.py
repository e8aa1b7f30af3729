"""The site in a real browser, opened from disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from accessibility import barriers
from page_source import Draft, corpus, hostile_plan, policy, target, two_plans
from test_report_browser import LEAST_CONTRAST
from test_report_page import finding
from test_site_pages import every_kind, source, two_years

from yaodian.site import write

if TYPE_CHECKING:
    from browser import Opener

pytest_plugins = ("browser",)

KINDS = ("index.html", "plan/320400-2023.html", "place/320400.html", "theme/facilities.html", "en/index.html")
OF_EVERY_KIND = (
    *("index.html", "plan/320400-2023.html", "place/320400.html", "theme/facilities.html", "policy/[!i]*.html"),
    *("indicator/i-*.html", "rule/index.html", "rule/yd-z99.html"),
)
LISTS = tuple(f"{kind}/index.html" for kind in ("place", "theme", "policy", "quantities", "rule", "data"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser") / "site"
    write(source(), folder)
    return folder


@pytest.fixture(scope="module")
def full_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kinds") / "site"
    write(every_kind(), folder)
    return folder


@pytest.mark.parametrize("page", KINDS)
def test_it_opens_from_disk_and_asks_for_nothing_else(site: Path, visit: Opener, page: str) -> None:
    with visit(site / page) as visited:
        own = site.resolve().as_uri()
        asked = {url.removeprefix(own) for url in visited.requests}
        assert asked == {f"/{page}", "/assets/site.css", "/assets/site.js"}
        assert visited.errors == []
        assert visited.run("getComputedStyle(document.querySelector('header nav')).display") == "flex"


def test_a_row_leads_to_its_words_and_the_words_back_to_what_is_known(site: Path, visit: Opener) -> None:
    with visit(site / "theme/facilities.html") as visited:
        visited.page.click("table.statements a:text('3000个')")
        visited.page.wait_for_load_state()
        assert visited.run("location.pathname").endswith("/plan/320400-2023.html")
        assert visited.run("document.querySelector(':target').nextElementSibling.textContent") == "3000个"
        visited.page.click(":target + a")
        assert visited.run("location.hash") == "#plan-320400-2023-target-2"
        visited.page.click("article .outline .theme a >> nth=0")
        visited.page.wait_for_load_state()
        assert visited.run("location.pathname").endswith("/theme/facilities.html")


def test_a_table_is_sorted_by_keyboard(site: Path, visit: Opener) -> None:
    values = "[...document.querySelectorAll('table.statements td[data-value]')].map(cell => cell.dataset.value)"
    with visit(site / "quantities/index.html") as visited:
        visited.page.focus("table.statements th.number >> nth=1 >> button")
        visited.page.keyboard.press("Enter")
        rising = visited.run(values)
        assert [float(value) for value in rising] == sorted(float(value) for value in rising)
        assert visited.page.get_attribute("table.statements th.number >> nth=1", "aria-sort") == "ascending"
        visited.page.keyboard.press("Space")
        assert visited.run(values) == rising[::-1]


def test_the_first_stop_of_the_keyboard_leads_past_the_head(site: Path, visit: Opener) -> None:
    with visit(site / "index.html") as visited:
        visited.page.keyboard.press("Tab")
        assert visited.run("document.activeElement.getBoundingClientRect().left >= 0")
        visited.page.keyboard.press("Enter")
        assert visited.run("location.hash") == "#content"


def test_the_other_language_is_the_same_page(site: Path, visit: Opener) -> None:
    with visit(site / "theme/facilities.html") as visited:
        visited.page.click("header .other")
        visited.page.wait_for_load_state()
        assert visited.run("location.pathname").endswith("/en/theme/facilities.html")
        assert visited.run("document.documentElement.lang") == "en"
        visited.page.click("header .other")
        visited.page.wait_for_load_state()
        assert visited.run("location.pathname").endswith("/site/theme/facilities.html")


@pytest.mark.parametrize("page", [*KINDS, *LISTS])
def test_a_phone_shows_it_without_scrolling_sideways(site: Path, visit: Opener, page: str) -> None:
    with visit(site / page, size=(390, 844), is_mobile=True) as visited:
        assert visited.run("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", ["index.html", "plan/320400-2023.html", "theme/facilities.html"])
def test_text_stands_out_from_its_ground(site: Path, visit: Opener, page: str, scheme: str) -> None:
    with visit(site / page, color_scheme=scheme) as visited:
        assert visited.run(LEAST_CONTRAST) >= 4.5


@pytest.mark.parametrize(("folder", "scheme"), [(".", "light"), ("en", "dark")])
@pytest.mark.parametrize("page", OF_EVERY_KIND)
def test_nothing_keeps_people_out(full_site: Path, visit: Opener, page: str, folder: str, scheme: str) -> None:
    path = min((full_site / folder).glob(page))
    with visit(path, color_scheme=scheme, bypass_csp=True) as visited:
        assert barriers(visited) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_shade_of_the_heat_map_can_be_read(site: Path, visit: Opener, scheme: str) -> None:
    with visit(site / "index.html", color_scheme=scheme) as visited:
        shades = "[...document.querySelectorAll('.heat tbody td')].forEach((one, n) => one.className = `h${n % 6}`)"
        visited.run(shades)
        assert (
            visited.run("new Set([...document.querySelectorAll('.heat tbody td')].map(td => td.className)).size") == 6
        )
        assert visited.run(LEAST_CONTRAST) >= 4.5


def test_plots_have_names(visit: Opener, tmp_path: Path) -> None:
    write(two_years(), tmp_path / "site")
    for page in ("index.html", "place/320400.html", "indicator/i-schools.html"):
        with visit(tmp_path / "site" / page) as visited:
            assert visited.run(
                "[...document.querySelectorAll('svg')].every(svg => svg.closest('[aria-hidden]') || svg.ariaLabel)"
            )


def test_long_titles_leave_room_for_the_rest(tmp_path: Path, visit: Opener) -> None:
    long = Draft("长.txt", None, 2023, "关于进一步深化新时代基础教育综合改革的若干重点任务" * 12)
    long.item("做事" * 150, [target("12所", "新建学校" * 70), policy("实施意见" * 70)], ["teachers"])
    unnamed = Draft("无题.txt", None, None, "")
    unnamed.item("做事", [target("13所", "新建学校")], ["preschool"])
    site = tmp_path / "site"
    write(corpus([long.plan(), unnamed.plan(), *two_plans()]), site, languages=("zh",))
    for path in sorted(site.rglob("*.html")):
        with visit(path, size=(390, 844), is_mobile=True) as visited:
            assert visited.run("document.documentElement.scrollWidth <= innerWidth"), path
    with visit(site / "index.html", size=(390, 844), is_mobile=True) as visited:
        heads = "[...document.querySelectorAll('.heat tbody th')].map(one => one.offsetWidth)"
        assert max(visited.run(heads)) < 160
        assert "无题.txt" in visited.page.inner_text(".heat")


def test_hostile_words_do_nothing_on_any_page(tmp_path: Path, visit: Opener) -> None:
    plan = hostile_plan()
    site = tmp_path / "site"
    write(corpus([plan], finding(plan)), site, languages=("zh",))
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 10
    for path in pages:
        with visit(path) as visited:
            assert visited.run("window.hacked") is None
            assert visited.page.query_selector_all("img") == []
            assert visited.errors == []
            assert len(visited.requests) == 3
            visited.page.set_viewport_size({"width": 390, "height": 844})
            assert visited.run("document.documentElement.scrollWidth <= innerWidth"), path
