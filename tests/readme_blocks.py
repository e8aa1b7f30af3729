"""The commands that a README shows, and what they really print.

``python tests/readme_blocks.py`` runs every ``console`` block of the READMEs and writes the output into them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh.md")

_BLOCK = re.compile(r"^```console\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_TIME = re.compile(r"\b\d+(?:\.\d+)? ?(m?s\b|秒)")


@dataclass(frozen=True, slots=True)
class Shown:
    """A command in a README, and the output printed below it."""

    command: str
    output: str


def blocks(readme: str) -> Iterator[Shown]:
    """The commands of a README's ``console`` blocks, in order."""
    for match in _BLOCK.finditer(readme):
        yield from _commands(match["body"])


def printed(command: str, folder: Path) -> str:
    """What ``command`` prints when it is run in ``folder`` with the project installed."""
    command = command.replace("pip install -q uv && ", "").replace("uv run ", "")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    settings = {"PATH": path, "COLUMNS": "110", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=os.environ | settings,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout.rstrip()


def timeless(output: str) -> str:
    """``output`` without how long things took and trailing white space: these are not the same on every run."""
    return "\n".join(line.rstrip() for line in _TIME.sub(r"N \1", output).splitlines())


def workplace(folder: Path) -> Path:
    """A folder in which the READMEs' commands run: it has the examples and nothing else."""
    (folder / "examples").symlink_to(ROOT / "examples")
    return folder


def _commands(body: str) -> Iterator[Shown]:
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield Shown(command, output.rstrip())


def _rewritten(readme: str, folder: Path) -> str:
    def fresh(match: re.Match[str]) -> str:
        shown = (f"$ {s.command}\n{printed(s.command, folder)}".rstrip() for s in _commands(match["body"]))
        return "```console\n" + "\n\n".join(shown) + "\n```"

    return _BLOCK.sub(fresh, readme)


def main() -> None:
    """Bring the outputs in the READMEs up to date."""
    for name in READMES:
        with tempfile.TemporaryDirectory() as folder:
            path = ROOT / name
            path.write_text(_rewritten(path.read_text("utf-8"), workplace(Path(folder))), "utf-8")


if __name__ == "__main__":
    main()
