"""``yaodian suppress``: accept findings, with the reason, in a file beside the draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from yaodian.checking import Finding, check
from yaodian.checking.accepted import accept, relative_name
from yaodian.checking.language import words
from yaodian.cli.accepting import record, suppressions_option, usual_side_file
from yaodian.cli.choosing import all_rules, own_rules
from yaodian.errors import YaodianError, listed, shown
from yaodian.locales import Language, preferred
from yaodian.terminal import visible

EXAMPLES = """\b
Examples:
  yaodian suppress draft.docx YD-X11@5:10 --reason "names are set wide here"
  yaodian suppress draft.docx YD-C04 --reason "a plan for school buildings only"
  yaodian check draft.docx --prune                  remove entries that are not used any more
"""
_PLACE = re.compile(r"(?P<code>[^@]+)(@(?P<line>\d+)(:(?P<column>\d+))?)?", re.ASCII)


@click.command("suppress", epilog=EXAMPLES)
@click.argument("file")
@click.argument("places", nargs=-1, required=True, metavar="CODE[@LINE[:COLUMN]]...")
@click.option("--reason", required=True, help="Why it may stay as it is.")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), help="Language; Chinese unless the locale names another language."
)
@suppressions_option
@own_rules
def command(
    file: str,
    places: tuple[str, ...],
    reason: str,
    lang: Language | None,
    suppressions: Path | None,
    own: tuple[Path, ...],
) -> None:
    """Accept findings in FILE: check tells them no more, until their words or those beside them change.

    CODE@LINE:COLUMN is what check prints; CODE@LINE means all of that line, CODE all of the file. A finding's
    fingerprint (check --format json) does as well. Exit status: 0 accepted, 2 there is no such finding.
    """
    from yaodian.extraction import extract
    from yaodian.reading import read

    said = words(lang or preferred())["accepted"]
    path = suppressions or usual_side_file(file)
    if path is None:
        raise YaodianError("standard input has no file beside it: say with --suppressions FILE where to write")
    if not reason.strip():
        raise click.BadParameter("an empty reason says nothing", param_hint="--reason")
    found = check(extract(read(file)), rules=all_rules(own))
    chosen = [finding for place in places for finding in _at(place, found, file)]
    record(path, [accept(finding, relative_name(file, path), reason) for finding in chosen])
    for finding in {f.fingerprint: f for f in chosen}.values():
        click.echo(said["added"].format(where=visible(str(path)), rule=finding.code, quote=visible(finding.quote)))


def _at(place: str, found: tuple[Finding, ...], file: str) -> list[Finding]:
    chosen = [finding for finding in found if _is_at(finding, place)]
    if not chosen:
        there = listed(list(_places(found, place)), ", ")
        raise YaodianError(f"{shown(file)}: no finding {shown(place)}; there are: {there or 'none'}")
    return chosen


def _is_at(finding: Finding, place: str) -> bool:
    if place == finding.fingerprint:
        return True
    match = _PLACE.fullmatch(place)
    if match is None or match["code"].casefold() != finding.code.casefold():
        return False
    at = finding.place
    return (not match["line"] or int(match["line"]) == at.line) and (
        not match["column"] or int(match["column"]) == at.column
    )


def _places(found: tuple[Finding, ...], place: str) -> Iterator[str]:
    """The places to choose from: of the same rule, or all where it found nothing."""
    code = place.split("@", maxsplit=1)[0].casefold()
    same = [finding for finding in found if finding.code.casefold() == code]
    return (f"{finding.code}@{finding.place}" for finding in same or found)
