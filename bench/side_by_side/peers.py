"""The other libraries, each as a function from a file's bytes to its text. One is loaded when it is asked for."""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib import import_module

Reader = Callable[[bytes], str]
WITH_METADATA = "trafilatura, with_metadata"


def _trafilatura() -> Reader:
    module = import_module("trafilatura")
    return lambda data: module.extract(data, include_tables=True, include_comments=False) or ""


def _trafilatura_with_metadata() -> Reader:
    module = import_module("trafilatura")
    return lambda data: module.extract(data, include_tables=True, include_comments=False, with_metadata=True) or ""


def _markitdown() -> Reader:
    converter = import_module("markitdown").MarkItDown()
    return lambda data: converter.convert_stream(io.BytesIO(data), file_extension=".docx").text_content


def _mammoth() -> Reader:
    module = import_module("mammoth")
    return lambda data: module.extract_raw_text(io.BytesIO(data)).value


def _pdfplumber() -> Reader:
    module = import_module("pdfplumber")

    def read(data: bytes) -> str:
        with module.open(io.BytesIO(data)) as document:
            return "\n".join(page.extract_text() for page in document.pages)

    return read


def _pypdfium2() -> Reader:
    module = import_module("pypdfium2")

    def read(data: bytes) -> str:
        document = module.PdfDocument(data)
        try:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
        finally:
            document.close()

    return read


PEERS: dict[str, dict[str, Callable[[], Reader]]] = {
    "html": {"trafilatura": _trafilatura, WITH_METADATA: _trafilatura_with_metadata},
    "docx": {"markitdown": _markitdown, "mammoth": _mammoth},
    "pdf": {"pypdfium2": _pypdfium2, "pdfplumber": _pdfplumber},
}
