"""A small corpus and servers of it for all tests that ask one: add ``pytest_plugins = ("serving_plugin",)``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus_texts import plan_text, write_plans
from serving import HOSTILE, Server, running

from yaodian.corpus import build


@pytest.fixture(scope="session")
def served_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of three plans, one of which is hostile."""
    folder = tmp_path_factory.mktemp("served")
    hostile = plan_text("漳州市", 2022)
    for words in ("学位", "加快学校建设", "教师荣誉办法", "扩大优质教育资源"):
        hostile = hostile.replace(words, HOSTILE + words)
    write_plans(folder / "source", a=plan_text(), b=plan_text("泉州市", 2023, "晋江市", 20), c=hostile)
    build(folder / "source", folder / "build")
    return folder / "build"


@pytest.fixture(scope="session")
def server(served_corpus: Path) -> Iterator[Server]:
    """A server of it with small limits."""
    limits = ("timeout=20", "rows=2000", "bytes=2000000", "request=20000", "workers=2", "waiting=20", "memory=300")
    with running(served_corpus, *(f"--set={limit}" for limit in limits)) as running_server:
        yield running_server


@pytest.fixture(scope="session")
def hasty(served_corpus: Path) -> Iterator[Server]:
    """A server that stops a query after a second."""
    with running(served_corpus, "--set=timeout=1", "--set=workers=2", "--set=memory=200") as running_server:
        yield running_server
