"""The package that is built holds everything, and a fresh set-up gets the versions that were tested."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

FOLDERS = {"yaodian": "kg", "yaodian/cli": "cli", "yaodian/ontology": "ontology", "yaodian/shapes": "shapes"}
RUN = "import sys, yaodian; from yaodian.cli import main; print(yaodian.__file__); sys.exit(main())"


@pytest.fixture(scope="module")
def project(root_dir: Path) -> dict[str, Any]:
    return tomllib.loads((root_dir / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def wheel(root_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built by way of a source archive: what either leaves out is missed here."""
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        pytest.skip("uv, which builds the package, is not installed")
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([uv, "build", "--quiet", "--out-dir", folder, root_dir], check=True)
    (built,) = folder.glob("*.whl")
    return built


def _name(requirement: str) -> str:
    return re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0].lower()


def test_every_requirement_is_pinned_to_the_tested_version(project: dict[str, Any]) -> None:
    pinned = project["tool"]["uv"]["constraint-dependencies"]
    assert all("==" in pin for pin in pinned)
    direct = [*project["project"]["dependencies"], *(r for g in project["dependency-groups"].values() for r in g)]
    direct += [r for extra in project["project"]["optional-dependencies"].values() for r in extra]
    assert {_name(r) for r in direct} <= {_name(pin) for pin in pinned}


def test_every_package_folder_is_listed(project: dict[str, Any], root_dir: Path) -> None:
    found = set()
    for package, folder in FOLDERS.items():
        for module in (root_dir / folder).rglob("__init__.py"):
            found.add(".".join((Path(package) / module.parent.relative_to(root_dir / folder)).parts))
    assert found == set(project["tool"]["setuptools"]["packages"])


def test_the_wheel_holds_every_file_of_the_tree(wheel: Path, root_dir: Path) -> None:
    expected = {
        (Path(package) / file.relative_to(root_dir / folder)).as_posix()
        for package, folder in FOLDERS.items()
        for file in (root_dir / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert expected - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_the_wheel_works_away_from_the_tree(wheel: Path, examples_dir: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    command = [sys.executable, "-c", RUN, "build", str(examples_dir), "--out", str(tmp_path / "built")]
    done = subprocess.run(
        command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(site)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(site))
    assert {"manifest.json", "report.html", "map.html"} <= {p.name for p in (tmp_path / "built").iterdir()}
