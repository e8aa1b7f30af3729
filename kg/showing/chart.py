"""An answer as a chart, drawn by Matplotlib: SVG whose words are words, or PNG."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from yaodian.corpus.answers import Row, Rows, Value
from yaodian.corpus.questions import CHART_KINDS, ChartPlan
from yaodian.errors import QueryError, YaodianError
from yaodian.ontology import lexicon
from yaodian.showing.columns import column_label, value_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_NAMES = 80
"""The most bars, or columns and rows of a heat map, that can be read."""
MOST_LINES = 12
IMAGES = ("svg", "png")

# What a chart of each kind is made of; the columns that a bar or line chart may have beside them tell series apart.
_NEEDS = {
    "bar": "a column of names and one of numbers",
    "line": "a column of years and one of numbers",
    "heat": "two columns of names or years and one of numbers",
}
_STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "yaodian",
    "axes.unicode_minus": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.parse_math": False,
    "font.size": 10,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A chart: its kind, the columns that it is made of, its title, and the language of its words."""

    plan: ChartPlan
    title: str
    lang: str = "zh"


def chart_plan(kind: str, plans: Sequence[ChartPlan], question: str) -> ChartPlan:
    """The chart of that kind which a ready-made question has; ``QueryError`` where it has none."""
    for plan in plans:
        if plan.kind == kind:
            return plan
    kinds = [plan.kind for plan in plans]
    which = f"it has: {', '.join(kinds)}" if kinds else "its answer makes no chart"
    raise QueryError(f"{question} has no chart of the kind {kind}; {which}")


def fitting_plan(kind: str, rows: Rows) -> ChartPlan:
    """The columns of any answer that make a chart of that kind: the first ones that can.

    ``QueryError`` where it has none.
    """
    numbers = [name for name in rows.variables if _all(rows, name, _is_number)]
    names = [name for name in rows.variables if name not in numbers]
    years = [name for name in numbers if name.lower().endswith("year")]
    counts = [name for name in numbers if name not in years]
    chosen = {"bar": [*names, *years][:1], "line": years[:1], "heat": [*names, *years][:2]}[kind]
    if len(chosen) < (2 if kind == "heat" else 1) or not counts:
        raise QueryError(f"a {kind} chart needs {_NEEDS[kind]}; the answer has: {', '.join(rows.variables)}")
    rest = [name for name in [*names, *years] if name not in chosen]
    series = rest[:1] if kind != "heat" else []
    ordered = [*chosen, counts[0]] if kind == "heat" else [chosen[0], counts[0], *series]
    return ChartPlan(kind, tuple(ordered))


def draw(rows: Rows, wanted: Wanted, image: str = "svg") -> bytes:
    """The chart as SVG or PNG.

    ``QueryError`` where the answer does not fit: nothing or too much to draw, several units in one chart, or, for
    PNG, no font for its words.
    """
    _refuse_several(rows, wanted.plan)
    kept = Rows(
        rows.variables, tuple(row for row in rows if all(row[name] is not None for name in wanted.plan.columns[:2]))
    )
    if not kept:
        raise QueryError("there is nothing to draw: the answer has no rows with names and numbers")
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError:
        raise YaodianError("charts need Matplotlib; install it with: pip install 'yaodian[charts]'") from None
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    style: Any = {**_STYLE, "font.family": _fonts(image)}
    with rc_context(style):
        figure = Figure(layout="constrained")
        _DRAWN[wanted.plan.kind](figure, kept, wanted)
        figure.suptitle("\n".join(_titles(kept, wanted)), fontsize=12, linespacing=1.6)
        return _saved(figure, image)


def _titles(rows: Rows, wanted: Wanted) -> Iterator[str]:
    """The title, and under it the one value of the columns that have one."""
    yield wanted.title
    if said := [
        value_label(name, _text(rows[0][name]), wanted.lang) for name in wanted.plan.one if rows[0][name] is not None
    ]:
        yield _short(" · ".join(said), 60)


def _saved(figure: Figure, image: str) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format=image, dpi=150, metadata={"Date": None} if image == "svg" else {"Software": None})
    return out.getvalue()


def _fonts(image: str) -> list[str]:
    """The fonts to draw with. An SVG names all, for whoever looks at it has another computer."""
    from matplotlib.font_manager import get_font_names

    known = list(lexicon("questions")["fonts"])
    installed = [name for name in known if name in set(get_font_names())]
    if image == "svg":
        return [*known, "DejaVu Sans", "sans-serif"]
    if not installed:
        raise QueryError("no font with Chinese characters is installed: install one (fonts-noto-cjk), or choose svg")
    return [*installed[:1], "DejaVu Sans"]


def _refuse_several(rows: Rows, plan: ChartPlan) -> None:
    missing = [name for name in (*plan.columns, *plan.one) if name not in rows.variables]
    if missing:
        raise QueryError(f"the answer has no column {missing[0]}; it has: {', '.join(rows.variables)}")
    for name in plan.one:
        values = list(dict.fromkeys(_text(row[name]) for row in rows))
        if len(values) > 1:
            some = ", ".join(values[:5]) + (", …" if len(values) > 5 else "")
            raise QueryError(
                f"one {plan.kind} chart holds one {name}, the answer has {len(values)} ({some}): ask for one"
            )


