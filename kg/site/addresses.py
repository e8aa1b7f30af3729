"""Where a thing has its page: the path of its IRI below ``https://w3id.org/yaodian/id/``, and ``.html``.

``…/id/theme/teachers`` is at ``theme/teachers.html``, ``…/id/plan/320400-2023/target/2`` at its plan's page, as the
fragment ``plan-320400-2023-target-2``; the place of its words is ``at-`` and that. A rule is at ``rule/`` and its code
in small letters. A last segment that no file system or server would take as it is (capitals, signs, a length of more
than sixty characters, the names that Windows keeps for itself) is replaced by the first sixteen digits of its SHA-1.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import quote

from yaodian.reports.chapter import anchor
from yaodian.reports.render import RULES
from yaodian.source import ID

KINDS = ("plan", "place", "theme", "policy", "indicator", "rule")
"""The folders of pages; the list of plans is the overview, the others have an ``index.html``."""

_PLAIN = re.compile(r"[\w~-][\w.~-]{0,59}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|index)(\..*)?")


def page_of(iri: str) -> str | None:
    """The path of the page that tells of an IRI; None where none does."""
    if iri.startswith(RULES):
        return f"rule/{file_name(iri.removeprefix(RULES).lower())}.html"
    kind, _, rest = iri.removeprefix(ID).partition("/")
    own = rest.partition("/")[0].partition("#")[0] if kind == "plan" else rest
    if not iri.startswith(ID) or kind not in KINDS or not own:
        return None
    return f"{kind}/{file_name(own)}.html"


def theme_page(iri: str) -> str:
    """The path of a theme's page, be it one of ours or of a user's scheme."""
    return page_of(iri) or f"theme/{_digits(iri)}.html"


def place_in_text(iri: str) -> str:
    """The fragment of the words that a thing of a plan rests on."""
    return f"at-{anchor(iri)}"


def file_name(segment: str) -> str:
    """The last segment of an IRI as the name of a file, without ending."""
    is_plain = _PLAIN.fullmatch(segment) and segment == unicodedata.normalize("NFC", segment).lower()
    return segment if is_plain and not _RESERVED.fullmatch(segment) else _digits(segment)


def link(page: str, target: str, fragment: str = "") -> str:
    """The relative URL from a page to a file of the site, both by their paths in the folder."""
    up = "../" * page.count("/")
    return f"{up}{quote(target)}{'#' + quote(fragment) if fragment else ''}"


def _digits(text: str) -> str:
    return hashlib.sha1(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()[:16]
