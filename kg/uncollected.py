"""Work without the collector of reference cycles, which walks through all that lives whenever much is made.

Extraction makes some ten thousand small objects for a plan and no cycles; beside a corpus in memory, or the lexicons
alone, looking for such takes longer than the rest of the work gains by it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Within it no cycles are looked for; reference counts free everything else as ever."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
