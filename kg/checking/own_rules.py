"""Rules of the user's own: SHACL shapes in Turtle files, beside the rules that come with yaodian or in their place.

A shape with ``yd:ruleCode`` is described like yaodian's own rules, and replaces the one of that code. Any other shape
with a target works as it is: its code is the last part of its IRI, its message ``sh:message``, its severity
``sh:severity`` (``sh:Violation`` where it has none: SHACL, section 2.1.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from yaodian.checking.engine import validator
from yaodian.checking.language import words
from yaodian.checking.rules import LANGUAGES, SH, Rule, RuleSet, Severity, Words
from yaodian.errors import VocabularyError, listed, shown
from yaodian.patterns import compiled
from yaodian.rdf.names import DCTERMS, RDF, RDFS, YD

_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target")
_SHAPES = (f"{SH}NodeShape", f"{SH}PropertyShape")
_CLASSES = (f"{RDFS}Class", "http://www.w3.org/2002/07/owl#Class")
_LOCAL = compiled(r"[^/#:]+$")
_CODE = compiled(r"[^\s@]+")
# What is no keyword in SPARQL (19.8, terminals): comments, strings and IRIs, told apart from the left.
_NO_KEYWORDS = compiled(
    r"#[^\n\r]*|\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}"
    r"|\"(?:[^\"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*'|<[^<>\"{}|^`\\\s]*>",
    re.DOTALL,
)
_FETCHING = compiled(r"(?<![\w?$:.-])(SERVICE|FROM)(?![\w:-])", re.IGNORECASE | re.ASCII)
_ESCAPED = compiled(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

Node = NamedNode | BlankNode | Literal | Triple


class OwnRulesError(VocabularyError):
    """A file of the user's rules cannot be read, or a shape in it is broken."""


def extended(rules: RuleSet, paths: Iterable[Path]) -> RuleSet:
    """The rules with those of the files, which replace rules of the same code; ``OwnRulesError``: file, line, shape."""
    for path in paths:
        rules = _with(rules, _File.read(path))
    return rules


def _with(rules: RuleSet, file: _File) -> RuleSet:
    new = _described(file, rules)
    replaced = [rule.shape for rule in rules.rules if rule.code in new]
    statements = _without(rules.shapes, {*replaced, *(rule.shape for rule in new.values())})
    prologue = _without(rules.shapes, {rule.shape for rule in rules.rules})
    for rule in new.values():
        _try(file, rule, prologue)
    kept = {rule.code: rule for rule in rules.rules if rule.code not in new} | new
    return RuleSet(tuple(kept[code] for code in sorted(kept)), statements + file.ntriples)


def _described(file: _File, rules: RuleSet) -> dict[str, Rule]:
    """The file's rules by code; those that take the place of another stay in its family."""
    found: dict[str, Rule] = {}
    for shape in file.shapes():
        rule = file.rule(shape)
        if rule.code in found:
            raise file.error(shape, f"the code {rule.code} is that of {found[rule.code].shape} too")
        other = rules.get(rule.code)
        found[rule.code] = replace(rule, family=other.family) if other else rule
    if not found:
        raise OwnRulesError(f"{file.where}: there is no shape with a target (sh:targetClass yd:PlanItem) in it")
    return found


def _try(file: _File, rule: Rule, prologue: str) -> None:
    """Have an engine take the shape in: what it cannot read is the user's to put right."""
    shape = rule.shape
    for query in file.queries(shape):
        if fetching := _FETCHING.search(_NO_KEYWORDS.sub(" ", _unescaped(query))):
            raise file.error(shape, f"{fetching[0].upper()} would ask another server; a rule reads the plan only")
    try:
        validator(prologue + file.alone(shape))("")
    except ValueError as error:
        raise file.error(shape, " ".join(str(error).split())) from error


def _unescaped(query: str) -> str:
    """SPARQL reads code point escapes before anything else (19.2)."""
    return _ESCAPED.sub(lambda match: chr(min(int(match[1] or match[2], 16), 0x10FFFF)), query)


