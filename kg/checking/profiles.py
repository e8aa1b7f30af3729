"""Profiles: which rules a check applies, and how severely (``shapes/profiles.toml``, or a user's own TOML file)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from yaodian.checking.rules import Rule, RuleSet, Severity
from yaodian.errors import YaodianError, listed, shown

DEFAULT = "draft"
_KEYS = ("base", "label", "least", "on", "off", "severity")
_FILE = ".toml"


class ProfileError(YaodianError):
    """A profile that does not exist, or whose file is broken."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A choice among rules. ``on`` and ``off`` hold codes, beginnings of codes, or families.

    ``where`` says in errors what the profile is called: its name, or its file.
    """

    where: str
    base: Profile | None
    labels: Mapping[str, str]
    least: Severity | None
    on: tuple[str, ...]
    off: tuple[str, ...]
    severities: tuple[tuple[str, Severity], ...]

    def applied(self, rules: RuleSet) -> RuleSet:
        """The rules that the profile keeps, with the severities that it gives."""
        chosen = self._chosen(rules)
        return replace(rules, rules=tuple(chosen[code] for code in sorted(chosen)))

    def weighed(self, rules: RuleSet) -> RuleSet:
        """All rules, with the severities that the profile gives."""
        below = self.base.weighed(rules) if self.base else rules
        return replace(rules, rules=tuple(self._with_severity(rule) for rule in below.rules))

    def _chosen(self, rules: RuleSet) -> dict[str, Rule]:
        below = self.base.applied(rules).rules if self.base else rules.rules
        kept = {rule.code: rule for rule in below if self.least is None or rule.severity >= self.least}
        kept = {code: rule for code, rule in kept.items() if not rule.is_meant_by(*self.off)}
        taken = {rule.code: rule for rule in self.weighed(rules).rules if rule.is_meant_by(*self.on)}
        return {code: self._with_severity(rule) for code, rule in {**kept, **taken}.items()}

    def _with_severity(self, rule: Rule) -> Rule:
        given = [severity for name, severity in self.severities if rule.is_meant_by(name)]
        return replace(rule, severity=given[-1]) if given else rule

    def refuse_unknown(self, rules: RuleSet) -> None:
        """``ProfileError`` where the profile names a rule that there is not."""
        for key, mentioned in (("on", self.on), ("off", self.off), ("severity", [n for n, _ in self.severities])):
            for name in mentioned:
                if not any(rule.is_meant_by(name) for rule in rules.rules):
                    raise ProfileError(f"{self.where}: {key}: {no_rule(name, rules)}")


def no_rule(name: str, rules: RuleSet) -> str:
    """That nothing is called so, and what there is instead."""
    from yaodian.checking.handbook import similar

    if not name.strip():
        return "an empty code names no rule; yaodian rules lists them all"
    near = similar(rules, name)
    hint = f"did you mean {', '.join(near)}? " if near else ""
    families = sorted({rule.family for rule in rules.rules})
    return (
        f"no rule begins with {shown(name)}; {hint}yaodian rules lists them all; the families are: {listed(families)}"
    )


def profile(name: str) -> Profile:
    """The profile that comes with yaodian by that name, or the one in a file; ``ProfileError`` where there is none."""
    if name.endswith(_FILE) or "/" in name or "\\" in name:
        return _of_file(Path(name))
    return _shipped(name)


def profile_for(rules: RuleSet, name: str) -> Profile:
    """The profile of that name; ``ProfileError`` where there is none, or its file names a rule that there is not."""
    chosen = profile(name)
    if name not in shipped():
        chosen.refuse_unknown(rules)
    return chosen


def shipped() -> tuple[str, ...]:
    """The names of the profiles that come with yaodian."""
    return tuple(_table())


def in_profile(rules: RuleSet, name: str = DEFAULT) -> RuleSet:
    """The rules of a profile."""
    return profile(name).applied(rules)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("yaodian.shapes").joinpath("profiles.toml").read_text("utf-8"))


@cache
def _shipped(name: str) -> Profile:
    if name not in _table():
        raise ProfileError(
            f"there is no profile {shown(name)}; there are: {listed(shipped(), ', ')}, or a file (…{_FILE})"
        )
    return _read(_table()[name], f"the profile {name}", None)


def _of_file(path: Path) -> Profile:
    where = shown(str(path))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProfileError(f"{where}: not in UTF-8 (byte {error.start})") from error
    except (OSError, ValueError) as error:
        raise ProfileError(f"{where}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    try:
        return _read(tomllib.loads(text), where, DEFAULT)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{where}: not valid TOML: {error}") from error


def _read(table: Mapping[str, Any], where: str, usual_base: str | None) -> Profile:
    for key in table:
        if key not in _KEYS:
            raise ProfileError(f"{where}: there is no key {shown(key)}; there are: {', '.join(_KEYS)}")
    base = table.get("base", usual_base)
    if base is not None and base not in shipped():
        raise ProfileError(f"{where}: base: there is no profile {base!r}; there are: {', '.join(shipped())}")
    return Profile(
        where=where,
        base=_shipped(base) if base else None,
        labels=dict(_mapping(table, "label", where)),
        least=_severity(table["least"], f"{where}: least") if "least" in table else None,
        on=_names(table, "on", where),
        off=_names(table, "off", where),
        severities=tuple(
            (code, _severity(word, f"{where}: severity of {shown(code)}"))
            for code, word in _mapping(table, "severity", where).items()
        ),
    )


def _mapping(table: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise ProfileError(f'{where}: {key}: a table is wanted, [{key}] with lines such as "YD-X11" = "warning"')
    return value


def _names(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ProfileError(f'{where}: {key}: a list is wanted, such as ["YD-X11", "text"]')
    return tuple(value)


def _severity(word: object, where: str) -> Severity:
    words = {severity.word: severity for severity in Severity}
    if not isinstance(word, str) or word not in words:
        raise ProfileError(f"{where}: there is no severity {word!r}; there are: {', '.join(words)}")
    return words[word]
