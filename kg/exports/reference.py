"""The generated part of ``docs/exports.md``: ``python -m yaodian.exports.reference docs`` brings it up to date.

It tells the columns of the tables, which properties hold words of documents, and the servers whose addresses are known.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from yaodian.corpus.prefixes import shortened
from yaodian.exports.publishing import text_properties
from yaodian.exports.rows import tables
from yaodian.ontology import lexicon
from yaodian.ontology.reference import renew, with_part

FILES = {"en": "exports.md", "zh": "exports.zh.md"}
_BEGIN = "<!-- generated: begin {} -->"
_WORDS = {
    "en": {
        "columns": ("Column", "Type", "What it is"),
        "texts": ("Property", "On", "Stays up to"),
        "servers": ("`--server`", "Query", "Graph Store", "Update"),
        "never": "never",
        "characters": "{} characters",
    },
    "zh": {
        "columns": ("列", "类型", "含义"),
        "texts": ("属性", "所属的类", "保留的长度"),
        "servers": ("`--server`", "查询", "图存储", "更新"),
        "never": "不保留",
        "characters": "{} 个字符以内",
    },
}


def parts(language: str) -> dict[str, str]:
    """The generated parts of the page, by name."""
    words = _WORDS[language]
    return {
        "columns": "\n".join(_columns(language)),
        "texts": "\n".join(_table(words["texts"], _texts(language))),
        "servers": "\n".join(_table(words["servers"], _servers())),
    }


def updated(page: str, language: str) -> str:
    """The page with its generated parts brought up to date."""
    for name, text in parts(language).items():
        page = with_part(page, text, _BEGIN.format(name))
    return page


def _columns(language: str) -> Iterator[str]:
    for table in tables().values():
        yield from (f"**`{table.name}`** – {table.zh if language == 'zh' else table.en}", "")
        rows = ((f"`{c.name}`", c.type, c.zh if language == "zh" else c.en) for c in table.columns)
        yield from (*_table(_WORDS[language]["columns"], rows), "")


def _texts(language: str) -> Iterator[tuple[str, ...]]:
    words = _WORDS[language]
    for name, (classes, limit) in sorted(text_properties().items(), key=lambda told: (told[1][1], told[0])):
        of = ", ".join(f"`{shortened(class_)}`" for class_ in sorted(classes))
        yield f"`{shortened(name)}`", of, str(words["characters"]).format(limit) if limit else str(words["never"])


def _servers() -> Iterator[tuple[str, ...]]:
    for name, endings in lexicon("endpoints").items():
        yield (
            f"`{name}`",
            *(f"URL`{endings[key]}`" if endings[key] else "URL" for key in ("query", "graph-store", "update")),
        )


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    named = tuple(heads)
    yield from (_row(named), _row("---" for _ in named))
    yield from map(_row, rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    renew(FILES, updated, *sys.argv[1:])
