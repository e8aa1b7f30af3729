"""Expressions that are kept compiled mean what they meant, whatever has become of the file that keeps them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yaodian.patterns import FOLDER_VARIABLE, compiled

COMMAND = [sys.executable, "-c", "import sys; from yaodian.cli import main; sys.exit(main())", "extract"]
EXPRESSIONS = [
    (r"(?P<year>20\d\d)年(?P<month>\d{1,2})?", 0),
    (r"[一二三]、|（[甲-癸]）", 0),
    (r"(?<=[^\d])(\d+)(?:[万亿])?(?!元)", 0),
    (r"^plan(s?)$", re.IGNORECASE | re.MULTILINE),
    (r"(?x) a+ # first\n | (?P<second>b)(?P=second)", 0),
    (r"(?s).{2,3}?\b|\w\W", re.ASCII),
]
TEXTS = st.text(alphabet="一二甲癸、（）年月元万2024 \nplansPLANbaa，", max_size=40)


@given(st.sampled_from(EXPRESSIONS), TEXTS)
def test_a_kept_pattern_matches_as_a_new_one_does(expression: tuple[str, int], text: str) -> None:
    ours, theirs = compiled(*expression), re.compile(*expression)
    assert (ours.pattern, ours.flags, ours.groups, ours.groupindex) == (
        theirs.pattern,
        theirs.flags,
        theirs.groups,
        theirs.groupindex,
    )
    assert [(m.span(), m.groups(), m.groupdict(), m.lastgroup) for m in ours.finditer(text)] == [
        (m.span(), m.groups(), m.groupdict(), m.lastgroup) for m in theirs.finditer(text)
    ]


def test_a_broken_expression_is_refused_as_ever() -> None:
    with pytest.raises(re.error):
        compiled("(")


def extracted(plan: Path, cache: str) -> bytes:
    """What the command says of a plan with that cache folder; it says nothing beside."""
    run = subprocess.run(
        [*COMMAND, str(plan)], capture_output=True, check=True, env=os.environ | {FOLDER_VARIABLE: cache}
    )
    assert run.stderr == b""
    return run.stdout


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plan") / "plan.txt"
    path.write_text("青岚市教育局2024年工作要点\n\n1.扩大资源。新建学校6所。\n2.补充教师。招聘教师80名。\n", "utf-8")
    return path


class Kept(NamedTuple):
    """What is said of the plan, and the file that this has left."""

    said: bytes
    name: str
    content: bytes


@pytest.fixture(scope="module")
def kept(plan: Path, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("cache")
    said = extracted(plan, str(folder))
    [file] = folder.iterdir()
    return Kept(said, file.name, file.read_bytes())


def test_another_process_keeps_the_same(plan: Path, kept: Kept, tmp_path: Path) -> None:
    assert extracted(plan, str(tmp_path)) == kept.said
    assert (tmp_path / kept.name).read_bytes() == kept.content


def test_a_later_process_says_the_same_and_leaves_the_file_alone(plan: Path, kept: Kept, tmp_path: Path) -> None:
    file = tmp_path / kept.name
    file.write_bytes(kept.content)
    written = file.stat().st_mtime_ns
    assert extracted(plan, str(tmp_path)) == kept.said
    assert file.stat().st_mtime_ns == written


@pytest.mark.parametrize("harm", ["flipped", "cut short", "foreign"])
def test_a_damaged_file_is_made_anew(plan: Path, kept: Kept, tmp_path: Path, harm: str) -> None:
    flipped = bytearray(kept.content)
    flipped[len(flipped) // 2] ^= 0x55
    harmed = {"flipped": bytes(flipped), "cut short": kept.content[:-7], "foreign": b"PK\x03\x04" * 40}
    file = tmp_path / kept.name
    file.write_bytes(harmed[harm])
    assert extracted(plan, str(tmp_path)) == kept.said
    assert file.read_bytes() == kept.content
    assert [path.name for path in tmp_path.iterdir()] == [kept.name]


def test_nothing_is_kept_where_none_is_wanted_or_possible(plan: Path, kept: Kept, tmp_path: Path) -> None:
    occupied = tmp_path / "occupied"
    occupied.write_text("a file, no folder", "utf-8")
    assert extracted(plan, "") == extracted(plan, str(occupied / "below")) == kept.said
    assert [path.name for path in tmp_path.iterdir()] == ["occupied"]
