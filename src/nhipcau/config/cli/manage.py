"""``nhipcau manage``: Django's own administration commands, for the system owner."""

from __future__ import annotations

import click

from nhipcau.config.cli.command import SpokenCommand
from nhipcau.newswire.words import gettext_noop


@click.command(
    cls=SpokenCommand,
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    help=gettext_noop("Run one of Django's administration commands: migrate, check, shell ..."),
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="COMMAND...")
def manage(arguments: tuple[str, ...]) -> None:
    """Hand everything over."""
    from nhipcau.config.installation import start_django

    start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["nhipcau manage", *arguments])
