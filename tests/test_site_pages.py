"""The site's folder: a page at the path of each IRI, links that lead somewhere, only what has changed written."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_source import HOSTILE, Draft, MemoryCorpus, corpus, hostile_plan, policy, target, two_plans
from site_links import dead_links
from test_report_page import finding

from yaodian.cli import run
from yaodian.corpus import build, open_corpus
from yaodian.corpus.manifest import Failure
from yaodian.errors import YaodianError
from yaodian.model import Plan
from yaodian.rdf import plan_iri
from yaodian.rdf.iris import place_iri, policy_iri, segment, theme_iri
from yaodian.site import write
from yaodian.site.addresses import file_name, page_of


def source() -> MemoryCorpus:
    """The corpus of two plans, one finding each, and a source that failed."""
    plans = two_plans()
    failed = [Failure("坏/文件.pdf", None, "this format is <not> read")]
    return corpus(plans, *map(finding, plans), failed=failed, rows={"findings": {"warning": 1}})


def words(path: Path) -> str:
    """The words of a page, without what stands in tags."""
    text = path.read_text("utf-8").partition("<main")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages") / "site"
    write(source(), folder)
    return folder


def test_no_link_is_dead(site: Path) -> None:
    assert list(dead_links(site)) == []


def test_every_language_has_every_page(site: Path) -> None:
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert {page for page in pages if page.startswith("en/")} == {f"en/{p}" for p in pages if not p.startswith("en/")}


def test_each_thing_has_its_page_at_the_path_of_its_iri(site: Path) -> None:
    plan = two_plans()[0]
    iris = [plan_iri(plan), place_iri("320400"), theme_iri("facilities"), policy_iri("学前教育提升计划")]
    for iri in iris:
        path = site / f"{iri.removeprefix('https://w3id.org/yaodian/id/')}.html"
        assert path.is_file()
        assert path == site / str(page_of(iri))
    listed = csv.DictReader(io.StringIO((site / "data/pages.csv").read_text("utf-8-sig")))
    pages = {row["iri"]: row["page"] for row in listed}
    assert set(iris) <= pages.keys()
    assert all((site / page).is_file() for page in pages.values())


def test_what_hangs_below_a_plan_is_in_its_page() -> None:
    assert page_of("https://w3id.org/yaodian/id/plan/320400-2023/item/p4/target/2") == "plan/320400-2023.html"
    assert page_of("https://w3id.org/yaodian/id/plan/320400-2023/text#char=1,2") == "plan/320400-2023.html"
    assert page_of("https://example.org/x") is None
    assert page_of("") is None


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_file_name_is_safe_and_one_things(one: str, other: str) -> None:
    names = [file_name(segment(text)) for text in (one, other)]
    assert all(re.fullmatch(r"[\w~-][\w.~-]{0,59}", name) and name.lower() == name for name in names)
    assert (names[0] == names[1]) == (segment(one) == segment(other))


@pytest.mark.parametrize("name", ["index", "con", "nul.2023", "a%2Fb", "长" * 61, "ABC", ".hidden"])
def test_a_name_that_some_system_would_not_take_is_replaced(name: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", file_name(name))


def test_pages_tell_what_was_found(site: Path) -> None:
    assert "坏/文件.pdf this format is &lt;not&gt; read" in words(site / "index.html")
    assert "2023 目标 新增学位 3,000 所 3000个 增加学位供给" in words(site / "theme/facilities.html")
    assert "2024 修订 学前教育提升计划 办好学前教育" in words(site / f"{page_of(policy_iri('学前教育提升计划'))}")
    assert "2023年教育工作要点 题名可疑" in words(site / "rule/yd-z99.html")
    assert "the title is odd" in words(site / "en/rule/yd-z99.html")


def test_a_rules_page_has_no_field_of_its_templates(tmp_path: Path) -> None:
    plan = two_plans()[0]
    write(corpus([plan], finding(plan).replace("YD-Z99", "YD-X06")), tmp_path / "site")
    for page in ("rule/yd-x06.html", "en/rule/yd-x06.html"):
        said = words(tmp_path / "site" / page)
        assert "…" in said
        assert "{" not in said


def test_a_plans_page_leads_to_its_themes_policies_city_and_rules(site: Path) -> None:
    page = (site / "plan/320400-2023.html").read_text("utf-8")
    for link in ("../theme/facilities.html", "../place/320400.html", "../rule/yd-z99.html"):
        assert f'href="{link}"' in page
    assert re.search(r'href="\.\./policy/[^"]+\.html">教师轮岗办法<', page)


def plans_of_two_years() -> list[Plan]:
    """A city's plans of two years, with one target of the same matter each."""
    plans = []
    for year, value in ((2023, "12"), (2024, "15")):
        draft = Draft(f"{year}.txt", "320400", year, f"{year}年教育工作要点")
        draft.item("建学校", [replace(target(f"{value}所", "新建学校", value), concept="i-schools")], ["facilities"])
        plans.append(draft.plan())
    return plans


def two_years() -> MemoryCorpus:
    """The corpus of those plans."""
    return corpus(plans_of_two_years())


def every_kind() -> MemoryCorpus:
    """A corpus with something for a page of each kind."""
    plans = [*plans_of_two_years(), two_plans()[1]]
    return corpus(plans, *map(finding, plans), rows={"findings": {"warning": 1}})


def test_what_is_planned_for_several_years_is_drawn(tmp_path: Path) -> None:
    write(two_years(), tmp_path / "site")
    (page,) = (p for p in (tmp_path / "site/indicator").glob("i-*.html"))
    told = re.findall(r'<svg role="img" aria-label="([^"]+)"', page.read_text("utf-8"))
    assert told == ["常州市 新建学校（所）：2023年计划12，2024年计划15"]
    assert "2023 planned 12, 2024 planned 15" in (tmp_path / "site/en/place/320400.html").read_text("utf-8")


