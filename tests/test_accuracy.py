"""The accuracy gate: the scorer is right, its floors hold and cannot fall unnoticed, its page is current."""

from __future__ import annotations

import copy
import importlib.util
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))

import accuracy
from scoring import corpora, floors, page
from scoring.comparing import META, compare, same_number, shared_characters
from scoring.figures import Agreement, Share, Sheet, total
from scoring.floors import Fall, Floors, FloorsError
from scoring.matching import matched, settled, whatever

Json = dict[str, Any]
OWN = corpora.own()
STALE = "run: python bench/accuracy.py --write"


@pytest.fixture(scope="module")
def results() -> dict[str, accuracy.Result]:
    return {result.corpus.name: result for result in accuracy.results(accuracy.Files())}


@pytest.fixture(scope="module")
def reference(shared_dir: Path) -> ModuleType:
    """The scorer that came with the real plans' annotations: ours has to give its figures."""
    path = shared_dir / "gold" / "score.py"
    if not path.exists():
        pytest.skip("the reference scorer (../shared/gold/score.py) is not at hand")
    spec = importlib.util.spec_from_file_location("reference_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def things(*spans: tuple[int, int], doubtful: int | None = None) -> list[Json]:
    found: list[Json] = [{"start": start, "end": end} for start, end in spans]
    if doubtful is not None:
        found[doubtful]["doubtful"] = True
    return found


class TestMatching:
    def test_the_largest_overlap_wins(self) -> None:
        assert matched(things((0, 4)), things((0, 1), (1, 4)), whatever) == {0: 1}

    def test_pairs_are_one_to_one(self) -> None:
        assert matched(things((0, 4), (4, 8)), things((2, 8)), whatever) == {1: 0}

    def test_of_equal_overlaps_the_earlier_wins(self) -> None:
        assert matched(things((0, 2), (2, 4)), things((0, 4)), whatever) == {0: 0}

    def test_spans_that_touch_do_not_overlap(self) -> None:
        assert matched(things((0, 2)), things((2, 4)), whatever) == {}

    def test_doubtful_counts_neither_way(self) -> None:
        result = settled(things((0, 4), (9, 12), doubtful=0), things((0, 2), (2, 4), (9, 12)))
        assert result.agreement == Agreement(1, 1, 1)

    def test_what_is_not_found_and_what_is_none(self) -> None:
        result = settled(things((0, 2), (5, 7)), things((0, 2), (8, 9)))
        assert (len(result.pairs), result.missed, result.extra) == (
            1,
            ({"start": 5, "end": 7},),
            ({"start": 8, "end": 9},),
        )


class TestFigures:
    def test_agreement(self) -> None:
        figure = Agreement(2, 4, 3)
        assert (round(figure.precision, 3), figure.recall, figure.value) == (0.667, 0.5, 0.5714)

    def test_nothing_annotated_and_nothing_extracted_is_right(self) -> None:
        assert Agreement().value == 1.0

    def test_nothing_annotated_and_something_extracted_is_wrong(self) -> None:
        assert Agreement(0, 0, 2).value == 0.0

    def test_a_share_of_nothing_has_no_value(self) -> None:
        assert Share().value is None

    def test_totals_add_counts(self) -> None:
        one, other = Sheet("a"), Sheet("b")
        one.agree("items", Agreement(1, 1, 1))
        other.agree("items", Agreement(1, 3, 1))
        other.share("meta", 0.5, 2)
        whole = total([one, other])
        assert (whole.agreements["items"], whole.value("meta")) == (Agreement(2, 4, 2), 0.25)

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [(1, 1.0, True), (0.1 + 0.2, 0.3, True), (None, None, True), (None, 0, False), (2, 3, False)],
    )
    def test_same_number(self, one: float | None, other: float | None, same: bool) -> None:
        assert same_number(one, other) is same

    @pytest.mark.parametrize(
        ("one", "other", "value"), [("新增学位", "学位新增", 1.0), ("新增学位", "", 0.0), ("学位", "学位数", 0.8)]
    )
    def test_shared_characters(self, one: str, other: str, value: float) -> None:
        assert shared_characters(one, other) == pytest.approx(value)


