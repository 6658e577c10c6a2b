"""``nhipcau demo``: everything at once on this machine, with sample data or with the operator's own sources."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import click

from nhipcau.config.cli.command import SpokenCommand, options_of_every_command
from nhipcau.config.cli.failures import NOTHING_USABLE, WrongUsageError
from nhipcau.config.cli.words import gettext as _
from nhipcau.config.cli.words import say, sentence
from nhipcau.newswire.words import gettext_noop


@click.command(
    cls=SpokenCommand,
    add_help_option=False,
    help=gettext_noop(
        "Open a desk on this machine with sample people and a digest.\n\n"
        "Without --opml it collects from a sample newsroom that it starts on loopback; all its outlets are invented."
    ),
)
@click.option("--port", default=8000, type=click.IntRange(1, 65535), help=gettext_noop("Port of the desk; 8000."))
@click.option("--opml", metavar="FILE", help=gettext_noop("Collect from the feeds of this list instead."))
@click.option("--reset", is_flag=True, help=gettext_noop("Throw the demonstration's data away, and stop."))
@options_of_every_command
def demo(*, port: int, opml: str | None, reset: bool, lang: str) -> int:
    """Prepare where needed, start the processes, say where to click, and wait."""
    from nhipcau.config.demo.run import run
    from nhipcau.config.demo.supervisor import DemoError

    home = (Path(os.environ.get("NHIPCAU_HOME", "var")) / ("demo-own-sources" if opml else "demo")).resolve()
    if reset:
        return _reset(home)
    if opml and not Path(opml).is_file():
        raise WrongUsageError(_("There is no file or folder %(name)s.") % {"name": opml})
    try:
        ended = run(home=home, port=port, opml=Path(opml).resolve() if opml else None, lang=lang)
    except DemoError as error:
        say(sentence(error))
        return NOTHING_USABLE
    if ended:
        say(_("%(name)s stopped by itself; everything else was stopped too.") % {"name": f"nhipcau {ended}"})
        return NOTHING_USABLE
    return 0


def _reset(home: Path) -> int:
    if not home.exists():
        say(_("There is no demonstration to throw away."))
    elif (home / "demo.json").exists():
        shutil.rmtree(home)
        say(_("The demonstration's data is gone; the next start prepares it again."))
    else:
        # Only what a demonstration made is removed, whatever NHIPCAU_HOME points to.
        raise WrongUsageError(_("%(folder)s holds no demonstration; nothing was removed.") % {"folder": home})
    return 0
