"""Documents and names made to do harm, through the commands: clean lines, right exit codes, everything escaped."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from yaodian.cli import run

MARKUP = "<img src=x onerror=alert(1)>"
PIECES = (
    *(MARKUP, "</script><script>alert(1)</script>", "<!--", "]]>", "&lt;", "'\"", "\\", "`", "{{7*7}}", "%s%n", "${x}"),
    *('=HYPERLINK("http://x")', "+1", "-1", "@SUM(1)", "\t", "\x1b[31m", "\x1b]0;x\x07", "\x00", "\x07", "\x9b", "\r"),
    *(
        "\u202e",
        "\u2028",
        "\x85",
        "\ufeff",
        "\U0001f600",
        "\U000e0041",
        "\ufffe",
        "> } ; DROP ALL #",
        '"""',
        "<x:y>",
        "_:b",
    ),
    *(
        "《",
        "》",
        "（责任单位：",
        "）",
        "2024年",
        "新建学校3所",
        "新增学位1.2万个",
        "覆盖率达到95%以上",
        "9月底前",
        "一、",
        "（一）",
    ),
    *("1.", "云岭市", "东河县", "第一中学", "出台《云岭市学校管理办法》", "教育科", "。", "；", "\n"),
)
WORDS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=25).map("".join)
DOCUMENTS = st.tuples(WORDS, WORDS, WORDS).map(
    lambda words: f"云岭市{words[0]}教育局2024年工作要点\n一、任务{words[1]}\n1.办好学校。新建学校3所，{words[2]}\n"
)
NAMES = st.lists(
    st.one_of(
        st.sampled_from([piece for piece in PIECES if "/" not in piece and "\x00" not in piece]),
        st.text(st.characters(codec="utf-8", exclude_characters="/\x00"), max_size=5),
    ),
    min_size=1,
    max_size=4,
).map(lambda parts: "".join(parts)[:40] + ".txt")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names of that kind are not possible there")
slowly = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@contextmanager
def _file(name: str, text: str) -> Iterator[tuple[Path, Path]]:
    """A folder with that file, and the file."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work, "in")
        folder.mkdir()
        path = folder / name
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        yield folder, path


def _is_clean(shown: str) -> bool:
    """Whether nothing that is shown acts on a terminal, and no traceback is among it."""
    return all(line.isprintable() or line.replace("\u3000", "").isprintable() for line in shown.split("\n")) and (
        "Traceback" not in shown
    )


@slowly
@given(name=NAMES, text=DOCUMENTS)
def test_extract_answers_in_json_or_in_one_line(capsys: pytest.CaptureFixture[str], name: str, text: str) -> None:
    with _file(name, text) as (_, path):
        code = run(["extract", "--", str(path)])
    shown = capsys.readouterr()
    assert code in (0, 2)
    assert _is_clean(shown.err)
    assert len(shown.err.splitlines()) <= (1 if code else 20)
    if code == 0:
        assert json.loads(shown.out)["text"]


@slowly
@given(name=NAMES, text=DOCUMENTS)
def test_check_shows_nothing_that_acts_on_a_terminal(capsys: pytest.CaptureFixture[str], name: str, text: str) -> None:
    with _file(name, text) as (_, path):
        codes = [run(["check", "--lang", language, "--", str(path)]) for language in ("zh", "en")]
    shown = capsys.readouterr()
    assert set(codes) <= {0, 1} or codes == [2, 2]
    assert _is_clean(shown.out)
    assert _is_clean(shown.err)


@settings(slowly, max_examples=6)
@given(name=NAMES, text=DOCUMENTS)
def test_a_corpus_of_it_is_escaped_in_every_form(capsys: pytest.CaptureFixture[str], name: str, text: str) -> None:
    with _file(name, text) as (folder, _):
        out = folder.parent / "out"
        code = run(["build", str(folder), "--out", str(out)])
        shown = capsys.readouterr()
        assert code in (0, 1)
        assert _is_clean(shown.out)
        assert _is_clean(shown.err)
        for page in ("report.html", "map.html"):
            if (out / page).exists():
                _assert_inert((out / page).read_text("utf-8"))
        for file in out.glob("plans/*.nq"):
            assert list(pyoxigraph.parse(file.read_bytes(), format=pyoxigraph.RdfFormat.N_QUADS))
        everything = "SELECT ?o WHERE { GRAPH ?g { ?s ?p ?o } FILTER(isLiteral(?o)) }"
        if code == 0 and run(["query", everything, "-d", str(out), "--format", "excel"]) == 0:
            assert all(
                not _is_formula(cell) for row in csv.reader(io.StringIO(capsys.readouterr().out)) for cell in row
            )


def _assert_inert(page: str) -> None:
    """No element of the page is one that a document brought, and no script has words of one as code."""
    tree = LexborHTMLParser(page)
    assert [node.html for node in tree.css("[onerror]")] == []
    assert all("<img src=x" not in (script.text() or "") for script in tree.css("script"))
    assert all((script.text() or "").strip() != "alert(1)" for script in tree.css("script"))


def _is_formula(cell: str) -> bool:
    """Whether a spreadsheet program would take a cell for a formula."""
    return cell[:1] in ("=", "+", "@", "\t", "\r") or re.match(r"-(?!\d)", cell) is not None
