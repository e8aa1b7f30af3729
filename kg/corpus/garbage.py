"""How often the interpreter looks for objects that only hold each other, and among which."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OBJECTS_A_PLAN = 50_000


@contextmanager
def collected_rarely() -> Iterator[None]:
    """Look for cycles once a plan or so: what is made of one is much, and nearly nothing of it hangs in a cycle."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS_A_PLAN, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def leave_out_what_stays() -> None:
    """Have the search leave out what is there now and stays for good, so that it comes round soon.

    It waits until a quarter as much has come up as there is: beside all modules of a server, the errors of a thousand
    stopped queries, with all that they hold.
    """
    gc.collect()
    gc.freeze()