def perfect(gold: Json) -> Json:
    """An extraction that says what the annotation says."""
    findings = [{"start": anomaly["start"], "end": anomaly["end"]} for anomaly in gold["anomalies"]]
    return {**copy.deepcopy(gold), "plan": gold["meta"], "findings": findings}


def disturbed(gold: Json, seed: int) -> Json:
    """An extraction with things lost, moved, invented, with wrong values, in another order."""
    chance = random.Random(seed)
    extraction = perfect(gold)
    for name in ("items", "targets", "policies", "places", "responsible", "findings"):
        extraction[name] = [_moved(thing, chance) for thing in extraction[name] if chance.random() > 0.15]
        extraction[name] += [_moved(thing, chance) for thing in extraction[name] if chance.random() < 0.1]
    for name in META:
        if chance.random() < 0.3:
            extraction["plan"][name] = None
    for target in extraction["targets"]:
        target["part_of"] = None
        target["indicator"] = target["indicator"][chance.randrange(3) :]
    chance.shuffle(extraction["targets"])
    return extraction


def _moved(thing: Json, chance: random.Random) -> Json:
    thing = dict(thing)
    shift = chance.choice((0, 0, 0, 1, -2, 3))
    thing["start"] += shift
    thing["end"] += shift
    for field in ("value", "unit", "comparator", "status", "action", "part", "heading"):
        if field in thing and chance.random() < 0.08:
            thing[field] = None if field == "value" else "?"
    if "themes" in thing:
        thing["themes"] = [code for code in [*thing["themes"], "safety"] if chance.random() > 0.2]
    return thing


def theirs(reference: ModuleType, gold: Json, extraction: Json) -> dict[str, Json]:
    tally = reference.Tally()
    reference.score(gold, extraction, tally, [])
    figures: dict[str, Json] = tally.figures()
    return {
        name if not name.startswith("  ") else f"anomaly {name.strip()}": figure for name, figure in figures.items()
    }


def in_their_form(sheet: Sheet, name: str) -> Json:
    figure = sheet.figure(name)
    if isinstance(figure, Agreement):
        shares = {"precision": round(figure.precision, 4), "recall": round(figure.recall, 4), "f1": figure.value}
        return {**shares, "gold": figure.gold, "predicted": figure.predicted}
    assert figure is not None
    return {"accuracy": figure.value, "of": figure.of}


def assert_same_figures(reference: ModuleType, gold: Json, extraction: Json) -> None:
    sheet = compare(gold, extraction)
    wanted = theirs(reference, gold, extraction)
    assert {name: in_their_form(sheet, name) for name in wanted} == wanted


class TestAgainstTheReference:
    def test_on_the_real_plans(self, reference: ModuleType) -> None:
        corpus = corpora.shared()
        assert corpus is not None
        for sample in corpus.samples:
            assert_same_figures(reference, corpora.annotated(sample), corpora.extracted(sample.text))

    @pytest.mark.parametrize("sample", OWN.samples, ids=lambda sample: sample.name)
    @pytest.mark.parametrize("seed", range(8))
    def test_on_bad_extractions(self, reference: ModuleType, sample: corpora.Sample, seed: int) -> None:
        gold = corpora.annotated(sample)
        assert_same_figures(reference, gold, disturbed(gold, seed))


@pytest.mark.parametrize("sample", OWN.samples, ids=lambda sample: sample.name)
class TestAnnotations:
    def test_agree_with_themselves(self, sample: corpora.Sample) -> None:
        gold = corpora.annotated(sample)
        sheet = compare(gold, perfect(gold))
        assert {name: sheet.value(name) for name in floors.GATED if sheet.value(name) not in (None, 1.0)} == {}
        assert sheet.misses == []

    def test_quote_the_text(self, sample: corpora.Sample) -> None:
        text = sample.text.read_bytes().decode()
        for thing, quoted in quotes(corpora.annotated(sample)):
            assert text[thing["start"] : thing["end"]] == quoted

    def test_name_what_exists(self, sample: corpora.Sample) -> None:
        gold = corpora.annotated(sample)
        known = {None, *(item["id"] for item in gold["items"])}
        assert len(known) == len(gold["items"]) + 1
        assert {
            thing["item"] for name in ("targets", "policies", "places", "responsible") for thing in gold[name]
        } <= known
        totals = {target["part_of"] for target in gold["targets"]} - {None}
        assert all(0 <= total < len(gold["targets"]) for total in totals)


