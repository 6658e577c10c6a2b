"""Which engine made a result: its version and the versions of the libraries that decide what comes out."""

from __future__ import annotations

import functools
from importlib.metadata import version
from typing import Any

import nhipcau

#: Stage of the line to the libraries that decide its outcome.
PARTS = {
    "feeds": ("lxml", "feedparser"),
    "archives": ("fastwarc", "warcio"),
    "tables": ("pyarrow",),
    "extraction": ("selectolax", "numpy", "babel"),
    "language": ("numpy", "py3langid"),
    "duplicates": ("numpy",),
    "names": ("babel",),
}


@functools.cache
def engine() -> dict[str, Any]:
    """Name, version and parts; no fact about the machine. The caller does not change it."""
    parts = {stage: {name: version(name) for name in names} for stage, names in PARTS.items()}
    return {"name": "nhipcau", "version": nhipcau.__version__, "parts": parts}
