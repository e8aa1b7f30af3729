"""How much a file may ask for: every limit of the readers, each with what it guards.

A file beyond one of them is refused with an error that names the limit, or what is beyond it is left out and reported.
They are far above what documents have.
"""

from __future__ import annotations

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
