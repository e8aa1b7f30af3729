"""``yaodian serve`` under load, with hostile queries among the good ones; beside rdflib-endpoint on the same data.

    uv run --group bench python bench/bench_serve.py [--plans 60] [--clients 50] [--queries 40] [--peer 40] [--write]

Every client sends ``--queries`` of them one after another, a twentieth of them hostile: cross products, SERVICE to a
port of this machine on which somebody listens, property paths without an end, bytes that are no UTF-8. Exits with 1
where a good query failed, something was fetched, a hostile query was answered, or the memory grew by more than a tenth.
``--write`` puts the table into ``docs/serve.md`` and its Chinese twin.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote, urlencode, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from bench_corpus import write_plans
from trap_server import trapped

from yaodian.corpus import Corpus, build, named_queries, open_corpus
from yaodian.corpus.prefixes import prefixes
from yaodian.corpus.questions import bind

MAIN = [sys.executable, "-c", "from yaodian.cli import main; main()"]
PEER = """
import sys, uvicorn
from pathlib import Path
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
from yaodian.ontology import resource
data = Dataset(default_union=True)
for file in sorted(Path(sys.argv[1]).glob("plans/*.nq")):
    data.parse(file, format="nquads")
for entry in resource("").iterdir():
    if entry.name.endswith(".ttl") and entry.name != "policies.ttl":
        data.parse(data=entry.read_text("utf-8"), format="turtle")
print("ready", flush=True)
uvicorn.run(SparqlEndpoint(graph=data), port=int(sys.argv[2]), log_level="critical")
"""
HOSTILE_SHARE = 0.05
GROWTH = 1.10
PEER_SECONDS = 60.0
HEADERS = {"Content-Type": "application/sparql-query", "Accept": "*/*"}


@dataclass(frozen=True)
class Sent:
    """A request, and whether it ought to be answered."""

    kind: str
    method: str
    target: str
    body: bytes | None = None

    @property
    def is_good(self) -> bool:
        return self.kind not in HOSTILE


@dataclass
class Seen:
    """What came of the requests of one kind: statuses, and seconds."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)


HOSTILE = ("cross product", "SERVICE", "property paths", "malformed UTF-8")


def good(corpus: Corpus) -> list[Sent]:
    """The good requests: small questions to one city, lists, an aggregate, pages and data of things."""
    cities = sorted({row.city.removesuffix("市") for row in corpus.plans if row.city})[:12]
    known, found = named_queries(), []
    for city in cities:
        found.append(_query("targets of a city", bind(known["targets"].text, {"city": city})))
        found.append(_query("items of a theme", bind(known["items-by-theme"].text, {"city": city})))
    for row in corpus.plans[:12]:
        plan, path = row.plan, quote(row.plan.removeprefix("https://w3id.org/yaodian"), safe="/%")
        found.append(
            _query("a plan's items", f"SELECT ?i ?t {{ ?i dcterms:isPartOf <{plan}> ; dcterms:title ?t }} LIMIT 50")
        )
        found.append(_query("ASK", f"ASK {{ <{plan}> a yd:Plan }}"))
        found.append(_query("DESCRIBE", f"DESCRIBE <{plan}>"))
        found.append(Sent("Turtle of an IRI", "GET", path))
    found.append(
        _query("count by city", "SELECT ?c (COUNT(?p) AS ?n) { ?p a yd:Plan ; dcterms:spatial ?c } GROUP BY ?c")
    )
    found.append(
        Sent("question as CSV", "GET", f"/queries/completeness?{urlencode({'city': cities[0], 'format': 'csv'})}")
    )
    return found


def _query(kind: str, text: str) -> Sent:
    declared = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes().items())
    return Sent(kind, "POST", "/sparql", (declared + text).encode())


def hostile(trap: str) -> list[Sent]:
    """The hostile ones; ``trap`` is an address on which somebody listens."""
    path = "(!<a:a>|!<a:b>)*/(!<a:c>)*/(!<a:d>)*"
    return [
        _query("cross product", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"),
        _query("SERVICE", f"SELECT * {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}"),
        _query("SERVICE", f"SELECT * {{ SERVICE SILENT <{trap}> {{ ?s ?p ?o }} }}"),
        _query("property paths", f"SELECT (COUNT(*) AS ?n) {{ ?s {path} ?o . ?t {path} ?u }}"),
        Sent("malformed UTF-8", "POST", "/sparql", b"ASK { ?s ?p '\xff\xfe\xc3(' }"),
    ]


def mixture(corpus: Corpus, trap: str, number: int, seed: int) -> list[Sent]:
    """What one client sends."""
    chance = random.Random(seed)
    fine, bad = good(corpus), hostile(trap)
    return [chance.choice(bad if chance.random() < HOSTILE_SHARE else fine) for _ in range(number)]


def client(address: str, requests: Sequence[Sent], timeout: float = 300) -> dict[str, Seen]:
    """Send them one after another over one connection; what came of them."""
    seen: dict[str, Seen] = defaultdict(Seen)
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=timeout)
    for sent in requests:
        began = time.perf_counter()
        try:
            connection.request(sent.method, sent.target, sent.body, HEADERS if sent.body else {})
            response = connection.getresponse()
            response.read()
            status = response.status
        except (OSError, http.client.HTTPException):
            connection.close()
            status = 0
        seen[sent.kind].statuses[status] += 1
        seen[sent.kind].seconds.append(time.perf_counter() - began)
    connection.close()
    return seen


