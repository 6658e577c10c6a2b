"""``nhipcau worker``: background work, as the tables say it is due."""

from __future__ import annotations

import click

from nhipcau.config.cli.command import SpokenCommand, options_of_every_command
from nhipcau.newswire.words import gettext_noop


@click.command(
    cls=SpokenCommand, add_help_option=False, help=gettext_noop("Do the background work: collect, make the digest.")
)
@options_of_every_command
def worker(*, lang: str) -> None:  # noqa: ARG001 - in effect before this runs
    """Work until stopped."""
    from nhipcau.config.installation import ready, start_django

    start_django()
    ready()
    from django.utils.module_loading import autodiscover_modules
    from huey.contrib.djhuey import HUEY

    autodiscover_modules("tasks")
    # Collecting takes its time in one thread; what is due each minute goes on in the others.
    HUEY.create_consumer(workers=3, periodic=True, worker_type="thread", check_worker_health=True).run()
