"""How often the interpreter looks for objects that only hold each other, while plans are read."""

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
