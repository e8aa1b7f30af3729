"""The readers that are compared, each as a function from a file's bytes to its text; those that are not installed."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from side_by_side.peers import PEERS, Reader
from yaodian.reading import read_bytes
from yaodian.reading.regular import regular

OURS = "yaodian"


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


def timed(kind: str) -> Reader:
    """Our reader as it runs within the command: everything up to the document with its body."""
    name = f"document.{kind}"
    return lambda data: read_bytes(data, name).text