def load(address: str, each: Sequence[Sequence[Sent]]) -> tuple[dict[str, Seen], float]:
    """All clients at the same time; what came of their requests, and the seconds that it took."""
    began, seen = time.perf_counter(), defaultdict(Seen)
    with ThreadPoolExecutor(len(each)) as threads:
        for one in threads.map(lambda requests: client(address, requests), each):
            for kind, part in one.items():
                seen[kind].statuses += part.statuses
                seen[kind].seconds += part.seconds
    return seen, time.perf_counter() - began


def warm(address: str, fine: list[Sent], clients: int) -> None:
    """Have every worker answer some hundred good queries, before and after alike: then it has all that it needs."""
    load(address, [random.Random(seed).choices(fine, k=50) for seed in range(clients)])


@contextmanager
def process(command: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
    """A process that says a line when it is ready."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        try:
            yield started
        finally:
            started.kill()


def resident(pid: int) -> tuple[float, float, int]:
    """Megabytes resident of a process, of one of its children on average, and how many these are (Linux)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    sizes = [size for child in children if (size := _resident(int(child)))]
    return _resident(pid), sum(sizes) / max(1, len(sizes)), len(sizes)


def _resident(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return 0.0
    line = next((line for line in status.splitlines() if line.startswith("VmRSS")), "VmRSS: 0 kB")
    return int(line.split()[1]) / 1024


def table(seen: dict[str, Seen]) -> None:
    print(f"  {'kind':20} {'sent':>6}  {'status':28} {'p50 ms':>8} {'p95 ms':>8}")
    for kind in sorted(seen, key=lambda kind: (kind in HOSTILE, kind)):
        part = seen[kind]
        statuses = ", ".join(f"{status}: {count}" for status, count in sorted(part.statuses.items()))
        print(f"  {kind:20} {len(part.seconds):6}  {statuses:28} {_times(part.seconds)}")
    everything = [second for kind, part in seen.items() if kind not in HOSTILE for second in part.seconds]
    print(f"  {'all good ones':20} {len(everything):6}  {'':28} {_times(everything)}")


DOCS = Path(__file__).parents[1] / "docs"
_TABLE = re.compile(r"(<!-- load -->\n).*?(<!-- /load -->)", re.DOTALL)
_GROUPS = (
    (None, "good queries", "正常查询"),
    (("SERVICE",), "SERVICE", "SERVICE"),
    (("cross product", "property paths"), "cross products, property paths", "笛卡儿积、属性路径"),
    (("malformed UTF-8",), "malformed UTF-8", "不是 UTF-8"),
)


def write(seen: dict[str, Seen], about: tuple[str, str]) -> None:
    """Put what came of the requests into the guide, in both languages."""
    for file, at, head in (("serve.md", 1, "sent | statuses"), ("serve.zh.md", 2, "次数 | 状态")):
        lines = [about[at - 1], "", f"| | {head} | p50 | p95 |", "|---|---|---|---|---|"]
        for group in _GROUPS:
            kinds = group[0] or [kind for kind in seen if kind not in HOSTILE]
            parts = [seen[kind] for kind in kinds if kind in seen]
            statuses: Counter[int] = sum((part.statuses for part in parts), Counter())
            seconds = [second for part in parts for second in part.seconds]
            told = ", ".join(f"{status}: {count:,}" for status, count in sorted(statuses.items()))
            p50, p95 = _times(seconds).split()
            lines.append(f"| {group[at]} | {len(seconds):,} | {told} | {float(p50):,.0f} ms | {float(p95):,.0f} ms |")
        path, text = DOCS / file, "\n".join(lines)
        path.write_text(
            _TABLE.sub(lambda match, text=text: f"{match[1]}{text}\n{match[2]}", path.read_text("utf-8")), "utf-8"
        )


def _about(corpus: Corpus, options: argparse.Namespace, took: float) -> tuple[str, str]:
    """The conditions of a run, in English and Chinese."""
    plans, statements = len(corpus.plans), sum(row.statements for row in corpus.plans)
    return (
        f"{plans} plans ({statements:,} statements), {options.clients} clients at once,"
        f" {options.queries:,} queries each, time-out {options.timeout} s,"
        f" {os.cpu_count()} processors, {took:.0f} s in all:",
        f"{plans} 份计划（{statements:,} 条陈述），{options.clients} 个客户端同时，每个 {options.queries:,} 次查询，"
        f"时限 {options.timeout} 秒，{os.cpu_count()} 个处理器，共 {took:.0f} 秒：",
    )


def _times(seconds: list[float]) -> str:
    if len(seconds) < 2:
        return f"{1000 * sum(seconds):8.1f} {1000 * sum(seconds):8.1f}"
    cuts = quantiles(seconds, n=20, method="inclusive")
    return f"{1000 * cuts[9]:8.1f} {1000 * cuts[18]:8.1f}"


def ours(corpus: Corpus, options: argparse.Namespace) -> list[str]:
    """Load our server; what is wrong with it."""
    with trapped() as (trap, asked), process([*MAIN, "serve", str(corpus.path), "--port", "0",
                                              f"--set=timeout={options.timeout}"]) as server:  # fmt: skip
        assert server.stdout
        address = server.stdout.readline().split()[2].rstrip("/")
        fine = good(corpus)
        warm(address, fine, options.clients)
        before = resident(server.pid)
        each = [mixture(corpus, trap, options.queries, 1000 + seed) for seed in range(options.clients)]
        seen, took = load(address, each)
        warm(address, fine, options.clients)
        after = resident(server.pid)
    print(f"yaodian serve: {options.clients} clients × {options.queries} queries in {took:.1f} s,"
          f" time-out {options.timeout} s")  # fmt: skip
    table(seen)
    if options.write:
        write(seen, _about(corpus, options, took))
    for name, one, other in zip(("the server", "a worker on average"), before, after, strict=False):
        print(f"  resident, {name}: {one:.1f} MB before, {other:.1f} MB after ({other / one - 1:+.1%})")
    print(f"  workers: {before[2]} before, {after[2]} after")
    print(f"  asked of the trap: {len(asked)}")
    return list(_wrong(seen, asked, before, after))


def _wrong(
    seen: dict[str, Seen], asked: list[str], before: tuple[float, float, int], after: tuple[float, float, int]
) -> Iterator[str]:
    failed = sum(count for kind, part in seen.items() if kind not in HOSTILE
                 for status, count in part.statuses.items() if status != 200)  # fmt: skip
    if failed:
        yield f"{failed} good queries failed"
    if answered := sum(seen[kind].statuses[200] for kind in HOSTILE if kind in seen):
        yield f"{answered} hostile queries were answered"
    if asked:
        yield f"{len(asked)} requests reached another port"
    if any(other > GROWTH * one for one, other in zip(before[:2], after[:2], strict=True)):
        yield "the memory grew by more than a tenth"


def peer(corpus: Corpus, options: argparse.Namespace) -> None:
    """The same good queries to rdflib-endpoint, then one hostile one of each kind. It has no pages and no time-out."""
    if find_spec("rdflib_endpoint") is None:
        print("rdflib-endpoint is not installed: uv run --group bench …")
        return
    port = 8642
    with process([sys.executable, "-c", PEER, str(corpus.path), str(port)]) as server, trapped() as (trap, asked):
        assert server.stdout
        began = time.perf_counter()
        server.stdout.readline()
        print(f"rdflib-endpoint: {time.perf_counter() - began:.1f} s to load the same plans")
        address = f"http://127.0.0.1:{port}"
        while client(address, [Sent("ready", "GET", "/docs")])["ready"].statuses[0]:
            time.sleep(0.5)
        fine = [Sent(sent.kind, "POST", "/", sent.body) for sent in good(corpus) if sent.body]
        chance = random.Random(1)
        chosen = chance.choices(fine, k=options.peer)
        seen = client(address, chosen, PEER_SECONDS)
        print(
            f"  one client, {options.peer} good queries, each given {PEER_SECONDS:.0f} s;"
            f" resident {_resident(server.pid):.0f} MB"
        )
        table(seen)
        for sent in (Sent(sent.kind, "POST", "/", sent.body) for sent in reversed(hostile(trap))):
            # Each over a connection of its own, the cross product last: it keeps the server busy for good.
            if sent.kind != "property paths":
                ((kind, seen_once),) = client(address, [sent], 10).items()
                print(f"  {kind:20} {seen_once.statuses.popitem()[0] or 'no answer in 10 s'}")
        print(f"  asked of the trap: {len(asked)}")


def alone(corpus: Corpus, options: argparse.Namespace) -> None:
    """One client with our server: what the same queries take without the others."""
    with process([*MAIN, "serve", str(corpus.path), "--port", "0"]) as server:
        assert server.stdout
        address = server.stdout.readline().split()[2].rstrip("/")
        fine = [sent for sent in good(corpus) if sent.body]
        client(address, fine)
        print(f"yaodian serve: one client, {options.peer} good queries")
        table(client(address, random.Random(1).choices(fine, k=options.peer)))


def main() -> int:
    """Print the figures; 1 where one is over its budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("plans", 60), ("clients", 50), ("queries", 40), ("peer", 40), ("timeout", 10)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        build(write_plans(Path(folder) / "source", options.plans), Path(folder) / "out")
        corpus = open_corpus(Path(folder) / "out")
        corpus.index()
        print(f"{options.plans} plans, {sum(row.statements for row in corpus.plans):,} statements")
        wrong = ours(corpus, options)
        if options.peer:
            alone(corpus, options)
            peer(corpus, options)
    for one in wrong:
        print(f"WRONG: {one}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
