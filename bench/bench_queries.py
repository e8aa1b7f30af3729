"""The named queries over many plans: the processor time of each, for one city, one policy, and all plans.

    python bench/bench_queries.py [--plans 1000] [--rounds 5] [--rows FOLDER] [--write] [NAME…]

The plans are copies of those in ``examples/``: each copy is of real cities, a province among them, and of other years,
so that every query has something to answer: results after targets, last year's plan, a province above its city. The
store is on disk, as that of a corpus is.

An answer is *local* where it takes in the plans of the city or the policy asked for (of three cities the slowest
counts), *whole* where it takes in all plans: each of those two has a budget. One with more rows than there are plans
is a *list* of everything and has none: its time goes with its rows. What has a budget is asked in several rounds, some
minutes apart in all, and the least of their medians counts: what else happens on a machine only adds to it. Exits with
1 where that is over its budget.
``--rows`` keeps the answers, to be compared with those of another version; ``--write`` puts the table into
``docs/queries.md`` and ``docs/queries.zh.md``.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import re
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from yaodian.corpus import build, named_queries, open_corpus
from yaodian.corpus.answers import answer_of
from yaodian.corpus.guarding import run
from yaodian.corpus.questions import NamedQuery, resolve
from yaodian.ontology import resource
from yaodian.ontology.questions import FILES
from yaodian.ontology.reference import renew, with_part
from yaodian.rdf.iris import VOCABULARY_GRAPH

BUDGETS = {"local": 100, "whole": 1000}
EXAMPLES = Path(__file__).parents[1] / "examples"
ENOUGH = 6.0
_AGAINST_ALL = frozenset({"similar-plans", "theme-profile"})
"""Those that set the plans of a city beside all others: their answer is never local."""
_PLACES = "云川市", "青澜市", "沅宁市", "岚江市"
_YEARS_APART, _MOST_SHIFTS = 2, 5
_YEAR = re.compile(r'"(20[12]\d)("\^\^<http://www.w3.org/2001/XMLSchema#(?:integer|gYear)>)')


def divisions(level: str) -> list[tuple[str, str, str]]:
    """Code, name and the code above of the divisions of a level."""
    table = csv.DictReader(line for line in resource("divisions.csv").read_text("utf-8").splitlines() if line[0] != "#")
    return [
        (row["code"], row["name"], row["parent"])
        for row in table
        if row["level"] == level and row["status"] == "current"
    ]


def copies(files: list[str], number: int) -> Iterator[str]:
    """The N-Quads of that many plans in sets of those given, each of other cities or years."""
    cities, provinces = divisions("city"), divisions("province")
    sets = -(-number // len(files))
    groups = -(-sets // _MOST_SHIFTS)
    for n in range(sets):
        group, shift = n % groups, n // groups
        homes = {name: cities[(3 * group + at) % len(cities)] for at, name in enumerate(_PLACES[:3])}
        above = next(p for p in provinces if p[0] == homes[_PLACES[0]][2])
        for file in files[: number - n * len(files)]:
            yield _copy(file, {**homes, _PLACES[3]: above}, shift * _YEARS_APART, group)


def _copy(file: str, homes: Mapping[str, tuple[str, str, str]], years: int, group: int) -> str:
    text = _YEAR.sub(lambda match: f'"{int(match[1]) - years}{match[2]}', file)
    for name, (code, called, parent) in homes.items():
        mark = f"{code}-{group}-{years}" if name == _PLACES[3] else f"{code}-{years}"
        text = text.replace(f"/id/plan/{name}", f"/id/plan/{mark}").replace(f"/id/place/{name}>", f"/id/place/{code}>")
        text = text.replace(f'"{name}"@zh', f'"{called}"@zh')
        if f"/id/place/{code}>" in text and parent:
            text += (
                f"<https://w3id.org/yaodian/id/place/{code}> <http://www.w3.org/2004/02/skos/core#broader>"
                f" <https://w3id.org/yaodian/id/place/{parent}> <https://w3id.org/yaodian/id/graph/shared> .\n"
            )
    return text


def store_of(folder: Path, number: int) -> ox.Store:
    """A store on disk with the vocabulary and that many plans."""
    build(EXAMPLES, folder / "examples")
    corpus = open_corpus(folder / "examples")
    files = [corpus.nquads(row).decode() for row in corpus.plans]
    store = ox.Store(str(folder / "store"))
    store.bulk_extend(corpus.store.quads_for_pattern(None, None, None, ox.NamedNode(VOCABULARY_GRAPH)))
    portion: list[str] = []
    for text in copies(files, number):
        portion.append(text)
        if len(portion) == 50:
            store.bulk_load("".join(portion).encode(), ox.RdfFormat.N_QUADS)
            portion.clear()
    store.bulk_load("".join(portion).encode(), ox.RdfFormat.N_QUADS)
    store.optimize()
    return store


@dataclass(frozen=True, slots=True)
class Case:
    """What a query is asked about: ``city``, ``policy`` or ``all``, and the parameters to try."""

    query: str
    about: str
    given: tuple[dict[str, object], ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A case with its time in milliseconds, the number of its rows, and of which kind it is."""

    case: Case
    ms: float
    rows: int
    kind: str

    @property
    def over(self) -> bool:
        """Whether it takes longer than its kind may."""
        return self.kind in BUDGETS and self.ms > BUDGETS[self.kind]