def quotes(gold: Json) -> Iterator[tuple[Json, str]]:
    """What an annotation says stands at its spans."""
    for names, field in (
        (("targets", "anomalies"), "quote"),
        (("places", "responsible"), "text"),
        (("policies",), "title"),
    ):
        yield from ((thing, thing[field]) for name in names for thing in gold[name])


class TestGate:
    def test_own_corpus(self, results: dict[str, accuracy.Result]) -> None:
        assert_gate(results["own"])

    def test_real_plans(self, results: dict[str, accuracy.Result]) -> None:
        if "shared" not in results:
            pytest.skip("the annotated real plans (../shared/gold) are not at hand")
        assert_gate(results["shared"])

    def test_page_is_current(self, results: dict[str, accuracy.Result]) -> None:
        own = results["own"]
        assert page.block("own", page.FILE.read_text("utf-8")) == page.tables(own.corpus, own.sheets, own.floors), STALE

    def test_page_explains_every_figure(self) -> None:
        text = page.FILE.read_text("utf-8")
        assert [name for name in floors.GATED if f"| `{name}` |" not in text] == []


def assert_gate(result: accuracy.Result) -> None:
    assert result.corpus.name in floors.load(floors.FILE), (
        "no floors yet: python bench/accuracy.py --raise-floors --write"
    )
    renew = f"the {result.corpus.name} corpus changed; if on purpose: {floors.RENEW}"
    assert floors.unchanged(result.corpus, result.floors), renew
    fallen = {fall.figure.split(" (")[0].split()[0] for fall in result.falls}
    misses = [str(miss) for miss in result.whole.misses if miss.figure.split()[0] in fallen]
    assert not result.falls, "\n".join([*map(str, result.falls), "what is missed there:", *misses])


def sheet_of(**values: int) -> Sheet:
    """A sheet with shares in hundredths."""
    sheet = Sheet()
    for name, hundredths in values.items():
        sheet.share(name.replace("_", " "), hundredths, 100)
    return sheet


class TestFloors:
    held = Floors("sha256:0", {"meta": 0.9, "item ends": 0.8})

    def test_a_figure_below_its_floor(self) -> None:
        assert floors.falls(sheet_of(meta=85, item_ends=80), self.held) == [Fall("meta", 0.9, 0.85)]

    def test_a_figure_that_is_gone_has_fallen(self) -> None:
        assert floors.falls(sheet_of(meta=90), self.held) == [Fall("item ends", 0.8, 0.0)]

    def test_raising_never_lowers(self) -> None:
        assert floors.raised(sheet_of(meta=85, item_ends=95, item_parts=70), self.held).figures == {
            "meta": 0.9,
            "item ends": 0.95,
            "item parts": 0.7,
        }

    def test_lowering_keeps_the_reason(self) -> None:
        lower = floors.lowered(sheet_of(meta=85, item_ends=70), self.held, ["meta"], "two annotations were wrong")
        assert lower.figures == {"meta": 0.85, "item ends": 0.8}
        assert lower.changes == (floors.Change("meta", 0.9, 0.85, "two annotations were wrong"),)

    def test_lowering_does_not_touch_what_holds(self) -> None:
        assert floors.lowered(sheet_of(meta=99, item_ends=80), self.held, ["meta"], "why") == self.held

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_lowering_needs_a_reason(self, reason: str) -> None:
        with pytest.raises(FloorsError, match="say why"):
            floors.lowered(sheet_of(meta=85), self.held, ["meta"], reason)

    def test_renewing_keeps_the_floors_and_the_reason(self) -> None:
        new = floors.renewed(OWN, self.held, "a text was added")
        assert (new.digest, new.figures) == (OWN.digest(), self.held.figures)
        assert new.changes == (floors.Change("corpus", "sha256:0", OWN.digest(), "a text was added"),)

    def test_what_is_written_is_read_again(self, tmp_path: Path) -> None:
        change = floors.Change("meta", 0.9, 0.85, 'a "quoted" reason\\\nin two lines，全角')
        kept = {"own": replace(self.held, changes=(change, floors.Change("corpus", "sha256:1", "sha256:0", "…")))}
        floors.save(kept, tmp_path / "floors.toml")
        assert floors.load(tmp_path / "floors.toml") == kept

    def test_no_file_no_floors(self, tmp_path: Path) -> None:
        assert floors.load(tmp_path / "none.toml") == {}


