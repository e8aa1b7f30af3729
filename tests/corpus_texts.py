"""Short plans to build corpora from, written for the tests about cities that are real so that their codes are known."""

from __future__ import annotations

from pathlib import Path

_PLAN = """{city}教育局{year}年工作要点

{year}年，全市教育系统坚持稳中求进，办好人民满意的教育。

一、扩大优质教育资源
1.加快学校建设。新建、改扩建公办幼儿园{schools}所，新增学位{seats}个以上。
2.推进集团化办学。支持{county}与主城区学校结对，覆盖率达到85%。
二、提升教师队伍素质
3.加强师德师风建设。落实《新时代中小学教师职业行为十项准则》，出台《{city}教师荣誉办法》。
4.抓好教师培训。培训骨干教师{trained}人次。
"""


def plan_text(city: str = "绍兴市", year: int = 2024, county: str = "诸暨市", number: int = 12) -> str:
    """A plan of four items; ``number`` changes its quantities."""
    return _PLAN.format(city=city, year=year, county=county, schools=number, seats=number * 300, trained=number * 25)


def write_plans(folder: Path, **texts: str) -> Path:
    """Write texts as ``<name>.txt``; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def three_plans(folder: Path) -> Path:
    """A folder with the plans of three cities."""
    return write_plans(
        folder,
        shaoxing=plan_text(),
        quanzhou=plan_text("泉州市", 2023, "晋江市", 20),
        luoyang=plan_text("洛阳市", 2024, "栾川县", 8),
    )


def contents(out: Path) -> dict[str, bytes]:
    """Every file of a corpus that has to be the same on every run, by its path; the index is not among them."""
    files = (
        path
        for path in out.rglob("*")
        if path.is_file() and path.relative_to(out).parts[0] not in ("store", ".lock", ".stamps.json")
    )
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}
