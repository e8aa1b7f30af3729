"""The process that takes PDFs apart: a file comes in, its pages go out, one line of JSON each.

PDFium is a large library that reads what anyone sends. Here it can be ended, and what it does wrong ends with it.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from yaodian.reading import limits

HEAD = 12
"""The bytes that tell a file's length, in digits."""


def main() -> None:
    """Answer requests from standard input until it ends."""
    import yaodian.reading.pdf.glyphs  # noqa: F401 - the memory that the code takes is not the files'

    limit_memory(limits.PDF_MEGABYTES)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    answers.write(b"ready\n")
    answers.flush()
    while len(head := requests.read(HEAD)) == HEAD:
        answer(requests.read(int(head)), answers)


def answer(data: bytes, answers: BinaryIO) -> None:
    """Write what is on each page, and at last a line that tells the title or what is wrong."""
    from pypdfium2 import PdfiumError

    from yaodian.reading.pdf.glyphs import open_pdf

    last: dict[str, Any]
    try:
        document = open_pdf(data)
        try:
            _write_pages(document, answers)
            last = {"title": document.get_metadata_value("Title")}
        finally:
            document.close()
    except PdfiumError as error:
        last = {"refused": getattr(error, "err_code", None)}
    except ValueError as error:
        last = {"over": str(error)}
    except MemoryError:
        last = {"memory": True}
    _write(last, answers)


def _write_pages(document: Any, answers: BinaryIO) -> None:
    from yaodian.reading.pdf.glyphs import read_page
    from yaodian.reading.pdf.page import as_data

    characters = runs = 0
    _write({"pages": len(document)}, answers)
    for index in range(len(document)):
        for page in read_page(document, index):
            runs += len(page.runs)
            characters += sum(len(run.text) for run in page.runs)
            if characters > limits.PDF_MOST_CHARACTERS or runs > limits.PDF_MOST_RUNS:
                raise ValueError(f"it has more than {limits.PDF_MOST_CHARACTERS:,} characters or stretches of text")
            _write(as_data(page), answers)


def _write(data: object, answers: BinaryIO) -> None:
    answers.write(json.dumps(data, separators=(",", ":")).encode() + b"\n")
    answers.flush()


def limit_memory(megabytes: int) -> None:
    """Let this process use so much more memory than it has now, where the system can do that; dying leaves no file."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = _address_space() + megabytes * 1024 * 1024
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))


def _address_space() -> int:
    """The bytes of addresses in use, 0 where the system does not tell."""
    import os

    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
