"""Checking a plan: its graph against the rules, told as findings with their place in the text."""

from __future__ import annotations

from dataclasses import replace

from yaodian.checking.engine import ENGINES, EngineName, validator
from yaodian.checking.findings import Finding, findings
from yaodian.checking.fixing import proposed
from yaodian.checking.graph import PlanGraph
from yaodian.checking.peers import Peers
from yaodian.checking.profiles import in_profile
from yaodian.checking.rules import Rule, RuleSet, Severity, default_rules, load
from yaodian.model import Plan

__all__ = [
    "ENGINES",
    "EngineName",
    "Finding",
    "Peers",
    "Rule",
    "RuleSet",
    "Severity",
    "check",
    "check_graph",
    "default_rules",
    "load",
]


def check(
    plan: Plan, *, engine: EngineName = "auto", rules: RuleSet | None = None, peers: Peers | None = None
) -> tuple[Finding, ...]:
    """What the rules find in ``plan``, in text order.

    ``engine`` is ``shacl`` (compiled), ``pyshacl`` (the reference) or ``auto``; ``rules`` are those that come
    with yaodian, in the profile for drafts, unless others are given; ``peers`` is what comparable plans cover (see
    :class:`yaodian.corpus.peers.Comparison`). :class:`~yaodian.errors.YaodianError` where there is no such engine.
    """
    return check_graph(PlanGraph.of(plan, peers), engine=engine, rules=rules)


def check_graph(graph: PlanGraph, *, engine: EngineName = "auto", rules: RuleSet | None = None) -> tuple[Finding, ...]:
    """As :func:`check`, of a plan whose graph is there already."""
    chosen = in_profile(default_rules()) if rules is None else rules
    found = findings(graph, validator(chosen.shapes, engine)(graph.ntriples), chosen.by_shape)
    fixable = {finding.fingerprint for finding, _ in proposed(graph.plan, found)}
    return tuple(replace(finding, fixable=finding.fingerprint in fixable) for finding in found)
