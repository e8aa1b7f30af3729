"""What many tests share: where the example plans lie, and the real plans where they are at hand."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from yaodian.patterns import FOLDER_VARIABLE

# The commands that tests start keep what they compile for one another, and nothing in the user's own folder.
os.environ[FOLDER_VARIABLE] = str(Path(tempfile.gettempdir()) / "yaodian-tests")

# Commands speak the language of the locale; the tests expect what they say where it names none.
for _variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
    os.environ.pop(_variable, None)
os.environ["LANG"] = "C.UTF-8"

# How long a machine takes is no law of what is tested.
settings.register_profile("yaodian", deadline=None)
settings.load_profile("yaodian")

ROOT = Path(__file__).resolve().parents[1]
LONGEST = (
    "test_corpus_kill.py", "test_map_browser.py", "test_push.py", "test_virtuoso.py", "test_fuzz_office.py", "test_corpus_executors.py",
    "test_query_answers.py", "test_growth.py",
)  # fmt: skip
"""Files of few tests that take minutes or half of one: where they begin last, one process works while others rest."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, the others in their own order."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


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
