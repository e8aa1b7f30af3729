"""The labels that number headings and measures, or stand for a number: 一、 （一） 1. （1） ① 第一， 一是 第一章 ——.

Some name what they number: 【重点任务1】, 任务一：.

The order of levels is that of GB/T 9704-2012 §7.3.3: 一、 （一） 1. （1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum

from yaodian.extraction.numerals import HAN, parse
from yaodian.extraction.scanning import matches_from
from yaodian.patterns import compiled


class Style(IntEnum):
    """Label styles, in the order of their usual level; ``HEADED`` has no label, only a heading."""

    CHAPTER = 0
    SECTION = 1
    HAN_COMMA = 2
    ASPECT = 3
    HAN_BRACKET = 4
    ARABIC = 5
    DECIMAL = 6
    ARABIC_BRACKET = 7
    CIRCLED = 8
    ORDINAL = 9
    SHI = 10
    HEADED = 11
    DASH = 12


IN_WORDS = (Style.SHI, Style.ORDINAL)
"""The styles that count in words: 一是 and 第一，."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label in the text: ``start``..``end`` covers it with its separator; ``name`` is what it says (一, 12)."""

    style: Style
    name: str
    printed: str
    ordinal: int | None
    start: int
    end: int
    at_line_start: bool

    @property
    def doubled(self) -> bool:
        """Whether the label is printed twice over (一一、)."""
        return self.printed != self.name


_HAN = rf"[{HAN}]"
_TASKS = "任务|工程|行动|举措|措施|项目"
_BULLETS = "●◆■▲★►•"
_KINDS_OF_TASK = "重点|主要|具体|专项|工作"
_PATTERNS: tuple[tuple[Style, str], ...] = (
    (Style.CHAPTER, rf"第(?P<{{}}>{_HAN}{{{{1,4}}}}|\d{{{{1,2}}}})(?:章|篇|编|部分)[、，：:.．]?"),
    (Style.SECTION, rf"第(?P<{{}}>{_HAN}{{{{1,4}}}}|\d{{{{1,2}}}})节[、，：:.．]?"),
    (
        Style.ASPECT,
        rf"(?P<{{}}>第{_HAN}{{{{1,2}}}})个?(?:方面|大?任务|问题|重点|环节)(?:工作)?[，,、：:]"
        rf"(?:(?:就)?是|要)?",
    ),
    (Style.HAN_BRACKET, rf"[（(〔]\s?(?P<{{}}>{_HAN}(?:[^\S\n]?{_HAN}){{{{0,2}}}})\s?[)）〕][、.．]?"),
    (
        Style.HAN_COMMA,
        rf"(?:(?P<{{}}>{_HAN}{{{{1,4}}}}|[—－](?=、))(?:[、．]|[.](?!\d))|【(?P<{{}}b>{_HAN}{{{{1,3}}}})】[、.．]?)",
    ),
    (Style.ARABIC_BRACKET, r"(?:[（(]\s?(?P<{}>[0-9０-９]{{1,2}})\s?[)）]|(?P<{}b>[0-9０-９]{{1,2}})[)）])[、.．]?"),
    (
        Style.ARABIC,
        r"(?:(?P<{}>[0-9０-９]{{1,3}})(?:[、．，]|[^\S\n]?[.](?![0-9０-９])|[^\S\n][、．])"
        rf"|“[^”\n]{{{{2,8}}}}”之(?P<{{}}d>{_HAN}{{{{1,3}}}})[：:]"
        rf"|【[^】\n]{{{{0,4}}}}(?:{_TASKS})(?P<{{}}b>[0-9０-９]{{{{1,3}}}}|{_HAN}{{{{1,3}}}})】"
        rf"|(?:{_KINDS_OF_TASK})?(?:{_TASKS})(?P<{{}}c>[0-9０-９]{{{{1,3}}}}|{_HAN}{{{{1,3}}}})(?:[：:、．]|[^\S\n]{{{{1,4}}}}(?=[\u4e00-\u9fff“]{{{{2}}}})))",
    ),
    (
        Style.DECIMAL,
        r"(?<![^\n])(?P<{}>\d{{1,2}}[.．]\d{{1,2}})(?:、|(?=[^\S\n]))(?=[^\S\n]*(?![万亿倍个])[\u4e00-\u9fff“])",
    ),
    (Style.CIRCLED, r"(?P<{}>[①-⑳❶-❿])"),
    (Style.ORDINAL, rf"(?P<{{}}>第{_HAN}{{{{1,2}}}}(?=[，,、：:])|首先|其次|再次|最后)[，,、：:]?"),
    (Style.SHI, rf"(?P<{{}}>{_HAN}{{{{1,2}}}})(?:是|要)(?!否)"),
    (
        Style.DASH,
        rf"(?P<{{}}>[—–─－―-]{{{{2,6}}}}|[{_BULLETS}][^\S\n]?)(?=[\u4e00-\u9fff“])"
        rf"(?!(?:{_KINDS_OF_TASK})?(?:{_TASKS})(?:\d|{_HAN}{{{{1,3}}}}[：:、．]))",
    ),
)
_ANY = "|".join(f"(?P<{s.name}>{p.format(*[f'{s.name}_n'] * 4)})" for s, p in _PATTERNS)
_BLANK = r"[^\S\n]"
# At the start of a line or behind punctuation, but not in a ratio (15:1，);
# a Chinese numeral in brackets anywhere, an Arabic one between words.
_FIRST = compiled(
    rf"“(?=[^”\n]{{2,8}}”之{_HAN})|[{HAN}0-9０-９第（(〔【—－首其再最任工行举措项重主具专①-⑳❶-❿{_BULLETS}–─－―-]"
    rf"(?:(?<![^。；;！？!?：:，,”）)\s{_BULLETS}].)(?<![0-9０-９][：:][0-9０-９])"
    rf"|(?<=[（(])(?=[^\S\n]?{_HAN}{{1,3}}[^\S\n]?[)）])"
    r"|(?<=[\u4e00-\u9fff][1-9１-９])(?=[\d０-９]?[.．、][^\S\n]?[\u4e00-\u9fff“]))"
)
_LABEL = compiled(f"(?:{_ANY}){_BLANK}*")
# The groups that hold the number of a label of each style.
_OF_STYLE = {
    style: [name for name in _LABEL.groupindex if name.startswith(f"{style.name}_n")] for style, _ in _PATTERNS
}
_SEQUENCE_WORDS = {"首先": 1, "其次": 2, "再次": 3, "最后": None}


