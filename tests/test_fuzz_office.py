"""Old Office files, damaged: LibreOffice turns many at a time, and what it dies or stalls at is found and told apart."""

from __future__ import annotations

import os
import random
import stat
import sys
from pathlib import Path

import office
import pytest

from yaodian.errors import ReadingError
from yaodian.reading import legacy, limits, read_bytes

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
import fuzz_office
from fuzz_damage import damaged

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le")
SAYS = """#!/bin/sh
while [ "$1" != --outdir ]; do shift; done
made="$2"; shift 2; mkdir -p "$made"
for file; do
  if grep -qa DEADLY "$file"; then kill -s ABRT $$
  elif grep -qa ENDLESS "$file"; then sleep 60
  elif grep -qa BROKEN "$file"; then echo 'Error: source file could not be loaded' >&2
  else name=$(basename "$file"); made_of="$made/${name%.*}.rtf"
    echo "convert $file -> $made_of using filter : x"; printf %s '{\\rtf1 plan}' > "$made_of"
  fi
done
"""


@pytest.mark.skipif(os.name == "nt", reason="the program is a shell script")
def test_a_file_at_which_libreoffice_dies_or_stalls_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text(SAYS)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(legacy, "office", lambda: str(program))
    monkeypatch.setattr(fuzz_office, "PATIENCE", 1.0)
    monkeypatch.setattr(limits, "OFFICE_SECONDS", 0.1)
    monkeypatch.setattr(fuzz_office, "MOST_FILES", 3)
    words = ("", "BROKEN", "DEADLY", "", "", "BROKEN", "", "ENDLESS", "", "DEADLY")
    inputs = {f"{number}": OLD + word.encode() for number, word in enumerate(words)}
    found = fuzz_office.turn(inputs, tmp_path)
    assert found.alone == {"2": "died", "7": "stalled", "9": "died"}
    assert found.files == len(words)
    for name, data in inputs.items():
        monkeypatch.setattr(legacy, "_converted", fuzz_office.reading_of(name, tmp_path))
        if data == OLD:
            assert read_bytes(data, "plan.doc").text == "plan"
        else:
            why = "took too long" if b"ENDLESS" in data else "cannot open"
            with pytest.raises(ReadingError, match=rf"^plan\.doc: .*{why}.*$"):
                read_bytes(data, "plan.doc")


@pytest.mark.parametrize("kind", ["doc", "xls"])
def test_damaged_old_files_of_real_structure_are_read_or_refused(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.program()
    seeds = fuzz_office.seeds(kind, tmp_path / "seeds")
    inputs = {f"{n}": damaged(seeds, random.Random(f"test-{kind}-{n}"), kind) for n in range(25)}
    fuzz_office.turn(inputs, tmp_path)
    texts = []
    for name, data in inputs.items():
        monkeypatch.setattr(legacy, "_converted", fuzz_office.reading_of(name, tmp_path))
        try:
            texts.append(read_bytes(data, f"plan.{kind}").text)
        except ReadingError as error:
            assert len(str(error).splitlines()) == 1
    assert sum("学" in text for text in texts) > len(inputs) / 5
