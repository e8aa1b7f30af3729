"""The pages on exports tell the truth: tables from their source, commands with what they print, every form and option."""

from __future__ import annotations

from pathlib import Path

import pytest
from readme_blocks import blocks, locale_of, printed, workplace

from yaodian.cli.export import TABLES
from yaodian.cli.export import command as export
from yaodian.cli.push import command as push
from yaodian.exports import reference
from yaodian.exports.formats import FORMATS
from yaodian.exports.rows import tables

PAGES = sorted(reference.FILES.items())


@pytest.mark.parametrize(("language", "name"), PAGES)
def test_the_generated_parts_are_current(language: str, name: str, root_dir: Path) -> None:
    page = (root_dir / "docs" / name).read_text("utf-8")
    assert page == reference.updated(page, language), "run: python -m yaodian.exports.reference docs"
    assert all(part in page for part in reference.parts(language).values())


@pytest.mark.parametrize(("language", "name"), PAGES)
def test_every_command_prints_what_the_page_shows(language: str, name: str, root_dir: Path, tmp_path: Path) -> None:
    folder = workplace(tmp_path)
    shown = list(blocks((root_dir / "docs" / name).read_text("utf-8")))
    assert shown
    for one in shown:
        assert printed(one, folder, {}, locale_of(name)) == one.output, f"run python tests/readme_blocks.py docs/{name}"


@pytest.mark.parametrize(("language", "name"), PAGES)
def test_every_form_and_option_is_told_of(language: str, name: str, root_dir: Path) -> None:
    text = (root_dir / "docs" / name).read_text("utf-8")
    assert [form for form in FORMATS if f"`{form}`" not in text] == []
    plain = {"--corpus", "--timeout", "--debug"}
    options = {
        option
        for command in (export, push)
        for param in command.params
        for option in param.opts
        if option.startswith("--")
    }
    assert [option for option in sorted(options - plain) if option not in text] == []


def test_the_option_names_every_table() -> None:
    assert tuple(tables()) == TABLES
