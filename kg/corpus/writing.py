"""Answers as bytes: the W3C formats for results, Turtle and its kin for triples, and CSV that Excel takes safely."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from yaodian.corpus.prefixes import prefixes
from yaodian.errors import LargeAnswerError, QueryError
from yaodian.spreadsheet import BYTE_ORDER_MARK, safe_csv

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Triple

FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "excel")
"""The formats of an answer for people; a table is made of the JSON. (``values`` is the one that we read again.)"""

# No XML 1.0 document can hold these, and documents found in the wild do.
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


@dataclass(frozen=True, slots=True)
class Most:
    """The rows (or triples) and the bytes that an answer may have; 0: any number."""

    rows: int = 0
    bytes: int = 0


def write_answer(
    result: QuerySolutions | QueryTriples | QueryBoolean, form: str, most: Most | None = None
) -> tuple[str, bytes]:
    """What kind of answer it is (rows, triples, boolean), and its bytes in that format.

    Raises ``LargeAnswerError`` where there is more than ``most``, ``QueryError`` where there is no such format for it.
    """
    from pyoxigraph import QueryBoolean, QuerySolutions

    most = most or Most()
    if isinstance(result, QuerySolutions):
        return "rows", _rows(result, form, most)
    if isinstance(result, QueryBoolean):
        return "boolean", _boolean(result, form)
    return "triples", _triples(result, form, most)


def has_no_rows(content: bytes, form: str) -> bool:
    """Whether the rows written in that format are none."""
    if form in ("csv", "tsv", "excel"):
        return content.count(b"\n") <= 1
    return b"<result>" not in content if form == "xml" else b'"bindings":[]' in content[-30:]


class _Sink(io.BytesIO):
    """Bytes in memory, up to a number of them: the engine stops where it may write no more."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Any) -> int:
        if self._most and self.tell() + len(data) > self._most:
            raise LargeAnswerError(_too_large(self._most, "bytes"))
        return super().write(data)


def _too_large(most: int, of: str) -> str:
    return f"the answer has more than {most:,} {of}: ask for less (LIMIT, fewer columns, one city or year)"


def _rows(result: QuerySolutions, form: str, most: Most) -> bytes:
    from pyoxigraph import QueryResultsFormat as Format

    if form in ("ttl", "nt"):
        raise QueryError("rows have no Turtle form: ask with CONSTRUCT, or choose csv, tsv, json or xml")
    formats = {"csv": Format.CSV, "tsv": Format.TSV, "xml": Format.XML, "excel": Format.CSV}
    sink = _Sink(most.bytes)
    result.serialize(sink, format=formats.get(form, Format.JSON))
    content = sink.getvalue()
    if most.rows and _count(content, form) > most.rows:
        raise LargeAnswerError(_too_large(most.rows, "rows"))
    if form == "excel":
        return _for_excel(content)
    return _as_xml(content) if form == "xml" else content


def _count(content: bytes, form: str) -> int:
    """The rows in an answer that the engine wrote."""
    if form == "xml":
        return content.count(b"<result>")
    if form == "tsv":
        return content.count(b"\n") - 1
    if form in ("csv", "excel"):
        return sum(1 for _ in csv.reader(io.StringIO(content.decode(), newline=""))) - 1
    return len(json.loads(content)["results"]["bindings"])


def _boolean(result: QueryBoolean, form: str) -> bytes:
    from pyoxigraph import QueryResultsFormat as Format

    if form in ("ttl", "nt"):
        raise QueryError("a yes or no has no Turtle form: choose table, csv, json or xml")
    if form in ("csv", "tsv", "excel"):
        return b"true\r\n" if result else b"false\r\n"
    return result.serialize(format=Format.XML if form == "xml" else Format.JSON) or b""


def _triples(result: QueryTriples, form: str, most: Most) -> bytes:
    read = list(islice(result, most.rows + 1 if most.rows else None))
    if most.rows and len(read) > most.rows:
        raise LargeAnswerError(_too_large(most.rows, "triples"))
    content = write_triples(read, form)
    if most.bytes and len(content) > most.bytes:
        raise LargeAnswerError(_too_large(most.bytes, "bytes"))
    return content


def write_triples(result: Iterable[Triple], form: str) -> bytes:
    """The triples, each once, sorted: values or nt (N-Triples), json (JSON-LD), xml (RDF/XML), else Turtle."""
    from pyoxigraph import RdfFormat, serialize

    if form in ("csv", "tsv", "excel"):
        raise QueryError(f"triples have no {form} form: choose ttl, json (JSON-LD) or xml (RDF/XML)")
    triples = sorted(set(result), key=str)
    if form in ("values", "nt"):
        return serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    if form == "json":
        return serialize(triples, format=RdfFormat.JSON_LD) or b""
    if form == "xml":
        return _as_xml(serialize(triples, format=RdfFormat.RDF_XML) or b"")
    return _turtle(serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes()) or b"")


def _turtle(content: bytes) -> bytes:
    """Turtle with the prefixes that it uses, in order; the serialiser writes all of them, in any order."""
    lines = content.splitlines(keepends=True)
    body = [line for line in lines if not line.startswith(b"@prefix")]
    used = {prefix for line in body for prefix in re.findall(rb"(?<![\w:])(\w+):", line)}
    declared = (line for line in lines if line.startswith(b"@prefix"))
    return b"".join([*sorted(line for line in declared if line.split()[1][:-1] in used), *body])


def _as_xml(content: bytes) -> bytes:
    return _NOT_XML.sub("\ufffd".encode(), content)


def _for_excel(content: bytes) -> bytes:
    """CSV with the mark that Excel needs to see UTF-8, and no cell that it would run as a formula."""
    return BYTE_ORDER_MARK + safe_csv(csv.reader(io.StringIO(content.decode(), newline="")))
