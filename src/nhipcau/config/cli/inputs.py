"""What the commands of the engine share: their inputs, the hosts they may reach, their worker processes."""

from __future__ import annotations

import contextlib
import math
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nhipcau.config.cli.failures import WrongUsageError
from nhipcau.config.cli.words import gettext as _
from nhipcau.newswire.words import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from nhipcau.newswire.fetch import Fetcher


class FolderName(click.Path):
    """A folder's name. An empty one, as a variable that was never set gives it, would mean the folder we are in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The name as a ``Path``; fails where it is empty."""
        if value == "":
            self.fail("", param, ctx)
        return super().convert(value, param, ctx)


FOLDER = FolderName(path_type=Path)


def engine_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """INPUT..., ``--jobs``, ``--allow-host``, ``--quiet``, ``--json``."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help=gettext_noop("End with one line of JSON that sums up.")),
        click.option("--quiet", "-q", is_flag=True, help=gettext_noop("Show no progress.")),
        click.option(
            "--allow-host",
            "allow_hosts",
            multiple=True,
            metavar="HOST",
            help=gettext_noop("Host (name or name:port) that may be read although its address is private."),
        ),
        click.option(
            "--jobs",
            type=click.IntRange(min=1),
            metavar="N",
            help=gettext_noop("Worker processes; without it, one for each processor."),
        ),
        click.argument("inputs", nargs=-1, required=True, metavar="INPUT..."),
    ):
        function = option(function)
    return function


def checked_inputs(inputs: Sequence[str]) -> list[str]:
    """The inputs, each an address or something that is there, and not every one of them of an unknown kind."""
    from nhipcau.newswire.sources.addresses import is_web_address
    from nhipcau.newswire.sources.kinds import Kind, kind_of

    unknown = 0
    for name in inputs:
        path = Path(name)
        if is_web_address(name):
            continue
        if not name or not path.exists():
            raise WrongUsageError(_("There is no file or folder %(name)s.") % {"name": name or '""'})
        if not (path.is_file() or path.is_dir()):
            # A pipe can be read once, and what it is must be seen before it is read.
            raise WrongUsageError(_("%(name)s is neither a file nor a folder.") % {"name": name})
        # What cannot be opened is named in the digest, like any other bad file among good ones.
        with contextlib.suppress(OSError):
            unknown += path.is_file() and kind_of(path, path.name) is Kind.UNKNOWN
    if unknown == len(inputs):
        raise WrongUsageError(_("%(name)s is of no kind that can be read.") % {"name": ", ".join(inputs)})
    return list(inputs)


def fetcher_for(allow_hosts: Sequence[str]) -> AbstractContextManager[Fetcher]:
    """A fetcher that may also reach these hosts, and those that the operator's environment allows."""
    from nhipcau.newswire.fetch import Fetcher

    allowed = {host for host in os.environ.get("NHIPCAU_ALLOW_HOSTS", "").split(",") if host}
    return Fetcher(allow_hosts=frozenset(allowed | set(allow_hosts)), pace=_pace(os.environ.get("NHIPCAU_PACE", "1")))


def _pace(text: str) -> float:
    """Seconds between two requests to one host, as the operator's environment says."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not (math.isfinite(seconds) and seconds >= 0):
        raise WrongUsageError(_("NHIPCAU_PACE is no number of seconds: %(value)s.") % {"value": text})
    return seconds
