"""``yaodian check``: the defects of drafts, with place, reason and advice."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from yaodian.checking import ENGINES, Finding, RuleSet, Severity, check
from yaodian.checking.language import Language, preferred
from yaodian.checking.report import as_data, plain, text_report
from yaodian.checking.scores import score_data, score_lines
from yaodian.cli.accepting import Ledger, accepting
from yaodian.cli.choosing import Choice, choosing_rules
from yaodian.errors import YaodianError
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
  yaodian check old/*.docx --write-baseline old.toml   what is there today; later: --baseline old.toml
  yaodian explain YD-N04                            what a code means
"""
SEVERITIES = [severity.word for severity in reversed(Severity)]
COLOURS = {Severity.VIOLATION: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
WIDEST = 120
Checked = tuple[str, "Plan", tuple[Finding, ...]]


@click.command("check", epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print."
)
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
@click.option("--score", is_flag=True, help="Tell also of each item what it states and what it lacks.")
@choosing_rules
@accepting
def command(
    choice: Choice,
    ledger: Ledger,
    files: tuple[str, ...],
    format_: str,
    lang: Language | None,
    fail_on: str,
    engine: EngineName,
    score: bool,
) -> None:
    """Check drafts and list their defects with place, reason and advice.

    FILE is a plan as .txt, .md, .html, .docx or .pdf; - reads standard input. Exit status: 0 nothing found of the
    --fail-on severity or above, 1 something found, 2 a FILE cannot be read.
    """
    language = lang or preferred()
    rules = choice.rules()
    unreadable: list[str] = []
    ledger.open()
    checked = _checked(files, engine, rules, ledger, unreadable)
    if format_ == "json":
        shown = _print_json(checked, ledger, language)
    else:
        shown = _print_text(checked, ledger, language, "items" if score else "" if choice.only else "plan")
    ledger.close()
    found = any(finding.severity >= Severity[fail_on.upper()] for finding in shown)
    sys.exit(2 if unreadable else int(found))


def _checked(
    files: tuple[str, ...], engine: EngineName, rules: RuleSet, ledger: Ledger, unreadable: list[str]
) -> Iterator[Checked]:
    """Each readable file with its findings; the others are told of at once, and the work goes on."""
    from yaodian.extraction import extract
    from yaodian.reading import read

    for file in files:
        try:
            plan = extract(read(file))
            findings = ledger.sift(file, check(plan, engine=engine, rules=rules), rules)
        except YaodianError as error:
            unreadable.append(file)
            click.echo(f"yaodian: {visible(str(error))}", err=True)
        else:
            yield file, plan, findings


def _print_text(checked: Iterator[Checked], ledger: Ledger, language: Language, score: str) -> list[Finding]:
    width = min(WIDEST, shutil.get_terminal_size((100, 24)).columns)
    paint: Painter = _coloured if sys.stdout.isatty() and wants_colour(os.environ) else plain
    shown: list[Finding] = []
    for file, plan, findings in checked:
        for line in text_report(plan.document, findings, language, width, paint):
            click.echo(line)
        for line in ledger.lines(file, language):
            click.echo(line)
        for line in score_lines(plan, language, by_item=score == "items") if score else ():
            click.echo(line)
        shown += findings
    return shown


def _print_json(checked: Iterator[Checked], ledger: Ledger, language: Language) -> list[Finding]:
    results = list(checked)
    data = {
        "files": [
            {
                "file": plan.document.source,
                "sha256": plan.document.sha256,
                "findings": len(found),
                **ledger.as_data(file),
                "score": score_data(plan),
            }
            for file, plan, found in results
        ],
        "findings": [as_data(plan.document, finding, language) for _, plan, found in results for finding in found],
    }
    click.echo(json.dumps(data, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace"))
    return [finding for _, _, found in results for finding in found]


def _coloured(text: str, severity: Severity | None) -> str:
    return click.style(text, fg=COLOURS[severity], bold=True) if severity else text
