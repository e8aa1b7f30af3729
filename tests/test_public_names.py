"""``import yaodian``: instant, and every public name is there when it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

import yaodian

HEAVY = ("rdflib", "pyoxigraph", "pyshacl", "networkx", "pyvis", "jinja2", "selectolax", "click", "ahocorasick_rs")


def test_import_loads_nothing() -> None:
    code = "import sys; before = set(sys.modules); import yaodian; print(*sorted(set(sys.modules) - before))"
    run = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    loaded = run.stdout.split()
    assert not {name.partition(".")[0] for name in loaded} & set(HEAVY)
    assert [name for name in loaded if name.startswith("yaodian")] == ["yaodian"]


@pytest.mark.parametrize("name", yaodian.__all__)
def test_public_names(name: str) -> None:
    assert getattr(yaodian, name)
    assert name in dir(yaodian)


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        yaodian.nothing  # noqa: B018
