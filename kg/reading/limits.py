"""How much a file may ask for: every limit of the readers, each with what it guards.

A file beyond one of them is refused with an error that names the limit, or what is beyond it is left out and reported.
They are far above what documents have.
"""

from __future__ import annotations

from yaodian.errors import ReadingError

LARGEST_FILE = 50 * 1024 * 1024
"""The bytes of a file, of a document in an archive, and of what comes out of a pipe or device."""
PIPE_SECONDS = 60.0
"""How long a pipe or device may give nothing."""
PIPE_SECONDS_WITHOUT_WRITER = 2.0
"""How long a pipe may have nobody who writes to it."""
TEXT_MOST_CHARACTERS = 2_000_000
"""The characters of a document's text, whatever its format."""
TEXT_MOST_LINES = 100_000
"""The lines of a document's text: each is looked at several times however short it is."""

HTML_MOST_ELEMENTS = 100_000
"""The elements of a web page."""
HTML_MOST_ATTRIBUTES = 2_000_000
"""The attributes of all elements, or what may be some: the blanks, slashes and quotation marks between words."""
HTML_DEEPEST = 10_000
"""How deep elements may nest: what browsers nest deeper than 512 they put side by side."""
TABLE_MOST_MERGED = 100
"""The rows, and the columns, that a cell is believed to cover."""
TABLE_MOST_COLUMNS = 1_000
"""The columns of a table; a wider one is no table, and its cells are words on a line."""

ZIP_MOST_PARTS = 10_000
"""The files in an archive: its directory is read as a whole before any of them."""
ZIP_LARGEST_UNPACKED = 64 * 1024 * 1024
"""The bytes that all files read from an archive may come to, unpacked."""
ZIP_LARGEST_RATIO = 200
"""How many times its packed size a file may have unpacked."""
ZIP_RATIO_COUNTS_FROM = 1024 * 1024
"""Unpacked bytes below which any ratio is allowed: short files of blanks pack well."""
XML_DEEPEST = 200
"""How deep elements may nest: they are walked over recursively."""
XML_MOST_ELEMENTS = 1_000_000
"""The elements of all XML files in a document: each costs time and memory however short it is."""
XML_MOST_ATTRIBUTES = 2_000_000
"""The attributes of all XML files in a document."""
XML_MOST_PREFIXES = 500
"""The namespace prefixes in force at once."""
WORD_DEEPEST_TABLES = 8
"""How deep tables may nest within tables: text in deeper ones is taken for text of the cell around them."""
WORD_LONGEST_LABEL = 60
"""The characters of an automatic number that are kept: one definition can number every paragraph."""
WORD_LONGEST_CHAIN = 50
"""How many styles may be based on one another, and lists linked to one another."""
PDF_MOST_PAGES = 2000
"""The pages of a PDF."""
PDF_MOST_CHARACTERS = 5_000_000
"""The characters of a PDF: its layout is worked out in memory."""
PDF_MOST_RUNS = 300_000
"""The separate stretches of text in a PDF."""
PDF_MOST_OBJECTS = 50_000
"""The objects of a page that are searched for the lines of tables."""
PDF_MOST_RULES = 5_000
"""The lines drawn on a page that are taken for those of tables."""
PDF_SECONDS = 4.0
"""How long a PDF may keep its reader waiting, …"""
PDF_SECONDS_A_PAGE = 0.02
"""… and so much longer for each of its pages."""
PDF_MEGABYTES = 700
"""The memory that reading a PDF may take, where the system can limit it."""
PDF_MOST_CROSSINGS = 400_000
"""The pairs of a level and an upright line on a page; beyond it the page's lines make no tables."""
PDF_MOST_CELLS = 20_000
"""The places of a grid; a larger one is no table."""

RTF_MOST_MARKS = 3_000_000
"""The marks and stretches of words of an RTF document."""
RTF_DEEPEST_GROUPS = 500
"""How deep the groups of an RTF document may nest."""

MHT_MOST_PARTS = 5_000
"""The parts of a web archive: pictures, styles and pages."""
MHT_DEEPEST_PARTS = 4
"""How deep parts may hold parts."""
MHT_LONGEST_HEAD = 64 * 1024
"""The bytes of a part's head."""
MHT_MOST_PARAMETERS = 100
"""The semicolons in a part's head: what stands between two of them takes the longer to read the more there are."""

ARCHIVE_MOST_MEMBERS = 5_000
"""The files in an archive of documents."""
ARCHIVE_LARGEST_UNPACKED = 1024 * 1024 * 1024
"""The bytes that all documents of an archive may come to, unpacked; they are read one after the other."""

OFFICE_SECONDS_TO_START = 60.0
"""How long LibreOffice may take to start."""
OFFICE_SECONDS = 3.0
"""The seconds of work that LibreOffice may then put into a document, …"""
OFFICE_SECONDS_A_MEGABYTE = 8.0
"""… so many more for each megabyte of it, …"""
OFFICE_MOST_SECONDS = 90.0
"""… and no more in all."""
OFFICE_TIMES_ON_THE_CLOCK = 5
"""By the clock it may take so many times longer: others are at work, it waits, or the clock is all that is told."""
OFFICE_LARGEST_RESULT = 50 * 1024 * 1024
"""The bytes of what it makes of one."""


def beyond(what: str) -> ReadingError:
    """The error that a source goes beyond a limit, with what to do; ``what`` names the limit."""
    return ReadingError(f"{what}; split it, or save the plan by itself")


def check_text(text: str) -> None:
    """``ReadingError`` where a text is longer than documents are."""
    if len(text) > TEXT_MOST_CHARACTERS:
        raise beyond(f"its text has more than {TEXT_MOST_CHARACTERS:,} characters")
    if text.count("\n") >= TEXT_MOST_LINES:
        raise beyond(f"its text has more than {TEXT_MOST_LINES:,} lines")
