"""Frames: pages within a page. Those that are files of their own are not fetched.

Of those that the page itself has, and of what it says for browsers without frames, the one with most sentences is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from yaodian.errors import on_one_line
from yaodian.model import Problem
from yaodian.reading.html_layout import is_hidden, is_tiny
from yaodian.reading.html_main import prose
from yaodian.reading.html_scripts import FEWEST_MARKS

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

LONGEST_ADDRESS, MOST_ADDRESSES = 60, 3
"""The characters of an address, and the addresses, that are shown."""
_NO_PAGE = ("about:", "javascript:", "data:")


def text_in_frames(tree: LexborHTMLParser) -> str | None:
    """The markup with most prose that frames bring along; None where none has a document in it."""
    own = [node.attributes.get("srcdoc") or "" for node in tree.css("iframe[srcdoc]")]
    instead = [node.text() for node in tree.css("noframes")]
    marks, markup = max(
        ((prose(words), words) for words in (*own, *instead)), default=(0, ""), key=lambda pair: pair[0]
    )
    return markup if marks >= FEWEST_MARKS else None


def addresses(tree: LexborHTMLParser) -> list[str]:
    """The files that frames show to a visitor, each once; not those of a point's size, which count visits."""
    found = [node.attributes.get("src") or "" for node in tree.css("frame, iframe") if _is_shown(node.attributes)]
    told = (on_one_line(address.strip())[:LONGEST_ADDRESS] for address in found)
    return list(dict.fromkeys(address for address in told if address and not address.lower().startswith(_NO_PAGE)))


def quoted(found: Sequence[str]) -> str:
    """Addresses in a message."""
    more = ", …" if len(found) > MOST_ADDRESSES else ""
    return ", ".join(f"“{address}”" for address in found[:MOST_ADDRESSES]) + more


def left_out(found: Sequence[str]) -> tuple[Problem, ...]:
    """The problem that a page shows those files in frames; none where it shows none."""
    if not found:
        return ()
    message = f"the page shows other files in frames, which were not read: {quoted(found)}; save one that has text"
    return (Problem("frames-not-read", message),)


def _is_shown(attributes: Mapping[str, str | None]) -> bool:
    return "srcdoc" not in attributes and not is_hidden("iframe", attributes) and not is_tiny(attributes)
