"""What the reader of a format yields: a text, where the document lies in it, and what the format says besides."""

from __future__ import annotations

from dataclasses import dataclass

from yaodian.model import Origin, Problem, Table


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file; ``main`` is the document's range in it, its title line included, None for all of it.

    ``title`` is what the file states as its title outside the text. ``origins`` tells where stretches of the text stand
    in the file, in text order; a text whose lines are the file's own has none. ``encoding`` is that of the file's text.
    """

    text: str
    encoding: str
    main: tuple[int, int] | None = None
    title: str | None = None
    tables: tuple[Table, ...] = ()
    origins: tuple[Origin, ...] = ()
    problems: tuple[Problem, ...] = ()