def _bars(figure: Figure, rows: Rows, wanted: Wanted) -> None:
    """A bar for each row, in the order of the answer, with the colour of its series."""
    names, numbers, *series = wanted.plan.columns
    _refuse_many(len(rows), MOST_NAMES, "bars")
    figure.set_size_inches(8, 1.4 + 0.28 * len(rows))
    axes = figure.subplots()
    groups = list(dict.fromkeys(_text(row[series[0]]) for row in rows)) if series else [""]
    for position, group in enumerate(groups):
        places = [n for n, row in enumerate(rows) if not series or _text(row[series[0]]) == group]
        bars = axes.barh(places, [_number(rows[n], numbers) for n in places], label=group, color=_colour(position))
        axes.bar_label(bars, labels=[_text(rows[n][numbers]) for n in places], padding=3, fontsize=8)
    axes.set_yticks(range(len(rows)), [_short(_text(row[names])) for row in rows])
    axes.invert_yaxis()
    axes.margins(x=0.12, y=0.01)
    axes.set_xlabel(column_label(numbers, wanted.lang))
    _legend(axes, series, groups, wanted.lang)


def _lines(figure: Figure, rows: Rows, wanted: Wanted) -> None:
    """A line for each series over the years, or whatever numbers are in the first column."""
    years, numbers, *series = wanted.plan.columns
    groups = list(dict.fromkeys(_text(row[series[0]]) for row in rows)) if series else [""]
    _refuse_many(len(groups), MOST_LINES, "lines")
    figure.set_size_inches(8, 5)
    axes = figure.subplots()
    ticks = sorted({_number(row, years) for row in rows})
    for position, group in enumerate(groups):
        points = _once(
            ((_number(row, years),), _number(row, numbers))
            for row in rows
            if not series or _text(row[series[0]]) == group
        )
        xs = sorted(points)
        axes.plot([x[0] for x in xs], [points[x] for x in xs], marker="o", label=group, color=_colour(position))
    axes.set_xticks(ticks, [_text(Decimal(str(tick)).normalize()) if tick % 1 else str(int(tick)) for tick in ticks])
    axes.set_xlabel(column_label(years, wanted.lang))
    axes.set_ylabel(column_label(numbers, wanted.lang))
    _legend(axes, series, groups, wanted.lang)


def _heat(figure: Figure, rows: Rows, wanted: Wanted) -> None:
    """A field for each pair of names, darker for more; a pair without a number stays white."""
    down, across, numbers = wanted.plan.columns
    lines = list(dict.fromkeys(_text(row[down]) for row in rows))
    columns = list(dict.fromkeys(_text(row[across]) for row in rows))
    if all(isinstance(row[across], int) for row in rows):
        columns.sort(key=int)
    _refuse_many(max(len(lines), len(columns)), MOST_NAMES, "names")
    cells = _once(
        ((_text(row[down]), _text(row[across])), _number(row, numbers)) for row in rows if row[numbers] is not None
    )
    figure.set_size_inches(3.4 + 0.45 * len(columns), 2.2 + 0.28 * len(lines))
    axes = figure.subplots()
    field = [[cells.get((line, column), float("nan")) for column in columns] for line in lines]
    drawn = axes.imshow(field, aspect="auto", cmap="Blues")
    axes.set_xticks(range(len(columns)), [_short(name) for name in columns], rotation=45, ha="right")
    axes.set_yticks(range(len(lines)), [_short(name) for name in lines])
    least, most = min(cells.values()), max(cells.values())
    dark = least + 0.6 * (most - least)
    for (line, column), number in cells.items():
        colour = "white" if number > dark else "black"
        place = columns.index(column), lines.index(line)
        axes.text(*place, f"{number:g}", ha="center", va="center", color=colour, fontsize=8)
    figure.colorbar(drawn, ax=axes, label=column_label(numbers, wanted.lang))


_DRAWN: dict[str, Callable[[Any, Rows, Wanted], None]] = dict(zip(CHART_KINDS, (_bars, _lines, _heat), strict=True))


def _once(pairs: Iterable[tuple[tuple[Any, ...], float]]) -> dict[tuple[Any, ...], float]:
    """The number of each place; ``QueryError`` where one has two."""
    numbers: dict[tuple[Any, ...], float] = {}
    for place, number in pairs:
        if numbers.setdefault(place, number) != number:
            where = ", ".join(f"{part:g}" if isinstance(part, float) else part for part in place)
            raise QueryError(f"the answer has several numbers for {where}: ask for less, or choose --chart bar")
    return numbers


def _refuse_many(number: int, most: int, what: str) -> None:
    if number > most:
        raise QueryError(f"{number} {what} are too many to read, at most {most} fit: ask for less (a city, a year, …)")


def _legend(axes: Axes, series: Sequence[str], groups: Sequence[str], lang: str) -> None:
    if series and len(groups) > 1:
        axes.legend(title=column_label(series[0], lang), fontsize=8)


def _colour(position: int) -> Any:
    import matplotlib

    return matplotlib.colormaps["tab20"](position % 20)


def _number(row: Row, name: str) -> float:
    value = row[name]
    if not _is_number(value):
        raise QueryError(f"a chart needs numbers in {name}, the answer has: {_short(_text(value))}")
    return float(cast("float", value))


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _all(rows: Rows, name: str, fits: Callable[[Value], bool]) -> bool:
    values = [row[name] for row in rows if row[name] is not None]
    return bool(values) and all(map(fits, values))


def _text(value: Value) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _short(text: str, most: int = 24) -> str:
    """A name that leaves room for the chart; what XML cannot hold is left out."""
    plain = "".join(c for c in text if c.isprintable())
    return plain if len(plain) <= most else f"{plain[:most]}…"
