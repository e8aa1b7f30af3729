"""One language of a site: its words and names, and how its pages are put together and linked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from yaodian.ontology import lexicon
from yaodian.pages import environment
from yaodian.rdf.serialise import without_surrogates
from yaodian.reports.chapter import Names, named
from yaodian.site.addresses import link
from yaodian.site.plots import number
from yaodian.source import ID, GraphSource, concept_names

if TYPE_CHECKING:
    from jinja2 import Environment

    from yaodian.comparing.statements import Statement

SECTIONS = ("place", "theme", "policy", "indicator", "quantities", "rule", "data")
"""What the head of every page leads to, beside the overview."""
# Styles and scripts come from the site alone: by "self" from a server, by "file:" from disk. Hashes cannot say which
# ones: they do not count for styles in files of their own, and scripts need `integrity`, which is refused from disk.
POLICY = "default-src 'none'; style-src 'self' file:; script-src 'self' file:; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True)
class Edition:
    """``folder`` is where its pages lie, empty for the first language; ``others`` are the other languages' folders."""

    lang: str
    folder: str
    others: Mapping[str, str]
    words: Mapping[str, Any]
    names: Names
    templates: Environment = field(default_factory=partial(environment, "yaodian.site"))

    def name(self, concept: str) -> str:
        """What a concept is called."""
        return named(self.names, concept, self.lang)

    def place(self, page: str) -> str:
        """The path of a page in the site's folder."""
        return f"{self.folder}{page}"

    def to(self, page: str) -> Callable[..., str]:
        """What gives the links from a page of this edition to others of it."""
        return lambda target, fragment="": link(page, target, fragment)

    def render(self, template: str, page: str, title: str, **context: Any) -> bytes:
        """A page as it stands in its file; ``page`` is its path in the edition."""
        root = link(self.place(page), "")
        text = self.templates.get_template(template).render(
            policy=POLICY,
            words=self.words,
            lang=self.lang,
            title=title,
            page=page,
            section=page.partition("/")[0],
            to=self.to(page),
            root=root,
            others={lang: f"{root}{link('', folder + page)}" for lang, folder in self.others.items()},
            sections={one: f"{one}/index.html" for one in SECTIONS},
            **context,
        )
        return without_surrogates(text).encode()

    def value(self, one: Statement) -> str:
        """A statement's number as people read it, with the name of its bound where it has one."""
        if one.value_max is not None:
            return f"{number(one.value)}–{number(one.value_max)}"
        if one.comparator == "eq":
            return number(one.value)
        return f"{self.name(f'{ID}comparator/{one.comparator}')} {number(one.value)}"


def editions(source: GraphSource, languages: tuple[str, ...]) -> tuple[Edition, ...]:
    """The languages of a site, the first of which lies at its root."""
    names = concept_names(source)
    folders = {lang: "" if lang == languages[0] else f"{lang}/" for lang in languages}
    return tuple(
        Edition(
            lang,
            folders[lang],
            {other: folder for other, folder in folders.items() if other != lang},
            {**lexicon("pages")["report"][lang], **lexicon("site")[lang]},
            names,
        )
        for lang in languages
    )
