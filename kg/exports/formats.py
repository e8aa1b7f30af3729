"""The forms that a corpus can be exported in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

if TYPE_CHECKING:
    from yaodian.corpus import PlanRow
    from yaodian.exports.blocks import Contents

Progress: TypeAlias = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Wish:
    """What else is wanted: the dataset's licence (an IRI), one table only, to be told how far it is."""

    license: str | None = None
    table: str | None = None
    progress: Progress | None = None

    def watched(self, rows: Sequence[PlanRow]) -> Iterator[PlanRow]:
        """The rows as they come, told to who watches."""
        for done, row in enumerate(rows):
            if self.progress:
                self.progress(done, len(rows), row.slug)
            yield row
        if self.progress:
            self.progress(len(rows), len(rows), "")


ToStream: TypeAlias = "Callable[[Contents, Wish], Iterator[bytes]]"
ToFolder: TypeAlias = "Callable[[Contents, Wish, Path], list[str]]"


@dataclass(frozen=True, slots=True)
class Export:
    """A form: where its writers are (``module:function``), for one stream and for a folder; either may be missing."""

    name: str
    ending: str
    stream: str = ""
    folder: str = ""
    binary: bool = False

    def to_stream(self, contents: Contents, wish: Wish) -> Iterator[bytes]:
        """The export as bytes that follow each other."""
        return cast("ToStream", _function(self.stream))(contents, wish)

    def to_folder(self, contents: Contents, wish: Wish, folder: Path) -> list[str]:
        """Write the files of the export into an empty folder; their names."""
        return cast("ToFolder", _function(self.folder))(contents, wish, folder)


def _function(where: str) -> object:
    module, _, name = where.partition(":")
    return getattr(import_module(f"yaodian.exports.{module}"), name)


FORMATS = {
    form.name: form
    for form in (
        Export("nq", ".nq", "rdf:nquads"),
        Export("trig", ".trig", "rdf:trig"),
        Export("ttl", ".ttl", "rdf:turtle"),
        Export("jsonld", ".jsonld", "rdf:jsonld"),
        Export("void", ".void.ttl", "rdf:void"),
        Export("csv", ".csv", "tabular:plain", "tabular:plain_files"),
        Export("excel", ".csv", "tabular:guarded", "tabular:guarded_files"),
        Export("parquet", ".parquet", "tabular:parquet", "tabular:parquet_files", binary=True),
        Export("graphml", ".graphml", "networks:graphml"),
        Export("gexf", ".gexf", "networks:gexf"),
        Export("stratml", ".xml", "stratml:one", "stratml:files"),
    )
}
