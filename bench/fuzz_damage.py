"""Damage to sound files, at random: of their bytes, and of the structures that bytes alone would never reach.

A change of bytes inside a compressed part only makes a broken part. So the parts of a zip and the streams of a PDF are
unpacked, changed and packed again; words of the format are put in where the format is looked at; and pieces of one
document are put into another.
"""

from __future__ import annotations

import copy
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from xml.etree import ElementTree


def _of_hex(words: str) -> tuple[bytes, ...]:
    return tuple(map(bytes.fromhex, words.split()))


MOST_CHANGES = 8
MOST_ELEMENTS = 5_000
WORDS: dict[str, tuple[bytes, ...]] = {
    "txt": (
        *(b"\x00", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xd8\x00", b"\x81\x30\x81\x30", b"\x80"),
        *(b"\r", b"\x1b[31m", b"\x85", b"\xe2\x80\xa8", b"\t", b"1." * 200, b"\xef\xbc\x88" * 300, b"9" * 400),
        *("一、".encode(), "（一）".encode(), "《".encode() * 50, "以上".encode(), "％".encode(), "二〇".encode() * 30),
    ),
    "html": (
        *(
            b"<div>" * 300,
            b"</div>",
            b"<table>",
            b"<tr>",
            b"</tr>",
            b"<td rowspan=65534 colspan=1000>",
            b"<td>",
            b"<li>",
        ),
        *(
            b"<ol start=99999999999999999999>",
            b"<script>",
            b"</script>",
            b"<!--",
            b"-->",
            b"<![CDATA[",
            b"<svg>",
            b"<p",
        ),
        *(
            b"<template>",
            b"<frameset>",
            b"<iframe src='file:///etc/passwd'>",
            b"<pre>",
            b"<br>",
            b"<h1>",
            b"<plaintext>",
        ),
        *(
            b"&#x110000;",
            b"&#0;",
            b"&amp" * 200,
            b"<a " + b"x=1 " * 300 + b">",
            b"<meta charset=utf-7>",
            b"\x00",
            b"\xff",
        ),
        *(b"<meta charset=utf-16>", b" style='display:none'", b" hidden", b"<title>", b"</body>", b"<select><option>"),
        *(
            b"<math><mtext><table><mglyph><style>",
            b"<ol start='\xc2\xb2'>",
            b"<td colspan='\xd9\xa3'>",
            b"<dd>",
            b"<dt>",
        ),
    ),
    "docx": (
        *(
            b"<w:p>",
            b"</w:p>",
            b"<w:r>",
            b"<w:t>",
            b"</w:t>",
            b"<w:tbl>",
            b"</w:tbl>",
            b"<w:tr>",
            b"<w:tc>",
            b"</w:tc>",
        ),
        *(
            b'<w:gridSpan w:val="99999999"/>',
            b'<w:vMerge w:val="restart"/>',
            b"<w:vMerge/>",
            b'<w:gridBefore w:val="-5"/>',
        ),
        *(
            b'<w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr>',
            b'<w:ilvl w:val="-1"/>',
            b'<w:numId w:val="0"/>',
        ),
        *(
            b'<w:start w:val="999999999"/>',
            b'<w:lvlText w:val="%1%2%3%4%9%0%"/>',
            b'<w:numFmt w:val="chineseCounting"/>',
        ),
        *(
            b'<w:fldChar w:fldCharType="begin"/>',
            b'<w:fldChar w:fldCharType="end"/>',
            b"<w:instrText>TOC</w:instrText>",
        ),
        *(b"<!DOCTYPE x>", b"&#0;", b"&lt;", b"&x;", b"<w:txbxContent>", b"<mc:AlternateContent>", b"<mc:Fallback>"),
        *(b'<w:basedOn w:val="a"/>', b'<w:sym w:char="F0B7"/>', b"<w:br/>", b"<w:del>", b"<w:moveFrom>", b"<w:sdt>"),
        *(b'TargetMode="External"', b'Target="../../../../etc/passwd"', b'Target="document.xml"', b"<w:altChunk/>"),
        *(
            b'<w:numFmt w:val="upperRoman"/>',
            b'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="-7"/></w:lvlOverride>',
        ),
        *(b"\x00", b"<![CDATA[", b"]]>", b"<?x y?>", b"<w:tbl><w:tr><w:tc>" * 20, b'xmlns:w="urn:x"', b'w:val=""'),
    ),
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
        *(
            b"/Filter[/FlateDecode/FlateDecode]",
            b"/JBIG2Decode",
            b"/JPXDecode",
            b"/Predictor 15/Columns 99999999",
            b"/Prev 0",
        ),
        *(
            b"/Width 65535/Height 65535",
            b"/Encrypt 1 0 R",
            b"/ObjStm",
            b"/ToUnicode 1 0 R",
            b" beginbfrange",
            b" 0 0 l S",
        ),
    ),
    "rtf": (
        *(b"{", b"}", b"\\'", b"\\u-1?", b"\\bin99999999 ", b"\\uc999", b"\\row", b"\\cell", b"\\trowd", b"\\cellx-5"),
        *(b"\\intbl", b"{\\*\\x", b"\\fonttbl", b"\\fcharset136", b"\\f7", b"\\ansicpg936", b"\\par", b"{" * 300),
        *(
            b"\\bin-1 ",
            b"\\u55357?",
            b"\\u-9999999999?",
            b"\\fcharset-1",
            b"\\cellx2147483647",
            b"\\nestcell",
            b"\\clvmrg",
        ),
        *(b"{\\upr{x}{\\*\\ud ", b"\\v", b"\\deleted", b"{\\footnote ", b"{\\shptxt ", b"\\uc0", b"\\cell" * 100),
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
        *(
            b"boundary*=utf-8''x%ff",
            b"charset*0*=x''",
            b"=?utf-8?b?\xff?=",
            b"--xx\r\n",
            b"--xx--",
            b"=00",
            b"=ZZ",
            b"; " * 200,
        ),
        *(
            b"Content-Type: text/html; charset=\xff\r\n",
            b"Content-Type: multipart/related; boundary=xx\r\n\r\n--xx\r\n",
        ),
    ),
    "zip": (
        *(b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"../"),
        *(
            b"\x01\x00",
            b"\x08\x00",
            b"word/document.xml",
            b".zip",
            b"PK\x06\x07",
            b"\x01\x00\x10\x00",
            b"C:\\",
            b"\\..\\",
        ),
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
        *(
            b"[a](b.c)" * 200,
            b"*" * 500,
            b"\n\n",
            b"|---|\n",
            "一、".encode(),
            b"|" * 300,
            b"> " * 200,
            b"![" * 200,
            b"\x00",
        ),
    ),
    "doc": (
        *("WordDocument".encode("utf-16-le"), "Workbook".encode("utf-16-le"), b"PowerPoint", b"{\\rtf1", b"PK\x03\x04"),
        *(
            b"%PDF-1.4 endobj",
            b"<html>",
            b"\x00" * 64,
            b"\xff\xff\xff\xff",
            b"\xfe\xff\xff\xff",
            b"MIME-Version: 1.0\n",
        ),
    ),
}
WORDS["docm"] = WORDS["docx"]
WORDS["xls"] = (
    *WORDS["doc"],
    # Records of a workbook (MS-XLS 2.3): a type, a length, and what is in it.
    *_of_hex(
        "0a000000 0908100000061000 3c00ff1f fc000800ffffffffffffffff e5000a0001000000ffff0000ff00 "
        "fd000a00feff05000000ffffff7f 03020e00050001000000ffffffffffffffff 7e020a00ffffff000f0003000040 06001600 "
        "07020500ff7f01004e 85000800 00020e00 2f000600"
    ),
)
WORDS["doc"] = WORDS["wps"] = (
    *WORDS["doc"],
    # What text has for ends of cells and fields, pictures, notes, breaks (MS-DOC 2.4.1) and how properties are changed
    # (MS-DOC 2.6): in tables, their edges, lists and levels, hidden, deleted, nested, of a style.
    *(b"\x07", b"\x07" * 70),
    *_of_hex(
        "13 14 15 01 02 05 08 0c 0d 00d8 162401 172401 08d6ff0040 08d6040002ff7f 0b46ff07 0a260c 3c0801 000801 "
        "010801 4966ffffff7f 0046ff0f 304aff0f"
    ),
)
FORMATS = tuple(WORDS)
_ZIPPED = ("docx", "docm", "zip")
_COMPOUND = ("doc", "wps", "xls")
_SECTOR = 512
_BEFORE_NAMES = ("../", "/", "C:/", "a\\..\\", "\x1b[1m", "x" * 300, "\u202e", ".zip!/")
_NUMBERS = (b"0", b"-1", b"65536", b"4294967295", b"99999999999999", b"1e30", b"0.00001", b"\xc2\xb2")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_LARGEST_STREAM = 1 << 20

