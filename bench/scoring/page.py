"""``docs/accuracy.md``: its prose is written by hand, the tables between its marks are written here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from scoring.corpora import ROOT, Corpus
from scoring.figures import Agreement, Sheet, total
from scoring.floors import GATED, Floors

FILE = ROOT / "docs" / "accuracy.md"
FIELDS = ("target ", "meta ", "anomaly ")


def block(name: str, page: str) -> str:
    """What stands between the marks of that name."""
    match = _marked(name).search(page)
    if match is None:
        raise ValueError(f"docs/accuracy.md has no block {name!r}")
    return match[2]


def filled(page: str, name: str, content: str) -> str:
    """The page with another content between the marks of that name."""
    block(name, page)
    return _marked(name).sub(lambda match: f"{match[1]}{content}{match[3]}", page, count=1)


def _marked(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {name}: begin -->\n)(.*?)(<!-- {name}: end -->)", re.DOTALL)


def tables(corpus: Corpus, sheets: Mapping[str, Sheet], floors: Floors | None) -> str:
    """The corpus' figures: overall, by document, by field."""
    whole = total(sheets.values())
    named = [name for name in GATED if whole.figure(name) is not None]
    shown = {} if floors is None else floors.figures
    parts = (
        f"{len(corpus.samples)} documents, `{corpus.digest()}`\n",
        _overall(whole, named, shown),
        _by_document(sheets, named),
        _by_field(whole),
    )
    return "\n" + "\n".join(parts) + "\n"


def _overall(whole: Sheet, names: Iterable[str], floors: Mapping[str, float]) -> str:
    head = ("Figure", "Value", "Precision", "Recall", "Right", "Annotated", "Extracted", "Floor")
    rows = [(name, *_counted(whole, name), _number(floors.get(name))) for name in names]
    return _table(head, rows)


def _counted(sheet: Sheet, name: str) -> tuple[str, ...]:
    figure = sheet.figure(name)
    if isinstance(figure, Agreement):
        shares = _number(figure.value), _number(figure.precision), _number(figure.recall)
        return (*shares, str(figure.hit), str(figure.gold), str(figure.predicted))
    assert figure is not None
    good = f"{figure.good:.1f}".removesuffix(".0")
    return _number(figure.value), "", "", good, str(figure.of), ""


def _by_document(sheets: Mapping[str, Sheet], names: Iterable[str]) -> str:
    rows = [(name, *(_number(sheet.value(name)) for sheet in sheets.values())) for name in names]
    return _table(("Figure", *sheets), rows)


def _by_field(whole: Sheet) -> str:
    names = [name for field in FIELDS for name in sorted(whole.shares) if name.startswith(field) and name not in GATED]
    rows = [(name, *(_counted(whole, name)[i] for i in (0, 3, 4))) for name in names]
    return _table(("Field", "Value", "Right", "Annotated"), rows)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    ruler = ("---", *("---:" for _ in head[1:]))
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, ruler, *rows))
