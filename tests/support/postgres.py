"""A throw-away PostgreSQL cluster on a loopback port.

``python tests/support/postgres.py start`` prints a DATABASE_URL and leaves the cluster running; ``stop`` ends it and
removes it. ``pytest --database=postgres`` starts one of its own and stops it at exit.
"""

import getpass
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

#: Where ``start`` notes the cluster that ``stop`` must end.
NOTE = Path(tempfile.gettempdir()) / f"nhipcau-postgres-{getpass.getuser()}"
_SETTINGS = (
    "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c unix_socket_directories='' "
    "-c max_connections=100"
)


class UnavailableError(Exception):
    """No cluster can be started here; the sentence says why."""


def start(*, at_exit=None):
    """Start a cluster and answer its DATABASE_URL; ``at_exit`` registers the function that stops it."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="nhipcau-postgres-"))
    password, port = secrets.token_hex(16), _free_port()
    (folder / "password").write_text(password)
    account = _account(folder)
    try:
        _run(
            account,
            programs / "initdb",
            *("--pgdata", folder / "data", "--username", "nhipcau", "--pwfile", folder / "password"),
            *("--auth", "scram-sha-256", "--encoding", "UTF8", "--no-locale", "--no-sync"),
        )
        options = f"{_SETTINGS} -c listen_addresses=127.0.0.1 -c port={port}"
        log = folder / "log"
        _run(account, programs / "pg_ctl", "start", "--wait", "-D", folder / "data", "-l", log, "-o", options)
    except subprocess.CalledProcessError as error:
        reason = (error.stderr or "").strip().splitlines() or ["no reason given"]
        shutil.rmtree(folder, ignore_errors=True)
        raise UnavailableError(f"PostgreSQL did not start: {reason[-1]}") from error
    if at_exit is not None:
        at_exit(_stop, folder)
    else:
        NOTE.write_text(str(folder))
    return f"postgres://nhipcau:{password}@127.0.0.1:{port}/postgres"


def stop():
    """End the cluster that ``start`` left running; nothing happens where there is none."""
    if NOTE.exists():
        _stop(Path(NOTE.read_text()))
        NOTE.unlink()


def _stop(folder):
    if folder.exists():
        _run(_account(folder), _programs() / "pg_ctl", "stop", "-D", folder / "data", "-m", "immediate")
        shutil.rmtree(folder, ignore_errors=True)


def _programs():
    """The folder with initdb and pg_ctl: Debian keeps them out of the search path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise UnavailableError("PostgreSQL is not installed here: apt install postgresql")
    return Path(on_path).resolve().parent


def _account(folder):
    """What to put before a command: PostgreSQL refuses to run as root, so root lends it another account."""
    if os.geteuid() != 0:
        return []
    switch = shutil.which("setpriv")
    if switch is None:
        raise UnavailableError("PostgreSQL does not run as root, and setpriv is not here: apt install util-linux")
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    account = known.get("postgres") or known["nobody"]
    for path in (folder, *folder.glob("password")):
        os.chown(path, account.pw_uid, account.pw_gid)
    return [switch, f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _run(account, *command):
    # The server keeps its parent's output open, so what it prints goes nowhere; errors of pg_ctl are in a file.
    with tempfile.TemporaryFile("w+") as errors:
        done = subprocess.run(
            [*account, *map(str, command)],
            cwd="/",
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            check=False,
        )
        errors.seek(0)
        if done.returncode:
            raise subprocess.CalledProcessError(done.returncode, str(command[0]), stderr=errors.read())


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["start"]:
            stop()
            print(start())  # noqa: T201 - what the caller wants
        case ["stop"]:
            stop()
        case _:
            sys.exit("usage: postgres.py start | stop")