Change = Callable[[bytearray, random.Random, str], None]


def damaged(seeds: list[bytes], rng: random.Random, kind: str) -> bytes:
    """One of the seeds with a few changes; now and then with a piece of another in it."""
    seed = rng.choice(seeds)
    if rng.random() < 0.1:
        seed = _spliced(seed, rng.choice(seeds), rng)
    if kind in _ZIPPED and rng.random() < 0.8:
        return _repacked(seed, rng, kind)
    if kind == "pdf" and rng.random() < 0.5:
        return _with_other_streams(seed, rng)
    if kind in _COMPOUND and rng.random() < 0.85:
        return _with_other_sectors(seed, rng, kind)
    return _changed(seed, rng, kind)


def _changed(seed: bytes, rng: random.Random, kind: str) -> bytes:
    data = bytearray(seed)
    for _ in range(rng.randint(1, MOST_CHANGES)):
        if data:
            rng.choice(CHANGES)(data, rng, kind)
    return bytes(data)


def _spliced(one: bytes, other: bytes, rng: random.Random) -> bytes:
    """The beginning of one file, and the rest of another."""
    return one[: rng.randrange(len(one))] + other[rng.randrange(len(other)) :]


def _repacked(seed: bytes, rng: random.Random, kind: str) -> bytes:
    """An archive some of whose members are changed; those of a plain archive as text, their names too."""
    try:
        with zipfile.ZipFile(BytesIO(seed)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, EOFError, RuntimeError, OSError):
        return _changed(seed, rng, kind)
    chosen = {rng.randrange(len(members)) for _ in range(rng.randint(1, 3))} if members else set()
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for number, (name, content) in enumerate(members):
            changed = number in chosen and content
            before = rng.choice(_BEFORE_NAMES) if changed and kind == "zip" and rng.random() < 0.3 else ""
            archive.writestr(f"{before}{name}" or "x", _other_part(content, rng, kind) if changed else content)
    return buffer.getvalue()


