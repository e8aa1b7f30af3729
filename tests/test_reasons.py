"""Why something was not read or answered, in the language of the page that says it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus_texts import plan_text, write_plans

from yaodian.corpus import build, open_corpus
from yaodian.ontology import lexicon
from yaodian.reasons import reason

RAISED = {"ReadingError", "NotYetSupportedError", "beyond", "RequestError"}
"""What is made with a message that pages tell."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _messages(folder: Path) -> Iterator[str]:
    """The messages that stand in the code, with ``7`` for what changes."""
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in RAISED:
                yield from (text for argument in node.args for text in _texts(argument))


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)


@pytest.mark.parametrize("part", ["reading", "serving"])
def test_every_message_has_its_chinese(root_dir: Path, part: str) -> None:
    told = {message: reason(message, "zh") for message in _messages(root_dir / "kg" / part)}
    # Of some the whole is another's message, or the system's: "FILE: no such file".
    said = {message for message in told if re.search(r"[a-z]{3}", message)}
    assert len(said) > 10
    assert [message for message in sorted(said) if not CHINESE.search(told[message])] == []
    assert {reason(message, "en") for message in told} == set(told)


def test_the_chinese_of_a_message_has_all_that_changes_in_it() -> None:
    for one in lexicon("reasons")["reason"]:
        values = [f"<{number}>" for number in range(one["en"].count("{}"))]
        waiting = iter(values)
        told = reason(re.sub(r"\{\}", lambda _, there=waiting: next(there), one["en"]), "zh")
        assert CHINESE.search(told) or one["en"].startswith("a "), one["en"]
        assert [value for value in values if value not in told] == [], told


def test_what_a_message_quotes_stays_as_it_is() -> None:
    assert reason("there is no ready-made question '{0}\n{x'; see /queries", "zh").startswith("没有叫 '{0}\n{x' 的")
    assert reason("什么也不是", "zh") == "什么也不是"
    assert reason("this is a RAR archive: the format is not read yet; save the plan as .docx", "zh") == (
        "这是 RAR 压缩包：这种格式还不能读；请另存为 .docx"
    )


@pytest.mark.parametrize(
    "part", ["; split it, or save the plan by itself", "this is a PDF: ", "parameter x: ' is no iri"]
)
def test_messages_that_quote_messages_are_no_burden(part: str) -> None:
    """What a request or a file is called stands in them: it neither nests them without an end nor takes long."""
    assert part.strip("; ")[:4] in reason(f"parameter year: {part * 20_000} is no integer", "zh")
    assert reason(part * 20_000, "zh")


def test_the_report_says_in_chinese_what_was_not_read(tmp_path: Path) -> None:
    folder = write_plans(tmp_path / "in", plan=plan_text())
    (folder / "空.txt").write_bytes(b"")
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4 garbage")
    build(folder, tmp_path / "out")
    assert {one.error for one in open_corpus(tmp_path / "out").manifest.failed} == {
        "the file is empty", "this PDF is damaged: it cannot be opened",
    }  # fmt: skip
    report = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "<td>文件是空的</td>" in report
    assert "<td>这个 PDF 已损坏，打不开</td>" in report
