"""The limits of the server: one table (``ontology/lexicons/settings.toml``) has them all, and nothing else."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, fields

from yaodian.errors import YaodianError
from yaodian.ontology import lexicon


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server grants its clients; what each means stands in the table."""

    timeout: int
    workers: int
    waiting: int
    memory: int
    rows: int
    bytes: int
    request: int
    patience: int
    shown: int
    recycle: int


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table."""

    name: str
    default: int
    least: int
    most: int
    unit: str
    zh: str
    en: str


def table() -> tuple[Setting, ...]:
    """The settings that there are, in the table's order."""
    return tuple(Setting(name, **row) for name, row in lexicon("settings").items())


def settings(changes: Iterable[str] = ()) -> Settings:
    """The defaults with ``changes`` like ``timeout=30``; ``YaodianError`` for one that cannot be."""
    values = {setting.name: setting.default for setting in table()}
    for change in changes:
        name, value = _parsed(change)
        values[name] = value
    return Settings(**{field.name: values[field.name] for field in fields(Settings)})


def _parsed(change: str) -> tuple[str, int]:
    name, equals, text = (part.strip() for part in change.partition("="))
    if not equals:
        raise YaodianError(f"--set {change}: write a setting as NAME=VALUE")
    known = {setting.name: setting for setting in table()}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}"
        raise YaodianError(f"--set {name}: there is no such setting; {hint}")
    setting = known[name]
    if not (text.isascii() and text.isdecimal()) or not setting.least <= int(text[:12]) <= setting.most:
        raise YaodianError(f"--set {name}: a whole number from {setting.least} to {setting.most} is wanted, not {text}")
    return name, int(text)
