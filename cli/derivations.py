"""What ``extract --explain`` prints: one block a thing, aligned by the width that characters have on screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from yaodian.cli.tables import pad, printable, width
from yaodian.derivation import KINDS, Derivation, Language, derivations
from yaodian.model import Plan
from yaodian.ontology import lexicon


def explained(plan: Plan, language: Language) -> str:
    """How each thing of the plan came about, in text order, and a line that counts them."""
    words = lexicon("derivations")[language]
    found = derivations(plan, language)
    places = [str(plan.document.place(derivation.span.start)) for derivation in found]
    lines = [*_blocks(found, places, words), _counted(found, words)]
    return "\n".join(lines) + "\n"


def _blocks(found: Sequence[Derivation], places: Sequence[str], words: dict[str, dict[str, str]]) -> Iterator[str]:
    """A line for each thing, its reasons below it, all in columns."""
    at, kinds = max(map(width, places), default=0), max(map(width, words["kinds"].values()))
    labels = max(map(width, words["labels"].values()))
    for derivation, place in zip(found, places, strict=True):
        said = str(words["found"]).format(quote=derivation.quote, reading=derivation.reading)
        yield f"{pad(place, at, right=True)}  {pad(words['kinds'][derivation.kind], kinds)}  {printable(said)}"
        for label, reason in derivation.reasons:
            yield f"{' ' * (at + kinds + 4)}{pad(label, labels)}  {printable(reason)}"


def _counted(found: Sequence[Derivation], words: dict[str, dict[str, str]]) -> str:
    counts = Counter(derivation.kind for derivation in found)
    told = (
        str(words["counted"]).format(kind=words["kinds"][kind], number=counts[kind]) for kind in KINDS if counts[kind]
    )
    return str(words["between"]).join(told) or str(words["none"])
