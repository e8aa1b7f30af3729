"""What the handlers of requests share: the corpus as it is now, those who answer, and what was agreed at the start."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from yaodian.corpus.prefixes import prefixes
from yaodian.errors import CorpusError
from yaodian.ontology import lexicon
from yaodian.serving import Options, questions
from yaodian.serving.edition import Editions
from yaodian.serving.pool import Answered, Asked, Forms, Pool
from yaodian.serving.settings import Settings

Term = Mapping[str, Any]
"""A term as the JSON results have it: type, value, and perhaps datatype or xml:lang."""
Solution = Mapping[str, Term]


@dataclass(frozen=True)
class Served:
    """One server."""

    limits: Settings
    options: Options
    editions: Editions
    pool: Pool
    _known: dict[str, Any] = field(default_factory=dict)

    async def ask(self, asked: Asked) -> Answered:
        """The answer of the corpus as it is now; ``UnansweredError`` or ``CorpusError`` where there is none."""
        edition = await self.editions.current()
        try:
            return await self.pool.ask(edition, asked)
        except CorpusError:
            return await self.pool.ask(await self.editions.renewed(edition), asked)

    async def solutions(self, text: str) -> list[Solution]:
        """The solutions of a SELECT of ours."""
        answered = await self.ask(Asked(text, Forms()))
        solutions: list[Solution] = json.loads(answered.content)["results"]["bindings"]
        return solutions

    async def property_names(self) -> Mapping[str, Mapping[str, str]]:
        """What properties and classes are called, by IRI and language."""
        found: Mapping[str, Mapping[str, str]] = await self._once("names", _names_in)
        return found

    async def terms(self) -> list[str]:
        """The IRIs of properties and classes that are worth offering to who writes a query."""
        found: list[str] = await self._once("terms", _terms_in)
        return found

    async def _once(self, name: str, ask: Callable[[Served], Awaitable[Any]]) -> Any:
        """What is asked once for each edition."""
        edition = await self.editions.current()
        if self._known.get("edition") is not edition:
            self._known.clear()
            self._known["edition"] = edition
        if name not in self._known:
            self._known[name] = await ask(self)
        return self._known[name]


_PLANS_LOOKED_AT = 5


async def _names_in(served: Served) -> dict[str, dict[str, str]]:
    names: dict[str, dict[str, str]] = {}
    for short, (zh, en) in lexicon("serving")["properties"].items():
        prefix, _, local = short.partition(":")
        names[prefixes()[prefix] + local] = {"zh": zh, "en": en}
    for solution in await served.solutions(questions.LABELS):
        term, name = solution["term"]["value"], solution["name"]
        names.setdefault(term, {})[name.get("xml:lang", "")] = name["value"]
    return names


async def _terms_in(served: Served) -> list[str]:
    edition = await served.editions.current()
    found = set(await served.property_names())
    for row in edition.manifest.plans[:_PLANS_LOOKED_AT]:
        solutions = await served.solutions(questions.about(questions.USED, row.plan))
        found |= {solution["term"]["value"] for solution in solutions}
    return sorted(found)
