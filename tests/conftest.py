"""What many tests share: where the example plans lie, and the real plans where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root_dir() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def examples_dir() -> Path:
    """The folder of example plans about invented cities."""
    return ROOT / "examples"


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of real plans and their annotations, which is not part of the project."""
    folder = ROOT.parent / "shared"
    if not (folder / "seeds").is_dir():
        pytest.skip("the real plans (../shared/seeds) are not at hand")
    return folder
