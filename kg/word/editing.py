"""Changes to XML as bytes: what is not changed stays as it is, to the byte."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from yaodian.reading.office_xml import Node

_START_TAG = re.compile(rb"""<([^\s/>]+)(?:[^>"']|"[^"]*"|'[^']*')*>""")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Bytes to stand in the place of ``data[begin:end]``."""

    begin: int
    end: int
    new: bytes


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The data with all edits made; they do not overlap."""
    pieces: list[bytes] = []
    at = 0
    for edit in sorted(edits):
        pieces += (data[at : edit.begin], edit.new)
        at = edit.end
    return b"".join((*pieces, data[at:]))


def start_tag(data: bytes, node: Node) -> bytes:
    """An element's start tag as it is written."""
    match = _START_TAG.match(data, node.begin)
    assert match is not None
    return match[0]


def printed_name(data: bytes, node: Node) -> bytes:
    """An element's name as it is written, with whatever prefix."""
    match = _START_TAG.match(data, node.begin)
    assert match is not None
    return match[1]


def is_one_tag(data: bytes, node: Node) -> bool:
    """Whether an element is written as one tag, which begins and ends it."""
    return start_tag(data, node).endswith(b"/>")


def end_of(data: bytes, node: Node) -> int:
    """Where an element ends."""
    if is_one_tag(data, node):
        return node.begin + len(start_tag(data, node))
    return data.index(b">", node.close) + 1


def source_of(data: bytes, node: Node) -> bytes:
    """An element as it is written."""
    return data[node.begin : end_of(data, node)]


def appended(data: bytes, root: Node, new: bytes) -> bytes:
    """The data with more children at the end of its root."""
    if not is_one_tag(data, root):
        return edited(data, [Edit(root.close, root.close, new)])
    return edited(data, [opened(data, root, new)])


def opened(data: bytes, node: Node, inside: bytes) -> Edit:
    """The change of an element that is one tag into one that holds something."""
    end = end_of(data, node)
    return Edit(end - 2, end, b">" + inside + b"</" + printed_name(data, node) + b">")
