"""The tables of docs/reading.md and docs/reading.zh.md: the prose around them is written by hand."""

from __future__ import annotations

import ast
import platform
import tomllib
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from scoring.page import filled

from side_by_side.measured import Compared

ROOT = Path(__file__).resolve().parents[2]
FILES = {"en": ROOT / "docs" / "reading.md", "zh": ROOT / "docs" / "reading.zh.md"}
LIMITS = ROOT / "kg" / "reading" / "limits.py"
WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))


def write(found: Sequence[Compared]) -> None:
    """Renew the tables of both pages."""
    for language, path in FILES.items():
        page = path.read_text("utf-8")
        page = filled(page, "fidelity", fidelity_table(found, language))
        path.write_text(filled(page, "speed", speed_table(found, language)), encoding="utf-8")
    write_limits()


def write_limits() -> None:
    """Renew the table of limits in both pages."""
    for language, path in FILES.items():
        page = path.read_text("utf-8")
        path.write_text(filled(page, "limits", limits_table(language)), encoding="utf-8")


def fidelity_table(found: Sequence[Compared], language: str) -> str:
    """A row for each reader of each format."""
    rows = []
    for compared in found:
        for reader, counts in zip(compared.readers, compared.fidelity, strict=True):
            shares = (
                _of(counts.kept, counts.paragraphs),
                _of(counts.numbered, counts.numbers),
                str(counts.foreign),
                _of(counts.mapped, counts.radicals),
            )
            rows.append((compared.kind, f"{reader.name} {reader.version}", *shares))
    return _table(WORDS[language]["fidelity"], rows) + _missing(found, language)


def speed_table(found: Sequence[Compared], language: str) -> str:
    """A row for each reader of each format: all files, times ours, and one file in a new process."""
    rows = []
    for compared in found:
        for t in compared.timings:
            floor = f"≥ {t.floor:g}" if t.floor else ""
            task = WORDS[language]["tasks"][t.task]
            rows.append((compared.kind, task, t.name, f"{t.batch:.1f}", f"{t.times:.2f}", floor, f"{t.cold:.0f}"))
    where = f"{platform.python_implementation()} {platform.python_version()}, {platform.system()}, {platform.machine()}"
    return f"\n{where}\n" + _table(WORDS[language]["speed"], rows)


def limits_table(language: str) -> str:
    """Every limit of the readers with its value and what it guards."""
    told = WORDS["zh"]["limits"] if language == "zh" else {}
    rows = [(f"`{name}`", _value(value), told.get(name, text)) for name, value, text in limits()]
    return _table(WORDS[language]["limit_columns"], rows)


def limits() -> Iterable[tuple[str, float, str]]:
    """The names, values and descriptions of the settings table."""
    statements = ast.parse(LIMITS.read_text("utf-8")).body
    for one, other in pairwise(statements):
        if isinstance(one, ast.Assign) and isinstance(other, ast.Expr) and isinstance(one.targets[0], ast.Name):
            value = eval(compile(ast.Expression(one.value), str(LIMITS), "eval"), {"__builtins__": {}})
            yield one.targets[0].id, value, " ".join(ast.literal_eval(other.value).split())


def _value(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def _of(part: int, whole: int) -> str:
    return f"{part / whole:.1%} ({part}/{whole})" if whole else "—"


def _missing(found: Sequence[Compared], language: str) -> str:
    names = [name for compared in found for name in compared.missing]
    return f"\n{WORDS[language]['missing']} {', '.join(names)}\n" if names else ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    rule = ["---", "---", *["---:"] * (len(head) - 2)] if head[-1] not in WORDS["left"] else ["---"] * len(head)
    return "\n" + "".join(f"| {' | '.join(cells)} |\n" for cells in (head, rule, *rows)) + "\n"
