"""Damage real structures at random and read them: no traceback, no hang, no memory beyond the limits.

    python bench/fuzz_reading.py [FORMAT...] [--inputs 20000] [--seed 1] [--keep FOLDER]

Formats: pdf, rtf, mht, zip, md. Each input is one of the tests' fixtures with a few changes: flipped, cut, doubled or
swapped bytes, numbers made huge, words of the format put in. An input counts as a crash where anything but a
``ReadingError`` comes out, and as slow beyond 5 seconds; ``--keep`` writes such inputs down. Exits with 1 on any.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import fuzz_seeds

from yaodian.corpus.sources import find_sources
from yaodian.errors import ReadingError
from yaodian.reading import read, read_bytes
from yaodian.reading.pdf import asking

SLOW = 5.0
MOST_CHANGES = 8
WORDS: dict[str, tuple[bytes, ...]] = {
    "pdf": (
        *(
            b" Tf",
            b" Td",
            b" Tm",
            b" cm",
            b" re",
            b" Do",
            b" BT",
            b" ET",
            b"/Kids[",
            b"/Parent 1 0 R",
            b"/Length 99999999",
        ),
        *(
            b"/FlateDecode",
            b"endstream",
            b"endobj",
            b"stream\n",
            b"/Rotate 90",
            b"/MediaBox[0 0 1e9 1e9]",
            b"<<",
            b">>",
        ),
        *(
            b" 1e38",
            b" -0",
            b"/Type/Pages",
            b"/Count 999999999",
            b"xref",
            b"trailer",
            b"[" * 400,
            b"(" * 400,
            b" q" * 400,
        ),
    ),
    "rtf": (
        *(b"{", b"}", b"\\'", b"\\u-1?", b"\\bin99999999 ", b"\\uc999", b"\\row", b"\\cell", b"\\trowd", b"\\cellx-5"),
        *(b"\\intbl", b"{\\*\\x", b"\\fonttbl", b"\\fcharset136", b"\\f7", b"\\ansicpg936", b"\\par", b"{" * 300),
    ),
    "mht": (
        *(
            b"\r\n\r\n",
            b"--",
            b'Content-Type: multipart/mixed; boundary=""\r\n',
            b"charset=utf-7",
            b"boundary*0=x",
            b"=\r\n",
        ),
        *(
            b"Content-Transfer-Encoding: base64\r\n",
            b"<table><tr><td rowspan=99999>",
            b"<div>" * 300,
            b"&#x110000;",
            b"\x00",
        ),
    ),
    "zip": (
        *(b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"../"),
        *(b"\x01\x00", b"\x08\x00", b"word/document.xml", b".zip"),
    ),
    "md": (
        *(
            b"**",
            b"[",
            b"](",
            b"`",
            b"#",
            b"> ",
            b"- ",
            b"|",
            b"<!--",
            b"-->",
            b"---\n",
            b"\\",
            b"~~",
            b"_",
            b"<br>",
            b"\xff",
        ),
        *(b"[a](b.c)" * 200, b"*" * 500, b"\n\n", b"|---|\n", "一、".encode()),
    ),
}
Change = Callable[[bytearray, random.Random, str], None]


def _flip(data: bytearray, rng: random.Random, kind: str) -> None:
    for _ in range(rng.randint(1, 6)):
        data[rng.randrange(len(data))] = rng.randrange(256)


def _cut(data: bytearray, rng: random.Random, kind: str) -> None:
    start, end = _stretch(data, rng)
    del data[start:end]


def _double(data: bytearray, rng: random.Random, kind: str) -> None:
    start, end = _stretch(data, rng)
    data[start:start] = data[start:end] * rng.choice((1, 1, 3, 40))


def _move(data: bytearray, rng: random.Random, kind: str) -> None:
    start, end = _stretch(data, rng)
    piece = bytes(data[start:end])
    del data[start:end]
    at = rng.randrange(len(data) + 1)
    data[at:at] = piece


def _enlarge(data: bytearray, rng: random.Random, kind: str) -> None:
    numbers = list(re.finditer(rb"\d+", data[: 1 << 20]))
    if numbers:
        start, end = rng.choice(numbers).span()
        data[start:end] = rng.choice((b"0", b"-1", b"65536", b"4294967295", b"99999999999999", b"1e30", b"0.00001"))


def _insert(data: bytearray, rng: random.Random, kind: str) -> None:
    at = rng.randrange(len(data) + 1)
    data[at:at] = rng.choice(WORDS[kind])


def _truncate(data: bytearray, rng: random.Random, kind: str) -> None:
    del data[rng.randrange(len(data)) :]


CHANGES: tuple[Change, ...] = (_flip, _flip, _cut, _double, _move, _enlarge, _enlarge, _insert, _insert, _truncate)


def _stretch(data: bytearray, rng: random.Random) -> tuple[int, int]:
    start = rng.randrange(len(data))
    return start, min(len(data), start + rng.choice((1, 4, 30, 300, 3000)))


def damaged(seed: bytes, rng: random.Random, kind: str) -> bytes:
    """A seed with a few changes."""
    data = bytearray(seed)
    for _ in range(rng.randint(1, MOST_CHANGES)):
        if data:
            rng.choice(CHANGES)(data, rng, kind)
    return bytes(data)


def run(kind: str, inputs: int, seed: int, keep: Path | None) -> tuple[Counter[str], float]:
    """Read so many damaged inputs; what came out, and the longest time that one took."""
    rng = random.Random(f"{kind}-{seed}")
    seeds = fuzz_seeds.seeds(kind)
    found: Counter[str] = Counter()
    longest = 0.0
    for number in range(inputs):
        data = damaged(rng.choice(seeds), rng, kind)
        started = time.perf_counter()
        try:
            outcome = _read(data, kind)
        except ReadingError as error:
            outcome = "refused" if "\n" not in str(error) else "refused in several lines"
        except Exception as error:
            outcome = f"crash: {type(error).__name__}: {error}"[:120]
        took = time.perf_counter() - started
        longest = max(longest, took)
        if took > SLOW:
            outcome = f"slow: {outcome}"
        found[outcome] += 1
        if keep and outcome not in ("read", "refused"):
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{number}.{kind}").write_bytes(data)
    return found, longest


def _read(data: bytes, kind: str) -> str:
    """Read an input; of an archive each document."""
    if kind != "zip":
        read_bytes(data, f"plan.{kind}")
        return "read"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plans.zip")
        path.write_bytes(data)
        for source in find_sources([path], Path(folder, "out")).sources:
            read(source.path)
    return "read"


def _memory() -> tuple[int, int]:
    """The megabytes that this process and those it started have taken at most."""
    for worker in asking._running:
        worker.end()
    used = (resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    own, others = used
    return own, others


def main() -> int:
    """Run all formats asked for; 1 where any input crashed, hung, or took too much memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", choices=[*WORDS, []], default=[])
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    told = parser.parse_args()
    bad = 0
    for kind in told.formats or WORDS:
        found, longest = run(kind, told.inputs, told.seed, told.keep)
        own, others = _memory()
        print(f"{kind}: {sum(found.values())} inputs, longest {longest:.2f} s, memory {own} MB, workers {others} MB")
        for outcome, count in found.most_common():
            print(f"  {count:6} {outcome}")
        bad += sum(count for outcome, count in found.items() if outcome not in ("read", "refused"))
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