def test_the_same_corpus_gives_the_same_bytes_and_writes_nothing(site: Path, tmp_path: Path) -> None:
    write(source(), tmp_path / "again")
    files = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    again = tmp_path / "again"
    assert {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()} == files
    changes = write(source(), again)
    assert (changes.written, changes.removed) == (0, 0)


def test_only_what_has_changed_is_written_and_what_is_gone_removed(examples_dir: Path, tmp_path: Path) -> None:
    plans, folder, site = tmp_path / "plans", tmp_path / "corpus", tmp_path / "site"
    plans.mkdir()
    for name in ("yunchuan-2023.txt", "yuanning-2022-2023.txt"):
        shutil.copy(examples_dir / name, plans)
    build([plans], folder)
    write(open_corpus(folder), site, languages=("zh",))
    (kept,) = site.glob("plan/云川市-2023.html")
    (site / "mine.txt").write_text("mine", "utf-8")
    kept.write_text(kept.read_text("utf-8") + "<!-- changed -->", "utf-8")
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*.html")}
    (plans / "yuanning-2022-2023.txt").unlink()
    build([plans], folder)
    changes = write(open_corpus(folder), site, languages=("zh",))
    after = {path: path.stat().st_mtime_ns for path in site.rglob("*.html")}
    assert not list(site.glob("plan/沅宁市*"))
    assert not (site / "place/沅宁市.html").exists()
    assert changes.removed >= 3
    assert "changed" not in kept.read_text("utf-8")
    unchanged = [path for path in after if after[path] == before[path]]
    assert site / "theme/index.html" not in unchanged
    assert any(path.parent.name == "indicator" for path in unchanged)
    assert site / "index.html" not in unchanged
    assert (site / "mine.txt").read_text("utf-8") == "mine"
    assert list(dead_links(site)) == []
    graph = (site / "data/plan/云川市-2023.nq").read_bytes()
    assert graph == (folder / "plans/云川市-2023.nq").read_bytes()


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.html").write_text("mine", "utf-8")
    with pytest.raises(YaodianError, match=r"holds other things \(mine.html\)"):
        write(source(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.html"]


def test_hostile_words_are_words_on_every_page(tmp_path: Path) -> None:
    plan = hostile_plan()
    site = tmp_path / "site"
    write(corpus([plan], finding(plan), failed=[Failure(HOSTILE, None, HOSTILE)]), site)
    assert list(dead_links(site)) == []
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "<img" not in text
        assert text.count("<script") == text.count("</script>") == 1
        assert 'href="javascript' not in text
    told = csv.reader(io.StringIO((site / "data/quantities.csv").read_text("utf-8-sig"), newline=""))
    assert any(HOSTILE in row for row in told)


def test_an_empty_corpus_has_a_site(tmp_path: Path) -> None:
    write(corpus([]), tmp_path / "site")
    assert list(dead_links(tmp_path / "site")) == []


def test_the_commands(examples_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, site = tmp_path / "corpus", tmp_path / "site"
    assert (
        run(["build", str(examples_dir / "yunchuan-2024.txt"), "--out", str(folder), "--no-pages", "--site", str(site)])
        == 0
    )
    assert (site / "en/index.html").is_file()
    assert run(["site", "-d", str(folder), "--out", str(site)]) == 0
    assert "0 written" in capsys.readouterr().out
    assert run(["site", "-d", str(folder), "--out", str(folder / "plans")]) == 2
    assert run(["site", "-d", str(tmp_path / "none"), "--out", str(site)]) == 2


THEMES = ("facilities", "teachers", "preschool", "safety", "sports")


class Counted:
    """A corpus of two plans that counts what it is asked."""

    def __init__(self, items: int) -> None:
        drafts = []
        for code in ("320400", "330100"):
            draft = Draft(f"{code}.txt", code, 2023, "2023年教育工作要点")
            for n in range(items):
                goal = replace(target(f"{n + 3}所", f"第{n}类学校", f"{n + 3}"), concept=f"i-schools-{n}")
                draft.item(f"建第{n}类学校", [goal, "落实《", policy(f"第{n}号办法"), "》。"], [THEMES[n]])
            drafts.append(draft.plan())
        whole = corpus(drafts, *map(finding, drafts))
        self.manifest, self.nquads, self._whole, self.asked = whole.manifest, whole.nquads, whole, 0

    def select(self, question: str) -> Iterator[Mapping[str, object]]:
        """The corpus' answer."""
        self.asked += 1
        return self._whole.select(question)


def test_a_corpus_is_asked_by_plans_and_not_by_what_they_name(tmp_path: Path) -> None:
    few, many = Counted(1), Counted(5)
    for name, counted in (("few", few), ("many", many)):
        write(counted, tmp_path / name)
    assert few.asked == many.asked > 0


def test_a_theme_lists_what_its_items_state_and_nothing_else_of_their_plans(tmp_path: Path) -> None:
    draft = Draft("甲.txt", "320400", 2023, "2023年教育工作要点")
    draft.add(target("80名", "培养名师", "80"))
    draft.item("建学校", [target("12所", "新建学校", "12")], ["facilities"])
    draft.item("稳队伍", [target("30名", "招聘教师", "30")], ["teachers"])
    write(corpus([draft.plan()]), tmp_path / "site")
    page = words(tmp_path / "site/theme/facilities.html")
    assert "12所" in page
    assert "80名" not in page
    assert "30名" not in page
    assert "80名" in words(tmp_path / "site/quantities/index.html")
