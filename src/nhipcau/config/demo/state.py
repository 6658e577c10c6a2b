"""What a demonstration remembers between two starts, in ``demo.json`` of its home."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import nhipcau

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoState:
    """State of a prepared demonstration.

    Attributes:
        until: last of the three days on which the sample items were published; the digest is of the day after.
        newsroom_port: the addresses of stored articles hold it, so it stays the same.
        code: fingerprint of the program that prepared it; empty until it is prepared.
    """

    until: str
    newsroom_port: int
    code: str = ""

    @property
    def last_day(self) -> date:
        """``until`` as a date."""
        return date.fromisoformat(self.until)


def fresh(newsroom_port: int) -> DemoState:
    """A demonstration whose digest is this morning's."""
    yesterday = datetime.now(ZONE).date() - timedelta(days=1)
    return DemoState(until=yesterday.isoformat(), newsroom_port=newsroom_port)


def load(home: Path) -> DemoState | None:
    """The state kept in ``home``; None where there is none or it cannot be read."""
    try:
        return DemoState(**json.loads((home / "demo.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def save(home: Path, state: DemoState) -> None:
    """Keep the state: whole or not at all."""
    home.mkdir(parents=True, exist_ok=True)
    part = home / "demo.json.part"
    part.write_text(json.dumps(asdict(state)), encoding="utf-8")
    part.replace(home / "demo.json")


def code_fingerprint() -> str:
    """Changes whenever a file of the package does, so that an upgraded checkout prepares itself again."""
    root = Path(nhipcau.__file__).parent
    digest = hashlib.sha256()
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            path = Path(folder) / name
            stat = path.stat()
            digest.update(f"{path.relative_to(root)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]
