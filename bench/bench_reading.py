"""Reading side by side with other libraries: how faithful, and how fast.

    uv run --group bench python bench/bench_reading.py [html|docx|pdf …] [--write]
    uv run python bench/bench_reading.py --limits

Compares with trafilatura (HTML), markitdown and mammoth (.docx), pypdfium2's raw text and pdfplumber (PDF), on the
fixtures of the tests; what is not installed is named and left out. ``--write`` renews the tables of docs/reading.md and
docs/reading.zh.md, ``--limits`` only that of the limits, without measuring.
Exits with 1 where ours is not fast enough beside another, or another is more faithful.
"""

from __future__ import annotations

import argparse
import logging
import sys

from side_by_side import page
from side_by_side.measured import compare
from side_by_side.readers import TASKS


def main(arguments: list[str]) -> int:
    """Measure, print, write; 1 where something does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="FORMAT")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--limits", action="store_true")
    options = parser.parse_args(arguments)
    if unknown := set(options.kinds) - set(TASKS):
        parser.error(f"no format {', '.join(sorted(unknown))}: choose from {', '.join(TASKS)}")
    if options.write and options.kinds:
        parser.error("--write takes all formats: the page shows them side by side")
    if options.limits:
        page.write_limits()
        return 0
    logging.disable(logging.WARNING)
    found = [compare(kind) for kind in options.kinds or TASKS]
    print(page.fidelity_table(found, "en"), page.speed_table(found, "en"))
    if options.write:
        page.write(found)
    falls = [fall for compared in found for fall in compared.falls()]
    for fall in falls:
        print(f"DOES NOT HOLD: {fall}")
    return int(bool(falls))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
