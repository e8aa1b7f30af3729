"""The level and upright lines that a page draws: strokes, thin filled boxes, and the edges of stroked boxes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from yaodian.reading import limits

THIN = 3.0
"""The points up to which a filled box is taken for a line."""
SHORTEST = 4.0
"""The points from which on a line may be part of a table."""
DEEPEST_FORMS = 4

Line = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def drawn(page: Any) -> list[Line]:
    """The lines of a page as ``x0, y0, x1, y1`` in the page's own points."""
    found: list[Line] = []
    for path, matrix in _paths(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, _PLAIN, 0):
        found += _lines(path, matrix)
        if len(found) > limits.PDF_MOST_RULES:
            break
    return found


def _paths(holder: Any, count: Any, get: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    """The paths of a page or a form on it. Most objects are text: the loop over them is kept short."""
    kind_of, is_path, is_form = pdfium.FPDFPageObj_GetType, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM
    for i in range(min(count(holder), limits.PDF_MOST_OBJECTS)):
        thing = get(holder, i)
        kind = kind_of(thing)
        if kind == is_path:
            yield thing, matrix
        elif kind == is_form and depth < DEEPEST_FORMS:
            inner = _times(_matrix(thing), matrix)
            yield from _paths(thing, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1)


def _matrix(thing: Any) -> Matrix:
    m = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(thing, m)
    return m.a, m.b, m.c, m.d, m.e, m.f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _lines(path: Any, matrix: Matrix) -> Iterator[Line]:
    bounds = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(path, *bounds):
        return
    x0, y0, x1, y1 = _moved([(bounds[0].value, bounds[1].value), (bounds[2].value, bounds[3].value)], matrix)
    if max(x1 - x0, y1 - y0) < SHORTEST:
        return
    if min(x1 - x0, y1 - y0) <= THIN:
        yield _thinned(x0, y0, x1, y1)
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    where = _times(_matrix(path), matrix)
    for points in _subpaths(path):
        yield from _edges(points, where, bool(stroke.value))


def _thinned(x0: float, y0: float, x1: float, y1: float) -> Line:
    """A thin box as the line in its middle."""
    if x1 - x0 < y1 - y0:
        return (x0 + x1) / 2, y0, (x0 + x1) / 2, y1
    return x0, (y0 + y1) / 2, x1, (y0 + y1) / 2


def _subpaths(path: Any) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path; a part with curves has only its straight ones."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(min(pdfium.FPDFPath_CountSegments(path), limits.PDF_MOST_RULES)):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
    if points:
        yield points


def _edges(points: list[tuple[float, float]], matrix: Matrix, stroked: bool) -> Iterator[Line]:
    x0, y0, x1, y1 = _moved(points, matrix)
    if min(x1 - x0, y1 - y0) <= THIN:
        if max(x1 - x0, y1 - y0) >= SHORTEST:
            yield _thinned(x0, y0, x1, y1)
    elif stroked:
        for one, other in pairwise(points):
            a, b, c, d = _moved([one, other], matrix)
            if min(c - a, d - b) < 0.5 and max(c - a, d - b) >= SHORTEST:
                yield _thinned(a, b, c, d)


def _moved(points: list[tuple[float, float]], matrix: Matrix) -> Line:
    """The extent of points where a matrix puts them."""
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x, y in points]
    ys = [b * x + d * y + f for x, y in points]
    return min(xs), min(ys), max(xs), max(ys)
