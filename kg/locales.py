"""The reader's language, as the locale names it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal

Language = Literal["zh", "en"]
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_NEUTRAL = ("", "C", "POSIX")


def preferred(environment: Mapping[str, str] = os.environ, otherwise: Language = "zh") -> Language:
    """Chinese where the locale names it, English where it names another, ``otherwise`` where it names none."""
    for variable in _VARIABLES:
        name = environment.get(variable, "").split(":")[0].split(".")[0]
        if name not in _NEUTRAL:
            return "zh" if name.lower().startswith("zh") else "en"
    return otherwise
