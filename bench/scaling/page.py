"""``docs/scale.md`` and ``docs/scale.zh.md``: the prose is written by hand, the tables between its marks here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scaling.growth import by_line, by_power, exponent
from scaling.kept import Figures, Kept

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "bench" / "scale.json"
PAGES = {"en": ROOT / "docs" / "scale.md", "zh": ROOT / "docs" / "scale.zh.md"}
TARGETS = (60_000, 2_000_000)
TIMEOUT_MS = 60_000.0
LEAST_RATE, LEAST_SHARE, MOST_MEMORY, MOST_COLD = 40.0, 0.7, 300.0, 400.0
ENGINES = {"query": "Oxigraph", "virtuoso": "Virtuoso", "rdflib": "rdflib"}
Value = Callable[[int, Figures], float | None]
Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: what it says in both languages, which figure of which stage, how many digits."""

    stage: str
    en: str
    zh: str
    value: Value
    digits: int = 1
    grows: bool = True

    def label(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


def of(name: str, factor: float = 1.0) -> Value:
    """The figure of that name."""

    def value(number: int, figures: Figures) -> float | None:
        found = figures.get(name)
        return None if found is None else found * factor

    return value


def over(name: str, other: str, factor: float = 1.0) -> Value:
    """One figure divided by another."""

    def value(number: int, figures: Figures) -> float | None:
        top, bottom = figures.get(name), figures.get(other)
        return factor * top / bottom if top is not None and bottom else None

    return value


def rate(size: int, jobs: str) -> Value:
    """Plans a second, of that size, with that many processes."""

    def value(number: int, figures: Figures) -> float | None:
        seconds = figures.get(f"{size} characters, {jobs}: reading, s")
        return number / seconds if seconds else None

    return value


ONE, TWO = "1 process", "2 processes"
BUILD = (
    Row("build", "plans a second, 10,000 characters each, 1 process", "每秒份数，每份 10,000 字，1 个进程",
        rate(10_000, ONE), 1, False),
    Row("build", "plans a second, 10,000 characters each, 2 processes", "每秒份数，每份 10,000 字，2 个进程",
        rate(10_000, TWO), 1, False),
    Row("build", "plans a second, 2,700 characters each, 1 process", "每秒份数，每份 2,700 字，1 个进程",
        rate(2_700, ONE), 1, False),
    Row("build", "plans a second, 2,700 characters each, 2 processes", "每秒份数，每份 2,700 字，2 个进程",
        rate(2_700, TWO), 1, False),
    Row("build", "whole build, 10,000 characters each, 1 process, s", "整个构建，每份 10,000 字，1 个进程，秒",
        of(f"10000 characters, {ONE}: all, s")),
    Row("build", "whole build, 10,000 characters each, 2 processes, s", "整个构建，每份 10,000 字，2 个进程，秒",
        of(f"10000 characters, {TWO}: all, s")),
    Row("build", "whole build, 2,700 characters each, 1 process, s", "整个构建，每份 2,700 字，1 个进程，秒",
        of(f"2700 characters, {ONE}: all, s")),
    Row("build", "its memory, MB", "其内存，MB", of(f"2700 characters, {ONE}: main, MB"), 0),
    Row("build", "memory of the build, 10,000 characters each, 1 process, MB",
        "构建的内存，每份 10,000 字，1 个进程，MB",
        of(f"10000 characters, {ONE}: main, MB"), 0),
    Row("build", "memory of the main process of 2, MB", "2 个进程时主进程的内存，MB",
        of(f"10000 characters, {TWO}: main, MB"), 0),
    Row("build", "memory of the largest worker, MB", "最大的工作进程的内存，MB",
        of(f"10000 characters, {TWO}: worker, MB"), 0),
    Row("build", "statements", "陈述数", of("statements"), 0),
    Row("build", "plan files, MB", "计划文件，MB", of("plan files, MB"), 0),
    Row("build", "index, MB", "索引，MB", of("index, MB"), 0),
    Row("build", "manifest, MB", "清单，MB", of("manifest, MB")),
    Row("change", "built again, nothing changed, s", "无改动再构建，秒", of("nothing changed, s"), 2),
    Row("change", "built again, one in a hundred changed, s", "改动百分之一再构建，秒",
        of("one in a hundred changed, s"), 2),
)  # fmt: skip
LOAD = (
    Row("load", "statements", "陈述数", of("statements"), 0),
    Row("load", "index made, s", "建立索引，秒", of("index, s"), 2),
    Row("load", "raw `bulk_load` of the same files, s", "同样文件直接 `bulk_load`，秒", of("raw bulk_load, s"), 2),
    Row("load", "share of the raw rate", "达到直接装载速度的比例", over("raw bulk_load, s", "index, s"), 2, False),
    Row("load", "raw `bulk_load` and merged, as the index is, s", "直接 `bulk_load` 并合并（与索引相同），秒",
        of("raw bulk_load and merged, s"), 2),
    Row("load", "share of that rate", "达到其速度的比例", over("raw bulk_load and merged, s", "index, s"), 2, False),
    Row("load", "statements a second", "每秒陈述数", over("statements", "index, s"), 0, False),
    Row("load", "memory, MB", "内存，MB", of("index, memory, MB"), 0),
    Row("load", "memory of raw `bulk_load`, MB", "直接 `bulk_load` 的内存，MB", of("raw bulk_load, memory, MB"), 0),
    Row("load", "bytes of index a statement", "每条陈述的索引字节数", over("index, MB", "statements", 1e6), 0, False),
    Row("virtuoso", "pushed to Virtuoso, s", "推送到 Virtuoso，秒", of("push, s")),
    Row("virtuoso", "Virtuoso on disk, MB", "Virtuoso 占磁盘，MB", of("disk, MB"), 0),
    Row("virtuoso", "Virtuoso in memory, MB", "Virtuoso 占内存，MB", of("memory, MB"), 0),
    Row("rdflib", "rdflib, loaded into memory, s", "rdflib 装入内存，秒", of("opened, s")),
    Row("rdflib", "rdflib in memory, MB", "rdflib 占内存，MB", of("memory, MB"), 0),
    Row("cold", "`yaodian query`, cold, ms", "`yaodian query` 冷启动，毫秒", of("query, ms"), 0),
)  # fmt: skip
_BY_NAME = {row.en: row for row in (*BUILD, *LOAD)}
_STREAMED = ("nq", "trig", "ttl", "jsonld", "void", "csv", "excel", "parquet", "stratml")
EXPORT = tuple(
    Row("export", f"`{form}`, {what}", f"`{form}`，{zh}", of(f"{form}, {what}"), digits)
    for form in _STREAMED
    for what, zh, digits in (("memory, MB", "内存，MB", 0), ("s", "秒", 1))
)
_NO_QUESTIONS = {"opened, s", "memory, MB", "push, s", "disk, MB"}
_WORDS = {
    "plans": {"en": "plans", "zh": "份计划"},
    "grows": {"en": "exponent", "zh": "增长指数"},
    "question": {"en": "median, ms", "zh": "中位数，毫秒"},
    "machine": {
        "en": "{system}, {processor}, {cores} cores, Python {python}; load average before the measurement: {load}.",
        "zh": "{system}，{processor}，{cores} 核，Python {python}；测量开始前的平均负载：{load}。",
    },
    "stopped": {"en": "stopped", "zh": "超时"},
    "would": {"en": "extrapolated", "zh": "外推"},
    "none": {"en": "Two sizes are needed.", "zh": "需要两种规模的数字。"},
}


def write(kept: Kept) -> None:
    """Put the tables into both pages."""
    for lang, file in PAGES.items():
        text = file.read_text("utf-8")
        for name, content in _blocks(kept, lang).items():
            text = _filled(text, name, content, file)
        file.write_text(text, "utf-8")


def screen(kept: Kept) -> str:
    """All tables, for reading in a terminal."""
    return "\n".join(_blocks(kept, "en").values())


def over_budget(kept: Kept) -> list[str]:
    """What is over its budget, in words."""
    return list(_over(kept))


def _over(kept: Kept) -> Iterator[str]:
    for number, found in kept.points("build", BUILD[0].value).items():
        if found < LEAST_RATE:
            yield f"build of {number:,}: {found:.1f} plans a second, at least {LEAST_RATE:.0f}"
    for row in (row for row in BUILD if "memory" in row.en):
        for number, memory in kept.points(row.stage, row.value).items():
            if memory > MOST_MEMORY:
                yield f"build of {number:,}: {row.en}: {memory:.0f}, at most {MOST_MEMORY:.0f}"
    shares = kept.points("load", over("raw bulk_load, s", "index, s"))
    # A small corpus is loaded in less time than the vocabulary that comes with it: the largest tells.
    for number, share in list(shares.items())[-1:]:
        if share < LEAST_SHARE:
            yield f"load of {number:,}: {share:.2f} of the raw rate, at least {LEAST_SHARE}"
    for number, ms in kept.points("cold", of("query, ms")).items():
        if ms > MOST_COLD:
            yield f"query of {number:,}, cold: {ms:.0f} ms, at most {MOST_COLD:.0f}"


def _blocks(kept: Kept, lang: str) -> dict[str, str]:
    machine = _WORDS["machine"][lang].format(**kept.machine) if kept.machine else ""
    return {
        "machine": f"{machine}\n",
        "build": _table(kept, BUILD, lang),
        "stores": _table(kept, LOAD, lang),
        "exports": _table(kept, EXPORT, lang),
        **{f"questions-{stage}": _table(kept, _questions(kept, stage), lang) for stage in ENGINES},
        "extrapolation": _extrapolation(kept, lang),
    }


def _questions(kept: Kept, stage: str) -> list[Row]:
    labels = dict.fromkeys(name for figures in kept.of(stage).values() for name in figures if name not in _NO_QUESTIONS)
    return [Row(stage, label, label.replace(", one city", "，一个城市"), of(label)) for label in labels]


def _table(kept: Kept, rows: Iterable[Row], lang: str) -> str:
    rows = [row for row in rows if kept.points(row.stage, row.value) or _is_stopped(kept, row)]
    if not rows:
        return "–\n"
    numbers = sorted({number for row in rows for number in kept.of(row.stage)})
    plans = _WORDS["plans"][lang]
    head = ("", *(f"{number:,} {plans}" for number in numbers), _WORDS["grows"][lang])
    return _lines(head, [_cells(kept, row, numbers, lang) for row in rows])


def _is_stopped(kept: Kept, row: Row) -> bool:
    return any(row.en in figures for figures in kept.of(row.stage).values())


def _cells(kept: Kept, row: Row, numbers: list[int], lang: str) -> tuple[str, ...]:
    points = kept.points(row.stage, row.value)
    steep = exponent(points) if row.grows else None
    cells = (_cell(points.get(number), row, kept.of(row.stage).get(number), lang) for number in numbers)
    return (row.label(lang), *cells, "–" if steep is None else f"{steep:.2f}")


def _cell(value: float | None, row: Row, figures: Figures | None, lang: str) -> str:
    if value is None:
        return _WORDS["stopped"][lang] if figures and row.en in figures else "–"
    return f"{value:,.{row.digits}f}"


def _lines(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    ruler = ("---", *("---:" for _ in head[1:]))
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, ruler, *rows))


