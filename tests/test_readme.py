"""The READMEs tell the truth: every command that they show prints what stands below it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from readme_blocks import READMES, blocks, printed, timeless, workplace

MAIN_JOB = "pip install -q uv && uv run yaodian build examples --out build"
TESTS = "pip install -q uv && uv run pytest"


@pytest.mark.parametrize("name", READMES)
def test_every_command_prints_what_the_readme_shows(name: str, root_dir: Path, tmp_path: Path) -> None:
    folder = workplace(tmp_path)
    shown = list(blocks((root_dir / name).read_text("utf-8")))
    assert shown[0].command == MAIN_JOB
    for block in shown:
        assert timeless(printed(block.command, folder)) == timeless(block.output), block.command


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_stand_in_the_readme(name: str, root_dir: Path) -> None:
    text = (root_dir / name).read_text("utf-8")
    assert MAIN_JOB in text
    assert TESTS in text


@pytest.mark.parametrize("name", READMES)
def test_every_file_a_readme_links_to_exists(name: str, root_dir: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", (root_dir / name).read_text("utf-8"))
    assert links
    assert [link for link in links if not (root_dir / link).exists()] == []


def test_both_readmes_show_the_same_commands(root_dir: Path) -> None:
    english, chinese = ([b.command for b in blocks((root_dir / n).read_text("utf-8"))] for n in READMES)
    assert english == chinese
