"""``yaodian check``: the defects of drafts, with place, reason and advice."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yaodian.checking import ENGINES, Finding, Peers, RuleSet, Severity, check
from yaodian.checking.formats import FORMATS, Checked
from yaodian.checking.report import plain, text_report
from yaodian.checking.scores import score_lines
from yaodian.cli.accepting import Ledger, accepting
from yaodian.cli.choosing import Choice, choosing_rules
from yaodian.cli.complaints import complain
from yaodian.cli.delivery import Delivery, delivery
from yaodian.cli.paths import NamedPath
from yaodian.errors import YaodianError
from yaodian.locales import Language, preferred
from yaodian.terminal import visible, wants_colour

if TYPE_CHECKING:
    from yaodian.checking.engine import EngineName
    from yaodian.checking.report import Painter
    from yaodian.model import Plan

EXAMPLES = """\b
Examples:
  yaodian check draft.docx                          all findings, in text order
  yaodian check drafts/*.txt --fail-on violation    exit 1 only for what is certainly wrong
  yaodian check draft.txt --profile strict          before it is handed in; archive: only what is certainly wrong
  yaodian check draft.txt --ignore YD-C --format json
  yaodian check drafts/* --out review.html          a page to read, print and pass on
  yaodian check draft.docx --out reviewed.docx      the draft with a comment at each finding
  yaodian check old/*.docx --write-baseline old.toml   what is there today; later: --baseline old.toml
  yaodian check draft.docx -d build                 also what most comparable plans of a corpus cover and this does not
  yaodian explain YD-N04                            what a code means
"""
SEVERITIES = [severity.word for severity in reversed(Severity)]
COLOURS = {Severity.VIOLATION: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
WIDEST = 120


@click.command("check", epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", *FORMATS]),
    help="How to tell of them.  [default: what the ending of --out says, else text]",
)
@click.option("--out", metavar="FILE", help="Write to this file instead of the standard output (-).")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), help="Language; Chinese unless the locale names another language."
)
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default="warning",
    show_default=True,
    help="Exit with 1 from this severity on.",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="auto",
    show_default=True,
    help="shacl: compiled; pyshacl: reference.",
)
@click.option(
    "--corpus",
    "-d",
    type=NamedPath(path_type=Path),
    metavar="DIR",
    help="Compare with the plans of this corpus: themes that most comparable ones cover, and the draft does not.",
)
@click.option("--score", is_flag=True, help="Tell also of each item what it states and what it lacks.")
@choosing_rules
@accepting
def command(
    choice: Choice,
    ledger: Ledger,
    files: tuple[str, ...],
    format_: str | None,
    out: str | None,
    lang: Language | None,
    fail_on: str,
    engine: EngineName,
    corpus: Path | None,
    score: bool,
) -> None:
    """Check drafts and list their defects with place, reason and advice.

    FILE is a plan as .txt, .md, .html, .docx or .pdf; - reads standard input. Exit status: 0 nothing found of the
    --fail-on severity or above, 1 something found, 2 a FILE cannot be read.
    """
    language = lang or preferred()
    rules = choice.rules()
    unreadable: list[str] = []
    to = delivery(format_, out, files)
    ledger.open()
    compared = _compared(corpus, language) if corpus else _with_none
    checked = _checked(files, Checker(engine, rules, compared), ledger, unreadable, lang)
    if to.form == "text":
        shown = _print_text(checked, ledger, language, to, "items" if score else "" if choice.only else "plan")
    else:
        shown = _write(checked, language, to)
    ledger.close()
    found = any(finding.severity >= Severity[fail_on.upper()] for finding in shown)
    sys.exit(2 if unreadable else int(found))


@dataclass(frozen=True, slots=True)
class Checker:
    """How drafts are checked: with which engine and rules, and beside which plans."""

    engine: EngineName
    rules: RuleSet
    peers: Callable[[Plan], Peers | None]

    def check(self, plan: Plan) -> tuple[Finding, ...]:
        """The findings on a plan."""
        return check(plan, engine=self.engine, rules=self.rules, peers=self.peers(plan))


def _compared(corpus: Path, language: Language) -> Callable[[Plan], Peers]:
    """What gives the peers of a plan in the corpus, and tells of it where they are too few."""
    from yaodian.corpus.peers import Comparison
    from yaodian.ontology import lexicon

    comparison, said = Comparison.of(corpus), lexicon("peers")[language]

    def peers(plan: Plan) -> Peers:
        found = comparison.peers(plan)
        if found.too_few:
            told = {"file": visible(plan.document.source), "corpus": visible(str(corpus))}
            numbers = {"number": found.plans, "enough": found.enough, "compared": found.said[language]}
            click.echo(f"yaodian: {said['too_few'].format(**told, **numbers)}", err=True)
        return found

    return peers


def _with_none(plan: Plan) -> None:
    """No peers: there is no corpus to compare with."""


def _checked(
    files: tuple[str, ...], checker: Checker, ledger: Ledger, unreadable: list[str], lang: Language | None
) -> Iterator[Checked]:
    """Each readable file with its findings; the others are told of at once, and the work goes on."""
    from yaodian.extraction import extract
    from yaodian.reading import read

    for file in files:
        try:
            plan = extract(read(file))
            findings = ledger.sift(file, checker.check(plan), checker.rules)
        except YaodianError as error:
            unreadable.append(file)
            complain(str(error), lang)
        else:
            yield Checked(plan, findings, file, ledger.as_data(file))


def _print_text(
    checked: Iterator[Checked], ledger: Ledger, language: Language, to: Delivery, score: str
) -> list[Finding]:
    width = min(WIDEST, shutil.get_terminal_size((100, 24)).columns)
    paint: Painter = _coloured if to.on_terminal and wants_colour(os.environ) else plain
    shown: list[Finding] = []
    lines: list[str] = []
    for one in checked:
        told = text_report(one, language, width, paint)
        scored = score_lines(one.plan, language, by_item=score == "items") if score else ()
        for line in (*told, *ledger.lines(one.file, language), *scored):
            lines.append(f"{line}\n") if to.path else click.echo(line)
        shown += one.findings
    if to.path:
        to.deliver("".join(lines).encode("utf-8", "replace"))
    return shown


def _write(checked: Iterator[Checked], language: Language, to: Delivery) -> list[Finding]:
    from yaodian.checking.formats import write

    results = list(checked)
    if results or not to.holds_one:
        to.deliver(write(to.form, results, language))
    return [finding for one in results for finding in one.findings]


def _coloured(text: str, severity: Severity | None) -> str:
    return click.style(text, fg=COLOURS[severity], bold=True) if severity else text
