"""Which corpora this version can read: those of a later one are refused, those of an older one are to be renewed.

A corpus records the version of yaodian and of the ontology (``owl:versionInfo``) that its graphs were written with.
Versions are compared as Semantic Versioning 2.0.0 orders them; before 1.0 another minor version may mean other graphs.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import version

from yaodian.errors import LaterCorpusError, OlderCorpusError
from yaodian.ontology import resource

_VERSION_INFO = re.compile(r'owl:versionInfo\s+"([^"]+)"')


@cache
def ontology_version() -> str:
    """The version that the ontology gives itself."""
    found = _VERSION_INFO.search(resource("yaodian.ttl").read_text("utf-8"))
    return found[1] if found else ""


def refuse_later(where: str, form: int, known_form: int, yaodian: str, ontology: str) -> None:
    """``LaterCorpusError`` where a later yaodian, ontology or form of the manifest made the corpus ``where``."""
    ours = version("yaodian")
    later = form > known_form or _parts(yaodian) > _parts(ours) or _parts(ontology) > _parts(ontology_version())
    if later:
        raise LaterCorpusError(
            f"{where}: this corpus is of a later yaodian ({yaodian}, ontology {ontology or 'unknown'}, manifest format "
            f"{form}; here are {ours}, {ontology_version()}, {known_form}): install that version, or use another folder"
        )


def refuse_older(where: str, ontology: str) -> None:
    """``OlderCorpusError`` where the graphs of the corpus ``where`` were written with an ontology that differs."""
    if _parts(ontology)[:2] < _parts(ontology_version())[:2]:
        raise OlderCorpusError(
            f"{where}: this corpus was written with an older ontology ({ontology or 'version not recorded'}; here is "
            f"{ontology_version()}); renew it with: yaodian build --renew --out {where}"
        )


def _parts(text: str) -> tuple[int, ...]:
    """The numbers of a version, without what follows them (a pre-release, a build)."""
    numbers = re.match(r"\d+(?:\.\d+)*", text)
    return tuple(map(int, numbers[0].split("."))) if numbers else ()
