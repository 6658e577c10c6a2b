"""Environments of the benches' own, for peers that the project itself does not need.

They lie below ``var/bench`` (or ``NHIPCAU_BENCH_CACHE``), one folder a peer, and are made once for a list of packages.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = Path(os.environ.get("NHIPCAU_BENCH_CACHE", ROOT / "var" / "bench"))


def environment(peer: str, packages: list[str]) -> Path | None:
    """A Python with these packages; ``None`` where they cannot be had."""
    folder = CACHE / peer
    python, done = folder / "bin" / "python", folder / "installed.json"
    if done.exists() and json.loads(done.read_text()) == packages:
        return python
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
        subprocess.run(pip, check=True)
    except subprocess.CalledProcessError:
        return None
    done.write_text(json.dumps(packages))
    return python
