"""Commands whose help is told in the language in use, and a group that imports a command only when it is called."""

from __future__ import annotations

import copy
import importlib
from typing import TYPE_CHECKING, Any

import click

from nhipcau.config.cli.words import gettext as _
from nhipcau.newswire.words import LANGUAGES, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class SpokenCommand(click.Command):
    """A command whose texts are marked with ``gettext_noop`` where they are written."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help, translated when it is asked for."""
        told = copy.copy(self)
        told.help = _(self.help) if self.help else None
        told.params = [_told(param) for param in self.params]
        super(SpokenCommand, told).format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence, for the list of commands."""
        first = _(self.help).split("\n\n")[0] if self.help else ""
        return first[: 2 * limit]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=_("Usage:") + " ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of options."""
        rows = [param.get_help_record(ctx) for param in self.get_params(ctx) if isinstance(param, click.Option)]
        with formatter.section(_("Options")):
            formatter.write_dl([row for row in rows if row is not None])


class SpokenGroup(SpokenCommand, click.Group):
    """A group of commands, each in a module of its own that holds it under its name."""

    def __init__(self, *args: Any, modules: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands in the order of :attr:`modules`."""
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """Import the command: ``digest`` never loads what ``serve`` needs."""
        module = self.modules.get(cmd_name)
        if module is None:
            return None
        found: click.Command = getattr(importlib.import_module(module), cmd_name)
        return found

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of options, then that of commands."""
        super().format_options(ctx, formatter)
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, self._short(ctx, name, formatter.width)) for name in self.modules])

    def _short(self, ctx: click.Context, name: str, width: int) -> str:
        command = self.get_command(ctx, name)
        return command.get_short_help_str(width) if command else ""


def _told(param: click.Parameter) -> click.Parameter:
    told = copy.copy(param)
    if isinstance(told, click.Option) and told.help:
        told.help = _(told.help)
        # The texts say themselves what must be given and which numbers may be; click would add it in English.
        told.required, told.type = False, click.STRING
    return told


def options_of_every_command(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--lang``, ``--debug`` and ``--help``. The first two take effect before the command is even found."""
    for option in (
        click.help_option("--help", "-h", help=gettext_noop("Show this text.")),
        click.option(
            "--debug", is_flag=True, expose_value=False, help=gettext_noop("Show where an error arose, for developers.")
        ),
        click.option(
            "--lang",
            type=click.Choice(LANGUAGES),
            default=LANGUAGES[0],
            help=gettext_noop("Language of headings and messages: vi (default) or en."),
        ),
    ):
        function = option(function)
    return function