def _other_part(content: bytes, rng: random.Random, kind: str) -> bytes:
    """A changed member; most parts of a Word file stay sound XML, or hardly any would be read to their end."""
    if kind == "zip":
        return _changed(content, rng, "txt")
    if rng.random() < 0.25:
        return _changed(content, rng, kind)
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError:
        return _changed(content, rng, kind)
    for _ in range(rng.randint(1, MOST_CHANGES)):
        rng.choice(TREE_CHANGES)(list(root.iter()), rng)
    return ElementTree.tostring(root, rng.choice(("utf-8", "utf-8", "utf-16", "gb18030")))


def _drop_element(elements: list[ElementTree.Element], rng: random.Random) -> None:
    parent = rng.choice(elements)
    if len(parent):
        parent.remove(rng.choice(list(parent)))


def _copy_element(elements: list[ElementTree.Element], rng: random.Random) -> None:
    """Put a copy of an element somewhere else, or itself with all in it where that makes no circle."""
    chosen, target = rng.choice(elements), rng.choice(elements)
    for _ in range(rng.choice((1, 1, 1, 5, 30))):
        if len(elements) + sum(1 for _ in chosen.iter()) < MOST_ELEMENTS:
            target.insert(rng.randint(0, len(target)), copy.deepcopy(chosen))


def _nest_element(elements: list[ElementTree.Element], rng: random.Random) -> None:
    """Put copies of an element into one another."""
    chosen = rng.choice(elements)
    for _ in range(rng.choice((1, 3, 12, 60))):
        outer = ElementTree.Element(chosen.tag, chosen.attrib)
        outer.extend(list(chosen))
        chosen[:] = [outer]


def _rename_element(elements: list[ElementTree.Element], rng: random.Random) -> None:
    rng.choice(elements).tag = rng.choice(elements).tag


def _other_value(elements: list[ElementTree.Element], rng: random.Random) -> None:
    """Give an attribute another value: of another attribute, a number beyond its range, nothing."""
    described = [element for element in elements if element.attrib]
    if described:
        attributes = rng.choice(described).attrib
        name = rng.choice(list(attributes))
        values = list(rng.choice(described).attrib.values())
        attributes[name] = rng.choice(
            (*values, "-1", "0", "8", "9", "99", "2147483648", "9" * 30, "", "%1%2%9", "²", "x" * 500)
        )


def _drop_value(elements: list[ElementTree.Element], rng: random.Random) -> None:
    described = [element for element in elements if element.attrib]
    if described:
        attributes = rng.choice(described).attrib
        del attributes[rng.choice(list(attributes))]


def _other_words(elements: list[ElementTree.Element], rng: random.Random) -> None:
    words = ("", "\n", "\t", "一、", "（一）", "1.", "HYPERLINK", "PAGE", "TOC", "\u202e", "《", "9" * 400, "😀")
    rng.choice(elements).text = rng.choice(words)


