"""What a query gives back, as Python values: rows, or triples, or a yes or no."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias, overload

from yaodian.corpus.prefixes import XSD
from yaodian.errors import YaodianError

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions, Triple

Value: TypeAlias = str | int | float | Decimal | bool | date | None

_INTEGERS = ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger")
_PARSERS: dict[str, Callable[[str], Value]] = {
    **{f"{XSD}{name}": int for name in _INTEGERS},
    f"{XSD}decimal": Decimal,
    f"{XSD}double": float,
    f"{XSD}float": float,
    f"{XSD}boolean": lambda text: text in ("true", "1"),
    f"{XSD}date": date.fromisoformat,
}


class Row(Mapping[str, Value]):
    """One solution: a mapping of all variables to values (None where unbound), also as attributes.

    A variable that begins with ``_``, or is called like a method of a mapping, is reached by its key alone.
    """

    __slots__ = ("_values",)

    def __init__(self, values: dict[str, Value]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> Value:
        return self._values[name]

    def __getattr__(self, name: str) -> Value:
        if name.startswith("_"):
            # Python itself asks for such names, of objects that are not filled yet too: when it copies and pickles.
            raise AttributeError(name)
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(f"the row has no variable {name}, it has {', '.join(self._values)}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __reduce__(self) -> tuple[type[Row], tuple[dict[str, Value]]]:
        return type(self), (self._values,)

    def __repr__(self) -> str:
        return f"Row({self._values!r})"


@dataclass(frozen=True)
class Rows(Sequence[Row]):
    """The solutions of a SELECT, in its order."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def to_pandas(self) -> Any:
        """The rows as a ``pandas.DataFrame``; decimals become floats."""
        return _installed("pandas").DataFrame(self._columns(), columns=list(self.variables))

    def to_polars(self) -> Any:
        """The rows as a ``polars.DataFrame``; decimals become floats."""
        return _installed("polars").DataFrame(self._columns(), strict=False)

    def _columns(self) -> dict[str, list[Value]]:
        return {name: [_for_frame(row[name]) for row in self.rows] for name in self.variables}


@dataclass(frozen=True)
class Triples(Sequence["Triple"]):
    """The triples of a CONSTRUCT or DESCRIBE, each once, sorted."""

    triples: tuple[Triple, ...]

    @overload
    def __getitem__(self, index: int) -> Triple: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Triple, ...]: ...
    def __getitem__(self, index: int | slice) -> Triple | tuple[Triple, ...]:
        return self.triples[index]

    def __len__(self) -> int:
        return len(self.triples)


Answer: TypeAlias = Rows | Triples | bool


def answer_of(result: QuerySolutions | QueryBoolean | Iterable[Triple]) -> Answer:
    """The engine's result, read to its end."""
    from pyoxigraph import QueryBoolean, QuerySolutions

    if isinstance(result, QueryBoolean):
        return bool(result)
    if not isinstance(result, QuerySolutions):
        return Triples(tuple(sorted(set(result), key=str)))
    variables = tuple(variable.value for variable in result.variables)
    known = _Values()
    rows = (dict(zip(variables, map(known.__getitem__, solution), strict=True)) for solution in result)
    return Rows(variables, tuple(map(Row, rows)))


class _Values(dict[Any, Value]):
    """The value of each term, read once: columns say the same again and again."""

    def __missing__(self, term: Any) -> Value:
        value = self[term] = value_of(term)
        return value


def value_of(term: Any) -> Value:
    """A term as a Python value: the IRI, the number, the date, the words."""
    if term is None:
        return None
    datatype = getattr(term, "datatype", None)
    parser = _PARSERS.get(datatype.value) if datatype else None
    if parser is None:
        return str(getattr(term, "value", term))
    try:
        return parser(term.value)
    except (ValueError, ArithmeticError):
        return str(term.value)


def _for_frame(value: Value) -> Value:
    return float(value) if isinstance(value, Decimal) else value


def _installed(package: str) -> Any:
    try:
        return import_module(package)
    except ImportError:
        raise YaodianError(f"{package} is not installed; install it with: pip install 'yaodian[{package}]'") from None
