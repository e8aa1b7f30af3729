"""Plans, corpora and maps as Jupyter shows them: HTML in which the words of documents stay words.

See "Rich display" in the documentation of IPython: what has ``_repr_html_`` is shown by what that gives.
"""

from __future__ import annotations

from yaodian.notebook.frames import Frame
from yaodian.notebook.tables import corpus_html, plan_html

__all__ = ["Frame", "corpus_html", "plan_html"]