def cases(query: NamedQuery, policy: str = "") -> Iterator[Case]:
    """What a query is asked: of cities and of a policy where it can be, of all plans where it need not have one."""
    names = {parameter.name for parameter in query.parameters}
    if "city" in names:
        yield Case(query.name, "city", tuple({"city": name} for _, name, _ in divisions("city")[: len(_PLACES) - 1]))
    if any(parameter.required for parameter in query.parameters):
        return
    if "policy" in names and policy:
        yield Case(query.name, "policy", ({"policy": policy},))
    yield Case(query.name, "all", ({},))


def common_policy(store: ox.Store) -> str:
    """The IRI of the policy that most plans name."""
    counted = """SELECT ?policy WHERE { GRAPH ?plan { ?plan dcterms:references ?policy } }
      GROUP BY ?policy ORDER BY DESC(COUNT(?plan)) ?policy LIMIT 1"""
    return str(next(iter(run(store, counted, answer_of)))["policy"])


def timed(store: ox.Store, text: str) -> tuple[float, list[str]]:
    """The median of three runs, in milliseconds of the processor (of one where it takes long), and the rows."""
    times: list[float] = []
    while len(times) < 3 and sum(times) < ENOUGH:
        began = time.process_time()
        rows = run(store, text, answer_of)
        times.append(time.process_time() - began)
    return 1000 * statistics.median(times), [repr(tuple(dict(row).values())) for row in rows]


def measured(store: ox.Store, case: Case, plans: int, keep: Path | None) -> Measured:
    """A case with its time: of several parameters, the one that takes longest."""
    ms, rows = max(timed(store, resolve(case.query, given)) for given in case.given)
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{case.query}-{case.about}.txt").write_text("\n".join(rows), "utf-8")
    local = case.about != "all" and case.query not in _AGAINST_ALL
    kind = "local" if local else "list" if case.about == "all" and len(rows) > plans else "whole"
    return Measured(case, ms, len(rows), kind)


