from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def secret_key(home: Path) -> str:
    """The signing key: ``NHIPCAU_SECRET_KEY``, or one made once and kept in ``home``, readable by its owner alone."""
    given = os.environ.get("NHIPCAU_SECRET_KEY")
    if given:
        return given
    file = home / "secret-key"
    # The database of an embedded installation lies here, with sessions and hashes of passwords.
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        # Written aside and linked: of two processes that start at once one makes the key, and none reads half of it.
        with tempfile.NamedTemporaryFile("w", dir=home, prefix="secret-key.") as aside:
            aside.write(secrets.token_urlsafe(50))
            aside.flush()
            with contextlib.suppress(FileExistsError):
                os.link(aside.name, file)
    return file.read_text()
