"""The period that a plan's title names: “十三五” ran until 2020, （2018—2020年） says so itself."""

from __future__ import annotations

from yaodian.extraction.numerals import parse
from yaodian.patterns import compiled

# Only 十一五 and later: 八五 and the like also count the plans for publicity of the law (八五普法).
_FIVE_YEARS = compiled(r"(?P<number>十[一二三四五六])五(?![年个])")
_YEARS = compiled(r"[（(]\s?(?:19|20)\d\d年?\s?[-—–－~～至─]{1,2}\s?(?P<last>20\d\d)年?\s?[)）]")
_TENTH, _END_OF_TENTH, _LENGTH = 10, 2005, 5


def last_year(title: str) -> int | None:
    """The last year of the period that ``title`` names, None where it names none.

    Years printed count before the number of a five-year plan.
    """
    years = _YEARS.search(title)
    if years:
        return int(years["last"])
    plan = _FIVE_YEARS.search(title)
    number = parse(plan["number"]) if plan else None
    return None if number is None else _END_OF_TENTH + _LENGTH * (int(number) - _TENTH)
