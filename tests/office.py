"""LibreOffice for tests: Word files opened by it, and the comments that it sees. Skips where it is not installed."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import pytest

from yaodian.reading import legacy

PLAIN_TEXT = "txt:Text (encoded):UTF8"
OFFICE, TEXT = ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "urn:oasis:names:tc:opendocument:xmlns:text:1.0")
_DC = "http://purl.org/dc/elements/1.1/"


@dataclass
class Annotation:
    """A comment as LibreOffice has it: who says what, and the words it stands at (None: at a point)."""

    author: str
    said: str
    words: str | None


def program() -> str:
    """The path of LibreOffice; the test is skipped where it is not installed."""
    found = legacy.office()
    if found is None:
        pytest.skip("LibreOffice is not installed")
    return found


def converted(
    files: Mapping[str, bytes], target: str, folder: Path, *, infilter: str | None = None
) -> dict[str, bytes]:
    """Each of the files, by name, as LibreOffice saves it in the format ``target``: all of them in one run."""
    sources, results = folder / "sources", folder / "results"
    sources.mkdir(parents=True)
    for name, data in files.items():
        (sources / name).write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    how = [f"--infilter={infilter}"] if infilter else []
    paths = [str(sources / name) for name in files]
    command = [program(), "--headless", profile, *how, "--convert-to", target, "--outdir", str(results), *paths]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    suffix = f".{target.partition(':')[0]}"
    return {name: (results / name).with_suffix(suffix).read_bytes() for name in files}


def opened(files: Mapping[str, bytes], folder: Path) -> dict[str, ElementTree.Element]:
    """Each Word file as LibreOffice understands it, by its name."""
    saved = converted({f"{name}.docx": content for name, content in files.items()}, "fodt", folder)
    return {name: ElementTree.fromstring(saved[f"{name}.docx"]) for name in files}


def annotations(root: ElementTree.Element) -> list[Annotation]:
    """The comments in the order of their places."""
    reader = _Reader()
    reader.read(_body(root))
    return reader.found


def text_of(root: ElementTree.Element) -> str:
    """All words of the text, without those of comments."""
    reader = _Reader()
    reader.read(_body(root))
    return "".join(reader.words)


def accepted_text(root: ElementTree.Element, author: str) -> str:
    """All words of the text once the author's tracked changes are accepted."""
    return _without(root, author, "deletion")


def rejected_text(root: ElementTree.Element, author: str) -> str:
    """All words of the text once the author's tracked changes are rejected."""
    return _without(root, author, "insertion")


def _without(root: ElementTree.Element, author: str, kind: str) -> str:
    regions = [region for region in root.iter(f"{{{TEXT}}}changed-region") if region[0].tag == f"{{{TEXT}}}{kind}"]
    by_author = (region for region in regions if region.findtext(f".//{{{_DC}}}creator") == author)
    reader = _Reader(gone=frozenset(region.get(f"{{{TEXT}}}id") for region in by_author))
    reader.read(_body(root))
    return "".join(reader.words)


def _body(root: ElementTree.Element) -> ElementTree.Element:
    body = root.find(f"{{{OFFICE}}}body/{{{OFFICE}}}text")
    assert body is not None
    return body


@dataclass
class _Reader:
    found: list[Annotation] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    begun: dict[str, tuple[Annotation, int]] = field(default_factory=dict)
    gone: frozenset[str | None] = frozenset()
    within: set[str | None] = field(default_factory=set)

    def read(self, node: ElementTree.Element) -> None:
        if node.tag.endswith(("}tracked-changes", "}sequence-decls", "}forms")):
            return
        self._say(node.text)
        for child in node:
            name = child.get(f"{{{OFFICE}}}name") or ""
            if child.tag == f"{{{OFFICE}}}annotation":
                self._begin(child, name)
            elif child.tag == f"{{{OFFICE}}}annotation-end":
                one, start = self.begun[name]
                one.words = "".join(self.words[start:])
            elif child.tag == f"{{{TEXT}}}change-start":
                self.within |= self.gone & {child.get(f"{{{TEXT}}}change-id")}
            elif child.tag == f"{{{TEXT}}}change-end":
                self.within.discard(child.get(f"{{{TEXT}}}change-id"))
            else:
                self._blank(child)
                self.read(child)
            self._say(child.tail)

    def _begin(self, node: ElementTree.Element, name: str) -> None:
        said = "\n".join("".join(p.itertext()) for p in node.iter(f"{{{TEXT}}}p"))
        one = Annotation(node.findtext(f"{{{_DC}}}creator") or "", said, None)
        self.found.append(one)
        self.begun[name] = one, len(self.words)

    def _blank(self, node: ElementTree.Element) -> None:
        if self.within:
            return
        if node.tag == f"{{{TEXT}}}s":
            self.words.append(" " * int(node.get(f"{{{TEXT}}}c") or 1))
        elif node.tag in (f"{{{TEXT}}}tab", f"{{{TEXT}}}line-break"):
            self.words.append("\t")

    def _say(self, words: str | None) -> None:
        # Line ends between elements are the file's, not the text's.
        if words and words.strip("\n ") and not self.within:
            self.words.append(words)
