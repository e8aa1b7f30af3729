"""Rules: the named SHACL shapes of ``shapes/``, with what people need to know about each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse, serialize
from pyoxigraph import Literal as OxLiteral

from yaodian.errors import VocabularyError
from yaodian.rdf.names import DCTERMS, RDFS, YD

SH = "http://www.w3.org/ns/shacl#"
LANGUAGES = ("zh", "en")
_SHAPE_FILES = ".ttl"


class Severity(IntEnum):
    """How sure a rule is: a hint, a suspicion, an error."""

    INFO = 1
    WARNING = 2
    VIOLATION = 3

    @property
    def word(self) -> str:
        """The name used on the command line and in JSON."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in Chinese and English."""

    zh: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``points_at`` is the property of the focus node that leads to the place to show, if not its own.

    ``fix`` names what puts its findings right, None where only the author can. ``yields_to`` are the shapes of rules
    whose finding at the same place makes one of this rule needless. ``parts`` are the shapes with a name of their own
    that it is put together of: engines report those.
    """

    shape: str
    code: str
    severity: Severity
    family: str
    name: Words
    message: Words
    rationale: Words
    source: Words
    advice: Words
    bad: str
    good: str
    points_at: str | None = None
    fix: str | None = None
    yields_to: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()

    def is_meant_by(self, *names: str) -> bool:
        """Whether a name is the rule's code, a beginning of it (YD-X), or its family. An empty name means none."""
        code = self.code.casefold()
        return any(name and (self.family == name.casefold() or code.startswith(name.casefold())) for name in names)


@dataclass(frozen=True)
class RuleSet:
    """Rules and the shapes graph (N-Triples) that engines evaluate."""

    rules: tuple[Rule, ...]
    shapes: str

    @cached_property
    def by_shape(self) -> Mapping[str, Rule]:
        """The rules by the IRIs of their shape and its parts."""
        parts = {part: rule for rule in self.rules for part in rule.parts}
        return parts | {rule.shape: rule for rule in self.rules}

    def get(self, code: str) -> Rule | None:
        """The rule of that code, in either case, None where there is none."""
        return next((rule for rule in self.rules if rule.code.casefold() == code.casefold()), None)

    def select(self, only: Iterable[str] = (), ignore: Iterable[str] = ()) -> RuleSet:
        """The set reduced to rules that one of ``only`` means and none of ``ignore`` (YD-X01, YD-X, or text)."""
        wanted, unwanted = tuple(only), tuple(ignore)
        kept = (r for r in self.rules if not wanted or r.is_meant_by(*wanted))
        return replace(self, rules=tuple(r for r in kept if not r.is_meant_by(*unwanted)))


@cache
def default_rules() -> RuleSet:
    """The rules that come with yaodian."""
    return load(files("yaodian.shapes").iterdir())


def load(sources: Iterable[Traversable]) -> RuleSet:
    """The rules of Turtle files, in the order of their codes."""
    statements = _Statements()
    shapes: list[str] = []
    for source in sorted((s for s in sources if s.name.endswith(_SHAPE_FILES)), key=lambda s: s.name):
        shapes.append(statements.read(source))
    rules = [statements.rule(shape) for shape in statements.subjects_of(f"{YD}ruleCode")]
    return RuleSet(tuple(sorted(rules, key=lambda rule: rule.code)), "".join(shapes))


class _Statements:
    """What the shape files say, by subject and property."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, list[NamedNode | BlankNode | OxLiteral]]] = {}
        self._family: dict[str, str] = {}

    def read(self, source: Traversable) -> str:
        """Take a Turtle file in; its statements as N-Triples."""
        try:
            triples = [quad.triple for quad in parse(source.read_bytes(), RdfFormat.TURTLE)]
        except SyntaxError as error:
            raise VocabularyError(f"{source.name}: not valid Turtle: {error}") from error
        for triple in triples:
            if isinstance(triple.subject, NamedNode) and not isinstance(triple.object, tuple):
                said = self._said.setdefault(triple.subject.value, {})
                said.setdefault(triple.predicate.value, []).append(triple.object)
                self._family.setdefault(triple.subject.value, source.name.removesuffix(_SHAPE_FILES))
        written = serialize(triples, format=RdfFormat.N_TRIPLES)
        return (written or b"").decode("utf-8")

    def subjects_of(self, predicate: str) -> list[str]:
        """The subjects that have the property."""
        return [subject for subject, said in self._said.items() if predicate in said]

    def rule(self, shape: str) -> Rule:
        """The rule that a shape states."""
        return Rule(
            shape=shape,
            code=self._one(shape, f"{YD}ruleCode"),
            severity=Severity[self._one(shape, f"{SH}severity").removeprefix(SH).upper()],
            family=self._family[shape],
            name=self._words(shape, f"{RDFS}label"),
            message=self._words(shape, f"{SH}message"),
            rationale=self._words(shape, f"{YD}rationale"),
            source=self._words(shape, f"{DCTERMS}source"),
            advice=self._words(shape, f"{YD}advice"),
            bad=self._one(shape, f"{YD}badExample"),
            good=self._one(shape, f"{YD}goodExample"),
            points_at=self._optional(shape, f"{YD}pointsAt"),
            fix=self._optional(shape, f"{YD}fix"),
            yields_to=frozenset(other.value for other in self._said[shape].get(f"{YD}yieldsTo", [])),
        )

    def _optional(self, shape: str, predicate: str) -> str | None:
        objects = self._said[shape].get(predicate)
        return objects[0].value if objects else None

    def _one(self, shape: str, predicate: str) -> str:
        value = self._optional(shape, predicate)
        if value is None:
            raise VocabularyError(f"the rule {shape} has no {predicate}")
        return value

    def _words(self, shape: str, predicate: str) -> Words:
        literals = [o for o in self._said[shape].get(predicate, []) if isinstance(o, OxLiteral)]
        by_language = {literal.language: literal.value for literal in literals}
        if not all(by_language.get(language) for language in LANGUAGES):
            raise VocabularyError(f"the rule {shape} needs {predicate} in {' and '.join(LANGUAGES)}")
        return Words(by_language["zh"], by_language["en"])
