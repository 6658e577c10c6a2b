"""``nhipcau explain``: why the engine said what it said."""

from __future__ import annotations

import click

from nhipcau.config.cli.command import SpokenGroup, options_of_every_command
from nhipcau.newswire.words import gettext_noop


@click.group(
    cls=SpokenGroup,
    modules={
        "story": "nhipcau.config.cli.explain_story",
        "article": "nhipcau.config.cli.explain_tags",
        "tag": "nhipcau.config.cli.explain_tags",
    },
    add_help_option=False,
    help=gettext_noop("Say why the engine said what it said."),
)
@options_of_every_command
def explain(*, lang: str) -> None:
    """See the help above."""
