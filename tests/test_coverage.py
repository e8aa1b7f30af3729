"""What a plan leaves out: against the national framework, and against comparable plans of a corpus."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import yaodian
from yaodian.checking import EngineName, Finding, check
from yaodian.checking.requirements import requirements
from yaodian.cli.check import command
from yaodian.corpus import build
from yaodian.corpus.peers import Comparison
from yaodian.errors import CorpusError
from yaodian.extraction.themes import scheme
from yaodian.model import Plan
from yaodian.ontology import resource
from yaodian.rdf import names, theme_iri
from yaodian.reading import read_bytes

ITEMS = {
    "compulsory": "推进义务教育优质均衡发展。落实义务教育免试就近入学，推进集团化办学。",
    "preschool": "扩大学前教育资源。新建公办幼儿园3所，提高普惠性幼儿园覆盖率。",
    "vocational": "发展职业教育。改善职业学校办学条件，深化产教融合、校企合作。",
    "mental_health": "关爱学生心理健康。开展心理健康教育，配齐心理健康教师。",
    "safety": "守牢校园安全底线。开展校园安全检查，整治校园安全隐患。",
}
CITIES = ("常州", "绍兴", "泉州", "宜昌", "洛阳", "德州", "柳州")
ALL = tuple(ITEMS)


def text(city: str, year: int, themes: Iterable[str] = ALL) -> str:
    """A plan of a city with an item on each of the themes."""
    items = "".join(f"{number}.{ITEMS[theme]}\n" for number, theme in enumerate(themes, 1))
    return f"{city}市教育局{year}年工作要点\n发布时间：{year}-02-18\n一、主要任务\n{items}"


def plan(text: str) -> Plan:
    return yaodian.extract(read_bytes(text.encode(), "稿.txt"))


def corpus(folder: Path, texts: Iterable[str]) -> Path:
    """A corpus of these texts."""
    (folder / "in").mkdir()
    for number, one in enumerate(texts):
        (folder / "in" / f"{number}.txt").write_text(one, "utf-8")
    build(folder / "in", folder / "out")
    return folder / "out"


def gaps(draft: Plan, compared: Comparison, engine: EngineName = "auto") -> list[Finding]:
    return [f for f in check(draft, engine=engine, peers=compared.peers(draft)) if f.code == "YD-C06"]


DRAFT = text("扬州", 2024, ("compulsory", "preschool", "vocational"))


@pytest.fixture(scope="module")
def peers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six cities' plans of the draft's year, all of which cover safety and five of which mental health; and others."""
    without = tuple(theme for theme in ALL if theme != "mental_health")
    year = [text(city, 2024) for city in CITIES[:5]] + [text(CITIES[5], 2024, without)]
    others = [text(city, 2021, ("compulsory",)) for city in CITIES]
    return corpus(tmp_path_factory.mktemp("peers"), [*year, *others, DRAFT, text("扬州", 2024, ("compulsory",))])


@pytest.mark.parametrize("engine", ["shacl", "pyshacl"])
def test_what_most_comparable_plans_cover_is_found_missing(peers: Path, engine: EngineName) -> None:
    safety, mental = sorted(gaps(plan(DRAFT), Comparison.of(peers), engine), key=lambda f: f.fields["coveredBy"] < "6")
    assert (safety.fields["coveredBy"], safety.fields["outOf"], safety.absent) == ("6", "6", "safety")
    assert (mental.fields["coveredBy"], mental.fields["outOf"], mental.absent) == ("5", "6", "mental_health")
    assert safety.message("zh").startswith(
        f"没有关于{scheme()['safety'].zh}的条目；可比的6份中有6份涉及（市级计划，2024年）"
    )
    assert f"no item is about {scheme()['safety'].en}; 6 of 6 comparable plans" in safety.message("en")
    assert "如常州市 2024、" in safety.message("zh")
    assert safety.quote == "扬州市教育局2024年工作要点"
    assert safety.fingerprint != mental.fingerprint


def test_a_draft_that_covers_it_all_lacks_nothing(peers: Path) -> None:
    assert gaps(plan(text("扬州", 2024)), Comparison.of(peers)) == []


