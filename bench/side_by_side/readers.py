"""The readers that are compared, each as a function from a file's bytes to its text; those that are not installed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from side_by_side.peers import PEERS, WITH_METADATA, Reader
from yaodian.reading import read_bytes
from yaodian.reading.regular import regular

OURS = "yaodian"
TEXT, WHOLE, METADATA = "text", "document", "text and metadata"
TASKS = {
    "html": {TEXT: ("trafilatura",), METADATA: (WITH_METADATA,)},
    "docx": {WHOLE: ("markitdown", "mammoth")},
    "pdf": {WHOLE: ("pypdfium2", "pdfplumber")},
}
"""What is timed of each format, and beside whom."""


@dataclass(frozen=True, slots=True)
class Named:
    """A reader by its library's name and version."""

    name: str
    version: str
    read: Reader


def readers(kind: str) -> tuple[list[Named], list[str]]:
    """The readers of a format, ours first, and the names of those that are not installed."""
    found = [Named(OURS, version("yaodian"), _ours(kind))]
    missing: list[str] = []
    for name, make in PEERS[kind].items():
        if name == WITH_METADATA:
            continue
        try:
            found.append(Named(name, version(name), make()))
        except (ImportError, PackageNotFoundError):
            missing.append(name)
    return found, missing


def _ours(kind: str) -> Reader:
    name = f"document.{kind}"

    def read(data: bytes) -> str:
        document = read_bytes(data, name)
        told = {document.text.count("\n", 0, span.start) for _, span in document.labelled}
        first = document.text.count("\n", 0, document.body.start)
        lines = enumerate(regular(document.body.quote).split("\n"), first)
        return "\n".join(line for number, line in lines if number not in told)

    return read


def timed(kind: str, task: str) -> dict[str, Reader]:
    """The readers that are installed for a task: the text alone, or what the command needs of a file."""
    from yaodian.reading.html import read_html

    peers = {name: PEERS[kind][name] for name in TASKS[kind][task]}
    ours: Reader = (lambda data: read_html(data).text) if task == TEXT else _whole(kind)
    found = {OURS: ours}
    for name, make in peers.items():
        with suppress(ImportError):
            found[name] = make()
    return found


def _whole(kind: str) -> Reader:
    """Our reader as the command uses it: everything up to the document with its body and labelled values."""
    name = f"document.{kind}"
    return lambda data: read_bytes(data, name).text
