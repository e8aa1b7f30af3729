"""A text cut into pieces by the marks on it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yaodian.reports.marking import Mark, lines

TEXT = "一、标题\n\n新建学校3所。\n结束"


def test_lines_keep_their_numbers_and_empty_ones_are_left_out() -> None:
    assert [line.number for line in lines(TEXT, [])] == [1, 3, 4]


def test_lines_around_the_document_proper_are_told_apart() -> None:
    start = TEXT.index("新建")
    assert [line.within_body for line in lines(TEXT, [], (start, start + 3))] == [False, True, False]


def test_a_mark_is_a_piece_of_its_own() -> None:
    start = TEXT.index("3所")
    line = list(lines(TEXT, [Mark(start, start + 2, "target", "t1")]))[1]
    assert [(piece.words, piece.kinds, piece.target) for piece in line.pieces] == [
        ("新建学校", "", None),
        ("3所", "target", "t1"),
        ("。", "", None),
    ]
    assert [mark.name for mark in line.pieces[1].begins] == ["t1"]


def test_overlapping_marks_are_cut_at_each_border_and_the_inner_one_is_the_target() -> None:
    outer, inner = Mark(6, 13, "finding warning", "f1"), Mark(8, 10, "policy", "r1")
    (line,) = [line for line in lines(TEXT, [inner, outer]) if line.number == 3]
    assert [(p.words, p.target) for p in line.pieces] == [("新建", "f1"), ("学校", "r1"), ("3所。", "f1")]
    assert line.pieces[1].kinds == "finding warning policy"
    assert [mark.name for piece in line.pieces for mark in piece.begins] == ["f1", "r1"]


def test_a_mark_over_two_lines_begins_once() -> None:
    marked = list(lines(TEXT, [Mark(0, len(TEXT), "finding info", "f1")]))
    begun = [mark.name for line in marked for piece in line.pieces for mark in piece.begins]
    assert begun == ["f1"]
    assert all(piece.within for line in marked for piece in line.pieces)


@given(st.text(alphabet="中文 \n", max_size=40), st.data())
def test_no_character_is_lost_or_doubled(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(places, places), max_size=6))
    marks = [Mark(min(pair), max(pair), "k", f"m{i}") for i, pair in enumerate(pairs)]
    shown = {line.number: "".join(piece.words for piece in line.pieces) for line in lines(text, marks)}
    assert shown == {n: words for n, words in enumerate(text.split("\n"), 1) if words.strip()}
