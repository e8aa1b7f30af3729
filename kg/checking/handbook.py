"""Rules told to people: a list, one rule in full, and the whole handbook as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import groupby
from typing import Any

from yaodian.checking.findings import sketched
from yaodian.checking.language import words
from yaodian.checking.rules import Rule, RuleSet
from yaodian.locales import Language

_FAMILIES = ("metadata", "numbering", "completeness", "targets", "policies", "text", "coverage")


def listing(rules: RuleSet, language: Language) -> Iterator[str]:
    """One line a rule: code, severity, name."""
    from yaodian.checking.snippet import columns

    said = words(language)
    widest = max((columns(said[rule.severity.word]) for rule in rules.rules), default=0)
    for family, members in _by_family(rules):
        yield str(said["families"].get(family, family))
        for rule in members:
            severity = said[rule.severity.word]
            yield f"  {rule.code}  {severity}{' ' * (widest - columns(severity))}  {rule.name[language]}"


def explanation(rule: Rule, language: Language) -> Iterator[str]:
    """One rule in full."""
    said = words(language)
    yield f"{rule.code}  {said[rule.severity.word]}  {rule.name[language]}"
    yield ""
    for key, value in _particulars(rule, language):
        yield f"{said[key]}: {value}"
    for key, example in _examples(rule):
        yield ""
        yield said[key] + (said["example_graph"] if is_graph(example) else "")
        yield from (f"    {line}" for line in example.strip().splitlines())


def handbook(rules: RuleSet, language: Language) -> str:
    """All rules as a Markdown page."""
    said = words(language)
    lines = [f"# {said['title']}", "", said["intro"], ""]
    for family, members in _by_family(rules):
        lines += [f"## {said['families'].get(family, family)}", ""]
        for rule in members:
            lines += _chapter(rule, language)
    return "\n".join(lines).rstrip() + "\n"


def as_data(rule: Rule, language: Language) -> dict[str, Any]:
    """A rule as JSON has it."""
    return {
        "code": rule.code,
        "severity": rule.severity.word,
        "family": rule.family,
        "name": rule.name[language],
        "message": rule.message[language],
        "rationale": rule.rationale[language],
        "source": rule.source[language],
        "advice": rule.advice[language],
        "bad": rule.bad,
        "good": rule.good,
    }


def _examples(rule: Rule) -> Iterator[tuple[str, str]]:
    """The examples that there are: rules of the user's may have none."""
    yield from ((key, example) for key, example in (("bad", rule.bad), ("good", rule.good)) if example)


def is_graph(example: str) -> bool:
    """Whether an example is a graph in Turtle and not the text of a plan."""
    return example.lstrip().startswith("@prefix")


def similar(rules: RuleSet, code: str) -> list[str]:
    """The codes nearest to one that does not exist."""
    wanted = code.upper()
    codes = [rule.code for rule in rules.rules]
    short = {c.removeprefix("YD-"): c for c in codes}
    near = [short[c] for c in get_close_matches(wanted.removeprefix("YD").lstrip("-"), list(short), 3, 0.5)]
    return near or get_close_matches(wanted, codes, 3, 0.6)


def _by_family(rules: RuleSet) -> list[tuple[str, Sequence[Rule]]]:
    order = {family: n for n, family in enumerate(_FAMILIES)}
    ordered = sorted(rules.rules, key=lambda r: (order.get(r.family, len(order)), r.family, r.code))
    return [(family, tuple(members)) for family, members in groupby(ordered, key=lambda r: r.family)]


def _particulars(rule: Rule, language: Language) -> Iterator[tuple[str, str]]:
    """What is said of a rule; … stands for what a message or an advice takes from the case at hand."""
    yield "about", sketched(rule.message[language])
    yield "rationale", rule.rationale[language]
    yield "source", rule.source[language]
    yield "advice", sketched(rule.advice[language])


def _chapter(rule: Rule, language: Language) -> list[str]:
    said = words(language)
    lines = [f"### {rule.code} {rule.name[language]}", ""]
    lines += [f"- {said['severity']}: {said[rule.severity.word]}"]
    lines += [f"- {said[key]}: {value}" for key, value in _particulars(rule, language)]
    for key, example in _examples(rule):
        syntax = "turtle" if is_graph(example) else "text"
        lines += ["", f"{said[key]}:", "", f"```{syntax}", example.strip(), "```"]
    return [*lines, ""]
