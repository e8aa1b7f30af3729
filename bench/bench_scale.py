"""What a corpus costs from a hundred plans to ten thousand: building, loading, changing, asking; beside other engines.

    uv run python bench/bench_scale.py [--sizes 100,1000,10000] [--stages build,load,…] [--write]

The plans are those of a synthetic nation (see ``scaling.nation``). Each figure is kept in bench/scale.json as soon as
its stage ends, in the place of an earlier one of the same stage and size: a run may be cut short, and stages may be
measured one by one. ``--write`` puts what is kept into docs/scale.md and docs/scale.zh.md; with ``--sizes ''`` it
measures nothing. rdflib is given no more than ``--rdflib`` plans. The corpora lie in ``--folder``, where a later
stage finds them again; without it they go in the end. Exits with 1 where a budget is not kept.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from scaling import page
from scaling.kept import Kept
from scaling.stages import LENGTHS, STAGES, Place


def main() -> int:
    """Measure, keep, print, write; 1 where a budget is not kept."""
    options = _options()
    kept = Kept(options.keep)
    where = nullcontext(options.folder) if options.folder else tempfile.TemporaryDirectory()
    with where as folder:
        for number in options.sizes:
            place = Place(Path(folder), number, options.patience, options.lengths)
            place.folder.mkdir(parents=True, exist_ok=True)
            for stage in options.stages:
                if stage != "rdflib" or number <= options.rdflib:
                    _measure(kept, stage, place)
    print(page.screen(kept))
    if options.write:
        page.write(kept)
    over = page.over_budget(kept)
    print("".join(f"over budget: {line}\n" for line in over) or "every budget is kept")
    return int(bool(over))


def _measure(kept: Kept, stage: str, place: Place) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {place.number:,} plans: {stage}", file=sys.stderr, flush=True)
    began = time.perf_counter()
    figures = STAGES[stage](place)
    if figures:
        kept.put(stage, place.number, figures, partly=stage == "build" and place.lengths != LENGTHS)
    print(f"    {time.perf_counter() - began:,.0f} s{'':60}", file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=_numbers, default="100,1000")
    parser.add_argument("--stages", type=_stages, default=",".join(STAGES), help=", ".join(STAGES))
    parser.add_argument(
        "--lengths", type=_lengths, default=LENGTHS, help="characters of the plans built: 10000,2700, or one of them"
    )
    parser.add_argument("--patience", type=float, default=60.0, help="seconds that a question may take")
    parser.add_argument("--rdflib", type=int, default=100, help="the most plans that rdflib is given")
    parser.add_argument("--keep", type=Path, default=page.KEPT, help="the file of the figures")
    parser.add_argument("--folder", type=Path, help="where the corpora lie, and stay")
    parser.add_argument("--write", action="store_true", help="write the pages")
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",") if number]


def _lengths(text: str) -> tuple[int, ...]:
    chosen = tuple(_numbers(text))
    if set(chosen) - set(LENGTHS):
        raise argparse.ArgumentTypeError(f"there are {', '.join(map(str, LENGTHS))}")
    return chosen


def _stages(text: str) -> list[str]:
    chosen = text.split(",")
    if unknown := set(chosen) - STAGES.keys():
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: there are {', '.join(STAGES)}")
    return chosen


if __name__ == "__main__":
    raise SystemExit(main())
