"""What is read of a file, a pipe or a device: never more than the limit, never for ever."""

from __future__ import annotations

import io
import os
import sys
import threading
import time
from pathlib import Path

import pytest

import yaodian
from yaodian.errors import CorpusError, ReadingError
from yaodian.reading import limits, read

PLAN = "云岭市教育局2024年工作要点\n一、任务\n1.办好学校。新建学校3所。\n".encode()

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are no named pipes")


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(limits, "LARGEST_FILE", 1 << 20)
    return 1 << 20


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PIPE_SECONDS", 0.2)
    monkeypatch.setattr(limits, "PIPE_SECONDS_WITHOUT_WRITER", 0.1)


def _written_later(path: Path, *pieces: bytes) -> threading.Thread:
    """A thread that writes into a pipe once somebody reads, with pauses."""

    def write() -> None:
        with path.open("wb", buffering=0) as pipe:
            for piece in pieces:
                time.sleep(0.05)
                pipe.write(piece)

    thread = threading.Thread(target=write)
    thread.start()
    return thread


def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    os.mkfifo(path)
    thread = _written_later(path, PLAN[:20], PLAN[20:])
    assert read(path).text == PLAN.decode()
    thread.join()


def test_a_pipe_of_a_process_is_read_to_its_end() -> None:
    reading, writing = os.pipe()
    os.write(writing, PLAN)
    os.close(writing)
    try:
        assert read(f"/dev/fd/{reading}").text == PLAN.decode()
    finally:
        os.close(reading)


def test_a_pipe_that_nobody_writes_to_is_given_up(tmp_path: Path, impatient: None) -> None:
    path = tmp_path / "plan.txt"
    os.mkfifo(path)
    with pytest.raises(ReadingError, match=r"plan\.txt: nothing comes out of this pipe"):
        read(path)


def test_a_pipe_that_stays_silent_is_given_up(impatient: None) -> None:
    reading, writing = os.pipe()
    try:
        with pytest.raises(ReadingError, match="nothing came for"):
            read(f"/dev/fd/{reading}")
    finally:
        os.close(reading)
        os.close(writing)


def test_an_endless_device_is_refused() -> None:
    with pytest.raises(ReadingError, match=r"^/dev/zero: larger than 50 MB; split it, or save the plan by itself$"):
        read("/dev/zero")


def test_a_file_at_the_limit_is_read_and_one_beyond_it_is_refused(tmp_path: Path, small_limit: int) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(PLAN.ljust(small_limit))
    assert len(read(path).text.encode()) == small_limit
    path.write_bytes(PLAN.ljust(small_limit + 1))
    with pytest.raises(ReadingError, match="larger than 1 MB"):
        read(path)


def test_standard_input_is_read_up_to_the_limit(small_limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PLAN)))
    assert read("-").text == PLAN.decode()
    endless = io.BufferedReader(io.FileIO("/dev/zero"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(endless))
    with pytest.raises(ReadingError, match=r"^-: larger than 1 MB;"):
        read("-")


def test_closed_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(ReadingError, match="standard input is closed"):
        read("-")


def test_a_name_that_no_file_can_have() -> None:
    with pytest.raises(ReadingError) as raised:
        yaodian.read_plan("a\0b")
    assert "\0" not in str(raised.value)
    assert str(raised.value).startswith(r"a\x00b: ")


def test_a_text_in_place_of_a_name_is_not_repeated() -> None:
    text = "云岭市教育局2024年工作要点\n" + "1.办好学校。新建学校3所。\n" * 400
    with pytest.raises(ReadingError) as raised:
        yaodian.read_plan(text)
    message = str(raised.value)
    assert "云岭市教育局2024年工作要点" in message
    assert "a file's name is wanted" in message
    assert len(message) < 200
    assert "\n" not in message


def test_a_long_path_is_named_in_full(tmp_path: Path) -> None:
    path = tmp_path.joinpath(*["很长的文件夹名称" * 3] * 12, "plan.txt")
    with pytest.raises(ReadingError) as raised:
        read(path)
    assert str(path) in str(raised.value)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("云岭市教育局2024年工作要点\n" * 60, "a file's name is wanted, not a text): no folder can have this name"),
        ("a\0b", r"a\x00b: no folder can have this name"),
    ],
)
def test_a_corpus_is_not_opened_by_what_names_no_folder(name: str, reason: str) -> None:
    with pytest.raises(CorpusError) as raised:
        yaodian.open(name)
    assert reason in str(raised.value)
    assert len(str(raised.value)) < 200


def test_a_file_is_no_corpus(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(PLAN)
    with pytest.raises(CorpusError, match=r"plan\.txt: no such folder: it is a file .* --out FOLDER"):
        yaodian.open(path)