TREE_CHANGES = (
    *(_drop_element, _copy_element, _copy_element, _nest_element, _rename_element),
    *(_other_value, _other_value, _other_value, _drop_value, _other_words),
)


def _with_other_streams(seed: bytes, rng: random.Random) -> bytes:
    """A PDF some of whose streams are changed as they are when unpacked; its table of objects is wrong afterwards."""
    streams = list(_STREAM.finditer(seed))
    if not streams:
        return _changed(seed, rng, "pdf")
    chosen = rng.choice(streams)
    try:
        content = zlib.decompressobj().decompress(chosen[1], _LARGEST_STREAM)
        made = zlib.compress(_changed(content, rng, "pdf"), 1)
    except zlib.error:
        made = _changed(chosen[1], rng, "pdf")
    return seed[: chosen.start(1)] + made + seed[chosen.end(1) :]


def _with_other_sectors(seed: bytes, rng: random.Random, kind: str) -> bytes:
    """A compound file (MS-CFB) changed within its streams, at its length: their directory and table stay sound."""
    data = bytearray(seed)
    structure = _structure(seed)
    places = _places(seed)
    for _ in range(rng.choice((1, 1, 2, 3, MOST_CHANGES)) if places else 0):
        start = rng.choice(places)
        end = min(start + rng.choice((2, 8, 40, 300)), len(data))
        end = next((at for at in range(start, end) if at // _SECTOR - 1 in structure), end)
        piece = data[start:end]
        rng.choice(CHANGES)(piece, rng, kind)
        data[start:end] = piece[: end - start].ljust(end - start, b"\x00")
    return bytes(data)


@lru_cache(256)
def _places(seed: bytes) -> list[int]:
    """Where something stands in the streams of a compound file: much of it is empty."""
    structure = _structure(seed)
    return [at for at in range(_SECTOR, len(seed)) if seed[at] and at // _SECTOR - 1 not in structure]


@lru_cache(256)
def _structure(seed: bytes) -> frozenset[int]:
    """The sectors of a compound file that hold its tables and directory (MS-CFB 2.2), of a small one with one table."""
    held = set()
    with suppress(struct.error):  # of a file that is spliced
        (table,) = struct.unpack_from("<I", seed, 76)
        held.add(table)
        for at in (48, 60):
            (sector,) = struct.unpack_from("<I", seed, at)
            while _SECTOR * (sector + 1) < len(seed) and sector not in held:
                held.add(sector)
                (sector,) = struct.unpack_from("<I", seed, _SECTOR * (table + 1) + 4 * sector)
    return frozenset(held)


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
        data[start:end] = rng.choice(_NUMBERS)


def _set_field(data: bytearray, rng: random.Random, kind: str) -> None:
    """Write a number of two, four or eight bytes, as the heads of binary formats have them."""
    form = rng.choice("HIQ")
    size = struct.calcsize(form)
    if len(data) > size:
        top = (1 << 8 * size) - 1
        at = rng.randrange(len(data) - size)
        data[at : at + size] = struct.pack(f"<{form}", rng.choice((0, 1, top, top >> 1, top - 1, min(top, len(data)))))


def _insert(data: bytearray, rng: random.Random, kind: str) -> None:
    at = rng.randrange(len(data) + 1)
    data[at:at] = rng.choice(WORDS[kind])


def _insert_at_tag(data: bytearray, rng: random.Random, kind: str) -> None:
    """Put a word of the format between two of its tags or lines, where it is a word."""
    places = [found.end() for found in re.finditer(rb">|\n|\}", data[: 1 << 18])]
    at = rng.choice(places) if places else 0
    data[at:at] = rng.choice(WORDS[kind])


def _drop_tag(data: bytearray, rng: random.Random, kind: str) -> None:
    tags = [found.span() for found in re.finditer(rb"<[^<>]{1,300}>|\\[a-z]+-?\d*|/[A-Za-z]+", data[: 1 << 18])]
    if tags:
        start, end = rng.choice(tags)
        del data[start:end]


def _truncate(data: bytearray, rng: random.Random, kind: str) -> None:
    del data[rng.randrange(len(data)) :]


CHANGES: tuple[Change, ...] = (
    *(_flip, _flip, _cut, _double, _move, _enlarge, _enlarge, _set_field, _insert, _insert),
    *(_insert_at_tag, _insert_at_tag, _insert_at_tag, _drop_tag, _drop_tag, _truncate),
)


def _stretch(data: bytearray, rng: random.Random) -> tuple[int, int]:
    start = rng.randrange(len(data))
    return start, min(len(data), start + rng.choice((1, 4, 30, 300, 3000)))
