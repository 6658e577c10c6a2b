from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def secret_key(home: Path) -> str:
    """The signing key: ``NHIPCAU_SECRET_KEY``, or one made once and kept in ``home``, readable by its owner alone."""
    given = os.environ.get("NHIPCAU_SECRET_KEY")
    if given:
        return given
    file = home / "secret-key"
    home.mkdir(parents=True, exist_ok=True)
    try:
        # Exclusive: two processes that start at once must end up with the same key.
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return file.read_text()
