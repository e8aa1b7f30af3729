"""The named queries over many plans: the processor time of each, for one city and for all plans.

    python bench/bench_queries.py [--plans 1000] [--rows FOLDER] [NAME…]

The plans are copies of those in ``examples/``: each copy is of real cities, a province among them, and of other years,
so that every query has something to answer: results after targets, last year's plan, a province above its city. The
store is on disk, as that of a corpus is. Exits with 1 where a median is over its budget. ``--rows`` keeps the answers,
to be compared with those of another version.
"""

from __future__ import annotations

import argparse
import csv
import re
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from yaodian.corpus import build, named_queries, open_corpus
from yaodian.corpus.answers import answer_of
from yaodian.corpus.guarding import run
from yaodian.corpus.questions import NamedQuery, resolve
from yaodian.ontology import resource
from yaodian.rdf.iris import VOCABULARY_GRAPH

CITY_MS, ALL_MS = 100, 1000
EXAMPLES = Path(__file__).parents[1] / "examples"
ENOUGH = 6.0
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


def cases(query: NamedQuery) -> Iterator[tuple[str, dict[str, object]]]:
    """What a query is asked: of one city where it can be, of all plans where it need not have one."""
    if any(parameter.name == "city" for parameter in query.parameters):
        yield "one city", {"city": divisions("city")[0][1]}
    if not any(parameter.required for parameter in query.parameters):
        yield "all plans", {}


def measured(store: ox.Store, text: str) -> tuple[float, list[str]]:
    """The median of three runs, in milliseconds of the processor (of one where it takes long), and the rows."""
    times: list[float] = []
    while len(times) < 3 and sum(times) < ENOUGH:
        began = time.process_time()
        rows = run(store, text, answer_of)
        times.append(time.process_time() - began)
    return 1000 * statistics.median(times), [repr(tuple(dict(row).values())) for row in rows]


def main() -> int:
    """Print the figures; 1 where one is over its budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--rows", type=Path)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = store_of(Path(folder), options.plans)
        print(f"{options.plans} plans, {len(store):,} statements; milliseconds of the processor (medians), and rows")
        return _over_budget(store, options.names or list(named_queries()), options.rows)


def _over_budget(store: ox.Store, names: list[str], keep: Path | None) -> int:
    over = []
    for name in names:
        line = f"  {name:28}"
        for what, given in cases(named_queries()[name]):
            ms, rows = measured(store, resolve(name, given))
            line += f" {what:>9} {ms:8.0f} ms {len(rows):7}"
            if ms > (CITY_MS if given else ALL_MS):
                over.append(f"{name} ({what})")
            if keep:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{name}-{what.replace(' ', '-')}.txt").write_text("\n".join(rows), "utf-8")
        print(line, flush=True)
    print(f"over {CITY_MS} ms for one city or {ALL_MS} ms for all plans: {', '.join(over) or 'none'}")
    return int(bool(over))


if __name__ == "__main__":
    raise SystemExit(main())
