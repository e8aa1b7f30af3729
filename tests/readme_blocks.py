"""The commands and the Python that a README shows, and what they really print.

``python tests/readme_blocks.py`` runs every ``console`` and ``python`` block of the READMEs and guides, in order, and
writes the output into them; with names of files behind it, of these.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, nullcontext, redirect_stdout
from dataclasses import dataclass, replace
from doctest import DocTestParser
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh.md")
_TOLD = ("checking", "comparing", "corpus", "maps", "search", "site")
GUIDES = tuple(f"docs/{page}{end}" for page in _TOLD for end in (".md", ".zh.md"))
"""Pages that show commands as the READMEs do."""
SERVED = ("docs/serve.md", "docs/serve.zh.md")
"""Guides whose commands ask a server, at the address that it has where nothing else is said."""
DEFAULT_ADDRESS = "http://127.0.0.1:8731"

_BLOCK = re.compile(r"^```(?P<language>console|python)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shown:
    """A command or a Python statement in a README, and the output printed below it."""

    language: str
    source: str
    output: str

    def __str__(self) -> str:
        first, *more = self.source.split("\n")
        prompts = ("$ ", "> ") if self.language == "console" else (">>> ", "... ")
        lines = [prompts[0] + first, *(prompts[1] + line for line in more), self.output]
        return "\n".join(lines).rstrip()


def blocks(readme: str) -> Iterator[Shown]:
    """The commands and statements that a README shows, in order."""
    for match in _BLOCK.finditer(readme):
        yield from _shown(match["language"], match["body"])


def _shown(language: str, body: str) -> Iterator[Shown]:
    if language == "python":
        for example in DocTestParser().get_examples(body):
            yield Shown(language, example.source.rstrip(), example.want.rstrip())
        return
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield Shown(language, command, output.rstrip())


def locale_of(page: str) -> str:
    """The locale in which the commands of a page are run: that of its readers, or none in particular."""
    return "zh_CN.UTF-8" if page.endswith(".zh.md") else "C.UTF-8"


def printed(shown: Shown, folder: Path, names: dict[str, Any], locale: str) -> str:
    """What it prints in ``folder`` with the project installed; ``names`` are the Python variables so far."""
    if shown.language == "console":
        return _command_output(shown.source, folder, locale)
    screen = io.StringIO()
    with chdir(folder), redirect_stdout(screen):
        exec(compile(shown.source + "\n", "<readme>", "single"), names)
    return screen.getvalue().rstrip()


def _command_output(command: str, folder: Path, locale: str) -> str:
    command = command.replace("pip install -q uv && ", "").replace("uv run ", "")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    settings = {"PATH": path, "COLUMNS": "100", "LANG": locale, "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=os.environ | settings,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if not done.stdout.strip():
        raise RuntimeError(f"{command} prints nothing: {done.stderr}")
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()).rstrip()


def workplace(folder: Path) -> Path:
    """A folder in which the READMEs' commands run: it has the examples and drafts, and nothing else."""
    (folder / "examples").symlink_to(ROOT / "examples")
    (folder / "drafts").symlink_to(ROOT / "docs" / "drafts")
    (folder / "docs").mkdir()
    for name in ("drafts", "plans"):
        (folder / "docs" / name).symlink_to(ROOT / "docs" / name)
    return folder


@contextmanager
def asked(folder: Path) -> Iterator[Callable[[Shown], str]]:
    """What commands print that ask a server of the examples, which stands in for the one at the default address."""
    from serving import running

    from yaodian.corpus import build

    build(folder / "examples", folder / "build")
    with running(folder / "build") as server:

        def answer(shown: Shown) -> str:
            command = replace(shown, source=shown.source.replace(DEFAULT_ADDRESS, server.address))
            return printed(command, folder, {}, "C.UTF-8").replace(server.address, DEFAULT_ADDRESS)

        yield answer


def _rewritten(readme: str, answer: Callable[[Shown], str]) -> str:
    def fresh(match: re.Match[str]) -> str:
        language = match["language"]
        shown = (Shown(language, s.source, answer(s)) for s in _shown(language, match["body"]))
        between = "\n\n" if language == "console" else "\n"
        return f"```{language}\n{between.join(map(str, shown))}\n```"

    return _BLOCK.sub(fresh, readme)


def main() -> None:
    """Bring the outputs in the READMEs and guides up to date."""
    for name in sys.argv[1:] or (*READMES, *GUIDES, *SERVED):
        with tempfile.TemporaryDirectory() as folder:
            path, names = ROOT / name, dict[str, Any]()
            place = workplace(Path(folder))
            runs = partial(printed, folder=place, names=names, locale=locale_of(name))
            with asked(place) if name in SERVED else nullcontext(runs) as answer:
                path.write_text(_rewritten(path.read_text("utf-8"), answer), "utf-8")


if __name__ == "__main__":
    main()
