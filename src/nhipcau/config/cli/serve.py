from __future__ import annotations

import click

from nhipcau.config.cli.words import say


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, threads: int) -> None:
    """Serve the desk."""
    import os

    import waitress

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.config.settings")
    from nhipcau.config.wsgi import application

    say(f"http://{host}:{port}/")
    # Forwarding headers are believed from nobody: behind a proxy on this machine the operator sets --host to loopback.
    waitress.serve(application, host=host, port=port, threads=threads, ident=None, clear_untrusted_proxy_headers=True)
