"""Where the vocabularies, authority lists, lexicons and example queries lie."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


def resource(name: str) -> Traversable:
    """A file of this folder, by its path relative to it."""
    return files(__name__).joinpath(name)


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The lexicon ``lexicons/<name>.toml``, parsed."""
    return tomllib.loads(resource(f"lexicons/{name}.toml").read_text("utf-8"))
