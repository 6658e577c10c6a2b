"""The folder of real data beside the checkout; a test that needs it skips, with its reason, where it is absent."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


def shared_data(relative=""):
    """The path of a part of the shared data, or a skip."""
    path = SHARED / "data" / relative
    if not path.exists():
        pytest.skip(f"the shared data folder has no {relative or 'data'} here")
    return path
