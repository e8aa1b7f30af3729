"""LibreOffice for tests: conversions of several files in one run, in a profile of their own."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from yaodian.reading import legacy

PLAIN_TEXT = "txt:Text (encoded):UTF8"


def program() -> str:
    """The path of LibreOffice; the test is skipped where it is not installed."""
    found = legacy.office()
    if found is None:
        pytest.skip("LibreOffice is not installed")
    return found


def converted(
    files: Mapping[str, bytes], target: str, folder: Path, *, infilter: str | None = None
) -> dict[str, bytes]:
    """Each of the files, by name, as LibreOffice saves it in the format ``target``."""
    sources, results = folder / "sources", folder / "results"
    sources.mkdir(parents=True)
    for name, data in files.items():
        (sources / name).write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    how = [f"--infilter={infilter}"] if infilter else []
    paths = [str(sources / name) for name in files]
    command = [program(), "--headless", profile, *how, "--convert-to", target, "--outdir", str(results), *paths]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    suffix = f".{target.partition(':')[0]}"
    return {name: (results / name).with_suffix(suffix).read_bytes() for name in files}
