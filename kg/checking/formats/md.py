"""Findings as Markdown (CommonMark, with tables of GitHub's): a chapter for each draft, a list for each work item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from yaodian.checking.findings import Finding
from yaodian.checking.formats.checked import Checked, heading
from yaodian.checking.report import summary
from yaodian.filenames import readable
from yaodian.locales import Language
from yaodian.ontology import lexicon
from yaodian.patterns import compiled
from yaodian.rdf.serialise import without_surrogates
from yaodian.terminal import visible

_MARKS = compiled(r"[\\`*_\[\]<>#|~&]|^[-+=]|^\d{1,9}(?=[.)])")
_LONGEST_QUOTE = 60


def write(checked: Sequence[Checked], language: Language) -> bytes:
    """All drafts as one page."""
    said = lexicon("review")[language]
    lines = [f"# {said['page_title']}", ""]
    for one in checked:
        lines += _chapter(one, said, language)
    return without_surrogates("\n".join(lines).rstrip() + "\n").encode()


def _chapter(one: Checked, said: Mapping[str, str], language: Language) -> Iterator[str]:
    yield f"## {plain(one.title)}"
    yield ""
    yield plain(summary(readable(one.document.source), one.findings, language))
    yield ""
    for item, findings in one.by_item:
        yield f"### {plain(heading(item)) if item else said['outside']}"
        yield ""
        yield from (_entry(finding, said, language) for finding in findings)
        yield ""


def _entry(finding: Finding, said: Mapping[str, str], language: Language) -> str:
    severity, message = said[finding.severity.word], plain(finding.message(language))
    lines = [f"- **{severity}** `{finding.code}` {finding.place} {message}"]
    lines.append(f"  > {plain(_cut(finding.quote))}")
    lines.append("")
    lines.append(f"  {said['advice']}: {plain(finding.advice(language))}")
    return "\n".join(lines)


def _cut(quote: str) -> str:
    return quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]}…"


def plain(words: str) -> str:
    """Words of a document as they are, on one line: nothing in them marks anything up."""
    return _MARKS.sub(_escaped, visible(words).strip())


def _escaped(match: re.Match[str]) -> str:
    """A mark of Markdown after a backslash; of a number that would begin a list, what follows it."""
    return f"{match[0]}\\" if match[0].isdecimal() else f"\\{match[0]}"
