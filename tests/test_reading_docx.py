"""Word files: all that a page shows comes out in reading order, with its numbers and the places it has in the file."""

from __future__ import annotations

import pytest
from docx_shapes import SHAPES

from yaodian.reading.docx import read_docx
from yaodian.reading.extracted import Extracted


def _lines(found: Extracted) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of the body and those below it."""
    assert found.main is not None
    body, below = found.text[slice(*found.main)], found.text[found.main[1] :]
    return tuple(body.split("\n")), tuple(below.split("\n")[1:])


@pytest.mark.parametrize("name", SHAPES)
def test_the_body_of_every_shape_is_read(name: str) -> None:
    shape = SHAPES[name]
    found = read_docx(shape.make())
    assert _lines(found) == (shape.lines, shape.boxes)
    assert tuple(problem.code for problem in found.problems) == shape.problems
