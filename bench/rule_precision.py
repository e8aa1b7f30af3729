"""How often each rule is right: its findings on the documents at hand, as people who read them judged them.

    python bench/rule_precision.py                     the table; exits with 1 where one is not judged yet
    python bench/rule_precision.py --new               what is not judged yet, each line ready for the judgements' file
    python bench/rule_precision.py --write             docs/rule-precision.md and .zh.md, and stale judgements dropped

Judgements stand in bench/rule_judgements.csv, one finding a line: the document's SHA-256 (its beginning), the rule,
where the finding begins and ends in the text, and whether it is right. No word of the documents is kept.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaodian
from yaodian.checking import Finding, Rule, Severity, check, default_rules

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
JUDGEMENTS = Path(__file__).with_name("rule_judgements.csv")
PAGES = {"en": ROOT / "docs" / "rule-precision.md", "zh": ROOT / "docs" / "rule-precision.zh.md"}
VERDICTS = ("right", "wrong")
_DIGEST = 12
_HEAD = ("document", "rule", "start", "end", "verdict")
_PER = 2000


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A finding without its words."""

    document: str
    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found in the documents at hand: their names by digest, their length, the findings by place."""

    names: Mapping[str, str]
    characters: int
    findings: Mapping[Place, Finding]


def documents() -> list[Path]:
    """The real plans and the corpus, where they are at hand, our examples and annotated texts."""
    folders = (SHARED / "seeds", SHARED / "corpus", ROOT / "tests" / "gold", ROOT / "examples")
    return [path for folder in folders for path in sorted(folder.glob("*.txt"))]


def survey(paths: Iterable[Path]) -> Survey:
    """Check all documents with all rules."""
    names, found, characters = dict[str, str](), dict[Place, Finding](), 0
    for path in paths:
        plan = yaodian.read_plan(path)
        digest = plan.document.sha256[:_DIGEST]
        names[digest] = path.name
        characters += len(plan.document.body.quote)
        for finding in check(plan):
            found[Place(digest, finding.code, finding.span.start, finding.span.end)] = finding
    return Survey(names, characters, found)


def load(path: Path = JUDGEMENTS) -> dict[Place, str]:
    """The judgements by place; ValueError where a verdict is no word of ours."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["verdict"] not in VERDICTS:
            raise ValueError(f"{path.name}: {row['verdict']!r} is no verdict; there are: {', '.join(VERDICTS)}")
    return {Place(r["document"], r["rule"], int(r["start"]), int(r["end"])): r["verdict"] for r in rows}


