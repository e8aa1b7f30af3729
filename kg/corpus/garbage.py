"""How often the interpreter looks for objects that only hold each other, and what becomes of the room they had."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

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


def give_back() -> None:
    """Look for cycles, and give the system back what memory nothing needs now.

    A long-running process keeps it else, in pieces between what is still in use (mallopt(3)); where the C library
    has no such call, the search is all.
    """
    gc.collect()
    if trim := _trim():
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    """``malloc_trim`` of the GNU C library; None where there is none."""
    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # another C library; Windows
        return None
