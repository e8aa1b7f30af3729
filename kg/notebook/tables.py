"""A plan and a corpus as small tables."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from yaodian.comparing.sheets import Column, Sheet, Value, words
from yaodian.extraction.themes.vocabulary import Scheme, load
from yaodian.ontology import lexicon
from yaodian.pages import environment

if TYPE_CHECKING:
    from yaodian.corpus.opening import Corpus
    from yaodian.model import Item, Plan, ThemeAssignment

MOST = 100
"""More rows than these are counted instead of shown."""
_BETWEEN = {"zh": "；", "en": "; "}


def corpus_html(corpus: Corpus, lang: str = "zh") -> str:
    """The plans of a corpus, one row each."""
    keys = ("title", "city", "year", "items", "targets", "results", "policies", "findings")
    rows = tuple(
        (
            row.title or row.slug, row.city, row.year, row.items, row.targets, row.results, row.policies,
            sum(row.findings.values()),
        )
        for row in corpus.plans
    )  # fmt: skip
    return _html(Sheet(str(corpus.path), (), _columns(keys, lang, keys[2:]), rows), lang)


def plan_html(plan: Plan, lang: str = "zh") -> str:
    """The items of a plan, one row each, with what each plans and what policies it names."""
    rows = tuple(_item_row(plan, item, lang) for item in plan.items)
    title = plan.facts.title or plan.document.name
    return _html(Sheet(title, (), _columns(("item", "themes", "targets", "policies"), lang), rows), lang)


def _item_row(plan: Plan, item: Item, lang: str) -> tuple[Value, ...]:
    between = _BETWEEN[lang]
    return (
        f"{item.label} {item.heading}".strip(),
        between.join(_theme_name(theme, lang) for theme in item.themes),
        between.join(f"{one.indicator} {one.span.quote}".strip() for one in plan.targets if one.item == item.id),
        between.join(one.span.quote for one in plan.policies if one.item == item.id),
    )


@cache
def _scheme() -> Scheme:
    return load()


def _theme_name(theme: ThemeAssignment, lang: str) -> str:
    known = theme.concept or _scheme().themes.get(theme.code)
    return (known.en if lang == "en" else known.zh) or theme.code if known else theme.code


def _columns(keys: tuple[str, ...], lang: str, numeric: tuple[str, ...] = ()) -> tuple[Column, ...]:
    named = lexicon("notebook")["columns"]
    return tuple(Column(key, named[key][lang], key in numeric) for key in keys)


def _html(sheet: Sheet, lang: str) -> str:
    more = len(sheet.rows) - MOST
    return (
        environment("yaodian.notebook")
        .get_template("table.html")
        .render(
            sheet=sheet,
            rows=sheet.rows[:MOST],
            more=lexicon("notebook")["notes"]["more"][lang].format(more=more) if more > 0 else "",
            lang=lang,
            words=words,
        )
    )
