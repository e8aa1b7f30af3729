"""Findings as JSON: the files that were checked, and everything that is known of each finding."""

from __future__ import annotations

import json
from collections.abc import Sequence

from yaodian.checking.formats.checked import Checked
from yaodian.checking.report import as_data
from yaodian.checking.scores import score_data
from yaodian.locales import Language


def write(checked: Sequence[Checked], language: Language) -> bytes:
    """The drafts with their SHA-256, and all findings, in ``language``."""
    files = [
        {
            "file": one.document.source,
            "sha256": one.document.sha256,
            "findings": len(one.findings),
            **one.accepted,
            "score": score_data(one.plan),
        }
        for one in checked
    ]
    findings = [as_data(one.document, finding, language) for one in checked for finding in one.findings]
    text = json.dumps({"files": files, "findings": findings}, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace") + b"\n"
