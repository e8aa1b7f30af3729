"""Extraction time on texts of a thousand to a million characters, beside two plain quantity finders, in one run.

    python bench/bench_extraction.py [LARGEST] [--write]
    uv run --group bench python bench/bench_extraction.py

The texts are the items of ``examples/`` over and over, renumbered, with other numbers in them. The examples are as full
of quantities as the densest real plans (17 in a thousand characters): behind each of their items stand two without a
number, which leaves as many as most real plans have (2 to 7). The dense text is timed beside them, and extraction with
the oddities of the text that only the checker's rules ask for: the time of these is part of the checker's budget (see
bench_check.py). ``--write`` puts the table into docs/accuracy.md. Exits with 1 where ten thousand characters are over
the budget or time grows faster than the text.
"""

from __future__ import annotations

import math
import platform
import re
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import count
from pathlib import Path

from scoring import page

import yaodian
from yaodian.model import Document
from yaodian.reading import read_bytes

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
OURS, DENSE, MARKED = "yaodian", "yaodian, three times as many numbers", "yaodian, with the marks that rules judge"
NO_BUDGET = (DENSE, MARKED)
LARGEST_DENSE = 100_000
BUDGET_MS, BUDGET_SIZE = 30.0, 10_000
STEEPEST, LINEAR_FROM = 1.1, 10_000
PEER_LARGEST = 30_000
"""Characters of the longest text that recognizers-text is given: it takes ten times as long for three times as much."""
BEST_OF, ENOUGH_SECONDS, PATIENCE_SECONDS = 9, 3.0, 20.0
ITEMS_IN_SECTION = 6
OF_THREE, OFFSET = 3, 501
"""One item of so many has numbers, in a text as dense as most plans; which sentences stand in the others."""
# Clauses of sentences without a number; their counts have no common divisor, so that long no sentence comes back.
PROSE = (
    (
        "坚持问题导向和目标导向相统一", "加强部门协同、上下联动", "尊重教育规律和学生成长规律", "深入一线开展调查研究",
        "充分发挥学校的主体作用", "结合本地实际细化任务", "健全常态长效的工作机制",
    ),
    (
        "把群众反映强烈的事一件一件办好", "定期研究解决推进中的困难", "鼓励因地制宜、大胆探索",
        "及时总结推广基层的好做法", "防止层层加码和形式主义", "加强过程指导和跟踪问效",
        "广泛听取师生和家长的意见", "把责任落实到岗位、落实到人",
        "补齐短板、巩固强项", "做到有部署、有检查、有反馈", "让改革成果惠及更多家庭",
    ),
    (
        "营造关心支持教育的良好氛围", "形成各具特色的发展路径", "为改革发展创造平安稳定的环境", "让家长看得见变化",
        "不断提高工作的针对性", "确保各项举措落地见效", "努力办好人民满意的教育", "推动教育事业再上台阶",
        "守住公平和安全的底线", "讲好身边的教育故事", "以实干实绩赢得社会认可", "切实减轻基层和学校负担",
        "促进学生健康快乐成长",
    ),
)  # fmt: skip
NEWLINE = "\n"
DIGITS = "一二三四五六七八九"
NUMBER = re.compile(r"(?<![\d.“])\d+(?![\d.]*[%％年月日”])")
LABEL = re.compile(r"^\W*\w{1,3}?[.、．）)]")
PLAIN = re.compile(
    r"(?:不低于|不少于|超过|达到?|约|近)?"
    r"(?P<number>\d+(?:\.\d+)?|[一二三四五六七八九十百千两]+)(?P<scale>[万亿千百]?)[余多]?"
    r"(?P<unit>%|％|个百分点|平方米|人次|场次|万?元|[个所名人门项处家期册张件次支枚节间台套份])(?:以上|以内|左右)?"
)
Finder = Callable[[Document], int]


@dataclass(frozen=True, slots=True)
class Timing:
    """What one finder needed for a text, and how much it found."""

    size: int
    seconds: float
    found: int

    @property
    def scaled_ms(self) -> float:
        """Milliseconds for ten thousand characters."""
        return self.seconds * 1000 * 10_000 / self.size


