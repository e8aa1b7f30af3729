"""The page of findings in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_report_browser import LEAST_CONTRAST

from yaodian.checking import check
from yaodian.checking.formats import Checked, write
from yaodian.extraction import extract
from yaodian.reading import read, read_bytes

if TYPE_CHECKING:
    from browser import Opener, Visited

pytest_plugins = ("browser",)

OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('.note')].filter(one => !one.hidden).map(one => one.getBoundingClientRect());
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return boxes.filter((a, n) => boxes.slice(n + 1).some(b => meet(a, b))).length;
}"""
OVER_WORDS = """() => {
  const notes = [...document.querySelectorAll('.note')].filter(one => !one.hidden).map(one => one.getBoundingClientRect());
  const words = [...document.querySelectorAll('.words')].map(one => one.getBoundingClientRect());
  return notes.filter(a => words.some(b => a.left < b.right && b.left < a.right && a.top < b.bottom - 1 && b.top < a.bottom - 1)).length;
}"""
SHOWN = "[...document.querySelectorAll('.note')].filter(one => !one.hidden).length"
ACTIVE = "document.querySelector('.note.active')?.id"


@pytest.fixture(scope="module")
def drafts(examples_dir: Path) -> list[Checked]:
    names = ("lanjiang-2023-draft.txt", "yuanning-2022-2023.txt")
    plans = [extract(read(examples_dir / name)) for name in names]
    return [Checked(plan, check(plan)) for plan in plans]