def save(judged: Mapping[Place, str], path: Path = JUDGEMENTS) -> None:
    """The judgements, in order."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEAD)
        writer.writerows((p.document, p.rule, p.start, p.end, verdict) for p, verdict in sorted(judged.items()))


def unjudged(seen: Survey, judged: Mapping[Place, str]) -> list[Place]:
    """The errors and suspects that nobody has judged."""
    return sorted(p for p, f in seen.findings.items() if f.severity > Severity.INFO and p not in judged)


def current(seen: Survey, judged: Mapping[Place, str]) -> dict[Place, str]:
    """The judgements without those of findings that are no more; documents that are not at hand keep theirs."""
    return {p: v for p, v in judged.items() if p in seen.findings or p.document not in seen.names}


_WORDS = {
    "en": {
        "title": "# How often each rule is right\n",
        "intro": (
            "Every error and suspect that the rules find in {documents} documents ({characters:,} characters: real "
            "plans, government documents of other kinds, and this project's own texts, some with defects on purpose) "
            "was judged by one reader, who also wrote the rules: findings of one kind in one document together, the "
            "others one by one; so were hints, of some rules. A second reader, who had written none of "
            "these rules, read every error and suspect again, those of our own texts without the text around them, and "
            "did not differ on those that are left; characters that recognition of print confused (YD-X21 to X23, and "
            "with them a part of YD-X06) came later and were read once. Rules have been mended with these "
            "documents in sight: on others expect more false alarms. A rule without a line found nothing there. The "
            "page is written by `python bench/rule_precision.py --write`.\n"
        ),
        "sum": (
            "Errors: {errors} found, {bad_errors} false alarms. Suspects: {suspects} found, {bad_suspects} false "
            "alarms, {rate:.2f} in {per:,} characters.\n"
        ),
        "head": ("Rule", "Name", "Severity", "Judged", "Right", "False alarms", "Precision"),
        Severity.VIOLATION: "error",
        Severity.WARNING: "suspect",
        Severity.INFO: "hint",
    },
    "zh": {
        "title": "# 每条规则的准确程度\n",
        "intro": (
            "规则在{documents}份文件（共{characters:,}字：真实的工作要点、其他种类的公文，"
            "以及本项目自拟、部分故意带错的文本）中指出的每一处“必错”和“疑似”都由一人（也是规则的作者）判断过："
            "同一文件里同一种问题一并判断，其余逐处判断；部分规则的“提示”也判断过。"
            "另有一人没有写过这些规则，把每一处“必错”和“疑似”又读了一遍（自拟文本只看提示本身），对现存各处没有不同意见；"
            "识别形近字的规则（YD-X21至X23和YD-X06的一部分）是后来加的，只读过一遍。"
            "规则是看着这些文件改的，换成别的文件，误报会多一些。表中没有的规则在这些文件里没有指出什么。"
            "本页由 `python bench/rule_precision.py --write` 写成。\n"
        ),
        "sum": (
            "必错：指出{errors}处，误报{bad_errors}处。"
            "疑似：指出{suspects}处，误报{bad_suspects}处，每{per:,}字{rate:.2f}处。\n"
        ),
        "head": ("规则", "名称", "程度", "判断过", "正确", "误报", "准确率"),
        Severity.VIOLATION: "必错",
        Severity.WARNING: "疑似",
        Severity.INFO: "提示",
    },
}


def page(seen: Survey, judged: Mapping[Place, str], language: str) -> str:
    """The table of all rules that were judged, as Markdown."""
    said = _WORDS[language]
    here = {place: verdict for place, verdict in judged.items() if place in seen.findings}
    numbers = Counter((place.rule, verdict) for place, verdict in here.items())
    rows = [_row(rule, numbers, language) for rule in default_rules().rules if _judged(rule, numbers)]
    head = said["head"]
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    intro = said["intro"].format(documents=len(seen.names), characters=seen.characters)
    return "\n".join((said["title"], intro, _sum(seen, here, language), *lines)) + "\n"


def _judged(rule: Rule, numbers: Mapping[tuple[str, str], int]) -> int:
    return sum(numbers[rule.code, verdict] for verdict in VERDICTS)


def _row(rule: Rule, numbers: Mapping[tuple[str, str], int], language: str) -> list[str]:
    right, of = numbers[rule.code, "right"], _judged(rule, numbers)
    return [
        rule.code, rule.name[language], _WORDS[language][rule.severity],
        str(of), str(right), str(of - right), f"{right / of:.2f}",
    ]  # fmt: skip


def _sum(seen: Survey, judged: Mapping[Place, str], language: str) -> str:
    found = Counter(finding.severity for finding in seen.findings.values())
    bad = Counter(seen.findings[place].severity for place, verdict in judged.items() if verdict == "wrong")
    return str(_WORDS[language]["sum"]).format(
        errors=found[Severity.VIOLATION], bad_errors=bad[Severity.VIOLATION],
        suspects=found[Severity.WARNING], bad_suspects=bad[Severity.WARNING],
        rate=bad[Severity.WARNING] * _PER / max(1, seen.characters), per=_PER,
    )  # fmt: skip


def _listed(seen: Survey, places: Iterable[Place]) -> Iterator[str]:
    for place in places:
        finding = seen.findings[place]
        where = f"{place.document},{place.rule},{place.start},{place.end}"
        yield f"{where},   # {seen.names[place.document]}:{finding.place} {finding.message('zh')}"


def main() -> int:
    """Print, list or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the pages and drop stale judgements")
    parser.add_argument("--new", action="store_true", help="list the errors and suspects that are not judged yet")
    options = parser.parse_args()
    seen = survey(documents())
    judged = current(seen, load())
    new = unjudged(seen, judged)
    if options.write:
        save(judged)
        for language, path in PAGES.items():
            path.write_text(page(seen, judged, language), "utf-8")
    lines = _listed(seen, new) if options.new else page(seen, judged, "en").splitlines()
    print("\n".join(lines))
    if new:
        print(f"not judged yet: {len(new)} (--new lists them)", file=sys.stderr)
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main())
