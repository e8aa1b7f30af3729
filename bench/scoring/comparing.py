"""One document's extraction beside its annotation, field by field.

Both are data in the format that ``docs/codebook.md`` describes: the annotation as it is stored, the extraction as
``yaodian extract --format json`` prints it, with the findings of ``yaodian check`` under ``findings``.
"""

from __future__ import annotations

from collections import Counter

from scoring.figures import Agreement, Sheet
from scoring.matching import Json, Pair, Settled, overlap, settled

NEAR = 2
META = (
    "title", "issuers", "city", "province", "plan_year", "summary_year", "published", "doc_number", "status", "kind",
)  # fmt: skip
NUMBERS = ("value", "value_max")
WORDS = ("unit", "comparator", "status")
SHOWN = 24


def compare(gold: Json, extracted: Json) -> Sheet:
    """All figures of one document."""
    sheet = Sheet(gold["doc"])
    _sections(gold, extracted, sheet)
    _items(gold, extracted, sheet)
    _targets(gold, extracted, sheet)
    _policies(gold, extracted, sheet)
    _places(gold, extracted, sheet)
    _responsible(gold, extracted, sheet)
    _anomalies(gold, extracted, sheet)
    _meta(gold, extracted, sheet)
    return sheet


def same_number(one: float | None, other: float | None) -> bool:
    """Equal up to what floating point loses; nothing equals only nothing."""
    if one is None or other is None:
        return one is other
    return abs(float(one) - float(other)) <= 1e-9 * max(1.0, abs(float(one)))


def shared_characters(one: str, other: str) -> float:
    """F1 over the characters of two strings, however they are ordered."""
    if not one or not other:
        return 0.0
    common = sum((Counter(one) & Counter(other)).values())
    return 2 * common / (len(one) + len(other))


def _sections(gold: Json, extracted: Json, sheet: Sheet) -> None:
    pairs = _at_one_place(gold["sections"], extracted["sections"])
    sheet.agree("sections", Agreement(len(pairs), len(gold["sections"]), len(extracted["sections"])))
    for g, p in pairs:
        _judge(sheet, "section headings", g["heading"].strip(), (p.get("heading") or "").strip(), g["label"])


def _items(gold: Json, extracted: Json, sheet: Sheet) -> None:
    pairs = _at_one_place(gold["items"], extracted["items"])
    sheet.agree("items", Agreement(len(pairs), len(gold["items"]), len(extracted["items"])))
    _note_unpaired(sheet, pairs, gold["items"], extracted["items"])
    for g, p in pairs:
        _item(g, p, sheet)


def _at_one_place(gold: list[Json], predicted: list[Json]) -> list[Pair]:
    """Each annotated heading with the first free extracted one whose label begins where its own does."""
    free = list(predicted)
    pairs = []
    for g in gold:
        near = next((p for p in free if abs(g["start"] - p["start"]) <= NEAR), None)
        if near is not None:
            free.remove(near)
            pairs.append((g, near))
    return pairs


def _note_unpaired(sheet: Sheet, pairs: list[Pair], gold: list[Json], predicted: list[Json]) -> None:
    found, answering = {id(g) for g, _ in pairs}, {id(p) for _, p in pairs}
    for g in gold:
        if id(g) not in found:
            sheet.miss("items", f"not found: {g['id']} {g['heading'][:SHOWN]}")
    for p in predicted:
        if id(p) not in answering:
            sheet.miss("items", f"none there: {p.get('label')} {str(p.get('heading'))[:SHOWN]}")


def _item(gold: Json, predicted: Json, sheet: Sheet) -> None:
    name = f"{gold['id']} {gold['heading'][:SHOWN]}"
    _judge(sheet, "item headings", gold["heading"].strip(), (predicted.get("heading") or "").strip(), name)
    ends = abs(gold["end"] - predicted["end"]) <= NEAR
    _judge(sheet, "item ends", gold["end"], gold["end"] if ends else predicted["end"], name)
    _judge(sheet, "item parts", gold["part"], predicted.get("part"), name)
    wanted, given = set(gold.get("themes", [])), set(predicted.get("themes", []))
    sheet.agree("themes", Agreement(len(wanted & given), len(wanted), len(given)))
    if wanted != given:
        sheet.miss("themes", f"{name}: missing {sorted(wanted - given)}, extra {sorted(given - wanted)}")


def _judge(sheet: Sheet, figure: str, wanted: object, given: object, where: str) -> bool:
    sheet.share(figure, wanted == given)
    if wanted != given:
        sheet.miss(figure, f"{where}: {wanted!r}, got {given!r}")
    return wanted == given


