"""The guides to serving tell the truth, and every option and limit is in them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from readme_blocks import SERVED, asked, blocks, workplace

from yaodian.cli import run
from yaodian.cli.serve import command
from yaodian.errors import YaodianError
from yaodian.serving.settings import settings, table

pytest_plugins = ("serving_plugin",)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl, which the guide shows, is not installed")
def test_every_command_prints_what_the_guides_show(root_dir: Path, tmp_path: Path) -> None:
    with asked(workplace(tmp_path)) as answer:
        for name in SERVED:
            shown = list(blocks((root_dir / name).read_text("utf-8")))
            assert len(shown) == 5
            for one in shown:
                assert answer(one) == one.output, f"{one.source}: run python tests/readme_blocks.py {name}"


@pytest.mark.parametrize("name", SERVED)
def test_every_option_and_limit_is_told_of(name: str, root_dir: Path) -> None:
    text = (root_dir / name).read_text("utf-8")
    options = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
    assert {option for option in options - {"--debug", "--lang"} if option not in text} == set()
    assert [setting.name for setting in table() if not re.search(rf"^{setting.name} ", text, re.MULTILINE)] == []


@pytest.mark.parametrize("name", SERVED)
def test_every_file_that_a_guide_links_to_exists(name: str, root_dir: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", (root_dir / name).read_text("utf-8"))
    assert links
    assert [link for link in links if not (root_dir / "docs" / link).exists()] == []


def test_defaults_are_within_their_limits() -> None:
    defaults = settings()
    for setting in table():
        assert setting.least <= setting.default == getattr(defaults, setting.name) <= setting.most
        assert setting.zh
        assert setting.en
    assert settings(["timeout=30", " rows = 5 "]).timeout == 30


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("timeout", "NAME=VALUE"),
        ("timout=3", "did you mean timeout"),
        ("timeout=0", "from 1 to 3600"),
        ("timeout=ten", "whole number"),
        ("rows=99999999999999999999", "whole number"),
        ("timeout=３", "whole number"),
    ],
)
def test_wrong_settings_say_what_is_wanted(change: str, words: str) -> None:
    with pytest.raises(YaodianError, match=words):
        settings([change])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "no such folder"),
        (["-d", "nowhere"], "no such folder"),
        ([".", "--public-url", "plans.example.org"], "https://"),
        ([".", "--public-url", "http://[::1"], "https://"),
        ([".", "--set", "x=1"], "no such setting"),
        (["CORPUS", "--host", "192.0.2.1"], "cannot listen"),
    ],
)
def test_errors_are_one_line(
    arguments: list[str], words: str, served_corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [str(served_corpus) if argument == "CORPUS" else argument for argument in arguments]
    assert run(["serve", *given]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert len(said.splitlines()) == 1


def test_without_the_parts_for_it_one_line_says_what_to_install(
    served_corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert run(["serve", str(served_corpus)]) == 2
    assert "pip install 'yaodian[serve]'" in capsys.readouterr().err
