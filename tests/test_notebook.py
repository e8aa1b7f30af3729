"""What Jupyter shows of plans, corpora and maps: in a notebook that is really executed, and with hostile words."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
import pytest
from corpus_texts import plan_text, write_plans
from nbclient import NotebookClient
from selectolax.lexbor import LexborHTMLParser

import yaodian
from yaodian.corpus import Corpus, build, open_corpus
from yaodian.errors import QueryError

HOSTILE = '"></iframe></script><img src=x onerror=alert`1`>&quot;'


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("shown")
    texts = {"a": plan_text("绍兴市", 2024), "b": plan_text("湖州市", 2024).replace("加快学校建设", HOSTILE)}
    build([write_plans(folder / "texts", **texts)], folder / "corpus")
    return open_corpus(folder / "corpus")


def test_a_notebook_shows_corpus_map_and_plan(corpus: Corpus, tmp_path: Path) -> None:
    cells = [
        f"import yaodian; corpus = yaodian.open({str(corpus.path)!r}); corpus",
        "corpus.map(cities=['绍兴'], height=500)",
        f"yaodian.read_plan({str(corpus.path.parent / 'texts' / 'a.txt')!r})",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}})
    client.create_kernel_manager()
    client.km.kernel_spec.argv[0] = sys.executable
    client.execute()
    shown = [cell.outputs[0].data["text/html"] for cell in notebook.cells]
    assert "绍兴市" in shown[0]
    assert "湖州市" in shown[0]
    frame = LexborHTMLParser(shown[1]).css_first("iframe")
    page = frame.attributes["srcdoc"] or ""
    assert "height: 500px" in (frame.attributes["style"] or "")
    assert page.startswith("<!doctype html>")
    assert "绍兴市" in page
    assert "湖州市教育局" not in page
    assert "加快学校建设" in shown[2]


def test_hostile_words_stay_words(corpus: Corpus) -> None:
    plan = yaodian.read_plan(corpus.path.parent / "texts" / "b.txt")
    assert HOSTILE in {item.heading for item in plan.items}
    table = LexborHTMLParser(plan._repr_html_())
    assert table.css_first("img, script, iframe") is None
    assert HOSTILE in table.body.text()
    shown = LexborHTMLParser(corpus.map()._repr_html_())
    assert len(shown.css("iframe")) == 1
    assert shown.css_first("img, script") is None
    assert "allow-same-origin" not in (shown.css_first("iframe").attributes["sandbox"] or "")


def test_a_map_of_what_is_not_there(corpus: Corpus) -> None:
    with pytest.raises(QueryError, match="no plan matches city 常州"):
        corpus.map(cities=["常州"])
