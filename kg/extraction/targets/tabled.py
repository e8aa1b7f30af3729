"""The targets in tables of indicators: each value by the words of its row and column."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from yaodian.extraction.indicator_tables import IndicatorValue, indicator_values
from yaodian.extraction.numerals import multiplier
from yaodian.extraction.targets import commitments
from yaodian.extraction.targets.concepts import concept_of
from yaodian.extraction.targets.quantities import Quantity, quantities_in
from yaodian.model import Document, Target, TargetStatus
from yaodian.ontology import lexicon
from yaodian.patterns import any_of, compiled

RULE = "indicator table"
LONGEST = 40
"""How many characters a cell has at most that is read as one value."""
_STAND_IN = "个"
"""The unit that a number has while it is read whose own unit stands elsewhere: the grammar reads no bare numbers."""
_NUMERAL_END = compiled(r"[\d０-９](?:\s*(?:[百千]?[万亿]+|[百千]))?(?=[^\d０-９]*$)")
_NOTE = compiled(r"(?<=.)[（(][^（）()]*[)）]\s*$")
_RATIO = "比"
_COLON = compiled("[:：∶]")
_MULTIPLIER = compiled("[十百千]?[万亿]+")
_OPENING, _CLOSING = r"[\s\[［【〔(（]*", r"[\s\]］】〕)）*＊※]*"
_BEHIND = compiled(rf"{_CLOSING}(?:[（(][^（）()]*[)）])?\s*")


@dataclass(frozen=True, slots=True)
class Tabled:
    """A cell of a table of indicators, the quantity that it is, and the words before that; placed in the document."""

    said: IndicatorValue
    quantity: Quantity
    before: str


def tabled_in(document: Document) -> tuple[Tabled, ...]:
    """The values in the document's tables of indicators, in text order; cells that hold more than one are left out."""
    read = (_read(said) for said in indicator_values(document))
    return tuple(sorted(filter(None, read), key=lambda value: value.quantity.start))


def _read(said: IndicatorValue) -> Tabled | None:
    """The value with the unit that the cell prints, else the one that its row or column states; None without any."""
    words, at = said.cell.span.quote, said.cell.span.start
    if len(words) > LONGEST:
        return None
    quantity = _whole(words) or _ratio(words) or (_with_unit(words, said.unit) if said.unit else None)
    if quantity is None:
        return None
    placed = replace(
        quantity, start=at + quantity.start, end=at + quantity.end, numeral=at + quantity.numeral, rule=RULE
    )
    return Tabled(said, placed, words[: quantity.start])


def _whole(words: str) -> Quantity | None:
    """The quantity that the words are, but for brackets, bounds and a note around it."""
    found = [q for q in quantities_in(words, 0, len(words)) if isinstance(q, Quantity) and q.unit]
    if len(found) != 1:
        return None
    (quantity,) = found
    before, behind = words[: quantity.start], words[quantity.end :]
    return quantity if _before().fullmatch(before) and _BEHIND.fullmatch(behind) else None


def _ratio(words: str) -> Quantity | None:
    """The ratio that the words are (1:15), which in a sentence some word for it has to announce."""
    quantity = _whole(_RATIO + words) if _COLON.search(words) else None
    if quantity is None or quantity.unit != _RATIO:
        return None
    start, end, numeral = (at - len(_RATIO) for at in (quantity.start, quantity.end, quantity.numeral))
    return replace(quantity, start=start, end=end, numeral=numeral)


def _with_unit(words: str, unit: str) -> Quantity | None:
    """The quantity that the words are with a unit that stands elsewhere."""
    words = _NOTE.sub("", words)
    last = _NUMERAL_END.search(words)
    if last is None:
        return None
    printed = unit if words.startswith(unit, last.end()) else ""
    quantity = _whole(words[: last.end()] + _STAND_IN + words[last.end() + len(printed) :])
    if quantity is None or quantity.unit != _STAND_IN:
        return None
    multiple = _MULTIPLIER.match(unit)
    # 2.4 in a column of 万人, but not 2.4万 there.
    factor = multiplier(multiple[0]) if multiple and last[0][-1].isdigit() else 1
    return replace(
        quantity,
        end=quantity.end - len(_STAND_IN) + len(printed),
        value=quantity.value * factor,
        value_max=None if quantity.value_max is None else quantity.value_max * factor,
        unit=_MULTIPLIER.sub("", unit, count=1).replace("％", "%") or _STAND_IN,
    )


@cache
def _before() -> re.Pattern[str]:
    """What may stand before a value in its cell: brackets, words of a bound or a change."""
    bounds = lexicon("quantities")["bounds"]
    words = any_of(chain.from_iterable(bounds[key] for key in ("ge", "le", "approx", "over", "eq")))
    return compiled(rf"{_OPENING}{_RATIO}?(?:年均|每年|同比)?(?:{commitments.CHANGES})?(?:{words})?{_OPENING}")


def target_of(tabled: Tabled, number: str, document: Document, plan: int | None, summary: int | None) -> Target:
    """The target or result, by that id, that a value is in a document that plans and reports on these years."""
    said, quantity = tabled.said, tabled.quantity
    status = _status(said, plan, summary)
    year = said.year or (plan if status == "planned" else summary)
    return Target(
        id=number,
        span=document.span(quantity.start, quantity.end),
        value=quantity.value,
        value_max=quantity.value_max,
        comparator=quantity.comparator,
        unit=quantity.unit,
        indicator=said.indicator,
        status=status,
        rule=RULE,
        concept=concept_of(said.indicator).id,
        measurement=commitments.measurement(tabled.before, quantity.unit),
        bindingness=said.bindingness if said.bindingness and status == "planned" else "stated",
        bindingness_span=said.binding if status == "planned" else None,
        deadline=str(year) if year else None,
        deadline_span=said.stated,
        per=commitments.per_unit(said.indicator),
    )


def _status(said: IndicatorValue, plan: int | None, summary: int | None) -> TargetStatus:
    """Achieved where the column's name says so, or is a year gone by when the plan begins."""
    if said.reached is not None:
        return "achieved" if said.reached else "planned"
    first = plan if plan or not summary else summary + 1
    return "achieved" if said.year and first and said.year < first else "planned"
