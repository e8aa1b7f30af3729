"""Self-contained HTML pages: a strict content policy, data that stays data, files that are whole or absent."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from yaodian.output import write_file
from yaodian.rdf.serialise import without_surrogates

if TYPE_CHECKING:
    from jinja2 import Environment

# A data block ends at "</script", a string literal at U+2028 in older engines: neither may appear as itself.
_INERT = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


def asset(package: str, name: str) -> str:
    """The text of a file that lies in a package."""
    return files(package).joinpath(name).read_text("utf-8")


def environment(package: str) -> Environment:
    """A template environment over a package's files: everything escaped, nothing undefined let through.

    ``opening.html``, with which every page begins, is there beside them.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(lambda name: asset("yaodian" if name == "opening.html" else package, name)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def inline(code: str) -> Markup:
    """A script or style of ours, to stand in the page as it is; ``ValueError`` where it would end its element."""
    if "</" in code and any(end in code.lower() for end in ("</script", "</style")):
        raise ValueError("the code holds the end tag of its own element")
    return Markup(code)


def content_policy(scripts: Sequence[str] = (), styles: Sequence[str] = ()) -> str:
    """The Content-Security-Policy that lets exactly these inline scripts and styles work and nothing load."""
    sources = {"default-src": ["'none'"], "script-src": _hashes(scripts), "style-src": _hashes(styles)}
    sources |= {"base-uri": ["'none'"], "form-action": ["'none'"]}
    return "; ".join(f"{name} {' '.join(allowed)}" for name, allowed in sources.items())


def _hashes(codes: Sequence[str]) -> list[str]:
    digests = (hashlib.sha256(code.encode()).digest() for code in codes)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests] or ["'none'"]


def island(value: Any) -> Markup:
    """JSON for a ``<script type="application/json">``: no text inside can leave it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_INERT))


def write_whole(path: Path, chunks: Iterable[str]) -> None:
    """Write UTF-8 text so that the file is the old one or the whole new one at every moment.

    A lone surrogate, which UTF-8 has not, is written as U+FFFD.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, (without_surrogates(chunk).encode() for chunk in chunks))
