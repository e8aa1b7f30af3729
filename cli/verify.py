"""``yaodian verify``: whether a corpus is what its manifest says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from yaodian.cli.paths import corpus_folder
from yaodian.filenames import readable, shown_line

if TYPE_CHECKING:
    from pathlib import Path

    from yaodian.corpus import Verdict
    from yaodian.corpus.flaws import Flaw
    from yaodian.locales import Language

EXAMPLES = """\b
Examples:
  yaodian verify                         the corpus in ./build
  yaodian verify corpus --jobs 8 --sources
  yaodian verify corpus --format json
"""
MOST_OF_A_KIND = 20
"""So many flaws of one kind are shown as text; the JSON has all."""


@click.command("verify", epilog=EXAMPLES)
@corpus_folder
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1, 512),
    metavar="N",
    help="How many processes look.  [default: one a processor, from 40 plans on]",
)
@click.option("--sources", is_flag=True, help="Read the sources again, too; else only their digests are compared.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), help="Language; Chinese unless the locale names another language."
)
@click.pass_context
def command(
    ctx: click.Context, corpus: Path, jobs: int | None, sources: bool, format_: str, lang: Language | None
) -> None:
    """Verify the corpus in DIR (build): files, quotes, terms, structure, index and sources. It changes nothing.

    Every plan file against the digest in manifest.json, every quote against the text that the corpus keeps, every
    class and property against the ontology, every graph against the structural shapes, the index against the files,
    and the sources, where they are still there, against what was read. Each flaw is told with what to do.

    Exit status: 0 sound, 1 flaws, 2 there is no corpus, its manifest is damaged, or another version made it.
    """
    from yaodian.cli.progress import progress_line
    from yaodian.corpus import verify
    from yaodian.locales import preferred

    with progress_line(last="index") as progress:
        verdict = verify(corpus, jobs=jobs, deep=sources, progress=progress)
    language = lang or preferred()
    if format_ == "json":
        click.echo(json.dumps(_data(verdict, language), ensure_ascii=False, indent=2).encode("utf-8", "replace"))
    else:
        for line in _text(verdict, language):
            click.echo(shown_line(line))
    ctx.exit(1 if verdict.flaws else 0)


def _words() -> dict[str, Any]:
    from yaodian.ontology import lexicon

    return lexicon("verifying")


def _data(verdict: Verdict, language: Language) -> dict[str, Any]:
    return {
        "folder": readable(str(verdict.folder)),
        "plans": verdict.plans,
        "sourcesAbsent": verdict.absent,
        "flaws": [
            {
                "file": readable(flaw.where),
                "code": flaw.code,
                "detail": readable(flaw.detail),
                "message": readable(_message(flaw, language)),
                "advice": _advice(flaw.code, verdict, language),
            }
            for flaw in verdict.flaws
        ],
    }


def _text(verdict: Verdict, language: Language) -> Iterator[str]:
    words = _words()["verdict"]
    for code in dict.fromkeys(flaw.code for flaw in verdict.flaws):
        yield from _kind([flaw for flaw in verdict.flaws if flaw.code == code], verdict, language)
    if verdict.absent:
        yield words["absent"][language].format(verdict.absent)
    told = words["flawed" if verdict.flaws else "sound"][language]
    yield told.format(plans=verdict.plans, flaws=len(verdict.flaws), folder=verdict.folder)


def _kind(flaws: Sequence[Flaw], verdict: Verdict, language: Language) -> Iterator[str]:
    for flaw in flaws[:MOST_OF_A_KIND]:
        yield f"{flaw.where}: {flaw.code}: {_message(flaw, language)}"
    if len(flaws) > MOST_OF_A_KIND:
        yield f"  {_words()['verdict']['more'][language].format(len(flaws) - MOST_OF_A_KIND)}"
    yield f"  → {_advice(flaws[0].code, verdict, language)}"


def _message(flaw: Flaw, language: Language) -> str:
    told: str = _words()["flaws"][flaw.code][language]
    return told.replace("{0}", flaw.detail)


def _advice(code: str, verdict: Verdict, language: Language) -> str:
    words = _words()
    told: str = words["do"][words["flaws"][code]["do"]][language]
    return told.replace("{folder}", readable(str(verdict.folder)))
