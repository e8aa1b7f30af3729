"""Issuers of another place than the title names: 岚江市教育局 below 云岭市教育局2024年工作要点."""

from __future__ import annotations

from collections.abc import Iterator

from yaodian.extraction.marks.oddity import HAN_CHARACTER, Oddity
from yaodian.model import Document, Facts
from yaodian.patterns import compiled

_PLACE = compiled(
    rf"^在?(?:[{HAN_CHARACTER}]{{2,8}}?(?:省|自治区))?(?:中共|中国共产党)?(?P<name>[{HAN_CHARACTER}]{{2,6}}?)(?P<level>(?<![全我本各])[市州盟县区旗])"
    r"(?=教育|人民政府|政府|委|体育|\d)"
)

_ISSUER_LABEL = compiled("(?:发布|发文)(?:机构|机关|单位)")
_SIGNATURE = compiled(
    rf"(?m)^[ \t\u3000]*(?P<issuer>[{HAN_CHARACTER}]{{4,20}}(?:局|厅|委员会|人民政府|办公室))[ \t\u3000\r]*\n+"
    r"[ \t\u3000]*(?=(?:20\d\d|二[〇○零]..)年)"
)


def find(document: Document, facts: Facts) -> Iterator[Oddity]:
    """The issuers that belong to another division of the level that the title names."""
    title = _PLACE.match(facts.title or "")
    if title is None:
        return
    for start, end in dict.fromkeys(_issuers(document, facts)):
        issuer = _PLACE.match("".join(document.text[start:end].split()))
        if issuer and issuer["level"] == title["level"] and _differ(issuer["name"], title["name"]):
            yield Oddity(start, end, "other-place", title["name"] + title["level"])


def _issuers(document: Document, facts: Facts) -> Iterator[tuple[int, int]]:
    """Where issuers are named: as the facts have it, beside a label, and above the date of a signature."""
    for span in facts.issuer_spans:
        yield span.start, span.end
    for label, span in document.labelled:
        if _ISSUER_LABEL.search(label):
            yield span.start, span.end
    for match in _SIGNATURE.finditer(document.text, document.body.start):
        yield match.span("issuer")


def _differ(one: str, other: str) -> bool:
    """Whether neither name ends with the other: 常州 is 江苏常州."""
    return not one.endswith(other) and not other.endswith(one)
