"""Where on the server a thing of the corpus is described.

What stands below ``https://w3id.org/yaodian/`` in an IRI is the path here, so that a redirect from there needs one
line; every other IRI goes into a parameter: ``/thing?iri=…``.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from yaodian.rdf.iris import segment
from yaodian.source import ID

HOME = ID.removesuffix("id/")
_SERVED = ("id/", "ns", "rules")


def address(iri: str) -> str:
    """The path (and fragment) at which the IRI is described."""
    thing, hash_, fragment = iri.partition("#")
    path = thing.removeprefix(HOME)
    if path != thing and path.startswith(_SERVED) and iri_at(_uri(path)) == thing:
        return f"/{_uri(path)}{hash_}{quote(fragment, safe='=,')}"
    return alone(iri)


def alone(iri: str) -> str:
    """The address at which any IRI is described by itself, one with a fragment too."""
    return f"/thing?iri={quote(iri, safe='')}"


def iri_at(path: str) -> str:
    """The IRI that is described at a path, percent-encoded as it came, without its first slash.

    The parts are written as IRIs of the corpus are, however the client wrote them.
    """
    return HOME + "/".join(segment(unquote(part, errors="replace")) for part in path.split("/"))


def _uri(path: str) -> str:
    """An IRI's path as a URI's (RFC 3987 § 3.1): what is percent-encoded stays so."""
    return quote(path, safe="/%~")
