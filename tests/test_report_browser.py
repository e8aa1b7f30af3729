"""The report in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from page_source import Draft, corpus, hostile_plan, target
from test_report_page import report

from yaodian import reports

if TYPE_CHECKING:
    from browser import Opener, Visited

pytest_plugins = ("browser",)

# The least contrast of any text with what lies behind it (WCAG 2.2, 1.4.3), by relative luminance (1.4.3, note 1).
LEAST_CONTRAST = """() => {
  const channel = value => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const rgb = colour => colour.match(/[\\d.]+/g).map(Number);
  const behind = one => {
    for (; one; one = one.parentElement) {
      const colour = rgb(getComputedStyle(one).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll('body *')].filter(one => [...one.childNodes].some(
    child => child.nodeType === 3 && child.textContent.trim() && one.getClientRects().length));
  return Math.min(...texts.map(one => {
    const [a, b] = [light(rgb(getComputedStyle(one).color)), light(behind(one))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  }));
}"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    report(path)
    return path


@pytest.fixture
def page(file: Path, visit: Opener) -> Iterator[Visited]:
    with visit(file) as visited:
        yield visited


def test_it_opens_alone(page: Visited, file: Path) -> None:
    assert page.requests == [file.resolve().as_uri()]
    assert page.errors == []


def test_a_quote_leads_to_its_place_and_back(page: Visited) -> None:
    page.page.click("#plan-330100-2024-target-1")
    assert page.run("document.querySelector(':target').nextElementSibling.textContent") == "8所"
    assert page.run("document.querySelector(':target').getBoundingClientRect().top < innerHeight")
    page.page.click(":target + a")
    assert page.run("location.hash") == "#plan-330100-2024-target-1"


def test_the_overview_can_be_sorted(page: Visited) -> None:
    first = "document.querySelector('#plans tbody td').textContent"
    assert page.run(first) == "320400"
    page.page.click("#plans th button >> nth=0")
    assert page.run(first) == "320400" or page.page.get_attribute("#plans th", "aria-sort") == "ascending"
    page.page.click("#plans th button >> nth=1")
    page.page.click("#plans th button >> nth=1")
    assert page.run("document.querySelector('#plans tbody td:nth-child(2)').textContent") == "2024"


def test_many_plans_can_be_filtered(tmp_path: Path, visit: Opener) -> None:
    plans = []
    for year in range(2014, 2024):
        draft = Draft(f"{year}.txt", "320400", year, f"{year}年工作要点")
        draft.item("工作", [target("3所", "学校")])
        plans.append(draft.plan())
    reports.write(corpus(plans), tmp_path / "report.html")
    with visit(tmp_path / "report.html") as visited:
        visited.page.fill("#filter", "2019年")
        shown = "[...document.querySelectorAll('#plans tbody tr')].filter(row => !row.hidden).length"
        assert visited.run(shown) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(file: Path, visit: Opener, scheme: str) -> None:
    with visit(file, color_scheme=scheme) as visited:
        assert visited.run(LEAST_CONTRAST) >= 4.5


def test_a_phone_shows_it_without_scrolling_sideways(file: Path, visit: Opener) -> None:
    with visit(file, size=(390, 844), is_mobile=True) as visited:
        assert visited.run("document.documentElement.scrollWidth <= innerWidth")


def test_hostile_words_stay_words(tmp_path: Path, visit: Opener) -> None:
    reports.write(corpus([hostile_plan()]), tmp_path / "report.html")
    with visit(tmp_path / "report.html") as visited:
        assert visited.run("window.hacked") is None
        assert visited.page.query_selector_all("img") == []
        assert len(visited.requests) == 1
        assert visited.errors == []
