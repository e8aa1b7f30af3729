"""Derivations: every thing found says which rule and which words made it, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path

import pytest
import sample
from wcwidth import wcswidth

from yaodian.cli.derivations import explained
from yaodian.derivation import KINDS, Derivation, Language, derivations
from yaodian.extraction import extract
from yaodian.model import LeftAside, Plan
from yaodian.ontology import lexicon
from yaodian.reading import read, read_bytes

ROOT = Path(__file__).resolve().parents[1]
TEXTS = sorted((ROOT / "tests" / "gold").glob("*.txt")) + sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
LANGUAGES: tuple[Language, ...] = ("zh", "en")

TEXT = """柳湾市教育局2024年工作要点
一、重点任务
1.增加学位供给。力争新增学位2.5万个以上，年底前公办园占比由70%提高到85%。建成研修平台。
2.规范办学行为。落实《教育督导条例》，制定校园安全管理办法和《柳湾市十条禁令》。赴杭州、宁波学习。（牵头单位：市教育局）
3.做好其他工作。市财政局（牵头）。由人事科牵头，办公室配合。完善1+X制度，开展第三期活动。
"""


@cache
def plan(text: str = TEXT) -> Plan:
    return extract(read_bytes(text.encode(), "plan.txt"))


def told(kind: str, text: str = TEXT, language: Language = "en") -> list[Derivation]:
    return [each for each in derivations(plan(text), language) if each.kind == kind]


def at(words: str) -> str:
    """Words with their place, as they are told."""
    return f"“{words}” ({plan().document.place(TEXT.index(words))})"


def reasons(derivation: Derivation) -> dict[str, str]:
    return dict(derivation.reasons)


def rules_of(text: Path) -> Iterator[tuple[str, str]]:
    found = extract(read(text))
    for things in (
        found.targets,
        found.deliverables,
        found.policies,
        found.places,
        found.institutions,
        found.responsible,
    ):
        yield from (("rules", thing.rule) for thing in things)
    yield from (("reasons", number.reason) for number in found.left_aside)


def test_both_languages_have_the_same_words() -> None:
    one, other = (lexicon("derivations")[language] for language in LANGUAGES)
    assert list(one) == list(other)
    assert [list(words) for words in one.values() if isinstance(words, dict)] == [
        list(words) for words in other.values() if isinstance(words, dict)
    ]
    assert set(one["kinds"]) == set(KINDS)


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.name.partition("_")[0].partition(".")[0])
def test_every_rule_and_reason_has_words(text: Path) -> None:
    words = lexicon("derivations")["zh"]
    assert {(section, rule) for section, rule in rules_of(text) if rule not in words[section]} == set()


def test_everything_is_told_once_in_text_order() -> None:
    found = plan()
    things = (
        *(found.targets, found.deliverables, found.policies),
        *(found.places, found.institutions, found.responsible, found.left_aside),
    )
    derived = derivations(found, "zh")
    assert len(derived) == sum(map(len, things)) + sum(len(item.themes) for item in found.items)
    assert [each.span.start for each in derived] == sorted(each.span.start for each in derived)
    assert all(found.text[each.span.start : each.span.end] == each.quote for each in derived)


def test_a_target_tells_its_words() -> None:
    places, share = told("target")
    (before,) = told("result")
    assert places.reading == "at least 25000 个"
    assert reasons(places)["indicator"] == "新增学位"
    assert reasons(places)["bindingness"] == f"expected {at('力争')}"
    assert reasons(places)["deadline"] == "2024 (not stated: the document's year)"
    assert reasons(share)["deadline"] == f"2024-12-31 {at('年底前')}"
    assert reasons(share)["baseline"] == at("70%")
    assert before.quote == "70%"


def test_an_indicator_tells_its_normal_form() -> None:
    [target] = told("target", "柳湾市教育局2024年工作要点\n1.扩大供给。增加学位300个。\n2.其他。抓好落实。\n")
    assert reasons(target)["indicator"] == "增加学位 (normal form “新增学位”)"


def test_a_policy_tells_its_verb_and_which_it_is() -> None:
    known, unmarked, governed = told("policy")
    assert (known.quote, known.reading) == ("教育督导条例", "implement")
    assert reasons(known)["because of"] == at("落实")
    assert reasons(known)["policy"].endswith("in the authority list)")
    assert "no brackets" in reasons(unmarked)["rule"]
    assert reasons(unmarked)["because of"] == at("制定")
    assert reasons(governed)["rule"].startswith("in 《》")


def test_institutions_tell_why() -> None:
    (institution,) = told("institution", TEXT.replace("完善1+X", "联合南通大学，完善1+X"))
    assert institution.reading == "university · 南通大学"
    assert reasons(institution)["rule"] == lexicon("derivations")["en"]["rules"]["behind a division's name"]


def test_places_themes_deliverables_and_units_tell_why() -> None:
    assert [place.reading for place in told("place")] == ["杭州市 330100", "宁波市 330200"]
    assert all(reasons(place)["rule"] for place in told("place"))
    platform = next(each for each in told("deliverable") if each.quote == "建成研修平台")
    assert reasons(platform)["because of"] == f"{at('建成')}, {at('平台')}"
    theme = told("theme")[0]
    assert reasons(theme)["item"] == "p1"
    assert "学位" in reasons(theme)["because of"]
    [first, *_] = told("unit")
    assert (first.quote, first.reading) == ("市教育局", "lead")
    assert reasons(first)["because of"] == at("牵头单位")


def test_a_theme_without_words_of_its_own_comes_from_the_section() -> None:
    found = plan()
    item = replace(found.items[0], themes=(replace(found.items[0].themes[0], evidence=()),))
    [derived] = derivations(replace(_bare(found), items=(item,)), "en")
    assert reasons(derived) == {"item": "p1", "rule": "no term in the item itself: the theme of its section"}


def test_numbers_left_aside_tell_the_reason() -> None:
    aside = {(each.quote, each.reading) for each in told("aside")}
    assert {("1", "part of a code"), ("三", "an ordinal")} <= aside


def test_an_unknown_reason_is_told_as_it_is() -> None:
    found = replace(_bare(plan()), left_aside=(LeftAside(plan().document.span(0, 1), "something new"),))
    assert [each.reading for each in derivations(found, "zh")] == ["something new"]


def _bare(found: Plan) -> Plan:
    """The plan with nothing found in it."""
    assert is_dataclass(found)
    return replace(found, **{f.name: () for f in fields(found) if f.name not in ("document", "facts")})


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_are_aligned_on_the_screen(language: Language) -> None:
    *blocks, counts = explained(sample.plan(), language).splitlines()
    words = lexicon("derivations")[language]
    labels, kinds = (set(words[name].values()) for name in ("labels", "kinds"))
    starts = set()
    for line in blocks:
        place, _, rest = line.strip().partition("  ")
        if ":" in place and place.replace(":", "").isdigit():
            kind = next(kind for kind in sorted(kinds, key=len, reverse=True) if rest.startswith(kind))
            starts.add(("kind", wcswidth(line[: line.index(rest)])))
            starts.add(("quote", wcswidth(line) - wcswidth(rest.removeprefix(kind).lstrip())))
        else:
            label = next(label for label in sorted(labels, key=len, reverse=True) if line.lstrip().startswith(label))
            starts.add(("quote", wcswidth(line) - wcswidth(line.lstrip())))
            starts.add(("reason", wcswidth(line) - wcswidth(line.lstrip().removeprefix(label).lstrip())))
    assert sorted(name for name, _ in starts) == ["kind", "quote", "reason"]
    assert words["kinds"]["target"] in counts


def test_lines_and_columns_are_those_of_the_text() -> None:
    found = sample.plan()
    lines = explained(found, "en").splitlines()
    number = next(line for line in lines if "2.5万个以上" in line)
    place = str(found.document.place(sample.at("2.5万个以上").start))
    assert number.split()[:2] == [place, "target"]


def test_nothing_found() -> None:
    assert explained(_bare(sample.plan()), "en") == "nothing to explain\n"


def test_a_town_is_told_by_its_name() -> None:
    [town] = told("place", "柳湾市教育局2024年工作要点\n一、重点任务\n1.增加学位。在清溪镇试点。\n")
    assert town.reading == "清溪镇"
    assert reasons(town) == {"rule": "name of a town, township or sub-district"}
