"""Tables as CSV (RFC 4180), as CSV for spreadsheet programs, and as Parquet, plan by plan.

A folder of tables has a Frictionless data package (``datapackage.json``) beside them, which tells every column.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, Protocol

from yaodian.errors import YaodianError
from yaodian.exports.blocks import Contents
from yaodian.exports.describing import dataset_iri
from yaodian.exports.formats import Wish
from yaodian.exports.rows import Column, Table, View, Vocabulary, rows_of, tables
from yaodian.ontology import lexicon
from yaodian.spreadsheet import BYTE_ORDER_MARK, safe_csv

_ROWS_AT_ONCE = 20_000
_FRICTIONLESS = {"uri": {"type": "string", "format": "uri"}, "name": {"type": "string"}}
_PARQUET = "pyarrow is not installed; install it with: pip install 'yaodian[parquet]'"


class Sheet(Protocol):
    """A table that is being written, to something that bytes are written to."""

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        """Write rows."""

    def end(self) -> None:
        """Write what has to stand at the end."""


class _Plain:
    def __init__(self, columns: Sequence[Column], stream: IO[bytes]) -> None:
        self._stream = stream
        self.add([[column.name for column in columns]])

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        self._stream.write(text.getvalue().encode())

    def end(self) -> None:
        """A CSV file has no end."""


class _Guarded:
    def __init__(self, columns: Sequence[Column], stream: IO[bytes]) -> None:
        self._stream = stream
        stream.write(BYTE_ORDER_MARK)
        self.add([[column.name for column in columns]])

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        self._stream.write(safe_csv(rows))

    def end(self) -> None:
        """A CSV file has no end."""


class _Parquet:
    def __init__(self, columns: Sequence[Column], stream: IO[bytes]) -> None:
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError:
            raise YaodianError(_PARQUET) from None
        self._columns = columns
        kinds = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
        self._schema = pa.schema([(column.name, kinds.get(column.type, pa.string())) for column in columns])
        self._writer = pq.ParquetWriter(stream, self._schema, compression="zstd")
        self._held: list[Sequence[str]] = []

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        self._held.extend(rows)
        if len(self._held) >= _ROWS_AT_ONCE:
            self._write()

    def end(self) -> None:
        self._write()
        self._writer.close()

    def _write(self) -> None:
        import pyarrow as pa

        cells = [[_value(row[n], column.type) for row in self._held] for n, column in enumerate(self._columns)]
        arrays = [pa.array(values, field.type) for values, field in zip(cells, self._schema, strict=True)]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._held.clear()


def _value(cell: str, type_: str) -> str | int | float | bool | None:
    if not cell:
        return None
    if type_ == "integer":
        return int(cell)
    if type_ == "number":
        return float(cell)
    return cell == "true" if type_ == "boolean" else cell


class _Sink(io.RawIOBase):
    """Takes bytes, and gives them on."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._at = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def write(self, data: Any) -> int:
        self._held.append(bytes(data))
        self._at += len(data)
        return len(data)

    def taken(self) -> bytes:
        """What has come since."""
        taken = b"".join(self._held)
        self._held.clear()
        return taken


def plain(contents: Contents, wish: Wish) -> Iterator[bytes]:
    """One table as CSV."""
    return _stream(_Plain, contents, wish)


def guarded(contents: Contents, wish: Wish) -> Iterator[bytes]:
    """One table as CSV for spreadsheet programs."""
    return _stream(_Guarded, contents, wish)


def parquet(contents: Contents, wish: Wish) -> Iterator[bytes]:
    """One table as Parquet."""
    return _stream(_Parquet, contents, wish)


def _stream(kind: type[_Plain | _Guarded | _Parquet], contents: Contents, wish: Wish) -> Iterator[bytes]:
    table = tables()[wish.table or "plans"]
    columns, sink = table.shown(contents), _Sink()
    sheet = kind(columns, sink)  # type: ignore[arg-type]
    for view in _views(contents, wish):
        sheet.add(list(rows_of(table, columns, view)))
        yield sink.taken()
    sheet.end()
    yield sink.taken()


def _views(contents: Contents, wish: Wish) -> Iterator[View]:
    vocabulary = Vocabulary(contents)
    for row in wish.watched(contents.rows):
        yield View(row.plan, contents.file(row), vocabulary.said)


def plain_files(contents: Contents, wish: Wish, folder: Path) -> list[str]:
    """All tables, or one, as CSV, with a data package."""
    return _files(_Plain, ".csv", contents, wish, folder)


def guarded_files(contents: Contents, wish: Wish, folder: Path) -> list[str]:
    """All tables, or one, as CSV for spreadsheet programs, with a data package."""
    return _files(_Guarded, ".csv", contents, wish, folder)


def parquet_files(contents: Contents, wish: Wish, folder: Path) -> list[str]:
    """All tables, or one, as Parquet, with a data package."""
    return _files(_Parquet, ".parquet", contents, wish, folder)


def _files(
    kind: type[_Plain | _Guarded | _Parquet], ending: str, contents: Contents, wish: Wish, folder: Path
) -> list[str]:
    chosen = [table for table in tables().values() if wish.table in (None, table.name)]
    with ExitStack() as open_:
        sheets: list[tuple[Table, tuple[Column, ...], Sheet]] = []
        for table in chosen:
            stream = open_.enter_context((folder / f"{table.name}{ending}").open("wb"))
            sheets.append((table, table.shown(contents), kind(table.shown(contents), stream)))
        for view in _views(contents, wish):
            for table, columns, sheet in sheets:
                sheet.add(list(rows_of(table, columns, view)))
        for _, _, sheet in sheets:
            sheet.end()
    resources = [_resource(table, f"{table.name}{ending}", contents) for table in chosen]
    (folder / "datapackage.json").write_bytes(package(contents, wish, resources))
    return [f"{table.name}{ending}" for table in chosen] + ["datapackage.json"]


def _resource(table: Table, path: str, contents: Contents) -> dict[str, Any]:
    columns = table.shown(contents)
    key = {"primaryKey": ["iri"]} if columns[0].name == "iri" and not table.each else {}
    fields = [
        {"name": c.name, **_FRICTIONLESS.get(c.type, {"type": c.type}), "title": c.zh, "description": c.en}
        for c in columns
    ]
    form = path.rpartition(".")[2]
    media = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}[form]
    return {
        "name": table.name,
        "path": path,
        "title": table.zh,
        "description": table.en,
        "format": form,
        "mediatype": media,
        "encoding": "utf-8",
        "profile": "tabular-data-resource" if form == "csv" else "data-resource",
        "schema": {"fields": fields, "missingValues": [""], **key},
    }


def package(contents: Contents, wish: Wish, resources: Iterable[dict[str, Any]]) -> bytes:
    """The descriptor of a folder of files (Frictionless Data Package 1)."""
    words = lexicon("description")["dataset"]
    described: dict[str, Any] = {
        "profile": "data-package",
        "name": f"yaodian-{contents.corpus.manifest.digest}",
        "id": dataset_iri(contents),
        "title": words["title"]["zh"],
        "description": words["description"]["en"],
        "yaodian": contents.corpus.manifest.toolchain.yaodian,
        "resources": list(resources),
    }
    if wish.license:
        described["licenses"] = [{"path": wish.license, "title": wish.license}]
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()
