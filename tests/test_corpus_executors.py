"""Whoever reads the plans, one process, several, or a cluster, the corpus is the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from corpus_texts import contents, plan_text, write_plans
from dask_workers import two_workers
from deadly_documents import DEADLY, process_or_die

from yaodian.cli import run
from yaodian.cli.progress import Meter
from yaodian.corpus import build
from yaodian.corpus.executing import _lost, execute
from yaodian.corpus.folder import Folder
from yaodian.corpus.pool import Job, Worker, in_pool
from yaodian.corpus.processing import Broken, Task
from yaodian.corpus.sources import find_sources
from yaodian.errors import CorpusError

CITIES = {"shaoxing": "绍兴市", "quanzhou": "泉州市", "luoyang": "洛阳市", "jinhua": "金华市"}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve plans, two that want one name, a copy in other bytes, and two that are none."""
    folder = tmp_path_factory.mktemp("executors") / "source"
    texts = {f"{key}{year}": plan_text(city, year) for key, city in CITIES.items() for year in (2022, 2023, 2024)}
    write_plans(folder, rival=plan_text(number=33), empty="", **texts)
    (folder / "copy.txt").write_bytes(texts["jinhua2022"].encode("gbk"))
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7")
    return folder


@pytest.fixture(scope="module")
def alone(source: Path) -> dict[str, bytes]:
    """What one process makes of them."""
    build(source, source.parent / "alone")
    return contents(source.parent / "alone")


def _tasks(source: Path, out: Path) -> list[Task]:
    return [Task(one, Folder(out)) for one in find_sources([source], out).sources]


def test_two_processes_make_the_same(source: Path, alone: dict[str, bytes], tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    report = build(source, tmp_path / "out", jobs=2, progress=lambda done, total, _: told.append((done, total)))
    assert contents(tmp_path / "out") == alone
    assert len(report.plans) == 13
    assert [failure.source.rpartition("/")[2] for failure in report.failed] == ["empty.txt", "scan.pdf"]
    assert told == sorted(told)
    assert told[-1] == (16, 16)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes cannot be killed so there")
def test_document_that_kills_the_process_costs_itself_alone(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies of each batch that holds a certain file: of none of the others is anything lost."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))  # where the process finds the function
    deadly = tmp_path / DEADLY
    deadly.write_text(plan_text(), "utf-8")
    tasks = [*_tasks(source, tmp_path / "out")[:3], Task(find_sources([deadly], tmp_path).sources[0], Folder(tmp_path))]
    ((*done,),) = in_pool(Job(process_or_die, _lost), [tasks], 1)
    broken = {task.source.name: result.failure.error for task, result in done if isinstance(result, Broken)}
    assert len(done) == 4
    died = "the process that read it died: out of memory, or it was killed"
    assert broken == {"empty.txt": "the file is empty", DEADLY: died}


def test_full_disk_in_a_process_of_the_pool_ends_the_build(source: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "out"
    (blocked / ".staged").mkdir(parents=True)
    (blocked / ".staged/plans").touch()
    with pytest.raises(OSError, match="plans"):
        list(execute(_tasks(source, blocked), 2))


def test_processes_of_the_pool_end_with_the_build() -> None:
    worker = Worker()
    assert worker.ask(len, ["ab", "c"]) == [2, 1]
    worker.end()
    script = (
        "import sys, os, signal, pathlib, time\n"
        "from yaodian.corpus.pool import Worker\n"
        "worker = Worker(); worker.ask(len, [])\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    # The orphan holds our pipe as its error stream: that `run` comes back says that it has ended.
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False, timeout=30)
    assert done.returncode == -signal.SIGKILL


def test_cluster_makes_the_same_though_a_worker_dies(source: Path, alone: dict[str, bytes], tmp_path: Path) -> None:
    with two_workers() as cluster:
        killed: list[int] = []

        def kill(done: int, total: int, upcoming: str) -> None:
            if 3 <= done < total and not killed:
                killed.append(next(iter(cluster.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)

        build(source, tmp_path / "out", scheduler=cluster.scheduler_address, progress=kill)
        assert killed
    assert contents(tmp_path / "out") == alone


def test_cluster_that_is_not_there_is_one_line(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yaodian.corpus.cluster._CONNECT", 0.5)
    arguments = ["build", str(source), "-o", str(tmp_path / "out"), "--executor", "dask", "--scheduler"]
    assert run([*arguments, "tcp://127.0.0.1:9"]) == 2
    (line,) = (line for line in capsys.readouterr().err.splitlines() if line.startswith("yaodian:"))
    assert "tcp://127.0.0.1:9: no dask scheduler answers there" in line


@pytest.mark.parametrize("address", ["nonsense", "tls://127.0.0.1:8786"])
def test_no_address_of_a_cluster_is_one_line(source: Path, tmp_path: Path, address: str) -> None:
    """Seen from outside: what dask leaves behind speaks when the process ends."""
    pytest.importorskip("distributed")
    arguments = ["build", str(source), "-o", str(tmp_path / "out"), "--executor", "dask", "--scheduler", address]
    program = [sys.executable, "-c", "from yaodian.cli import main; main()"]
    done = subprocess.run([*program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"yaodian: {address}: no dask scheduler answers there")


def test_dask_that_is_not_installed_is_told(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    arguments = ["build", str(source), "-o", str(tmp_path / "out"), "--executor", "dask", "--scheduler", "tcp://x:1"]
    assert run(arguments) == 2
    assert capsys.readouterr().err.splitlines() == [
        "yaodian: dask.distributed is not installed; install it with: pip install 'yaodian[dask]'"
    ]


@pytest.mark.parametrize(
    "arguments",
    [["x", "--executor", "dask"], ["x", "--scheduler", "tcp://x:1"], ["x", "--renew"], [], ["x", "--jobs", "0"]],
)
def test_contradictions_are_refused(arguments: list[str]) -> None:
    assert run(["build", *arguments]) == 2


def test_no_processes_are_none(source: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="at least one process"):
        build(source, tmp_path / "out", jobs=0)


def test_rate_and_time_left_are_told() -> None:
    meter = Meter()
    assert meter.told(100, 500, 10.0) == ""
    assert meter.told(140, 500, 12.0) == "20.0/s  0:00:18 left"
    assert meter.told(500, 500, 30.0) == "20.0/s  0:00:00 left"
