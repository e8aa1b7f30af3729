"""The guides tell the truth: every command that they show prints what stands below it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from readme_blocks import GUIDES, blocks, locale_of, printed, workplace

from yaodian.checking.formats import FORMATS


@pytest.mark.parametrize("name", GUIDES)
def test_every_command_prints_what_the_guide_shows(name: str, root_dir: Path, tmp_path: Path) -> None:
    folder = workplace(tmp_path)
    names: dict[str, Any] = {}
    shown = list(blocks((root_dir / name).read_text("utf-8")))
    assert shown
    for one in shown:
        assert printed(one, folder, names, locale_of(name)) == one.output, (
            f"{one.source}: run python tests/readme_blocks.py {name}"
        )


@pytest.mark.parametrize("name", [name for name in GUIDES if "checking" in name])
def test_every_format_is_told_of(name: str, root_dir: Path) -> None:
    text = (root_dir / name).read_text("utf-8")
    assert [form for form in FORMATS if f"| `{form}` |" not in text] == []
