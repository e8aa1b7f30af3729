"""Why something was not read or answered, in the language of the page that says it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from corpus_texts import plan_text, write_plans

from yaodian.corpus import build, open_corpus
from yaodian.ontology import lexicon
from yaodian.reasons import reason

MADE = {"beyond", "broken", "fail", "error", "_told", "RequestError", "UsageError", "BadParameter"}
"""What is made with a message that is told, beside the errors of the family."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PARTS = ("kg", "cli")


def _trees(root: Path) -> Iterator[tuple[Path, ast.Module]]:
    for part in PARTS:
        yield from ((file, ast.parse(file.read_text("utf-8"))) for file in sorted((root / part).rglob("*.py")))


def _called(node: ast.expr) -> str:
    return str(getattr(node, "attr", getattr(node, "id", "")))


def _family(trees: Iterable[ast.Module]) -> set[str]:
    """The names of ``YaodianError`` and all that descend from it."""
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    known, before = {"YaodianError"}, 0
    while before < len(known):
        before = len(known)
        known |= {one.name for one in classes if known.intersection(map(_called, one.bases))}
    return known


def _messages(root: Path) -> Iterator[tuple[str, str]]:
    """The messages that stand in the code, with ``7`` for what changes, and the file of each."""
    trees = list(_trees(root))
    makers = MADE | _family(tree for _, tree in trees)
    for file, tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node.func) in makers:
                found = (text for argument in node.args for text in _texts(argument, tree))
                yield from ((str(file.relative_to(root)), text) for text in found)


def _texts(node: ast.expr | None, tree: ast.Module, *, called: bool = True) -> Iterator[str]:
    """The texts that an expression can be: a text, a choice of texts, or what a function of the module returns."""
    if isinstance(node, ast.IfExp):
        yield from (*_texts(node.body, tree), *_texts(node.orelse, tree))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
        inner = (part.value for part in node.values if isinstance(part, ast.FormattedValue))
        yield from (text for one in inner if isinstance(one, ast.Call) for text in _texts(one, tree, called=called))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and called:
        yield from _returned(node.func.id, tree)


def _returned(function: str, tree: ast.Module) -> Iterator[str]:
    for definition in ast.walk(tree):
        if isinstance(definition, ast.FunctionDef) and definition.name == function:
            returns = (node.value for node in ast.walk(definition) if isinstance(node, ast.Return))
            yield from (text for value in returns for text in _texts(value, tree, called=False))


def _is_said(message: str) -> bool:
    """Whether there are words in it; of some messages the whole is another's, or the system's: ``FILE: no such file``."""
    return " " in message and bool(re.search(r"[a-z]{3}", message))


def test_every_message_has_its_chinese(root_dir: Path) -> None:
    said = [(file, message) for file, message in _messages(root_dir) if _is_said(message)]
    assert len(said) > 250
    assert len({file for file, _ in said}) > 70
    assert [one for one in said if not CHINESE.search(reason(one[1], "zh"))] == []
    assert [message for _, message in said if reason(message, "en") != message] == []


def test_a_message_that_begins_with_what_changes_does_so_in_chinese() -> None:
    """Otherwise places before it would come into its middle."""
    begins = [one for one in lexicon("reasons")["reason"] if one["en"].startswith("{}")]
    assert len(begins) > 10
    assert [one for one in begins if not one["zh"].startswith(("{}", "{0}"))] == []


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("a.txt: No such file or directory", "a.txt: 没有这个文件或文件夹"),
        ("my: own.rq: 3: this is not UTF-8 text", "my: own.rq: 3: 不是 UTF-8 文本"),
        ("own.ttl:3: the shape http://x/y: sh:message is missing in: zh", "own.ttl:3: 形状 http://x/y：缺少这些语言的 sh:message：zh"),
        ("x: entry 2: rule is missing", "x: entry 2: rule 没有填写"),
        ("build: No space left on device (build/plans/x.nq)", "build: 磁盘已满（build/plans/x.nq）"),
        ("http://x/: cannot be reached: [Errno 111] Connection refused", "http://x/: 无法连接：连接被拒绝（错误 111）"),
        ("no such theme: x; there are: a、b… (and 5 more)", "没有主题 x；有：a、b……（另有 5 个）"),
        ("no plan matches city 常洲; did you mean 常州市 or 杭州市? there are: 常州市、杭州市", "没有城市 常洲 的计划；是不是 常州市 或 杭州市？有：常州市、杭州市"),
        ("no rule begins with XX; did you mean YD-X01, YD-X02? yaodian rules lists them all; the families are: text", "没有以 XX 开头的规则；是不是 YD-X01, YD-X02？全部规则见 yaodian rules；类别有：text"),
        ("unexpected AssertionError: (a defect of yaodian; --debug shows where)", "意外错误 AssertionError（这是 yaodian 的缺陷；加 --debug 可看出在哪里）"),
    ],
)  # fmt: skip
def test_a_place_stays_and_its_message_is_told(message: str, told: str) -> None:
    assert reason(message, "zh") == told


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
