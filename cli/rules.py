"""``yaodian rules``: the rules that check applies."""

from __future__ import annotations

import json
from pathlib import Path

import click

from yaodian.checking.handbook import as_data, handbook, listing
from yaodian.checking.profiles import profile_for
from yaodian.cli.choosing import all_rules, own_rules, profile_named
from yaodian.locales import Language, preferred

EXAMPLES = """\b
Examples:
  yaodian rules
  yaodian rules --profile strict
  yaodian rules --format md --lang en > docs/rules.md
"""


@click.command("rules", epilog=EXAMPLES)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "md"]),
    default="text",
    show_default=True,
    help="text: a list; json: everything; md: the handbook.",
)
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), help="Language; Chinese unless the locale names another language."
)
@profile_named(default=None)
@own_rules
def command(format_: str, lang: Language | None, profile_name: str | None, own: tuple[Path, ...]) -> None:
    """List the rules that check applies: code, severity, name. With --profile: those of a profile, all without.

    Exit status: 0.
    """
    language, rules = lang or preferred(), all_rules(own)
    if profile_name is not None:
        rules = profile_for(rules, profile_name).applied(rules)
    if format_ == "json":
        data = [as_data(rule, language) for rule in rules.rules]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2).encode("utf-8"))
    elif format_ == "md":
        click.echo(handbook(rules, language).encode("utf-8"), nl=False)
    else:
        click.echo("\n".join(listing(rules, language)))
