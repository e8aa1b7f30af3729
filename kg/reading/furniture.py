"""What a line is, told by its words alone: page furniture, metadata, an entry of the contents, text, a closing note.

Furniture is what a web site, a printer or a sharing site puts around a document. Most of its words stand in plans, too
(承办单位, 隐私, 会员): a line that is a sentence or has a number is furniture only where nothing but a site says so.
"""

from __future__ import annotations

import re
from functools import cache

from yaodian.ontology import lexicon
from yaodian.patterns import compiled

LONGEST_FURNITURE = 120
LONGEST_CLOSING = 80
LONGEST_METADATA = 160

_HAN = "[一二三四五六七八九十百零〇两]"
_HARD_NUMBER = compiled(
    rf"第(?:{_HAN}{{1,4}}|\d{{1,3}})(?:[章节篇编项条点类]|部分|[、，：:,])"
    rf"|[（(〔]\s?(?:{_HAN}{{1,3}}|\d{{1,2}})\s?[)）〕]|(?:{_HAN}{{1,4}}|\d{{1,3}})\s?(?:[、，)）]|[.．](?!\d))"
    rf"|[①-⒛㈠-㈩❶-❿]"
)
_NUMBER = compiled(
    rf"{_HARD_NUMBER.pattern}|(?:首先|其次|再次|最后)[，,]|{_HAN}{{1,2}}(?:是|要)"
    rf"|(?:任务|工程|行动|项目)(?:{_HAN}{{1,3}}|\d{{1,3}})[：:、．]|[●•■◆▲★]\s*[\u4e00-\u9fff]"
)
_STOP = compiled(r"[\u4e00-\u9fff”》）)%％\d]\s?[。；，,;]")
_FULL_STOP = compiled(r"[\u4e00-\u9fff”》）)%％\d]\s?[。；！？]")
_CONTENTS_ENTRY = compiled(r"[.…·](?:(?<=\.)\.{3,}|(?<=…)…+|(?<=·)·{3,})\s*\d*$")
_FRONT_MATTER = compiled(r"[-*#\s]*[A-Za-z][A-Za-z0-9_ -]{1,24}[:：]\s*\S")
_DATE = compiled(r"\s*\d{4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*$")
_PAGE_NUMBER = compiled(r"[-—–·－\s]*\d{1,3}[-—–·－\s]*")


@cache
def _any(key: str) -> re.Pattern[str]:
    return compiled("|".join(f"(?:{pattern})" for pattern in lexicon("furniture")[key]))


def _spaced(names: list[str]) -> str:
    return "|".join(
        r"[^\S\n]*".join(re.escape(c) for c in name) for name in sorted(names, key=lambda name: (-len(name), name))
    )


@cache
def label() -> re.Pattern[str]:
    """A label of metadata with its colon, anywhere in a line; group 1 is the label as printed."""
    return compiled(rf"(?<![\u4e00-\u9fff])({_spaced(lexicon('furniture')['labels'])})[^\S\n]*[:：]")


@cache
def _certain_label() -> re.Pattern[str]:
    names = [name for name in lexicon("furniture")["labels"] if name not in lexicon("furniture")["labels_in_text"]]
    return compiled(rf"(?<![\u4e00-\u9fff])(?:{_spaced(names)})[^\S\n]*[:：]")


def is_furniture(line: str) -> bool:
    """Whether a stripped line is page furniture."""
    if len(line) > LONGEST_FURNITURE:
        return False
    return _any("furniture").search(line) is not None or (
        not is_numbered(line) and not is_sentence(line) and _any("buttons").search(line) is not None
    )


def may_open_footer(line: str) -> bool:
    """Whether a stripped line is one that a site's footer and a plan may both have (主办单位：…)."""
    return len(line) <= LONGEST_FURNITURE and _any("footers").search(line) is not None


def may_continue_footer(line: str) -> bool:
    """Whether a stripped line is one that stands below such a line, and in plans besides (电话：…)."""
    return len(line) <= LONGEST_FURNITURE and _any("footers_below").search(line) is not None


def is_page_number(line: str) -> bool:
    """Whether a stripped line is nothing but a number such as a page has."""
    return _PAGE_NUMBER.fullmatch(line) is not None


def is_contents_entry(line: str) -> bool:
    """Whether a stripped line is an entry of a table of contents (一、总体要求……3)."""
    return _CONTENTS_ENTRY.search(line) is not None


def heads_contents(line: str) -> bool:
    """Whether a stripped line heads a table of contents."""
    return re.match(lexicon("furniture")["contents"], line) is not None


def is_metadata(line: str) -> bool:
    """Whether a stripped line begins with a label of metadata (来源：…)."""
    return len(line) < LONGEST_METADATA and label().match(line) is not None


def is_certain_metadata(line: str) -> bool:
    """Whether a stripped line is metadata wherever it stands, not perhaps a line of the text (时间：12月底前)."""
    if not is_metadata(line):
        return is_front_matter(line)
    labelled = label().match(line)
    return _certain_label().search(line) is not None or bool(labelled and _DATE.match(line, labelled.end()))


def is_front_matter(line: str) -> bool:
    """Whether a stripped line is an English key with its value (publisher: …)."""
    return _FRONT_MATTER.match(line) is not None and not is_sentence(line)


def is_numbered(line: str) -> bool:
    """Whether a stripped line begins with a number of any practice: 一、 （一） 1. １、 （1） ① 第一， 一是 …"""
    return _NUMBER.match(line) is not None


def heads_numbered(line: str) -> bool:
    """Whether a stripped line has a number such as headings have, not one that lists sentences (第一， 一是)."""
    return _HARD_NUMBER.match(line) is not None and re.match(rf"第{_HAN}{{1,4}}[，,：:、]", line) is None


def without_number(line: str) -> str:
    """The line without the number that it begins with."""
    return _NUMBER.sub("", line, count=1) if is_numbered(line) else line


def is_sentence(line: str) -> bool:
    """Whether a comma, semicolon or full stop stands behind Chinese words."""
    return _STOP.search(line) is not None


def is_full_sentence(line: str) -> bool:
    """Whether a sentence ends in the line."""
    return _FULL_STOP.search(line) is not None


def is_row(line: str) -> bool:
    """Whether a line is a row of a table: cells parted by tabs."""
    return "\t" in line.strip()


def is_letterhead(line: str) -> bool:
    """Whether a stripped line heads a page above number and title (云岭市教育局文件)."""
    return re.match(lexicon("furniture")["letterhead"], line) is not None


def addresses(line: str) -> bool:
    """Whether a stripped line says whom the document addresses (各县区教育局：)."""
    return re.match(lexicon("furniture")["salutation"], line) is not None


def closes_document(line: str) -> bool:
    """Whether a stripped line is a signature, date, number or note such as stands around a document's text."""
    return len(line) <= LONGEST_CLOSING and not is_numbered(line) and _any("closing").search(line) is not None