def main() -> int:
    """Print the figures, write them where asked; 1 where one is over its budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5, help="how often what has a budget is asked")
    parser.add_argument("--rows", type=Path)
    parser.add_argument("--write", action="store_true", help="write the table into the docs")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = store_of(Path(folder), options.plans)
        print(f"{options.plans} plans, {len(store):,} statements; milliseconds of the processor, and rows")
        policy = common_policy(store)
        found: list[Measured] = []
        for name in options.names or named_queries():
            for case in cases(named_queries()[name], policy):
                found.append(measured(store, case, options.plans, options.rows))
                print(_line(found[-1]), flush=True)
        for _ in range(options.rounds - 1):
            found = [_again(store, one, options.plans) if one.kind in BUDGETS else one for one in found]
    print(f"the least of {options.rounds} rounds, where there is a budget:")
    print("\n".join(_line(one) for one in found if one.kind in BUDGETS))
    over = [f"{one.case.query} ({one.case.about})" for one in found if one.over]
    print(f"over budget {BUDGETS}: {', '.join(over) or 'none'}")
    if options.write:
        renew(FILES, lambda page, lang: with_part(page, table(found, options.plans, lang), MARK))
    return int(bool(over))


def _again(store: ox.Store, one: Measured, plans: int) -> Measured:
    """The case measured once more, or as before where that took less: the machine did less else meanwhile."""
    return min(one, measured(store, one.case, plans, None), key=lambda found: found.ms)


def _line(one: Measured) -> str:
    verdict = "" if one.kind not in BUDGETS else "over" if one.over else "kept"
    return f"  {one.case.query:26} {one.case.about:7} {one.kind:6} {one.ms:8.0f} ms {one.rows:7} rows  {verdict}"


MARK = "<!-- times: begin -->"
_WORDS = {
    "en": {
        "head": "| question | one city | one policy | all plans | rows of all |\n| --- | ---: | ---: | ---: | ---: |",
        "machine": "Milliseconds of the processor, {plans:,} plans; {system}, {cores} cores, Python {python}. "
        "What has a budget: the least of several rounds' medians. "
        "Local answers within {local} ms: {kept_local} of {all_local}; answers from all plans within {whole} ms: "
        "{kept_whole} of {all_whole}. Over its budget: **bold**. A list of everything, longer than there are plans, "
        "has no budget: *italics*.",
    },
    "zh": {
        "head": "| 问题 | 一个城市 | 一项政策 | 全部要点 | 全部的行数 |\n| --- | ---: | ---: | ---: | ---: |",
        "machine": "处理器毫秒数，{plans:,} 份要点；{system}，{cores} 核，Python {python}。"
        "有预算的取几轮中位数的最小值。"
        "局部的答案在 {local} 毫秒内：{all_local} 个中 {kept_local} 个；"
        "要用到全部要点的答案在 {whole} 毫秒内：{all_whole} 个中 {kept_whole} 个。"
        "**粗体**为超出预算；*斜体*为把全部内容逐条列出（行数多于要点数），没有预算。",
    },
}


def table(found: Iterable[Measured], plans: int, lang: str) -> str:
    """The figures as a table for the docs, and how many keep their budgets."""
    measures = list(found)
    counted = {
        f"{what}_{kind}": sum(one.kind == kind and not (what == "kept" and one.over) for one in measures)
        for kind in BUDGETS
        for what in ("all", "kept")
    }
    system = f"{platform.system()}, {platform.machine()}"
    said = _WORDS[lang]["machine"].format(
        plans=plans, system=system, cores=os.cpu_count(), python=platform.python_version(), **BUDGETS, **counted
    )
    by_query: dict[str, dict[str, Measured]] = {}
    for one in measures:
        by_query.setdefault(one.case.query, {})[one.case.about] = one
    rows = (f"| {name} | {' | '.join(_cells(cells))} |" for name, cells in by_query.items())
    return "\n".join(["", said, "", _WORDS[lang]["head"], *rows, ""])


def _cells(cells: Mapping[str, Measured]) -> Iterator[str]:
    for about in ("city", "policy", "all"):
        yield _figure(cells[about]) if about in cells else ""
    yield f"{cells['all'].rows:,}" if "all" in cells else ""


def _figure(one: Measured) -> str:
    mark = "**" if one.over else "*" if one.kind == "list" else ""
    return f"{mark}{one.ms:,.0f}{mark}"


if __name__ == "__main__":
    raise SystemExit(main())