def _without(shapes: str, gone: set[str]) -> str:
    """The statements (N-Triples) but for those of the shapes ``gone`` and of the blank nodes below them."""
    dropped = _closure(shapes, {f"<{shape}>" for shape in gone})
    return "".join(line for line in shapes.splitlines(keepends=True) if line.split(" ", 1)[0] not in dropped)


def _closure(ntriples: str, roots: Iterable[str]) -> set[str]:
    """The subjects, with the blank nodes that they lead to."""
    leading: dict[str, list[str]] = {}
    for line in ntriples.splitlines():
        subject, _, rest = line.split(" ", 2)
        if rest.startswith("_:"):
            leading.setdefault(subject, []).append(rest.removesuffix(" ."))
    waiting, seen = list(roots), set[str]()
    while waiting:
        subject = waiting.pop()
        if subject not in seen:
            seen.add(subject)
            waiting += leading.get(subject, [])
    return seen


@dataclass(frozen=True)
class _File:
    """A file of shapes: its text, what it says, and its statements as N-Triples."""

    where: str
    family: str
    text: str
    said: Mapping[str, Mapping[str, Sequence[Node]]]
    ntriples: str

    @classmethod
    def read(cls, path: Path) -> _File:
        """Read a Turtle file; ``OwnRulesError`` with the line where it is none."""
        where = shown(str(path))
        try:
            data = path.read_bytes()
            text = data.decode("utf-8-sig")
            triples = [q.triple for q in parse(text.encode(), RdfFormat.TURTLE, rename_blank_nodes=True)]
        except SyntaxError as error:
            raise OwnRulesError(f"{where}:{error.lineno}: not valid Turtle: {error.msg}") from error
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise OwnRulesError(f"{where}:{line}: not in UTF-8") from error
        except (OSError, ValueError) as error:
            raise OwnRulesError(f"{where}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
        said: dict[str, dict[str, list[Node]]] = {}
        for triple in triples:
            said.setdefault(str(triple.subject), {}).setdefault(triple.predicate.value, []).append(triple.object)
        written = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
        return cls(where, path.stem, text, said, written.decode())

    def shapes(self) -> Iterator[str]:
        """The IRIs of the shapes that have a target; an error for one without a name."""
        for subject, said in self.said.items():
            types = {node.value for node in said.get(f"{RDF}type", []) if isinstance(node, NamedNode)}
            targeted = any(f"{SH}{target}" in said for target in _TARGETS)
            implied = bool(types & set(_SHAPES)) and bool(types & set(_CLASSES))
            if not (targeted or implied or f"{YD}ruleCode" in said):
                continue
            if subject.startswith("_:"):
                raise OwnRulesError(f"{self.where}: a shape with a target needs a name (ex:MyRule), for its code")
            yield subject[1:-1]

    def rule(self, shape: str) -> Rule:
        """The rule that a shape states."""
        said = {language: words(language)["own"] for language in LANGUAGES}
        usual = {key: Words(*(said[language][key] for language in LANGUAGES)) for key in ("rationale", "advice")}
        node, code = f"<{shape}>", self._code(shape)
        return Rule(
            shape=shape,
            code=code,
            severity=self._severity(shape),
            family=self.family,
            name=self._words(node, f"{RDFS}label") or self._words(node, f"{SH}name") or Words(code, code),
            message=self._message(shape),
            rationale=self._words(node, f"{YD}rationale") or usual["rationale"],
            source=self._words(node, f"{DCTERMS}source") or Words(self.where, self.where),
            advice=self._words(node, f"{YD}advice") or usual["advice"],
            bad=self._one(shape, f"{YD}badExample") or "",
            good=self._one(shape, f"{YD}goodExample") or "",
            points_at=self._one(shape, f"{YD}pointsAt"),
            parts=tuple(part[1:-1] for part in sorted(self._below(shape)) if part.startswith("<")),
        )

    def alone(self, shape: str) -> str:
        """The file's statements without its other shapes."""
        others = {other for other in self.shapes() if other != shape}
        return _without(self.ntriples, others)

    def queries(self, shape: str) -> Iterator[str]:
        """The SPARQL below a shape."""
        for subject in (f"<{shape}>", *sorted(self._below(shape))):
            for key in (f"{SH}select", f"{SH}ask"):
                yield from (node.value for node in self._literals(subject, key))

    def error(self, shape: str, what: str) -> OwnRulesError:
        """An error about a shape, with the line where it begins."""
        name = _LOCAL.search(shape)
        written = (f"<{re.escape(shape)}>", rf"[\w.-]*:{re.escape(name[0] if name else shape)}")
        found = (re.search(rf"^\s*{form}(?=[\s;])", self.text, re.MULTILINE) for form in written)
        match = next(filter(None, found), None)
        line = f":{self.text.count(chr(10), 0, match.end()) + 1}" if match else ""
        return OwnRulesError(f"{self.where}{line}: the shape {shape}: {what}")

    def _code(self, shape: str) -> str:
        match = _LOCAL.search(shape)
        code = self._one(shape, f"{YD}ruleCode") or (match[0] if match else "")
        if not _CODE.fullmatch(code):
            raise self.error(shape, f'{shown(code)!r} is no code: one word without @ is wanted (yd:ruleCode "OWN-01")')
        return code

    def _severity(self, shape: str) -> Severity:
        name = (self._one(shape, f"{SH}severity") or f"{SH}Violation").removeprefix(SH).upper()
        if name not in Severity.__members__:
            there = listed([f"sh:{severity.word.capitalize()}" for severity in Severity], ", ")
            raise self.error(shape, f"its sh:severity is none of: {there}")
        return Severity[name]

    def _message(self, shape: str) -> Words:
        """The shape's message, else what the constraints below it say; a rule with a code must have one of its own."""
        own = self._words(f"<{shape}>", f"{SH}message")
        if f"{YD}ruleCode" in self.said[f"<{shape}>"]:
            given = {node.language for node in self._literals(f"<{shape}>", f"{SH}message")}
            missing = [language for language in LANGUAGES if not given & {language, None}]
            if own is None or missing:
                raise self.error(shape, f"sh:message is missing in: {', '.join(missing or LANGUAGES)}")
        below = [self._words(node, f"{SH}message") for node in sorted(self._below(shape))]
        told = [message for message in below if message]
        if own is None and told:
            return Words(*(" / ".join(dict.fromkeys(message[language] for message in told)) for language in LANGUAGES))
        return own or Words(*(words(language)["own"]["message"] for language in LANGUAGES))

    def _below(self, shape: str) -> set[str]:
        """What the shape is put together of: blank nodes, and shapes with a name but no target of their own."""
        roots = {f"<{root}>" for root in self.shapes()}
        waiting, seen = [f"<{shape}>"], set[str]()
        while waiting:
            for objects in self.said[waiting.pop()].values():
                new = {str(node) for node in objects if str(node) in self.said} - seen - roots
                seen |= new
                waiting += new
        return seen

    def _words(self, subject: str, predicate: str) -> Words | None:
        """What a node says in both languages: one that is missing is the other one."""
        literals = self._literals(subject, predicate)
        by_language = {(literal.language or "").split("-")[0]: literal.value for literal in literals}
        if not by_language:
            return None
        any_ = by_language.get("", next(iter(by_language.values())))
        return Words(by_language.get("zh", any_), by_language.get("en", any_))

    def _literals(self, subject: str, predicate: str) -> list[Literal]:
        return [node for node in self.said.get(subject, {}).get(predicate, []) if isinstance(node, Literal)]

    def _one(self, shape: str, predicate: str) -> str | None:
        nodes = self.said[f"<{shape}>"].get(predicate)
        return nodes[0].value if nodes and not isinstance(nodes[0], Triple) else None
