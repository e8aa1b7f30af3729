"""The options that choose rules: a profile, then single rules or families."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from yaodian.checking import RuleSet, default_rules
from yaodian.checking.profiles import DEFAULT, no_rule, profile_for, shipped
from yaodian.cli.paths import NamedPath

F = TypeVar("F", bound=Callable[..., Any])


def profile_named(*, default: str | None) -> Callable[[F], F]:
    """The option that names a profile."""
    return click.option(
        "--profile",
        "profile_name",
        metavar="NAME|FILE",
        default=default,
        show_default=default is not None,
        help=f"How strict to be: {', '.join(shipped())}, or a TOML file of your own.",
    )


def own_rules(command: F) -> F:
    """The option that names files of the user's rules."""
    return click.option(
        "--rules",
        "own",
        multiple=True,
        type=NamedPath(path_type=Path, dir_okay=False),
        metavar="FILE.ttl",
        help="Your own SHACL shapes, added, or in the place of rules of the same code. Repeatable.",
    )(command)


def all_rules(own: tuple[Path, ...]) -> RuleSet:
    """The rules that come with yaodian, and the user's."""
    if not own:
        return default_rules()
    from yaodian.checking.own_rules import extended

    return extended(default_rules(), own)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the command line says of the rules."""

    profile_name: str
    own: tuple[Path, ...]
    only: tuple[str, ...]
    ignore: tuple[str, ...]

    def rules(self) -> RuleSet:
        """The rules chosen: of the profile, or those named, which apply whatever the profile leaves out."""
        every = all_rules(self.own)
        chosen = profile_for(every, self.profile_name)
        _refuse_unknown((*self.only, *self.ignore), every)
        return (chosen.weighed(every) if self.only else chosen.applied(every)).select(self.only, self.ignore)


def choosing_rules(command: F) -> F:
    """Give a command the options that choose rules; it is handed a :class:`Choice`."""

    @profile_named(default=DEFAULT)
    @own_rules
    @click.option("--rule", "only", multiple=True, metavar="CODE", help="Only this rule, or family (YD-X). Repeatable.")
    @click.option("--ignore", multiple=True, metavar="CODE", help="Not this rule, or family. Repeatable.")
    @wraps(command)
    def chosen(
        *, profile_name: str, own: tuple[Path, ...], only: tuple[str, ...], ignore: tuple[str, ...], **others: Any
    ) -> Any:
        return command(choice=Choice(profile_name, own, only, ignore), **others)

    return chosen  # type: ignore[return-value]


def _refuse_unknown(codes: tuple[str, ...], rules: RuleSet) -> None:
    for code in codes:
        if not any(rule.is_meant_by(code) for rule in rules.rules):
            raise click.BadParameter(no_rule(code, rules))
