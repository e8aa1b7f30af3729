"""Shared things: policies, indicators, places and organisations, each described as a function of its IRI alone.

That is why the same statements from many plans collapse into one in the shared graph.
"""

from __future__ import annotations

from collections.abc import Iterator

from yaodian.extraction.places import Division, division
from yaodian.extraction.policies.authority import entry as authority
from yaodian.extraction.policies.periods import last_year
from yaodian.model import NATIONWIDE, Plan, ThemeConcept
from yaodian.rdf import names
from yaodian.rdf.found import printed_name
from yaodian.rdf.iris import concept_iri, indicator_iri, org_iri, place_iri, policy_iri
from yaodian.rdf.targets import indicator_label
from yaodian.rdf.terms import Literal, Triple, boolean, date, zh


def describe_shared(plan: Plan) -> Iterator[Triple]:
    """The policies, indicators, places and organisations that the plan names, and themes of a user's scheme."""
    for theme in dict.fromkeys(theme.concept for item in plan.items for theme in item.themes):
        if theme:
            yield from _describe_theme(theme)
    organisations: dict[str, str] = {}
    for policy, title in {reference.policy: reference.canonical for reference in plan.policies}.items():
        yield from _describe_policy(policy, title, organisations)
    for concept, label in {target.concept: indicator_label(target) for target in plan.targets}.items():
        yield from _describe_indicator(concept, label)
    for key in _with_parents(_place_keys(plan)):
        yield from _describe_place(key)
    organisations.update(_organisations(plan))
    for iri, name in organisations.items():
        yield iri, names.TYPE, names.FORMAL_ORGANIZATION
        yield iri, names.PREF_LABEL, zh(name)


def _describe_theme(theme: ThemeConcept) -> Iterator[Triple]:
    yield theme.iri, names.TYPE, names.THEME
    yield theme.iri, names.TYPE, names.CONCEPT
    yield theme.iri, names.NOTATION, Literal(theme.code)
    yield theme.iri, names.PREF_LABEL, zh(theme.zh)
    if theme.en:
        yield theme.iri, names.PREF_LABEL, Literal(theme.en, "en")


def _organisations(plan: Plan) -> Iterator[tuple[str, str]]:
    place = plan.facts.home
    institutions = (institution.name for institution in plan.institutions)
    for name in (*plan.facts.issuers, *map(printed_name, plan.responsible), *institutions):
        yield org_iri(name, place), name


def _describe_policy(policy: str, title: str, organisations: dict[str, str]) -> Iterator[Triple]:
    """The policy; its issuers are added to ``organisations``."""
    iri, entry = policy_iri(policy), authority(policy)
    yield iri, names.TYPE, names.POLICY
    yield iri, names.TYPE, names.CONCEPT
    yield iri, names.AUTHORITY, boolean(entry is not None)
    yield iri, names.PREF_LABEL, zh(entry.title if entry else title)
    if entry is None:
        yield from _describe_period(iri, title)
        return
    for alias in dict.fromkeys(entry.aliases):
        yield iri, names.ALT_LABEL, zh(alias)
    if entry.doc_number:
        yield iri, names.IDENTIFIER, Literal(entry.doc_number)
    if entry.issued:
        yield iri, names.ISSUED, date(entry.issued)
    if entry.valid_until:
        yield iri, names.VALID, date(entry.valid_until)
    if entry.replaced_by:
        yield iri, names.REPLACED_BY, policy_iri(entry.replaced_by)
        yield from _describe_policy(entry.replaced_by, "", organisations)
    for name in entry.issuer:
        organisation = org_iri(name)
        organisations[organisation] = name
        yield iri, names.CREATOR, organisation


def _describe_period(iri: str, title: str) -> Iterator[Triple]:
    """What the title itself says of how long the policy runs."""
    last = last_year(title)
    if last is not None:
        yield iri, names.VALID, date(str(last))


def _describe_indicator(concept: str, label: str) -> Iterator[Triple]:
    if label:
        yield indicator_iri(concept), names.TYPE, names.INDICATOR
        yield indicator_iri(concept), names.TYPE, names.CONCEPT
        yield indicator_iri(concept), names.PREF_LABEL, zh(label)


def _place_keys(plan: Plan) -> Iterator[str]:
    place = plan.facts.home
    if place:
        yield place
    for mention in plan.places:
        yield from mention.keys


def _with_parents(keys: Iterator[str]) -> dict[str, None]:
    known: dict[str, None] = {}
    for key in keys:
        above: str | None = key
        while above and above not in known:
            known[above] = None
            above = _above(above)
    return known


def _above(key: str) -> str | None:
    """The division that a place lies in; a town's key names it."""
    entry, (within, is_town, _) = division(key), key.rpartition("-")
    if is_town:
        return None if within == NATIONWIDE else within
    return entry.parent if entry else None


def place_name(key: str) -> str | None:
    """What the place of that code is called, or the town or former division of that name; None for a code unknown."""
    if "-" in key:
        return key.rpartition("-")[2]
    entry = division(key)
    if entry is not None:
        return entry.name
    return None if key.isdigit() else key


def _describe_place(key: str) -> Iterator[Triple]:
    """The place of that code; or of that name, where it is a town or no current division."""
    iri, entry, name = place_iri(key), division(key), place_name(key)
    yield iri, names.TYPE, names.PLACE
    if name is not None:
        yield iri, names.PREF_LABEL, zh(name)
    if "-" in key:
        yield from _describe_town(key, iri)
    elif entry is not None or key.isdigit():
        yield iri, names.NOTATION, Literal(key)
        if entry is not None:
            yield from _describe_division(entry, iri)


def _describe_division(entry: Division, iri: str) -> Iterator[Triple]:
    yield iri, names.ADMIN_LEVEL, concept_iri("level", entry.level)
    if entry.parent:
        yield iri, names.BROADER, place_iri(entry.parent)


def _describe_town(key: str, iri: str) -> Iterator[Triple]:
    """A town, or a county that no list of codes holds."""
    above, name = _above(key), key.rpartition("-")[2]
    yield iri, names.ADMIN_LEVEL, concept_iri("level", "county" if name[-1] in "县区" else "town")
    if above:
        yield iri, names.BROADER, place_iri(above)
