"""What goes wrong on the command line, as one sentence each."""

from __future__ import annotations

import click

from nhipcau.config.cli.words import gettext as _

#: Nothing usable came of it; the command was given wrongly; the person stopped it; the reader of the output went away.
NOTHING_USABLE, WRONG_USAGE, INTERRUPTED, READER_GONE = 1, 2, 130, 141


class WrongUsageError(click.UsageError):
    """The command was given wrongly; its text is the whole sentence, in the language in use."""


def usage_sentence(error: click.ClickException) -> str:
    """The sentence for an error that click found in the command as it was given."""
    if isinstance(error, WrongUsageError):
        return error.message
    if isinstance(error, click.NoSuchOption):
        return _("There is no option %(name)s.") % {"name": error.option_name}
    if isinstance(error, click.exceptions.NoSuchCommand):
        return _("There is no command %(name)s: see nhipcau --help.") % {"name": error.command_name}
    if isinstance(error, click.BadOptionUsage):
        return _("%(name)s needs a value.") % {"name": error.option_name}
    if isinstance(error, click.BadParameter):
        return _parameter_sentence(error)
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "nhipcau"
    return _("This is not how the command is given: see %(command)s --help.") % {"command": command}


def _parameter_sentence(error: click.BadParameter) -> str:
    param = error.param
    name = "" if param is None else param.opts[0]
    if isinstance(param, click.Argument) and error.ctx is not None:
        name = param.make_metavar(error.ctx)
    values = {"name": name.strip("[].")}
    if isinstance(error, click.MissingParameter):
        return _("%(name)s is missing.") % values
    kind = None if param is None else param.type
    if isinstance(kind, click.Choice):
        return _("%(name)s takes one of: %(choices)s.") % {**values, "choices": ", ".join(kind.choices)}
    if isinstance(kind, click.IntRange):
        return _("%(name)s takes a whole number from %(least)s on.") % {**values, "least": kind.min}
    return _("%(name)s cannot be used as it was given.") % values
