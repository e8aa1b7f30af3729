"""``yaodian explain``: one rule in full."""

from __future__ import annotations

from pathlib import Path

import click

from yaodian.checking.handbook import explanation, similar
from yaodian.checking.language import words
from yaodian.cli.choosing import all_rules, own_rules
from yaodian.errors import YaodianError
from yaodian.locales import Language, preferred

EXAMPLES = """\b
Examples:
  yaodian explain YD-N04
  yaodian explain YD-T01 --lang en
"""


@click.command("explain", epilog=EXAMPLES)
@click.argument("code")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), help="Language; Chinese unless the locale names another language."
)
@own_rules
def command(code: str, lang: Language | None, own: tuple[Path, ...]) -> None:
    """Explain one rule: what it checks, why, the source, examples.

    CODE is what check prints (YD-N04). Exit status: 0 explained, 2 there is no such rule.
    """
    language, rules = lang or preferred(), all_rules(own)
    rule = rules.get(code)
    if rule is None:
        said, near = words(language), similar(rules, code)
        hint = said["similar"].format(codes=", ".join(near)) if near else said["nothing_similar"]
        raise YaodianError(said["unknown"].format(code=code) + hint + said["all_rules"])
    click.echo("\n".join(explanation(rule, language)))