def labels_in(text: str, start: int, end: int) -> list[Label]:
    """Every label-like string of ``text[start:end]`` in order, at line starts and after punctuation."""
    found = [_label(match, text) for match in matches_from(_FIRST, _LABEL, text, start, end)]
    first = _LABEL.match(text, start, end)  # what stands before the start is no sentence that it would go on with
    if first is not None and not (found and found[0].start == start):
        found = [_label(first, text), *found]
    return _below_plain(found, text)


def _below_plain(labels: list[Label], text: str) -> list[Label]:
    """The labels where 【一】 stands for （一）: so it does below 一、."""
    own_line = [label for label in labels if label.style is Style.HAN_COMMA and label.at_line_start]
    if not 0 < sum(text[label.start] == "【" for label in own_line) < len(own_line):
        return labels
    return [
        replace(label, style=Style.HAN_BRACKET)
        if label.style is Style.HAN_COMMA and text[label.start] == "【"
        else label
        for label in labels
    ]


def _label(match: re.Match[str], text: str) -> Label:
    style = Style[match.lastgroup or ""]  # the group that closes last is the style's own
    printed = next((printed for name in _OF_STYLE[style] if (printed := match[name])), "")
    begin = match.start(style.name)
    name = _undoubled("".join(printed.split()), style)
    return Label(style, name, printed, _ordinal(name, style), begin, match.end(), starts_line(text, begin))


def starts_line(text: str, offset: int) -> bool:
    """Whether nothing but blanks and bullets stands before the offset on its line."""
    while offset > 0 and text[offset - 1] != "\n" and (text[offset - 1].isspace() or text[offset - 1] in _BULLETS):
        offset -= 1
    return offset == 0 or text[offset - 1] == "\n"


def _undoubled(printed: str, style: Style) -> str:
    """一一 → 一: an automatic number followed by a typed one; 十一, 二十 and 十十 stay as they are read."""
    half = len(printed) // 2
    if style in (Style.HAN_COMMA, Style.HAN_BRACKET) and len(printed) % 2 == 0 and printed[:half] == printed[half:]:
        return printed[:half]
    return printed


def _ordinal(name: str, style: Style) -> int | None:
    if style is Style.CIRCLED:
        return ord(name) - (0x2460 if "①" <= name <= "⑳" else 0x2776) + 1
    if name in _SEQUENCE_WORDS:
        return _SEQUENCE_WORDS[name]
    if style is Style.DASH:
        return None
    if name in ("—", "－"):
        return 1
    if style is Style.DECIMAL:  # 2.3 is the third below 2
        name = name.replace("．", ".").rpartition(".")[2]
    value = parse(name.removeprefix("第"))
    return None if value is None else int(value)
