"""The READMEs tell the truth: every command and statement that they show prints what stands below it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from readme_blocks import READMES, Shown, blocks, locale_of, printed, workplace

MAIN_JOB = "pip install -q uv && uv run yaodian build examples --out build"
TESTS = "pip install -q uv && uv run pytest"
LONGEST = 210
"""Lines of a README."""


@pytest.fixture(params=READMES)
def name(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen


@pytest.fixture
def readme(name: str, root_dir: Path) -> str:
    return (root_dir / name).read_text("utf-8")


@pytest.fixture
def output(name: str, tmp_path: Path) -> Callable[[Shown], str]:
    """What a command or statement prints for the readers of a README."""
    return partial(printed, folder=workplace(tmp_path), names={}, locale=locale_of(name))


def test_everything_prints_what_the_readme_shows(readme: str, output: Callable[[Shown], str]) -> None:
    for shown in blocks(readme):
        assert output(shown) == shown.output, f"{shown.source}: run python tests/readme_blocks.py"


def test_the_two_commands_stand_in_the_readme(readme: str) -> None:
    assert next(blocks(readme)).source == MAIN_JOB
    assert TESTS in readme.splitlines()


def test_every_file_a_readme_links_to_exists(readme: str, root_dir: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", readme)
    assert links
    assert [link for link in links if not (root_dir / link).exists()] == []


def test_a_readme_is_short(readme: str) -> None:
    assert len(readme.splitlines()) <= LONGEST


def test_both_readmes_show_the_same_commands_each_in_its_language(root_dir: Path) -> None:
    english, chinese = ([_apart_from_language(s) for s in blocks((root_dir / n).read_text("utf-8"))] for n in READMES)
    assert english == chinese


def _apart_from_language(shown: Shown) -> str:
    return re.sub(r" (--lang |-p lang=)en\b", "", shown.source)