def _note(sheet: Sheet, figure: str, result: Settled, words: str) -> None:
    """An agreement with what is missing in it and what is too much."""
    sheet.agree(figure, result.agreement)
    for g in result.missed:
        sheet.miss(figure, f"not found: {g[words][:SHOWN]} at {g['start']}")
    for p in result.extra:
        sheet.miss(figure, f"none there: {str(p.get(words))[:SHOWN]} at {p['start']}")


def _targets(gold: Json, extracted: Json, sheet: Sheet) -> None:
    result = settled(gold["targets"], extracted["targets"])
    _note(sheet, "targets (loose)", result, "quote")
    right = 0
    for g, p in result.pairs:
        right += _target(g, p, sheet)
        _judge(
            sheet, "target spans", g["quote"], p["quote"] if _span(g) != _span(p) else g["quote"], f"at {g['start']}"
        )
        sheet.share("indicator words", shared_characters(g["indicator"], p.get("indicator") or ""))
        _judge(sheet, "target totals", _total(g, gold), _total_met(p, extracted, _total(g, gold)), g["quote"])
    loose = result.agreement
    sheet.agree("targets (strict)", Agreement(right, loose.gold, loose.predicted))


def _target(gold: Json, predicted: Json, sheet: Sheet) -> bool:
    """Whether every field of a target is right; each field counts on its own, too."""
    fields = {name: same_number(gold.get(name), predicted.get(name)) for name in NUMBERS}
    fields |= {name: gold[name] == predicted.get(name) for name in WORDS}
    for name, right in fields.items():
        sheet.share(f"target {name}", right)
        if not right:
            what = f"{gold['quote']}: {name} {gold.get(name)!r}, got {predicted.get(name)!r}"
            sheet.miss("targets (strict)", what)
    return all(fields.values())


def _total(target: Json, document: Json) -> tuple[int, int] | None:
    """Where the total stands that a target is a part of."""
    index = target.get("part_of")
    if index is None:
        return None
    whole = document["targets"][index]
    return whole["start"], whole["end"]


def _total_met(predicted: Json, extracted: Json, wanted: tuple[int, int] | None) -> tuple[int, int] | None:
    """The extracted total's place: as annotated, where the two overlap."""
    given = _total(predicted, extracted)
    if given is None or wanted is None:
        return given
    return wanted if min(given[1], wanted[1]) > max(given[0], wanted[0]) else given


def _policies(gold: Json, extracted: Json, sheet: Sheet) -> None:
    result = settled(gold["policies"], extracted["policies"], lambda g, p: bool(g["title"] == p.get("title")))
    _note(sheet, "policies", result, "title")
    for g, p in result.pairs:
        _judge(sheet, "policy actions", g["action"], p.get("action"), g["title"][:SHOWN])


def _places(gold: Json, extracted: Json, sheet: Sheet) -> None:
    result = settled(gold["places"], extracted["places"], lambda g, p: _span(g) == _span(p))
    _note(sheet, "places", result, "text")
    for g, p in result.pairs:
        _judge(sheet, "place levels", g["admin"], p.get("admin"), g["text"])


def _span(thing: Json) -> tuple[int, int]:
    return thing["start"], thing["end"]


def _responsible(gold: Json, extracted: Json, sheet: Sheet) -> None:
    result = settled(gold["responsible"], extracted.get("responsible", []))
    _note(sheet, "responsible", result, "text")
    for g, p in result.pairs:
        _judge(sheet, "responsible roles", g["role"], p.get("role"), g["text"])


def _anomalies(gold: Json, extracted: Json, sheet: Sheet) -> None:
    """The anomalies within the body that a finding touches; without findings there is no figure."""
    if "findings" not in extracted:
        return
    pointed = [f for f in extracted["findings"] if f.get("start") is not None]
    for anomaly in gold["anomalies"]:
        if anomaly.get("doubtful") or _outside(anomaly, gold["body"]):
            continue
        seen = any(overlap(anomaly, finding) >= -NEAR for finding in pointed)
        sheet.share("anomalies seen", seen)
        sheet.share(f"anomaly {anomaly['kind']}", seen)
        if not seen:
            what = f"{anomaly['kind']} {anomaly['quote'][:SHOWN]!r} at {anomaly['start']}: {anomaly['note']}"
            sheet.miss("anomalies seen", what)


def _outside(anomaly: Json, body: Json) -> bool:
    return bool(anomaly["end"] <= body["start"] or anomaly["start"] >= body["end"])


def _meta(gold: Json, extracted: Json, sheet: Sheet) -> None:
    """The fields that the annotation states; what it leaves open counts neither way."""
    given = extracted.get("plan", {})
    for name in META:
        wanted, got = gold["meta"].get(name), given.get(name)
        if wanted in (None, [], "unknown"):
            continue
        if isinstance(wanted, list):
            wanted, got = sorted(wanted), sorted(got or [])
        right = _judge(sheet, "meta", wanted, got, name)
        sheet.share(f"meta {name}", right)
