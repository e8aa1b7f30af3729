"""Pages in the manner of many systems: the document is found to the character, and what is around it told."""

from __future__ import annotations

import pytest
from html_shapes import DAY, FURNITURE, ISSUER, NUMBER, SHAPES, SPAM, TITLE

from yaodian.extraction import extract
from yaodian.model import Document
from yaodian.reading import read_bytes


def _read(name: str) -> Document:
    return read_bytes(SHAPES[name].make(), "page.html")


def _lines(name: str) -> list[str]:
    """The lines of the document but that of the metadata, which stands between title and text on many pages."""
    document = _read(name)
    told = {document.text.count("\n", 0, span.start) for _, span in document.labelled}
    first = document.text.count("\n", 0, document.body.start)
    lines = enumerate(document.body.quote.split("\n"), first)
    return [line.strip() for n, line in lines if line.strip() and n not in told and line not in SHAPES[name].between]


@pytest.mark.parametrize("name", SHAPES)
def test_every_paragraph_is_kept_verbatim_and_nothing_else(name: str) -> None:
    assert _lines(name) == list(SHAPES[name].lines)


@pytest.mark.parametrize("name", SHAPES)
def test_no_furniture_is_left_in_the_document(name: str) -> None:
    body = "\n".join(_lines(name))
    assert [words for words in (*FURNITURE, SPAM) if words in body] == []


@pytest.mark.parametrize("name", SHAPES)
def test_what_the_metadata_says_is_told_with_its_place(name: str) -> None:
    document = _read(name)
    labelled = {label: span.quote for label, span in document.labelled}
    assert {label: labelled.get(label) for label in SHAPES[name].labelled} == SHAPES[name].labelled
    assert all(document.text[span.start : span.end] == span.quote for _, span in document.labelled)


@pytest.mark.parametrize("name", SHAPES)
def test_problems_are_named(name: str) -> None:
    assert tuple(problem.code for problem in _read(name).problems) == SHAPES[name].problems


@pytest.mark.parametrize("name", ["metadata table", "metadata list"])
def test_metadata_become_facts_with_spans(name: str) -> None:
    facts = extract(_read(name)).facts
    assert (facts.title, facts.doc_number, facts.published, facts.issuers) == (TITLE, NUMBER, "2024-03-01", (ISSUER,))
    assert facts.doc_number_span and facts.doc_number_span.quote == NUMBER
    assert facts.published_span and facts.published_span.quote == DAY


def test_hidden_spam_is_quoted_in_the_problem_and_nowhere_else() -> None:
    document = _read("hidden spam")
    assert SPAM not in document.text
    assert SPAM in document.problems[0].message
