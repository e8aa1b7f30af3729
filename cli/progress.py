"""How far a long run is: one line on the error stream where that is a terminal, with the rate and the time left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from yaodian.filenames import shown_line

LAST = "index, report, map"
Progress = Callable[[int, int, str], None]


@contextmanager
def progress_line(last: str = LAST) -> Iterator[Progress | None]:
    """What is called with the number done, their number and what comes next; None where nobody watches.

    ``last`` says what is still done after the last one.
    """
    if not sys.stderr.isatty():
        yield None
        return
    meter = Meter()
    with click.progressbar(length=1, label="reading", file=sys.stderr, item_show_func=str, show_eta=False) as bar:

        def show(done: int, total: int, upcoming: str) -> None:
            bar.length = max(total, 1)
            name = shown_line(Path(upcoming).name) or last
            bar.update(done - bar.pos, f"{done}/{total}  {meter.told(done, total, time.monotonic())}  {name}")

        yield show


class Meter:
    """The rate of a run, from the first number of things done that it is told of."""

    def __init__(self) -> None:
        self._began: tuple[int, float] | None = None

    def told(self, done: int, total: int, now: float) -> str:
        """Things a second and the time left, at that moment; empty while there is nothing to tell yet."""
        if self._began is None or done < self._began[0]:
            self._began = (done, now)
        first, since = self._began
        if done <= first or now <= since:
            return ""
        rate = (done - first) / (now - since)
        return f"{rate:.1f}/s  {_clock((total - done) / rate)} left"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
