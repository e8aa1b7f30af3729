"""Both engines give the same findings: on a sample here, on everything at hand by ``bench/engine_agreement.py``."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))

import engine_agreement
from engine_agreement import Case, cases, compared

from yaodian.checking import Finding, default_rules

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ("docs/drafts/yunling-2024.docx", "tests/gold/g5.txt")
FAULTS = """云岭市教育局2024年工作要点
云教发[2024]03号
一一、扩大教育资源。
1、增加学位供给。XX市新建学校2024所,新增学位1.2万所，，占比保持在63-68%。
3、改善办学条件。落实《关于印发《督导办法》的通知》、《教师法》，办结率20240%。
三、建设教师队伍
4.表彰先进。认真布署，表彰班主任50名、标兵二十名，达到90%以上左右。
5.应对变化。人ロ逐年増加，2O25年新建学校l2所。
"""
"""Many rules at once: those of every family but coverage find something."""


@pytest.mark.parametrize("name", SAMPLE)
def test_the_engines_agree_on_files(name: str) -> None:
    result = compared(Case(name, ROOT / name))
    assert result.findings > 0
    assert result.differences == ()


def test_the_engines_agree_where_many_rules_find_something() -> None:
    result = compared(Case("faults", example=FAULTS))
    assert result.findings >= 15
    assert result.differences == ()


def test_a_difference_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    check = engine_agreement.check

    def less(*given: object, engine: str, **how: object) -> tuple[Finding, ...]:
        return check(*given, engine="shacl", **how)[engine == "shacl" :]  # type: ignore[arg-type]

    monkeypatch.setattr(engine_agreement, "check", less)
    (difference,) = compared(Case("faults", example=FAULTS)).differences
    assert difference.startswith("only the reference: YD-")


def test_all_that_is_at_hand_is_compared() -> None:
    named = {case.name for case in cases()}
    assert {Path(name).name for name in SAMPLE} <= named
    assert {f"{rule.code} {kind}" for rule in default_rules().rules for kind in ("bad", "good")} <= named
