"""What is wrong, said on the error stream: one line, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from yaodian.locales import Language


def complain(message: str, lang: Language | None = None) -> None:
    """Say what is wrong: in ``lang``, else Chinese where the locale is, else English, which scripts go by."""
    from yaodian.filenames import shown_line

    click.echo(f"yaodian: {in_words(' '.join(shown_line(message).split()), lang)}", err=True)


def in_words(message: str, lang: Language | None = None) -> str:
    """The message in ``lang``, else in the language of the locale, else in English."""
    from yaodian.locales import preferred
    from yaodian.reasons import reason

    return reason(message, lang or preferred(otherwise="en"))
