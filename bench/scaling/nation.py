"""A synthetic nation, by seed: texts that go through the extractor, and a quicker corpus of graphs for the stores.

The texts are of real divisions, whose codes the extractor knows. The graphs are those of some extracted plans over and
over, each for another invented city and year: as large, as dense and as connected as the graphs of texts.
"""

from __future__ import annotations

import csv
import hashlib
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, product
from pathlib import Path
from tempfile import TemporaryDirectory

from bench_extraction import ITEMS_IN_SECTION, sample

from yaodian.corpus.folder import Folder
from yaodian.corpus.manifest import Manifest, PlanRow
from yaodian.corpus.processing import Broken, Task, describe
from yaodian.corpus.sources import Source
from yaodian.corpus.toolchain import toolchain
from yaodian.ontology import resource
from yaodian.rdf.iris import ID

SEED = 20_240_601
YEARS = range(2015, 2025)
TEMPLATES = 20
STOCK = 300_000
_BLOCK = re.compile(r"\n+(?=\d+\.|[一二三四五六七八九十百]+、)")
# The city and year of the templates, as they stand in a graph, each of which another takes the place of.
MODEL = ("常州市", "320400", "320000", 2024)
_PROVINCES = ("130000", "210000", "330000", "350000", "370000", "410000", "420000", "440000", "510000", "610000")
_FIRST = "安宝昌承德东丰广海汉和恒衡华怀惠吉建江金景靖九开乐临龙梅绵南宁平清泉荣瑞三韶石顺松泰天通同万文武"
_SECOND = "安滨昌川都港光谷冠海河衡湖化怀淮江津晋康口岭陵龙茂明南宁平浦泉山水台潭田通桐湾溪县兴阳野义原源云泽州"


@dataclass(frozen=True, slots=True)
class Made:
    """A plan to be made: of which division (name, code, province) and year, and the seed of its contents."""

    name: str
    code: str
    province: str
    year: int
    seed: int


def write_texts(folder: Path, number: int, size: int) -> Path:
    """That many plans of at least ``size`` characters as text files; what is there already stays."""
    folder.mkdir(parents=True, exist_ok=True)
    for made in islice(_nation(_divisions()), number):
        file = folder / f"{made.code}-{made.year}.txt"
        if not file.exists():
            file.write_text(_text(made, size), "utf-8")
    return folder


def change_texts(folder: Path, share: float) -> int:
    """Change that share of the texts, evenly spread; how many these are."""
    files = sorted(folder.glob("*.txt"))
    changed = files[:: round(1 / share)]
    for file in changed:
        with file.open("a", encoding="utf-8") as text:
            text.write("另外，新建公办幼儿园12所。\n")
    return len(changed)


def write_graphs(out: Path, number: int, size: int) -> Path:
    """A corpus of that many plans without sources: it can be loaded, asked and exported, not built again."""
    folder = Folder(out)
    folder.prepare()
    folder.plans.mkdir(exist_ok=True)
    templates = _templates(size)
    nation = islice(_nation(_invented()), number)
    rows = [_stamped(folder, *templates[n % len(templates)], made) for n, made in enumerate(nation)]
    manifest = Manifest(toolchain(), tuple(sorted(rows, key=lambda row: row.slug)))
    folder.commit(manifest.lines())
    folder.settle(manifest.files, manifest.digest)
    return out


def _nation(divisions: Iterator[tuple[str, str, str]]) -> Iterator[Made]:
    """Each division's plans of ten years."""
    chance = random.Random(SEED)
    for (name, code, province), year in product(divisions, YEARS):
        yield Made(name, code, province, year, chance.randrange(1_000_000))


def _divisions() -> Iterator[tuple[str, str, str]]:
    """Cities first, then counties, of those names that only one division has."""
    lines = (line for line in resource("divisions.csv").read_text("utf-8").splitlines() if line[0] != "#")
    current = [row for row in csv.DictReader(lines) if row["status"] == "current"]
    times = Counter(row["name"] for row in current)
    for level in ("city", "county"):
        for row in current:
            if row["level"] == level and times[row["name"]] == 1:
                yield row["name"], row["code"], f"{row['code'][:2]}0000"


def _invented() -> Iterator[tuple[str, str, str]]:
    """Cities that are not there, in existing provinces; their names are as long as the one of the templates."""
    for number, (first, second) in enumerate(product(_FIRST, _SECOND)):
        if first != second and first + second != MODEL[0][:2]:
            province = _PROVINCES[number % len(_PROVINCES)]
            yield f"{first}{second}市", f"9{number:05}", province


def _text(made: Made, size: int) -> str:
    """Items of the stock in sections, numbered, up to that size."""
    headings, items = _stock()
    parts = [f"{made.name}教育局{made.year}年工作要点\n\n{made.year}年，全市教育工作重点如下。\n"]
    chosen = random.Random(made.seed).sample(items, len(items))
    for n, item in enumerate(chosen):
        if sum(map(len, parts)) >= size:
            break
        heading = f"\n{headings[n // ITEMS_IN_SECTION]}\n\n" if n % ITEMS_IN_SECTION == 0 else ""
        parts.append(f"{heading}{n + 1}.{item}\n")
    return "".join(parts)


@cache
def _stock() -> tuple[list[str], list[str]]:
    """Headings of sections in their order, and items without their numbers: those of one very long plan."""
    blocks = _BLOCK.split(sample(STOCK).text)[1:]
    items = [block.strip().partition(".")[2] for block in blocks if block[0].isdigit()]
    return [block.strip() for block in blocks if not block[0].isdigit()], items


def _templates(size: int) -> list[tuple[PlanRow, str]]:
    """Rows and N-Quads of plans with different contents, all of one city and year."""
    chance = random.Random(SEED)
    with TemporaryDirectory() as name:
        return [_template(Path(name) / f"{n}.txt", chance.randrange(1_000_000), size) for n in range(TEMPLATES)]


def _template(file: Path, seed: int, size: int) -> tuple[PlanRow, str]:
    file.write_text(_text(Made(*MODEL, seed), size), "utf-8")
    result = describe(Task(Source(file.name, file), Folder(file.parent)))
    if isinstance(result, Broken):
        raise ValueError(result.failure.error)
    return result


def _stamped(folder: Folder, row: PlanRow, nquads: str, made: Made) -> PlanRow:
    """The template as another city's plan of another year: its file written, its row."""
    (name, code, province, year), slug = MODEL, f"{made.code}-{made.year}"
    for old, new in (
        (code, made.code),
        (province, made.province),
        (str(year), str(made.year)),
        (name[:2], made.name[:2]),
    ):
        nquads = nquads.replace(old, new)
    content = "".join(sorted(nquads.splitlines(keepends=True))).encode()
    (folder.plans / f"{slug}.nq").write_bytes(content)
    return replace(
        row,
        source=f"{slug}.txt",
        name=f"{slug}.txt",
        sha256=hashlib.sha256(slug.encode()).hexdigest(),
        plan=f"{ID}plan/{slug}",
        slug=slug,
        base_slug=slug,
        digest=hashlib.sha256(content).hexdigest(),
        title=(row.title or "").replace(name[:2], made.name[:2]).replace(str(year), str(made.year)),
        city=made.name,
        city_code=made.code,
        home=made.code,
        year=made.year,
    )
