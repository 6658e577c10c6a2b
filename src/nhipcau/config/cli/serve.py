"""``nhipcau serve``: the desk, over HTTP."""

from __future__ import annotations

import click

from nhipcau.config.cli.command import SpokenCommand, options_of_every_command
from nhipcau.config.cli.words import gettext as _
from nhipcau.config.cli.words import say
from nhipcau.newswire.words import gettext_noop


@click.command(cls=SpokenCommand, add_help_option=False, help=gettext_noop("Serve the desk to browsers."))
@click.option("--host", default="127.0.0.1", help=gettext_noop("Address to listen on; 127.0.0.1 without it."))
@click.option("--port", default=8000, type=click.IntRange(1, 65535), help=gettext_noop("Port; 8000 without it."))
@click.option("--threads", default=4, type=click.IntRange(1, 64), help=gettext_noop("Requests answered at once; 4."))
@click.option("--quiet", "-q", is_flag=True, help=gettext_noop("Do not say where."))
@options_of_every_command
def serve(*, host: str, port: int, threads: int, quiet: bool, lang: str) -> None:  # noqa: ARG001 - in effect before this runs
    """Serve until stopped."""
    import waitress

    from nhipcau.config.installation import ready, start_django

    start_django()
    ready()
    from nhipcau.config.wsgi import application

    if not quiet:
        say(_("The desk: %(address)s") % {"address": f"http://{host}:{port}/"})
    # Forwarding headers are believed from nobody; whoever sets up a proxy tells the application what it needs to know.
    waitress.serve(application, host=host, port=port, threads=threads, ident=None, clear_untrusted_proxy_headers=False)
