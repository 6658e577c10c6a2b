"""The command line: ``nhipcau COMMAND``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from nhipcau.config.cli import failures, streams, words
from nhipcau.config.cli.command import SpokenGroup, options_of_every_command
from nhipcau.config.cli.words import gettext as _
from nhipcau.newswire.words import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Each command and the module that holds it, under the same name.
COMMANDS = {
    "digest": "nhipcau.config.cli.digest",
    "extract": "nhipcau.config.cli.extract",
    "explain": "nhipcau.config.cli.explain",
    "serve": "nhipcau.config.cli.serve",
    "worker": "nhipcau.config.cli.worker",
    "demo": "nhipcau.config.cli.demo",
    "intake": "nhipcau.config.cli.intake",
    "audit": "nhipcau.config.cli.audit",
    "doctor": "nhipcau.config.cli.doctor",
    "manage": "nhipcau.config.cli.manage",
}


@click.group(
    cls=SpokenGroup,
    modules=COMMANDS,
    add_help_option=False,
    help=gettext_noop("Nhịp Cầu: from raw foreign press to the morning digest, and the desk around it."),
)
@options_of_every_command
@click.version_option(package_name="nhipcau", message="%(prog)s %(version)s", help=gettext_noop("Show the version."))
def commands(lang: str) -> None:
    """See the help above: this one is for the reader of the source."""


def main(args: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 nothing usable, 2 wrong usage; docs/reference lists all."""
    given = list(sys.argv[1:] if args is None else args)
    streams.make_usable()
    words.speak(words.asked_language(given))
    try:
        # Not through click's own main: it would answer Ctrl-C and a closed pipe in words and codes of its own.
        with commands.make_context("nhipcau", given) as context:
            code = commands.invoke(context)
        sys.stdout.flush()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told in one sentence
        return _failed(error, debug="--debug" in given)
    except KeyboardInterrupt:
        goes_on = given[:1] == ["digest"]
        words.say(_("Stopped. The same command goes on where it stopped.") if goes_on else _("Stopped."))
        return failures.INTERRUPTED
    return code if isinstance(code, int) else 0


def _failed(error: Exception, *, debug: bool) -> int:
    """Say what went wrong in one sentence and give the exit code for it."""
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message())
        return failures.WRONG_USAGE
    if isinstance(error, click.ClickException):
        words.say(failures.usage_sentence(error))
        return failures.WRONG_USAGE
    if isinstance(error, BrokenPipeError):
        streams.silence_output()
        return failures.READER_GONE
    if isinstance(error, OSError) and error.filename is None and error.errno in streams.UNWRITABLE:
        streams.silence_output()
    if debug:
        raise error
    words.say(words.sentence(error))
    return failures.NOTHING_USABLE