@dataclass(frozen=True, slots=True)
class _Guess:
    """A line of the extrapolation: of which row, in which unit, and whether it grows on a line (else by a power)."""

    row: str
    en: str
    zh: str
    factor: float = 1.0
    on_line: bool = False

    def of(self, kept: Kept, number: int) -> float | None:
        row = _BY_NAME[self.row]
        points = kept.points(row.stage, row.value)
        found = by_line(points, number) if self.on_line else by_power(points, number, 1.0)
        return None if found is None else found * self.factor


_GUESSES = (
    _Guess("whole build, 10,000 characters each, 1 process, s",
           "build, 10,000 characters each, 1 process, h", "构建，每份 10,000 字，1 个进程，小时", 1 / 3600),
    _Guess("whole build, 10,000 characters each, 2 processes, s",
           "build, 10,000 characters each, 2 processes, h", "构建，每份 10,000 字，2 个进程，小时", 1 / 3600),
    _Guess("memory of the build, 10,000 characters each, 1 process, MB",
           "memory of the build, MB", "构建的内存，MB", on_line=True),
    _Guess("plan files, MB",
           "plan files, 10,000 characters each, GB", "计划文件，每份 10,000 字，GB", 1e-3),
    _Guess("index, MB",
           "index, 10,000 characters each, GB", "索引，每份 10,000 字，GB", 1e-3),
    _Guess("built again, one in a hundred changed, s",
           "one in a hundred changed, h", "改动百分之一，小时", 1 / 3600),
    _Guess("index made, s",
           "index made anew, 2,700 characters each, h", "重建索引，每份 2,700 字，小时", 1 / 3600),
    _Guess("pushed to Virtuoso, s",
           "push to Virtuoso, 2,700 characters each, h", "推送到 Virtuoso，每份 2,700 字，小时", 1 / 3600),
    _Guess("Virtuoso on disk, MB",
           "Virtuoso on disk, 2,700 characters each, GB", "Virtuoso 占磁盘，每份 2,700 字，GB", 1e-3),
    _Guess("`yaodian query`, cold, ms",
           "`yaodian query`, cold, ms", "`yaodian query` 冷启动，毫秒", on_line=True),
)  # fmt: skip