@pytest.fixture(scope="module")
def file(drafts: list[Checked], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "review.html"
    path.write_bytes(write("html", drafts, "zh"))
    return path


@pytest.fixture
def page(file: Path, visit: Opener) -> Iterator[Visited]:
    with visit(file) as visited:
        yield visited
        assert visited.errors == []


def total(drafts: list[Checked]) -> int:
    return sum(len(one.findings) for one in drafts)


def test_it_opens_alone_with_all_findings(page: Visited, file: Path, drafts: list[Checked]) -> None:
    assert page.requests == [file.resolve().as_uri()]
    assert page.run(SHOWN) == total(drafts)
    assert page.run("document.querySelectorAll('.contents li').length") == len(drafts)


def test_every_note_stands_at_its_words(page: Visited, drafts: list[Checked]) -> None:
    for number, one in enumerate(drafts, 1):
        for note, finding in enumerate(one.findings, 1):
            marked = page.run(
                "name => [...document.querySelectorAll('.mark')].filter(one => one.dataset.notes.split(' ').includes(name))"
                ".map(one => one.textContent).join('')",
                f"draft{number}-{note}",
            )
            assert marked == finding.quote.replace("\n", "")


def test_the_text_is_all_there(page: Visited, drafts: list[Checked]) -> None:
    shown = page.run(
        "[...document.querySelectorAll('#draft1 .words')].map(one => { const copy = one.cloneNode(true);"
        "copy.querySelectorAll('.line, .number').forEach(other => other.remove()); return copy.textContent.trim(); })"
    )
    assert shown == [line.strip() for line in drafts[0].document.text.splitlines() if line.strip()]


def test_severities_and_families_can_be_left_out(page: Visited, drafts: list[Checked]) -> None:
    findings = [finding for one in drafts for finding in one.findings]
    page.page.click("[data-severity=info].chip")
    assert page.run(SHOWN) == sum(finding.severity.word != "info" for finding in findings)
    page.page.click("[data-family=text].chip")
    left = sum(finding.severity.word != "info" and finding.rule.family != "text" for finding in findings)
    assert page.run(SHOWN) == left
    assert page.page.get_attribute("[data-family=text].chip", "aria-pressed") == "false"
    assert str(left) in (page.page.text_content("#shown") or "")
    assert page.run("[...document.querySelectorAll('.mark')].filter(one => !one.matches('.off')).length") <= left + 40
    assert page.run(OVERLAPS) == 0
    page.page.click("[data-severity=info].chip")
    page.page.click("[data-family=text].chip")
    assert page.run(SHOWN) == len(findings)


@pytest.mark.parametrize(("forward", "back"), [("j", "k"), ("n", "p"), ("ArrowRight", "ArrowLeft")])
def test_keys_lead_from_finding_to_finding(page: Visited, forward: str, back: str) -> None:
    for expected in ("draft1-1", "draft1-2", "draft1-3"):
        page.page.keyboard.press(forward)
        assert page.run(ACTIVE) == expected
        assert page.run("document.activeElement.id") == expected
    page.page.keyboard.press(back)
    assert page.run(ACTIVE) == "draft1-2"
    page.page.keyboard.press("ArrowDown")
    assert page.run(ACTIVE) == "draft1-3"
    page.page.keyboard.press("Enter")
    assert page.run("document.querySelector('.note.active details').open")
    page.page.keyboard.press("Escape")
    assert page.run(ACTIVE) is None


def test_words_lead_to_their_note_and_back(page: Visited) -> None:
    page.page.click(".mark[data-notes='draft1-4']")
    assert page.run(ACTIVE) == "draft1-4"
    page.page.click("#draft1-7 .said")
    assert page.run(ACTIVE) == "draft1-7"
    assert page.run("document.querySelector('.mark.active').getBoundingClientRect().top > 0")
    assert page.run("document.querySelector('.mark.active').getBoundingClientRect().bottom < innerHeight")


def test_notes_never_overlap_whichever_is_chosen(page: Visited) -> None:
    assert page.run(OVERLAPS) == 0
    assert page.run(OVER_WORDS) == 0
    for _ in range(12):
        page.page.keyboard.press("j")
        page.page.keyboard.press("Enter")
        assert page.run(OVERLAPS) == 0
        assert page.run(OVER_WORDS) == 0


@pytest.mark.parametrize("size", [(1440, 900), (1000, 700), (760, 900), (390, 844)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_every_screen(file: Path, visit: Opener, size: tuple[int, int], scheme: str) -> None:
    with visit(file, size=size, color_scheme=scheme) as visited:
        assert visited.run("document.documentElement.scrollWidth <= innerWidth")
        assert visited.run(OVERLAPS) == 0
        assert visited.run(OVER_WORDS) == 0
        assert visited.run(LEAST_CONTRAST) >= 4.5


def test_on_paper_the_notes_are_numbered_below_their_line(page: Visited, drafts: list[Checked]) -> None:
    page.page.emulate_media(media="print")
    assert page.run("getComputedStyle(document.querySelector('.note')).position") == "static"
    assert page.run("getComputedStyle(document.querySelector('#bar')).display") == "none"
    assert page.run("document.querySelectorAll('.number:not([hidden])').length") >= total(drafts)
    assert page.run(OVERLAPS) == 0


def test_without_its_script_everything_is_there(file: Path, visit: Opener, drafts: list[Checked]) -> None:
    with visit(file, java_script_enabled=False) as visited:
        assert visited.page.locator(".note:visible").count() == total(drafts)
        assert visited.page.locator("#bar:visible").count() == 0


def test_hostile_words_stay_words(tmp_path: Path, visit: Opener) -> None:
    text = (
        "云岭市教育局2024年工作要点</title><script>window.hacked=1</script>\n一、扩大资源\n"
        '1.增加学位<img src=x onerror=hacked=1>。XX市新建学校3所，按照“十四五" onclick="hacked=1规划。\n'
    )
    plan = extract(read_bytes(text.encode(), "a.txt", "<svg onload=hacked=1>.txt"))
    (tmp_path / "a.html").write_bytes(write("html", [Checked(plan, check(plan))], "en"))
    with visit(tmp_path / "a.html") as visited:
        assert visited.run("window.hacked") is None
        assert visited.page.query_selector_all("main img, main svg") == []
        assert (len(visited.requests), visited.errors) == (1, [])
        assert visited.page.get_attribute("html", "lang") == "en"
