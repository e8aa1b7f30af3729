"""Answers as bytes: the W3C formats for results, Turtle and its kin for triples, and CSV that Excel takes safely."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from yaodian.corpus.prefixes import prefixes
from yaodian.errors import QueryError
from yaodian.spreadsheet import BYTE_ORDER_MARK, safe_csv

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Triple

FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "excel")
"""The formats of an answer for people; a table is made of the JSON. (``values`` is the one that we read again.)"""

# No XML 1.0 document can hold these, and documents found in the wild do.
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


def write_answer(result: QuerySolutions | QueryTriples | QueryBoolean, form: str) -> tuple[str, bytes]:
    """What kind of answer it is (rows, triples, boolean), and its bytes in that format."""
    from pyoxigraph import QueryBoolean, QuerySolutions

    if isinstance(result, QuerySolutions):
        return "rows", _rows(result, form)
    if isinstance(result, QueryBoolean):
        return "boolean", _boolean(result, form)
    return "triples", write_triples(result, form)


def has_no_rows(content: bytes, form: str) -> bool:
    """Whether the rows written in that format are none."""
    if form in ("csv", "tsv", "excel"):
        return content.count(b"\n") <= 1
    return b"<result>" not in content if form == "xml" else b'"bindings":[]' in content[-30:]


def _rows(result: QuerySolutions, form: str) -> bytes:
    from pyoxigraph import QueryResultsFormat as Format

    if form == "ttl":
        raise QueryError("rows have no Turtle form: ask with CONSTRUCT, or choose csv, tsv, json or xml")
    if form == "excel":
        return _for_excel(result.serialize(format=Format.CSV) or b"")
    formats = {"csv": Format.CSV, "tsv": Format.TSV, "xml": Format.XML}
    content = result.serialize(format=formats.get(form, Format.JSON)) or b""
    return _as_xml(content) if form == "xml" else content


def _boolean(result: QueryBoolean, form: str) -> bytes:
    from pyoxigraph import QueryResultsFormat as Format

    if form == "ttl":
        raise QueryError("a yes or no has no Turtle form: choose table, csv, json or xml")
    if form in ("csv", "tsv", "excel"):
        return b"true\r\n" if result else b"false\r\n"
    return result.serialize(format=Format.XML if form == "xml" else Format.JSON) or b""


def write_triples(result: Iterable[Triple], form: str) -> bytes:
    """The triples, each once, sorted, in that format."""
    from pyoxigraph import RdfFormat, serialize

    if form in ("csv", "tsv", "excel"):
        raise QueryError(f"triples have no {form} form: choose ttl, json (JSON-LD) or xml (RDF/XML)")
    triples = sorted(set(result), key=str)
    if form == "values":
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