def sample(size: int, *, dense: bool = False) -> Document:
    """A plan of at least so many characters, with as many numbers as most plans have, or as the densest have."""
    parts = ["汀岚市教育局2024年工作要点\n\n2024年，全市教育工作重点如下。\n"]
    length = len(parts[0])
    for n, item in _items():
        heading = f"\n{_section(n // ITEMS_IN_SECTION)}\n\n" if n % ITEMS_IN_SECTION == 0 else ""
        prose = f"{_sentence(2 * n)}{_sentence(2 * n + 1)}"
        words = _varied(item, n) if dense or n % OF_THREE == 0 else _without_numbers(n)
        parts.append(f"{heading}{n + 1}.{words}{prose}\n")
        length += len(parts[-1])
        if length >= size:
            break
    return read_bytes("".join(parts).encode(), f"{size}.txt")


def on_one_line(document: Document) -> Document:
    """The same words with the whole body on one line, as some sites print them."""
    title, body = document.text.split("\n", 1)
    return read_bytes(f"{title}\n{body.replace(NEWLINE, '')}".encode(), document.name)


def _items() -> Iterator[tuple[int, str]]:
    plans = [yaodian.read_plan(path) for path in sorted(EXAMPLES.glob("*.txt"))]
    texts = [LABEL.sub("", item.text) for plan in plans for item in plan.items]
    return ((n, texts[n % len(texts)]) for n in count())


def _varied(item: str, n: int) -> str:
    """The item with other numbers of the same length."""
    return NUMBER.sub(lambda match: "".join(str((int(d) + n) % 9 + 1) for d in match[0]), item)


def _without_numbers(n: int) -> str:
    return f"{PROSE[2][n % len(PROSE[2])]}。{_sentence(2 * n + OFFSET)}"


def _section(n: int) -> str:
    return f"{_numeral(n + 1)}、{PROSE[2][n % len(PROSE[2])]}"


def _sentence(n: int) -> str:
    return "，".join(clauses[n % len(clauses)] for clauses in PROSE) + "。"


