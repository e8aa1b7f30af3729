"""Old Office documents (.doc, .wps, .xls, .et): LibreOffice turns them into RTF or a page, where it is installed.

It works in a folder of its own that is deleted afterwards, with a profile that runs no macros, updates no links and
has no way to the network. Before the document it is given a word of ours: once that is turned it has started, which
may take long for reasons that lie elsewhere. From then on it is ended where it works too long; over some damaged
documents it never ends.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from yaodian.errors import NotYetSupportedError, ReadingError
from yaodian.reading import limits
from yaodian.reading.extracted import Extracted

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
MADE = "made"
"""Where what LibreOffice makes lies within a folder that it was given."""
_LOOKED_AFTER = 0.25
"""Each so many seconds it is looked how much LibreOffice has written."""
_SESSION, _TIMES = 3, slice(11, 15)
"""Where proc(5) has a process's session, and the time of it and of its children, counted from what follows its name."""
_NO_PROXY = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")


@dataclass(frozen=True, slots=True)
class Legacy:
    """A kind of old document: its name for people, its file ending, what it is turned into; a small file beside it."""

    named: str
    suffix: str
    target: str
    small: tuple[str, str]
    """The ending and the content of a file that is opened and turned by the same parts of LibreOffice."""

    def result(self, stem: str) -> str:
        """The name of what is made of a file."""
        return f"{stem}.{self.target.partition(':')[0]}"


WRITER = Legacy("an old Word document (doc)", ".doc", "rtf:Rich Text Format", (".rtf", r"{\rtf1 .}"))
CALC = Legacy("an old Excel workbook (xls)", ".xls", "html:HTML (StarCalc)", (".csv", "."))


def read_doc(data: bytes) -> Extracted:
    """Read a .doc or .wps by way of LibreOffice; ``NotYetSupportedError`` where that is not installed."""
    from yaodian.reading.rtf import read_rtf

    return read_rtf(_converted(data, WRITER))


def read_xls(data: bytes) -> Extracted:
    """Read a .xls or .et by way of LibreOffice; ``NotYetSupportedError`` where that is not installed."""
    from yaodian.reading.html import read_html

    return read_html(_converted(data, CALC))


def office() -> str | None:
    """Where LibreOffice is, None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def start(
    sources: Sequence[Path], kind: Legacy, folder: Path, output: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start LibreOffice on files of a kind; all that it writes, its profile too, goes into a new ``folder``.

    ``NotYetSupportedError`` where it is not installed.
    """
    program = office()
    if program is None:
        raise NotYetSupportedError(
            f"this is {kind.named}: reading it needs LibreOffice, which is not installed; or save the plan as .docx"
        )
    _make_profile(folder / "profile")
    (folder / "scratch").mkdir()
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    told = ["--convert-to", kind.target, "--outdir", str(folder / MADE), *map(str, sources)]
    return subprocess.Popen(
        [program, "--headless", "--norestore", "--nolockcheck", profile, *told],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=os.environ | _NO_PROXY | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder / "scratch")),
        start_new_session=True,  # elsewhere than on POSIX it means nothing
    )


def result(name: str, kind: Legacy, folder: Path) -> bytes:
    """What LibreOffice has made of a file of that name; ``ReadingError`` where it made nothing, or too much."""
    made = folder / MADE / kind.result(name)
    if not made.is_file():
        raise ReadingError(f"this is {kind.named} that LibreOffice cannot open: damaged, or with a password")
    _check_size(made.stat().st_size)
    return made.read_bytes()


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program and what it started."""
    with suppress(OSError):
        if sys.platform == "win32":
            tree = ["taskkill", "/F", "/T", "/PID", f"{process.pid}"]
            subprocess.run(tree, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()  # which does nothing where it has ended
    process.wait()


def _converted(data: bytes, kind: Legacy) -> bytes:
    with tempfile.TemporaryDirectory(prefix="yaodian-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        suffix, content = kind.small
        small, source = folder / f"small{suffix}", folder / f"plan{kind.suffix}"
        small.write_text(content, "utf-8")
        source.write_bytes(data)
        process = start([small, source], kind, folder)
        try:
            _wait_for_start(process, folder / MADE / kind.result("small"))
            _wait(process, folder / MADE, _seconds_for(len(data)))
        finally:
            end(process)
        return result("plan", kind, folder)


def _wait_for_start(process: subprocess.Popen[bytes], sign: Path) -> None:
    """Wait until there is a file; ``ReadingError`` where LibreOffice ends before, or does not make it in time."""
    until = time.monotonic() + limits.OFFICE_SECONDS_TO_START
    while time.monotonic() < until and _is_running(process):
        if sign.exists():
            return
    if not sign.exists():
        raise ReadingError("LibreOffice, which is to open it, does not start: see whether it does by itself")


def _wait(process: subprocess.Popen[bytes], made: Path, seconds: float) -> None:
    """Wait for LibreOffice; ``ReadingError`` where it works longer than that, or writes more than is read."""
    until = time.monotonic() + seconds * limits.OFFICE_TIMES_ON_THE_CLOCK
    most = _worked(process.pid) + seconds
    while _is_running(process):
        _check_size(_largest(made))
        if time.monotonic() > until or _worked(process.pid) > most:
            raise ReadingError("LibreOffice took too long over it: damaged, or open it there and save it as .docx")


def _seconds_for(size: int) -> float:
    """The seconds of work that a document of so many bytes is worth."""
    more = limits.OFFICE_SECONDS_A_MEGABYTE * size / (1 << 20)
    return min(limits.OFFICE_SECONDS + more, limits.OFFICE_MOST_SECONDS)


def _is_running(process: subprocess.Popen[bytes]) -> bool:
    """Whether a program runs still after a moment."""
    try:
        process.wait(_LOOKED_AFTER)
    except subprocess.TimeoutExpired:
        return True
    return False


def _worked(session: int) -> float:
    """The seconds of processor time that a session's processes have taken; 0 where there is no proc(5) to tell."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            told = path.read_text("utf-8", "replace").rpartition(")")[2].split()
            if int(told[_SESSION]) == session:
                ticks += sum(map(int, told[_TIMES]))
    return ticks / os.sysconf("SC_CLK_TCK") if ticks else 0.0


def _largest(folder: Path) -> int:
    """The bytes of the largest file in a folder, which may come and go; 0 where there is no folder yet."""
    with suppress(OSError):
        return max((path.stat().st_size for path in folder.iterdir()), default=0)
    return 0


def _check_size(size: int) -> None:
    if size > limits.OFFICE_LARGEST_RESULT:
        raise ReadingError(f"this document becomes larger than {limits.OFFICE_LARGEST_RESULT >> 20} MB")


def _make_profile(folder: Path) -> None:
    """A profile in which documents can do nothing beyond being read."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    (folder / "user" / "registrymodifications.xcu").write_text(f"{head}{items}</oor:items>\n", "utf-8")
