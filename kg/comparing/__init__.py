"""Comparing: cities side by side, what was promised against what was reported, one plan against another.

Every row that comes out names the words that it rests on, and why two statements were taken for one matter.
"""

from __future__ import annotations

from yaodian.comparing.cities import compare
from yaodian.comparing.plans import PlanDifference, differences
from yaodian.comparing.sheets import Sheet
from yaodian.comparing.statements import Statement, statements
from yaodian.comparing.tracking import Followed, track

__all__ = ["Followed", "PlanDifference", "Sheet", "Statement", "compare", "differences", "statements", "track"]