def _numeral(n: int) -> str:
    """A Chinese numeral below ten thousand."""
    written = ""
    for place, name in ((1000, "千"), (100, "百"), (10, "十")):
        if n >= place:
            written += DIGITS[n // place - 1] + name
        elif written and n and not written.endswith("零"):
            written += "零"
        n %= place
    return (written + (DIGITS[n - 1] if n else "")).removeprefix("一" if written.startswith("一十") else "")


def ours(document: Document) -> int:
    """Everything that yaodian extracts but the marks; the targets are counted."""
    return len(yaodian.extract(document, marks=False).targets)


def ours_marked(document: Document) -> int:
    """As for the checker."""
    return len(yaodian.extract(document).targets)


def plain_pattern(document: Document) -> int:
    """Our own baseline, made as jionlp finds money: one regular expression, no indicator, no slogans told apart."""
    return sum(1 for _ in PLAIN.finditer(document.text))


def recognizers() -> Finder | None:
    """recognizers-text: its numbers, percentages, dimensions, currencies; None where it is not installed."""
    warnings.simplefilter("ignore")
    try:
        number, unit, text = map(
            import_module, ("recognizers_number", "recognizers_number_with_unit", "recognizers_text")
        )
    except ImportError as error:
        print(f"recognizers-text is left out: {error}")
        return None
    chinese = text.Culture.Chinese
    numbers, units = number.NumberRecognizer(chinese), unit.NumberWithUnitRecognizer(chinese)
    models = (
        numbers.get_number_model(), numbers.get_percentage_model(), units.get_dimension_model(),
        units.get_currency_model(),
    )  # fmt: skip
    return lambda document: sum(len(model.parse(document.text)) for model in models)


def timed(finder: Finder, document: Document) -> Timing:
    """The best of some runs, in processor time: what else runs on the machine disturbs it least."""
    seconds, spent, found = math.inf, 0.0, 0
    for _ in range(BEST_OF):
        begin = time.process_time()
        found = finder(document)
        last = time.process_time() - begin
        seconds, spent = min(seconds, last), spent + last
        if spent > ENOUGH_SECONDS:
            break
    return Timing(len(document.text), seconds, found)


def timings(finder: Finder, documents: Sequence[Document]) -> list[Timing]:
    """A finder over texts of rising size, up to where it would need too long."""
    finder(documents[0])
    done: list[Timing] = []
    for document in documents:
        expected = done[-1].seconds * len(document.text) / done[-1].size if done else 0.0
        if expected > PATIENCE_SECONDS:
            break
        done.append(timed(finder, document))
    return done


def exponent(done: Sequence[Timing]) -> float | None:
    """The slope of log time over log size by least squares: 1 is linear. None below two sizes."""
    points = [(math.log(t.size), math.log(t.seconds)) for t in done if t.size >= LINEAR_FROM and t.seconds > 0]
    if len(points) < 2:
        return None
    mean_x, mean_y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    steep = sum((x - mean_x) * (y - mean_y) for x, y in points)
    wide = sum((x - mean_x) ** 2 for x, _ in points)
    return float(steep / wide)


def table(runs: dict[str, list[Timing]]) -> str:
    """Milliseconds by size and finder, what was found in ten thousand characters, and the growth."""
    rows = [f"| Characters | {' | '.join(runs)} |", f"| ---: |{' ---: |' * len(runs)}"]
    longest = max(runs.values(), key=len)
    for i, size in enumerate(t.size for t in longest):
        cells = [f"{done[i].seconds * 1000:,.1f} ms" if i < len(done) else "–" for done in runs.values()]
        rows.append(f"| {size:,} | {' | '.join(cells)} |")
    slopes = [exponent(done) for done in runs.values()]
    at_budget = [_at_budget(done) for done in runs.values()]
    rows.append(f"| per 10,000, at that size | {' | '.join(f'{t.scaled_ms:,.1f} ms' for t in at_budget)} |")
    rows.append(f"| found there | {' | '.join(f'{t.found:,}' for t in at_budget)} |")
    rows.append(f"| growth exponent | {' | '.join('–' if s is None else f'{s:.2f}' for s in slopes)} |")
    return "\n".join(rows) + "\n"


def _at_budget(done: Sequence[Timing]) -> Timing:
    """The timing nearest to the size that the budget is for."""
    return min(done, key=lambda timing: abs(timing.size - BUDGET_SIZE))


def _kept(done: Sequence[Timing]) -> bool:
    steep = exponent(done)
    return _at_budget(done).scaled_ms <= BUDGET_MS and (steep is None or steep <= STEEPEST)


def main(arguments: list[str]) -> int:
    """Measure, print, write where that is asked for; 1 where a budget is not kept."""
    largest = next((int(a) for a in arguments if a.isdigit()), SIZES[-1])
    documents = [sample(size) for size in SIZES if size <= largest]
    runs = {
        OURS: timings(ours, documents),
        "yaodian, body on one line": timings(ours, list(map(on_one_line, documents))),
        MARKED: timings(ours_marked, documents),
        DENSE: timings(ours, [sample(size, dense=True) for size in SIZES if size <= min(largest, LARGEST_DENSE)]),
        "one pattern, spans only": timings(plain_pattern, documents),
    }
    peer = recognizers()
    if peer is not None:
        shorter = [document for document in documents if len(document.text) < 1.1 * PEER_LARGEST]
        runs["recognizers-text, numbers only"] = timings(peer, shorter)
    written = table(runs)
    print(written)
    kept = all(_kept(done) for name, done in runs.items() if name.startswith("yaodian") and name not in NO_BUDGET)
    print(
        f"budget: {BUDGET_MS:.0f} ms for 10,000 characters, growth at most {STEEPEST}: {'kept' if kept else 'exceeded'}"
    )
    if "--write" in arguments:
        where = f"\nPython {platform.python_version()}, one core of {platform.machine()}, the best of some runs.\n\n"
        text = page.filled(page.FILE.read_text("utf-8"), "speed", f"{where}{written}\n")
        page.FILE.write_text(text, encoding="utf-8")
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
