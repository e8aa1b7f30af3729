"""Kill builds at random moments, build again, and compare with a build that nobody disturbed.

    python bench/kill_builds.py [KILLS] [SEED] [JOBS]

In turn a first build, a build over a former state, and one that goes on where the last one was killed. After each
kill the corpus has to be its former state or the new one, whole; after the next build, the same bytes as undisturbed.
Exits with 1 where it is not.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from yaodian.corpus import build, verify
from yaodian.errors import CorpusError

MAIN = [sys.executable, "-c", "from yaodian.cli import main; main()"]
PLANS = 24
TEXT = (
    "{city}教育局{year}年工作要点\n\n一、扩大优质教育资源\n1.加快学校建设。新建幼儿园{n}所，新增学位{n}00个以上。\n"
    "2.推进集团化办学。覆盖率达到85%。\n二、提升教师队伍素质\n3.抓好教师培训。培训骨干教师{n}0人次。\n"
)
CITIES = ("绍兴市", "泉州市", "洛阳市", "金华市")
HARMLESS = {"build-unfinished", "source-changed"}


def write_sources(folder: Path, more: int) -> None:
    """The plans; another ``more`` changes a third of them, removes one and adds one."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for n in range(more, PLANS + more):
        changed = more if n % 3 == 0 else 0
        text = TEXT.format(city=CITIES[n % 4], year=2001 + n // 4, n=n + 10 + changed)
        (folder / f"{n:02}.txt").write_text(text, "utf-8")


def contents(out: Path) -> dict[str, bytes]:
    """All that must not depend on how the corpus came to be."""
    files = (path for path in out.rglob("*") if path.is_file())
    kept = (path for path in files if path.relative_to(out).parts[0] not in ("store", ".lock", ".stamps.json"))
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in kept}


def kill(source: Path, out: Path, seconds: float, jobs: int) -> bool:
    """Build and be killed after that time; whether it was still at work."""
    command = [*MAIN, "build", str(source), "--out", str(out), "--jobs", str(jobs)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
    return process.returncode == -signal.SIGKILL


def state(out: Path, known: dict[str, dict[str, bytes]]) -> str:
    """Which state the corpus has after a kill; a word that is none of ``known`` where it is half of one."""
    try:
        flaws = {flaw.code for flaw in verify(out).flaws}
    except CorpusError:
        return "none" if not (out / "manifest.json").exists() else "unreadable"
    if flaws - HARMLESS:
        return f"flawed: {', '.join(sorted(flaws - HARMLESS))}"
    manifest = (out / "manifest.json").read_bytes()
    return next((name for name, files in known.items() if files["manifest.json"] == manifest), "unknown")


def main(kills: int, seed: int, jobs: int) -> int:
    """Kill, look, build again, compare; the number of times that something was not as it has to be."""
    chance, wrong, seen = random.Random(seed), 0, Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, out = folder / "source", folder / "out"
        write_sources(source, 0)
        build(source, folder / "old")
        write_sources(source, 1)
        began = time.monotonic()
        kill(source, folder / "new", 600, jobs)
        seconds = time.monotonic() - began
        known = {"former": contents(folder / "old"), "new": contents(folder / "new")}
        for number in range(kills):
            if number % 3 != 2:
                shutil.rmtree(out, ignore_errors=True)
            if number % 3 == 1:
                shutil.copytree(folder / "old", out)
            was_at_work = kill(source, out, chance.random() * seconds, jobs)
            # Moves that were to follow are made by whoever reads the corpus next.
            subprocess.run([*MAIN, "query", "plans", "-d", str(out)], capture_output=True, check=False)
            found = state(out, known)
            seen[found if was_at_work else "came to its end"] += 1
            if number % 3 != 1:
                build(source, out)
                if contents(out) != known["new"]:
                    found = "another corpus than undisturbed"
            if found not in ("none", *known):
                wrong += 1
                print(f"kill {number}: {found}")
    print(f"{kills} kills, seed {seed}, {jobs} processes: {dict(seen)}; wrong: {wrong}")
    return wrong


if __name__ == "__main__":
    defaults = [100, 1, 2]
    given = [int(argument) for argument in sys.argv[1:]]
    sys.exit(1 if main(*(given + defaults[len(given) :])) else 0)
