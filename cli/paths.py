"""Paths on the command line: an empty one is no name for the current folder."""

from __future__ import annotations

import os
from typing import Any

import click


class NamedPath(click.Path):
    """A path that is not empty, as an empty variable of a script leaves it."""

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, as ``click.Path`` gives it."""
        if not os.fspath(value):
            self.fail("the name is empty", param, ctx)
        return super().convert(value, param, ctx)