def _extrapolation(kept: Kept, lang: str) -> str:
    if len(kept.of("build")) < 2 and len(kept.of("load")) < 2:
        return f"{_WORDS['none'][lang]}\n"
    plans, would = _WORDS["plans"][lang], _WORDS["would"][lang]
    head = ("", *(f"{number:,} {plans} ({would})" for number in TARGETS))
    rows = [(g.en if lang == "en" else g.zh, *(_guessed(g.of(kept, n)) for n in TARGETS)) for g in _GUESSES]
    rows += list(_answered(kept, lang))
    return _lines(head, rows)


def _guessed(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def _answered(kept: Kept, lang: str) -> Iterator[tuple[str, ...]]:
    """How many questions each engine would answer in time, and the engine that this speaks for."""
    told = {n: {stage: _in_time(kept, stage, n) for stage in ("query", "virtuoso") if kept.of(stage)} for n in TARGETS}
    for stage in told[TARGETS[0]]:
        en = f"questions that {ENGINES[stage]} answers within a minute"
        zh = f"{ENGINES[stage]} 一分钟内能回答的问题"
        yield (en if lang == "en" else zh, *(_share(told[number][stage]) for number in TARGETS))
    yield ("engine" if lang == "en" else "宜用引擎", *(_engine(told[number]) for number in TARGETS))


def _engine(told: Mapping[str, tuple[int, int]]) -> str:
    """The one that answers most, the first of several; none where none answers anything."""
    best = max(told, key=lambda stage: told[stage][0], default="")
    return ENGINES[best] if best and told[best][0] else "–"


def _share(counted: tuple[int, int]) -> str:
    return f"{counted[0]} / {counted[1]}"


def _in_time(kept: Kept, stage: str, number: int) -> tuple[int, int]:
    """Questions that would be answered in time, and all that were asked; one that was stopped at any size is not."""
    asked = [kept.points(stage, row.value) for row in _questions(kept, stage)]
    guesses = [by_power(points, number, 0.0) for points in asked if len(points) == len(kept.of(stage))]
    return sum(guess is not None and guess <= TIMEOUT_MS for guess in guesses), len(asked)


def _filled(page: str, name: str, content: str, file: Path) -> str:
    marked = re.compile(rf"(<!-- {name}: begin -->\n)(.*?)(<!-- {name}: end -->)", re.DOTALL)
    if not marked.search(page):
        raise ValueError(f"{file.name} has no block {name!r}")
    return marked.sub(lambda match: f"{match[1]}\n{content}\n{match[3]}", page, count=1)
