"""The measurement of growth: what is made is what it is said to be, and figures grow as their law says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))

from scaling import nation, page
from scaling.growth import by_line, by_power, exponent
from scaling.kept import Kept

from yaodian.corpus import build, open_corpus, verify

SIZES = (100, 1_000, 10_000)


@given(st.floats(0.1, 3), st.floats(1e-3, 1e6))
def test_a_power_has_its_exponent(power: float, factor: float) -> None:
    points = {number: factor * number**power for number in SIZES}
    assert exponent(points) == pytest.approx(power)
    assert by_power(points, 60_000, 0.0) == pytest.approx(factor * 60_000**power)


@given(st.floats(0, 1e3), st.floats(0, 1e6))
def test_a_line_goes_on_as_a_line(rise: float, base: float) -> None:
    points = {number: base + rise * number for number in SIZES}
    assert by_line(points, 60_000) == pytest.approx(base + rise * 60_000)


def test_one_size_tells_no_growth() -> None:
    assert exponent({100: 1.0}) is None
    assert by_power({100: 1.0}, 200, 1.0) is None
    assert by_line({100: 1.0}, 200) is None


def test_texts_become_plans_of_their_division_and_year(tmp_path: Path) -> None:
    texts = nation.write_texts(tmp_path / "texts", 6, 1_000)
    before = {file.name: file.read_bytes() for file in texts.iterdir()}
    report = build(texts, tmp_path / "out", pages=False)
    assert [f"{row.slug}.txt" for row in report.plans] == sorted(before)
    assert all(len(text.decode()) >= 1_000 for text in before.values())
    again = nation.write_texts(tmp_path / "again", 6, 1_000)
    assert {file.name: file.read_bytes() for file in again.iterdir()} == before
    assert nation.change_texts(again, 0.5) == 3
    assert len(build(again, tmp_path / "out", pages=False).built) == 3


def test_graphs_are_a_sound_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nation, "TEMPLATES", 2)
    corpus = open_corpus(nation.write_graphs(tmp_path / "out", 12, 1_000))
    assert len(corpus.plans) == 12
    assert {row.year for row in corpus.plans if row.city == "安滨市"} == set(nation.YEARS)
    assert {row["cityName"] for row in corpus.select("targets", city="安滨")} == {"安滨市"}
    corpus.index()
    assert not verify(corpus.path).flaws


def test_what_is_kept_is_written_into_the_pages(
    tmp_path: Path, root_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept(tmp_path / "kept.json")
    for number in SIZES:
        kept.put(
            "load", number, {"statements": 3_000.0 * number, "index, s": number / 50, "raw bulk_load, s": number / 60}
        )
        kept.put("query", number, {"opened, s": 0.1, "targets": 5.0 * number, "policies": None})
    monkeypatch.setattr(page, "PAGES", {lang: tmp_path / file.name for lang, file in page.PAGES.items()})
    for file in page.PAGES.values():
        file.write_text((root_dir / "docs" / file.name).read_text("utf-8"), "utf-8")
    page.write(Kept(tmp_path / "kept.json"))
    for lang, file in page.PAGES.items():
        written = file.read_text("utf-8")
        assert "| 0.83 | 0.83 | 0.83 | – |" in written
        assert "| targets | 500.0 | 5,000.0 | 50,000.0 | 1.00 |" in written
        stopped = {"en": "stopped", "zh": "超时"}[lang]
        assert f"| policies | {stopped} | {stopped} | {stopped} | – |" in written
        assert "| 0.33 | 11.1 |" in written  # hours of the index, extrapolated
    assert page.over_budget(kept) == []
