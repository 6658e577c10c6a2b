"""The demonstration from start to stop."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

from nhipcau.config.cli.words import gettext as _
from nhipcau.config.cli.words import say
from nhipcau.config.demo import state as states
from nhipcau.config.demo.supervisor import (
    Children,
    DemoError,
    environment,
    free_port,
    wait_until_answering,
    watch,
)
from nhipcau.config.newsroom import Newsroom
from nhipcau.newswire.sentences import Sentence

if TYPE_CHECKING:
    from pathlib import Path

    from nhipcau.config.demo.state import DemoState

#: Where the first sample outlet answers; the others follow on the next addresses, all on one port.
NEWSROOM_HOST, NEWSROOM_PORT = "127.0.10.1", 8790


def run(*, home: Path, port: int, opml: Path | None, lang: str) -> str | None:
    """Run until told to stop; the name of a child that ended by itself, or None.

    Raises:
        DemoError: it could not be prepared or started.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as open_things:
        newsroom, state = (None, _own_sources(home)) if opml else _newsroom(home, open_things)
        if newsroom is not None:
            opml = home / "sources.opml"
            opml.write_text(newsroom.opml(), encoding="utf-8")
        # Saved before anything is prepared: a demonstration stopped halfway can be recognised and thrown away.
        states.save(home, state)
        env = environment(
            home=home, allow_hosts=newsroom.hosts if newsroom else frozenset(), sample=newsroom is not None
        )
        code = states.code_fingerprint()
        if state.code != code:
            _prepare(opml, env, lang)
            states.save(home, dataclasses.replace(state, code=code))
        desk = free_port(port)
        children = Children()
        open_things.callback(children.stop)
        children.start("serve", ["serve", "--quiet", "--port", str(desk), "--lang", lang], env)
        children.start("worker", ["worker", "--lang", lang], env)
        wait_until_answering(desk, children)
        _tell(desk, newsroom)
        return watch(children)


def _own_sources(home: Path) -> DemoState:
    return states.load(home) or states.fresh(NEWSROOM_PORT)


def _newsroom(home: Path, open_things: ExitStack) -> tuple[Newsroom, DemoState]:
    """The sample newsroom, listening; on the port it had before, since stored addresses name it."""
    state = states.load(home)
    if state is None:
        state = states.fresh(free_port(NEWSROOM_PORT, NEWSROOM_HOST))
    try:
        newsroom = Newsroom(until=state.last_day, port=state.newsroom_port)
    except OSError as error:
        sentence = Sentence(
            "The sample newsroom needs port {port} on 127.0.10.1 and its neighbours: {reason}. "
            "Stop what uses it, or start afresh with nhipcau demo --reset.",
            port=state.newsroom_port,
            reason=error.strerror or error,
        )
        raise DemoError(sentence) from error
    return open_things.enter_context(newsroom), state


def _prepare(opml: Path | None, env: dict[str, str], lang: str) -> None:
    say(_("Preparing the demonstration: tables, organisations, people, collecting, digest ..."))
    arguments = [sys.executable, "-m", "nhipcau.config.demo.prepare", "--opml", str(opml), "--lang", lang]
    done = subprocess.run(arguments, env=env, check=False)  # noqa: S603 - our own program, no shell
    if done.returncode:
        raise DemoError(Sentence("The demonstration could not be prepared; what went wrong stands above."))


def _tell(port: int, newsroom: Newsroom | None) -> None:
    lines = [
        "Nhịp Cầu · DỮ LIỆU MẪU",
        "",
        _("The desk: %(address)s") % {"address": f"http://127.0.0.1:{port}/"},
        _("Sign in with one click as a sample person; the digest is on the first screen."),
    ]
    if newsroom is not None:
        lines.append(_("The sample newsroom: %(address)s") % {"address": f"{newsroom.outlets[0][1]}/"})
    say("\n".join(["", *(f"  {line}" for line in [*lines, _("Stop: Ctrl-C")]), ""]))
