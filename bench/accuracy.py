"""The accuracy gate: how well extraction agrees with the annotated corpora, and the floors that it must not fall below.

    python bench/accuracy.py                           the figures; exits with 1 where one is below its floor
    python bench/accuracy.py --misses targets          every difference, or those of figures that begin so
    python bench/accuracy.py --write                   the tables of docs/accuracy.md
    python bench/accuracy.py --raise-floors            floors rise to today's figures where those are higher
    python bench/accuracy.py --lower FIGURE --reason "…"
    python bench/accuracy.py --renew --reason "…"      after texts or annotations were changed on purpose

The last three may be given together, and with --write.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from scoring import floors as gate
from scoring import page
from scoring.corpora import OWN, SHARED, Corpus, at_hand, scored
from scoring.figures import Sheet, total
from scoring.floors import Fall, Floors, FloorsError


@dataclass(frozen=True, slots=True)
class Files:
    """Where corpora, floors and page lie."""

    own: Path = OWN
    shared: Path = SHARED
    floors: Path = gate.FILE
    page: Path = page.FILE


@dataclass(frozen=True, slots=True)
class Result:
    """A corpus with its figures and floors."""

    corpus: Corpus
    sheets: dict[str, Sheet]
    floors: Floors

    @property
    def whole(self) -> Sheet:
        """The figures over all its documents."""
        return total(self.sheets.values())

    @property
    def falls(self) -> list[Fall]:
        """The figures below their floors."""
        return gate.falls(self.whole, self.floors)


def results(files: Files) -> list[Result]:
    """Every corpus at hand, scored; one that has no floors yet gets an empty set."""
    known = gate.load(files.floors)
    corpora = at_hand(files.own, files.shared)
    return [Result(corpus, scored(corpus), known.get(corpus.name, Floors(corpus.digest()))) for corpus in corpora]


def changed(result: Result, options: argparse.Namespace) -> Result:
    """The result with its floors changed as the options ask."""
    floors = result.floors
    if options.renew:
        floors = gate.renewed(result.corpus, floors, options.reason)
    if not gate.unchanged(result.corpus, floors):
        raise FloorsError(f"the {result.corpus.name} corpus is not the one the floors were set for: {gate.RENEW}")
    if options.lower:
        floors = gate.lowered(result.whole, floors, options.lower, options.reason)
    if options.renew and (fallen := gate.falls(result.whole, floors)):
        raise FloorsError(f"{result.corpus.name}: {'; '.join(map(str, fallen))}; add --lower FIGURE for each")
    if options.raise_floors or options.renew:
        floors = gate.raised(result.whole, floors)
    return replace(result, floors=floors)


def write_page(found: list[Result], path: Path) -> None:
    """Renew the tables of the corpora at hand; those of another stay as they are."""
    text = path.read_text("utf-8")
    for result in found:
        name = result.corpus.name
        text = page.filled(text, name, page.tables(result.corpus, result.sheets, result.floors))
    path.write_text(text, encoding="utf-8")


def show(result: Result, misses: str | None) -> None:
    """Print the figures, the falls, and the misses that are asked for."""
    print(f"\n{result.corpus.name}: {len(result.corpus.samples)} documents")
    for name in gate.GATED:
        value, floor = result.whole.value(name), result.floors.figures.get(name)
        if value is not None:
            print(f"  {name:18} {value:.4f}" + ("" if floor is None else f"   floor {floor:.4f}"))
    for fall in result.falls:
        print(f"  BELOW THE FLOOR: {fall}")
    for miss in result.whole.misses:
        if misses is not None and miss.figure.startswith(misses):
            print(f"  {miss}")


def parsed(arguments: list[str]) -> argparse.Namespace:
    """The options; ends the process with 2 where they are wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", nargs="?", const="", metavar="FIGURE")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--raise-floors", action="store_true")
    parser.add_argument("--lower", action="append", choices=gate.GATED, metavar="FIGURE", default=[])
    parser.add_argument("--renew", action="store_true")
    parser.add_argument("--reason", default="")
    options = parser.parse_args(arguments)
    if (options.lower or options.renew) and not options.reason.strip():
        parser.error('--lower and --renew need a --reason "…"')
    return options


def main(arguments: list[str], files: Files = Files()) -> int:
    """Score, change floors and page as asked; 1 where a figure is below its floor, 2 where floors cannot change so."""
    options = parsed(arguments)
    found = results(files)
    if options.raise_floors or options.lower or options.renew:
        try:
            found = [changed(result, options) for result in found]
        except FloorsError as error:
            print(f"accuracy: {error}", file=sys.stderr)
            return 2
        gate.save({**gate.load(files.floors), **{result.corpus.name: result.floors for result in found}}, files.floors)
    if options.write:
        write_page(found, files.page)
    for result in found:
        show(result, options.misses)
    return int(any(result.falls for result in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
