"""SHACL engines behind one narrow interface: a graph in, (shape, focus node, value) out.

Severity and messages are looked up from the shape, never taken from an engine. pySHACL is the reference; the
everyday engine is the compiled ``shacl``, chosen where it can be imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import Literal, get_args

from yaodian.errors import YaodianError
from yaodian.patterns import compiled

EngineName = Literal["auto", "shacl", "pyshacl"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)
_ONE_PROPERTY = compiled("<([^<>]*)>")
Validator = Callable[[str], "frozenset[Result]"]


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """What an engine reports: a shape that does not hold for a focus node, and the value at fault, if any.

    ``component`` is the kind of constraint (SHACL, section 4), ``path`` the property that it is about, if it is one.
    """

    shape: str
    focus: str
    value: str = ""
    component: str = ""
    path: str = ""


def validator(shapes: str, engine: EngineName = "auto") -> Validator:
    """A function that validates graphs (N-Triples) against ``shapes`` (N-Triples); YaodianError: no such engine."""
    if engine not in ENGINES:
        raise YaodianError(f"there is no engine {engine!r}; there are: {', '.join(ENGINES)}")
    if engine == "shacl" and not _has_compiled():
        raise YaodianError("the engine shacl is not installed; use pyshacl, or install shacl")
    return _compiled(shapes) if engine != "pyshacl" and _has_compiled() else _reference(shapes)


def _has_compiled() -> bool:
    return find_spec("shacl") is not None


@lru_cache(maxsize=8)
def _compiled(shapes: str) -> Validator:
    import shacl

    compiled = shacl.Shapes.from_text(shapes, format="ntriples")

    def validate(data: str) -> frozenset[Result]:
        report = compiled.validate_text(data, format="ntriples")
        return _results(
            (_iri(r.root_shape), _iri(r.focus_node), r.value_plain, r.component_iri, _property(r.path))
            for r in report.results
        )

    return validate


@lru_cache(maxsize=8)
def _reference(shapes: str) -> Validator:
    from pyshacl import validate as pyshacl_validate
    from rdflib import Graph
    from rdflib.namespace import RDF, SH
    from rdflib.term import BNode, Node, URIRef

    shapes_graph = Graph().parse(data=shapes, format="nt")

    def root(shape: Node | None) -> str:
        while isinstance(shape, BNode):
            shape = next(shapes_graph.subjects(None, shape), None)
        return str(shape)

    def validate(data: str) -> frozenset[Result]:
        graph = Graph().parse(data=data, format="nt")
        _, report, _ = pyshacl_validate(graph, shacl_graph=shapes_graph)
        assert isinstance(report, Graph)
        return _results(
            (
                root(report.value(r, SH.sourceShape)),
                str(report.value(r, SH.focusNode)),
                report.value(r, SH.value),
                str(report.value(r, SH.sourceConstraintComponent)),
                path if isinstance(path := report.value(r, SH.resultPath), URIRef) else "",
            )
            for r in report.subjects(RDF.type, SH.ValidationResult)
        )

    return validate


def _results(found: Iterable[tuple[str, str, object, str, str]]) -> frozenset[Result]:
    """A value that is the focus node itself says nothing."""
    return frozenset(
        Result(shape, focus, "" if value is None or str(value) == focus else str(value), component, str(path))
        for shape, focus, value, component, path in found
    )


def _property(path: str | None) -> str:
    """The property that a path is; empty where it is none, or longer."""
    match = _ONE_PROPERTY.fullmatch(path or "")
    return match[1] if match else ""


def _iri(written: str | None) -> str:
    return (written or "").removeprefix("<").removesuffix(">")
