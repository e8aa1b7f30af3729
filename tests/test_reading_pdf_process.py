"""The process that takes PDFs apart: it is kept, ended where it takes too long, and missed by nobody when it dies."""

from __future__ import annotations

import os
import sys
import threading
import time
import zlib
from collections.abc import Iterator

import pdf_pages as fixtures
import pytest

from yaodian.errors import ReadingError
from yaodian.reading import limits, read_bytes
from yaodian.reading.pdf import asking


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """No process that another test's limits hold for."""
    asking._end_all()
    yield
    asking._end_all()


def _read(data: bytes) -> str:
    return read_bytes(data, "plan.pdf").text


def _with_content(piece: bytes, times: int = 1) -> bytes:
    """A page that shows this content so many times over, compressed."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(piece) for _ in range(times)) + packer.flush()
    return b"".join(
        (
            b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n",
            f"4 0 obj<</Length {len(packed)}/Filter/FlateDecode>>stream\n".encode(),
            packed,
            b"\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n",
            b"trailer<</Root 1 0 R>>\n%%EOF",
        )
    )


def test_one_process_serves_many_files() -> None:
    text = _read(fixtures.typeset(1))
    process = asking._running[-1].process
    assert _read(fixtures.typeset(1)) == text
    assert asking._running[-1].process is process


def test_a_process_that_died_is_replaced() -> None:
    text = _read(fixtures.typeset(1))
    asking._running[-1].process.kill()
    asking._running[-1].process.wait()
    assert _read(fixtures.typeset(1)) == text


def test_several_threads_take_turns() -> None:
    expected = _read(fixtures.typeset(2))
    texts: list[str] = []
    threads = [threading.Thread(target=lambda: texts.append(_read(fixtures.typeset(2)))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == [expected] * 6


def test_reading_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    _read(fixtures.typeset(1))
    monkeypatch.setattr(limits, "PDF_SECONDS", 0.0)
    monkeypatch.setattr(limits, "PDF_SECONDS_A_PAGE", 0.0)
    with pytest.raises(ReadingError, match=r"plan\.pdf: reading this PDF takes too long: it was given up"):
        _read(fixtures.typeset(4))
    monkeypatch.undo()
    assert _read(fixtures.typeset(1))


def test_a_page_that_never_ends_is_given_up() -> None:
    data = _with_content(b"BT /F 1 Tf (x) Tj ET 0 0 m 9 9 l S q " * 1000, 3000)
    _read(fixtures.typeset(1))
    started = time.monotonic()
    with pytest.raises(ReadingError, match=r"takes too long|needs more memory"):
        _read(data)
    assert time.monotonic() - started < limits.PDF_SECONDS + 2


@pytest.mark.skipif(sys.platform != "linux", reason="the system cannot limit memory")
def test_a_page_that_unpacks_without_end_is_given_up() -> None:
    with pytest.raises(ReadingError, match=r"needs more memory|takes too long|there is no text"):
        _read(_with_content(b" " * 1_000_000, 400))
    assert _read(fixtures.typeset(1))


def test_too_many_pages_are_refused() -> None:
    kids = b"3 0 R " * (limits.PDF_MOST_PAGES + 1)
    data = _with_content(b"").replace(
        b"/Kids[3 0 R]/Count 1", b"/Kids[%s]/Count %d" % (kids, limits.PDF_MOST_PAGES + 1)
    )
    with pytest.raises(ReadingError, match=f"this PDF is too large: it has {limits.PDF_MOST_PAGES + 1} pages"):
        _read(data)


def test_too_much_text_is_refused() -> None:
    line = b"(" + b"x" * 200 + b") Tj 0 -1 Td "
    with pytest.raises(ReadingError, match=r"too large|takes too long|needs more memory"):
        _read(_with_content(b"BT /F 1 Tf 1 800 Td " + line * 60_000 + b"ET"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
def test_a_forked_process_asks_a_process_of_its_own() -> None:
    expected = _read(fixtures.typeset(1))
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, b"same" if _read(fixtures.typeset(1)) == expected else b"other")
        asking._end_all()
        os._exit(0)
    os.close(writing)
    assert os.read(reading, 10) == b"same"
    os.close(reading)
    os.waitpid(child, 0)
    assert _read(fixtures.typeset(1)) == expected
