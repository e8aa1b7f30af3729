"""A document's title: which lines are one, alone, broken over lines, or run into the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from yaodian.ontology import lexicon
from yaodian.patterns import compiled
from yaodian.reading.furniture import (
    addresses,
    heads_contents,
    is_contents_entry,
    is_furniture,
    is_metadata,
    is_numbered,
    is_page_number,
)
from yaodian.reading.lined import Line

TITLE_LENGTH = 80
TITLE_BLOCK_LINES = 12
NOTE_LINES = 8
"""How many lines a note that hands out a document has at most, with its signature."""
_DASHES = ("—", "-", "–", "―", "─", "－")
_SUBTITLE = compiled(
    rf"(?:{'|'.join(_DASHES)}){{1,4}}\s*[^。；\n]{{0,20}}在[^。；\n]{{2,50}}(?:会|会议|大会|培训班|仪式|座谈)上的[^。；\n]{{2,12}}"
)
_YEARS_OF_PLAN = compiled(r"[（(](?:19|20)\d{2}年?\s*[-—–－~～至]{1,2}\s*(?:19|20)\d{2}年?[)）]")
_UNDER_SPEECH = compiled(r"[（(]\s*20\d{2}\s*年\s*\d|[\u4e00-\u9fff]{2,16}(?:书记|[局厅县区市]长|主任)(?:\s|[、，]|$)")
_SLOGAN = compiled(
    r"[\u4e00-\u9fff]{3,}[\s，、][\u4e00-\u9fff]{3,}|^(?:奋力|努力|以|为|让|坚持|坚定|推动|加快|全面|聚力)"
)
_BRACKETED = compiled(r"《([^《》\n]+)》(?:[（(][^（()）]{1,20}[)）])?")
_PART = compiled(r"(?:19|20)\d{2}年度?[\u4e00-\u9fff]{0,12}$")
_YEAR = compiled(r"(?:19|20)\d{2}(?=年)")
_PAGE = compiled(r"1[、．.]\s?")
_NEXT_LINE = compiled(r"\s*\S[^\n]*")
_LETTERS = ("通知", "函", "批复", "意见")


@cache
def _title_end() -> re.Pattern[str]:
    return compiled(
        rf"{lexicon('furniture')['title_end']}(?:的(?:通知|函|报告|批复|意见))?(?:[（(][^（()）]{{1,20}}[)）])*$"
    )


@cache
def _run_in_title() -> re.Pattern[str]:
    end = lexicon("furniture")["title_end"]
    opening = (
        r"各|(?:19|20)\d{2}年|一、|[（(]一[)）]|今[年天]|一年来|近年来|去年|上半年|根据|按照|同志们|现将|我[局市县区委]"
        "|为(?:了|深入|认真|全面|进一步|切实|贯彻|落实|做好|推[动进]|加[快强]|促进|提[高升]|规范|保障|深化)"
    )
    spaced = r"\s{2}|\s(?=[\u4e00-\u9fff（(《“\d])"
    behind = rf"[\u4e00-\u9fff]{{2,6}}[〔\[（(](?:19|20)\d{{2}}|。?(?:{opening})|{spaced}"
    return compiled(rf"[^。；！，\n]{{4,{TITLE_LENGTH}}}?{end}(?:的通知)?(?={behind})")


@cache
def _issuer_end() -> re.Pattern[str]:
    return compiled(lexicon("furniture")["issuer_end"] + r"(?:[（(].{1,12}[)）])?$")


@cache
def _issuer_in_title() -> re.Pattern[str]:
    return compiled(r"(?:局|委员?会?|政府|办公[室厅]|[市县区省])(?=(?:19|20)\d{2}|关于|[XＸ×x]{2,4}年|教育)")


def behind_title(text: str, end: int) -> int:
    """Where the subtitle of a speech ends below a title that ends at ``end``; that itself where there is none."""
    line = _NEXT_LINE.match(text, end)
    return line.end() if line and _SUBTITLE.match(line[0].strip()) else end


def is_title(line: str) -> bool:
    """Whether a stripped line is the title of a document: a name with a year or an issuer, on its own."""
    if len(line) > TITLE_LENGTH or re.search("[。；！？，,]", line) or is_numbered(line):
        return False
    named = re.match(r".*(?:(?:19|20)\d{2}年|关于|[XＸ×x]{2,4}年)", line) and _issuer_in_title().search(line)
    return named is not None and _title_end().search(line) is not None


def run_in_title(line: Line, stated: str = "") -> tuple[int, int] | None:
    """The title where the whole document stands on one line: the words before its number, addressees or first year.

    Sharing sites put the number of the page before it (1、…): the line is not an item where its words are what the
    page has ``stated`` as its title, or the title of a document by their form.
    """
    page = _PAGE.match(line.text)
    start = page.end() if page else 0
    if stated and line.text.startswith(stated, start):
        return line.start + start, line.start + start + len(stated)
    match = _run_in_title().match(line.text, start)
    if match is None or (is_numbered(line.text) and not (page and is_title(match[0]))):
        return None
    return line.start + start, line.start + match.end()


def title_below_note(lines: Sequence[Line], first: int) -> tuple[int, int] | None:
    """The lines of the title below a note at the top that hands out the document by its name."""
    for i in range(first, min(first + NOTE_LINES, len(lines))):
        match = _handed_out().search(lines[i].text)
        if match and (name := match["name"]):
            below = range(i + 1, min(i + 1 + NOTE_LINES, len(lines)))
            return next((block for j in below for block in ((j, j), (j, j + 1)) if _reads(lines, block, name)), None)
    return None


def _reads(lines: Sequence[Line], block: tuple[int, int], name: str) -> bool:
    """Whether the lines of the block, taken together, are that name."""
    return without_brackets("".join(line.text for line in lines[block[0] : block[1] + 1])) == name


@cache
def _handed_out() -> re.Pattern[str]:
    return compiled(rf"《(?P<name>[^《》]+)》[^。]{{0,40}}?{lexicon('furniture')['handing_out']}")


def without_brackets(line: str) -> str:
    """The title that a whole line sets in title marks (《…规划》), else the line."""
    match = _BRACKETED.fullmatch(line)
    return match[1] if match else line


def without_subtitle(title: Sequence[Line]) -> Sequence[Line]:
    """The lines of a title without the last, where that only says what speech a slogan heads."""
    return title[:-1] if len(title) > 1 and _SUBTITLE.match(title[-1].text) else title


def title_block(lines: Sequence[Line], first: int) -> tuple[int, int] | None:
    """The lines of the title, from its first to its last: the nearest title-like line above line ``first``."""
    above = [i for i in range(first - 1, -1, -1) if not _is_contents(lines[i].text)][:TITLE_BLOCK_LINES]
    for i in above:
        line = lines[i].text
        if is_furniture(line) or is_metadata(line) or _opens_speech(lines, i):
            continue
        if _SUBTITLE.match(line) and _title_end().search(line):
            return _first_above_subtitle(lines, i), i
        if line.startswith(_DASHES):
            continue
        if len(line) <= TITLE_LENGTH and _title_end().search(without_brackets(line)):
            whole = _entitling(lines, above, i)
            below = whole + 1 < len(lines) and _YEARS_OF_PLAN.fullmatch(lines[whole + 1].text) is not None
            return _completed(lines, whole), whole + below
    return next(((_first_of_slogan(lines, i), i - 1) for i in above if _is_below_slogan(lines, i)), None)


def _opens_speech(lines: Sequence[Line], i: int) -> bool:
    """Whether line ``i`` is the first of a text below the words that address the audience, broken off as it may be."""
    return i > 0 and re.search("[，,]", lines[i].text) is not None and addresses(lines[i - 1].text)


def _entitling(lines: Sequence[Line], above: Sequence[int], i: int) -> int:
    """The line of the title: ``i``, or the one above it of whose document it heads a part (2023年工作总结)."""
    part = lines[i].text
    if not _PART.match(part) or _issuer_in_title().search(part):
        return i
    return next((j for j in above if j < i and _has_part(lines[j].text, part)), i)


def _has_part(line: str, part: str) -> bool:
    """Whether a line is a title of more than ``part``; a notice is none, what it forwards has its own title below."""
    if not is_title(line) or line.endswith(_LETTERS):
        return False
    return part not in line or len(set(_YEAR.findall(line))) > 1


def _first_above_subtitle(lines: Sequence[Line], i: int) -> int:
    """The first line of the title whose subtitle is line ``i``: right above one, a slogan may be of any words."""
    if i and _title_end().search(lines[i - 1].text):
        return i - 1
    top = _first_of_slogan(lines, i)
    return i - 1 if top == i and i and _may_be_slogan(lines[i - 1].text) else top


def _first_of_slogan(lines: Sequence[Line], i: int) -> int:
    """The first line of the slogan that a speech is titled by, whose subtitle or speaker is line ``i``."""
    top = i
    while top and i - top < 2 and _is_slogan(lines[top - 1].text):
        # Lines of one slogan are alike; what stands on top of all is part of it in any case.
        if top < i and top > 1 and abs(len(lines[top - 1].text) - len(lines[top].text)) > 2:
            break
        top -= 1
    return top


def _is_slogan(line: str) -> bool:
    return _may_be_slogan(line) and _SLOGAN.search(line) is not None


def _may_be_slogan(line: str) -> bool:
    """Whether a line is made as a slogan is, whatever it says."""
    if not 6 <= len(line) <= TITLE_LENGTH or re.search("[。；：:！？|]", line) or is_numbered(line):
        return False
    if _UNDER_SPEECH.match(line):
        return False
    return not (is_furniture(line) or is_metadata(line) or _is_contents(line))


def _is_below_slogan(lines: Sequence[Line], i: int) -> bool:
    """Whether line ``i`` names the speaker or the day under a slogan, and the speech begins below."""
    is_under = i > 0 and _UNDER_SPEECH.match(lines[i].text) is not None and _is_slogan(lines[i - 1].text)
    return is_under and any(addresses(line.text) for line in lines[i + 1 : i + 4])


def _is_contents(line: str) -> bool:
    return is_contents_entry(line) or heads_contents(line) or is_page_number(line)


def _completed(lines: Sequence[Line], i: int) -> int:
    """The first line of the title that ends in line ``i``: issuers and broken-off beginnings stand above it."""
    top = i
    while top and i - top < 3 and _continues(lines[top - 1].text, lines[top].text):
        top -= 1
    return top


def _continues(above: str, line: str) -> bool:
    if is_furniture(above) or is_metadata(above) or len(above) > TITLE_LENGTH or re.search("[。；！？]", above):
        return False
    if (
        re.search(r"(?:年度?|关于|印发|转发|的|、|和|及|与)$", above)
        or re.match("[及和与暨]", line)
        or line.count("》") > line.count("《")
    ):
        return True
    lacks_subject = re.match(r"(?:关于|\d{4}|[ＸX×x]{2,4}年|工作)", line) is not None
    return lacks_subject and len(above) > 3 and _issuer_end().search(above) is not None
