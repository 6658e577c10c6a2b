"""``nhipcau serve``: the desk, over HTTP."""

from __future__ import annotations

import socket
from typing import Any

import click

from nhipcau.config.cli.command import SpokenCommand, options_of_every_command
from nhipcau.config.cli.processes import keep_running
from nhipcau.config.cli.words import gettext as _
from nhipcau.config.cli.words import say
from nhipcau.newswire.words import gettext_noop

#: Browsers connected at once. Each keeps its connection for two minutes after an answer, and one more than this waits
#: for another to go: of waitress's own 100 the last evening before a due day leaves nothing. A process may hold 1,024
#: files open where nobody set another limit.
CONNECTIONS = 900


@click.command(cls=SpokenCommand, add_help_option=False, help=gettext_noop("Serve the desk to browsers."))
@click.option("--host", default="127.0.0.1", help=gettext_noop("Address to listen on; 127.0.0.1 without it."))
@click.option("--port", default=8000, type=click.IntRange(1, 65535), help=gettext_noop("Port; 8000 without it."))
@click.option("--threads", default=4, type=click.IntRange(1, 64), help=gettext_noop("Requests answered at once; 4."))
@click.option(
    "--processes",
    default=1,
    type=click.IntRange(1, 64),
    help=gettext_noop("Processes that answer, each with so many threads: with PostgreSQL one for each core; 1."),
)
@click.option("--quiet", "-q", is_flag=True, help=gettext_noop("Do not say where."))
@options_of_every_command
def serve(*, host: str, port: int, threads: int, processes: int, quiet: bool, lang: str) -> None:  # noqa: ARG001 - in effect before this runs
    """Serve until stopped."""
    import waitress

    from nhipcau.config.installation import collect_static, ready, start_django
    from nhipcau.config.warming import warm

    start_django()
    ready()
    collect_static()
    from nhipcau.config.wsgi import application

    warm()
    if not quiet:
        say(_("The desk: %(address)s") % {"address": f"http://{host}:{port}/"})
    if processes == 1:
        waitress.serve(application, host=host, port=port, threads=threads, **server_options())
        return
    from django.db import connections

    connections.close_all()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family, backlog=CONNECTIONS) as door:
        door.setblocking(False)
        keep_running(
            lambda: waitress.serve(application, sockets=[door], threads=threads, **server_options()), processes
        )


def server_options() -> dict[str, Any]:
    """How waitress serves the desk, wherever it listens."""
    return {"ident": None, "connection_limit": CONNECTIONS, "asyncore_use_poll": True, **proxy_options()}


def proxy_options() -> dict[str, Any]:
    """Whose forwarding headers waitress believes: those of the proxy that ends HTTPS, otherwise nobody's.

    Without them every request seems to be plain HTTP from the proxy: each is sent to HTTPS again without end, each form
    seems to come from another site, and one person's failed sign-ins are counted against all.
    """
    from django.conf import settings

    if not settings.SECURE:
        # Left in place: that they are there tells a demonstration that a visitor is not at this machine.
        return {"clear_untrusted_proxy_headers": False}
    return {
        "trusted_proxy": settings.PROXY,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "clear_untrusted_proxy_headers": True,
    }