def test_neither_the_draft_itself_nor_another_version_of_it_is_compared_with(peers: Path) -> None:
    assert Comparison.of(peers).peers(plan(DRAFT)).plans == 6


def test_a_theme_of_fewer_than_four_in_five_is_not_missed(tmp_path: Path) -> None:
    some = [text(city, 2024, ALL if number < 4 else ("compulsory",)) for number, city in enumerate(CITIES[:6])]
    assert gaps(plan(DRAFT), Comparison.of(corpus(tmp_path, some))) == []


def test_the_years_are_widened_until_there_are_enough(tmp_path: Path) -> None:
    years = (2024, 2024, 2023, 2025, 2022, 2022, 2020)
    found = Comparison.of(corpus(tmp_path, map(text, CITIES, years))).peers(plan(DRAFT))
    assert (found.plans, found.said["zh"]) == (6, "市级计划，2022—2025年")


def test_of_a_place_only_the_nearest_year_counts(tmp_path: Path) -> None:
    both = [text(city, year) for city in CITIES[:3] for year in (2023, 2024)]
    found = Comparison.of(corpus(tmp_path, both)).peers(plan(DRAFT))
    assert (found.plans, found.too_few, found.covered) == (3, True, ())


def test_plans_of_other_levels_are_not_comparable(peers: Path) -> None:
    county = plan(DRAFT.replace("扬州市", "江苏省扬州市宝应县"))
    assert Comparison.of(peers).peers(county).plans == 0


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    (tmp_path / "稿.txt").write_text(DRAFT, "utf-8")
    return tmp_path / "稿.txt"


def test_the_command_compares_with_a_corpus(peers: Path, draft: Path) -> None:
    told = run(draft, "-d", peers, "--format", "json", "--fail-on", "info")
    codes = [finding["code"] for finding in json.loads(told.stdout)["findings"]]
    assert codes.count("YD-C06") == 2 and told.exit_code == 1
    assert "YD-C06" not in run(draft).stdout


@pytest.mark.parametrize(("language", "words"), [("zh", "可比的只有0份"), ("en", "only 0 to compare it with")])
def test_too_few_plans_are_told_of(peers: Path, draft: Path, language: str, words: str) -> None:
    draft.write_text(DRAFT.replace("2024", "2010"), "utf-8")
    told = run(draft, "-d", peers, "--lang", language)
    assert words in told.stderr and told.exit_code == 0


def test_a_folder_without_a_corpus_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such folder"):
        Comparison.of(tmp_path / "none")


def test_a_corpus_with_other_themes_cannot_be_compared_with(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text(DRAFT, "utf-8")
    own = tmp_path / "themes.ttl"
    own.write_bytes(resource("themes.ttl").read_bytes())
    build(tmp_path / "in.txt", tmp_path / "out", themes=own)
    with pytest.raises(CorpusError, match="theme scheme of its own"):
        Comparison.of(tmp_path / "out")


def test_a_manifest_that_does_not_tell_the_themes_is_out_of_date(tmp_path: Path) -> None:
    out = corpus(tmp_path, [DRAFT])
    content = json.loads((out / "manifest.json").read_text("utf-8"))
    for row in content["plans"]:
        del row["subjects"]
    (out / "manifest.json").write_text(json.dumps(content), "utf-8")
    with pytest.raises(CorpusError, match="build it again"):
        Comparison.of(out)


def test_required_themes_are_themes_and_cite_a_document() -> None:
    said = requirements()
    themes = [term for _, predicate, term in said if predicate == names.SUBJECT]
    assert themes and set(themes) <= {theme_iri(code) for code in scheme()}
    assert {s for s, _, _ in said} == {s for s, p, _ in said if p == f"{names.DCTERMS}source"}


def test_only_a_plan_of_all_the_work_has_to_cover_all_themes(root_dir: Path) -> None:
    text = (root_dir / "examples" / "lanjiang-2023-draft.txt").read_text("utf-8")

    def codes(text: str) -> set[str]:
        return {finding.code for finding in check(yaodian.extract(read_bytes(text.encode(), "稿.txt")))}

    assert "工作要点" in text.split("\n", 1)[0]
    assert "YD-C04" in codes(text)
    assert "YD-C04" not in codes(text.replace("工作要点", "工作任务清单", 1))
