"""A plan of ten thousand characters to N-Quads: our serialiser beside an rdflib graph, in one run.

    python bench/bench_rdf.py

Exits with 1 where we are over the budget.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable
from decimal import Decimal

from yaodian.model import (
    Document,
    Facts,
    Item,
    Measure,
    PlaceMention,
    Plan,
    PolicyReference,
    Section,
    Span,
    Target,
    ThemeAssignment,
)
from yaodian.rdf import nquads

BUDGET_MS = 15
RUNS = 21
ITEM = (
    "{n}.推进第{n}项工作。一是新建学校{n}所,增加学位3.1万个以上,二是培训教师约{n}00人,经费5000-8000万元,"
    "落实《关于第{n}项工作的实施意见》,在城北区开展试点,持续完善体制机制,不断提高工作质量,"
    "切实加强组织领导,压实各方责任,形成工作合力,努力办好人民满意的教育,全面完成年度各项目标任务,"
    "坚持问题导向和目标导向,健全常态化的督导检查制度,及时总结和推广好的经验与做法,营造良好氛围。\n"
)


def sample(items: int = 52) -> Plan:
    """A plan denser than real ones: each item with two targets, two measures, a policy and a place."""
    paragraphs = [ITEM.format(n=n) for n in range(1, items + 1)]
    text = "".join(paragraphs)
    starts = [sum(map(len, paragraphs[:n])) for n in range(items)]
    made = tuple(_item(n, text, start, len(each) - 1) for n, (start, each) in enumerate(zip(starts, paragraphs), 1))  # noqa: B905
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document("bench.txt", "bench.txt", digest, "text/plain", "utf-8", text, Span(0, len(text), text))
    facts = Facts("第一市工作要点", city_code="320400", province_code="320000", plan_year=2024)
    section = Section("1", "一", "一", 1, 1, "总体要求", Span(0, 4, text[:4]), "plan")
    shares = {name: tuple(x for i in made for x in getattr(i, name)) for name in ("targets", "policies", "places")}
    return Plan(document, facts, (section,), made, **shares)


def _item(n: int, text: str, start: int, length: int) -> Item:
    def at(quote: str) -> Span:
        begin = text.index(quote, start)
        return Span(begin, begin + len(quote), quote)

    name, title = f"p{n}", f"关于第{n}项工作的实施意见"
    targets = (
        Target(f"t{n}b", at("3.1万个以上"), Decimal(31000), None, "ge", "个", "增加学位", "planned", name),
        Target(f"t{n}d", at("5000-8000万元"), Decimal("5e7"), Decimal("8e7"), "range", "元", "经费", "planned", name),
    )
    heading = at(f"推进第{n}项工作")
    return Item(
        name, str(n), n, heading.quote, heading, Span(start, start + length, text[start : start + length]), "1", "plan",
        measures=(Measure("一是", 1, at("一是")), Measure("二是", 2, at("二是"))),
        themes=(ThemeAssignment("facilities"), ThemeAssignment("teachers")),
        targets=targets,
        policies=(PolicyReference(f"r{n}", at(title), title, "implement", title, title, item=name),),
        places=(PlaceMention(f"g{n}", at("城北区"), ("320411",), ("新北区",), "county", name),),
    )  # fmt: skip


def with_rdflib(plan: Plan) -> str:
    """What we avoid: the same statements as an rdflib graph, serialised by rdflib."""
    return plan.to_rdflib().serialize(format="nt")


def best_ms(work: Callable[[Plan], str], plan: Plan, runs: int) -> float:
    """The time of one call that nothing disturbed: the best of ``runs``."""
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        work(plan)
        times.append(time.perf_counter() - begin)
    return min(times) * 1000


def main() -> int:
    """Measure both, print them side by side."""
    plan = sample()
    statements = nquads(plan).count("\n")
    ours, theirs = best_ms(nquads, plan, RUNS), best_ms(with_rdflib, plan, 5)
    print(f"{len(plan.text)} characters, {statements} statements")
    print(f"yaodian  {ours:8.1f} ms  {statements / ours * 1000:12,.0f} statements/s")
    print(f"rdflib   {theirs:8.1f} ms  {statements / theirs * 1000:12,.0f} statements/s  ({theirs / ours:.0f} times)")
    print(f"budget   {BUDGET_MS:8.1f} ms  {'kept' if ours <= BUDGET_MS else 'exceeded'}")
    return int(ours > BUDGET_MS)


if __name__ == "__main__":
    sys.exit(main())