class TestCommand:
    """The command on a corpus of one text, with floors of its own."""

    @pytest.fixture(autouse=True)
    def small(self, tmp_path: Path) -> None:
        for name in ("g1.txt", "g1.json"):
            (tmp_path / name).write_bytes((corpora.OWN / name).read_bytes())
        self.files = accuracy.Files(tmp_path, tmp_path / "none", tmp_path / "floors.toml", tmp_path / "accuracy.md")
        self.files.page.write_text("<!-- own: begin -->\nold\n<!-- own: end -->", "utf-8")
        assert self.run("--raise-floors") == 0

    def run(self, *arguments: str) -> int:
        return accuracy.main(list(arguments), self.files)

    def kept(self) -> Floors:
        return floors.load(self.files.floors)["own"]

    def set_floor(self, name: str, value: float) -> None:
        floors.save({"own": replace(self.kept(), figures={**self.kept().figures, name: value})}, self.files.floors)

    def change_annotation(self) -> None:
        path = self.files.own / "g1.json"
        path.write_bytes(path.read_bytes() + b"\n")

    def test_floors_rise_and_hold(self) -> None:
        assert self.kept().figures["items"] == 1.0
        assert self.run() == 0

    def test_a_fall_is_told(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.set_floor("themes", 1.1)
        assert self.run("--misses", "themes") == 1
        assert "BELOW THE FLOOR: themes" in capsys.readouterr().out

    def test_a_floor_falls_with_a_reason_only(self) -> None:
        self.set_floor("themes", 1.1)
        with pytest.raises(SystemExit):
            self.run("--lower", "themes")
        assert self.run("--lower", "themes", "--reason", "the scheme was split") == 0
        assert [change.reason for change in self.kept().changes] == ["the scheme was split"]

    def test_another_corpus_needs_renewing(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.change_annotation()
        assert self.run("--raise-floors") == 2
        assert "--renew" in capsys.readouterr().err
        assert self.run("--renew", "--reason", "a space was lost") == 0
        assert self.kept().digest == corpora.own(self.files.own).digest()

    def test_renewing_does_not_lower(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.set_floor("themes", 1.1)
        self.change_annotation()
        assert self.run("--renew", "--reason", "replaced") == 2
        assert "--lower" in capsys.readouterr().err
        assert self.run("--renew", "--lower", "themes", "--reason", "replaced") == 0

    def test_the_page_is_written_between_its_marks(self) -> None:
        assert self.run("--write") == 0
        written = self.files.page.read_text("utf-8")
        assert written.startswith("<!-- own: begin -->\n\n1 documents, `sha256:")
        assert written.endswith("<!-- own: end -->")
        assert "old" not in written


def test_a_page_without_marks_is_an_error() -> None:
    with pytest.raises(ValueError, match="no block 'own'"):
        page.filled("nothing", "own", "tables")


def test_digest_depends_on_texts_and_annotations(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲", "utf-8")
    (tmp_path / "a.json").write_text("{}", "utf-8")
    (tmp_path / "unrelated.toml").touch()
    first = corpora.own(tmp_path).digest()
    (tmp_path / "unrelated.toml").write_text("x = 1", "utf-8")
    assert corpora.own(tmp_path).digest() == first
    (tmp_path / "a.json").write_text(json.dumps({"doc": "a.txt"}), "utf-8")
    assert corpora.own(tmp_path).digest() != first
