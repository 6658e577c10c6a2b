"""What compiled libraries raise on hostile bytes."""

from __future__ import annotations


def failed_inside(error: BaseException) -> bool:
    """Whether a library failed, and nobody asked the process to end.

    A panic of Rust comes as an exception that is no :class:`Exception`: fastwarc panics on a frame of lz4 that claims a
    block larger than the format has.
    """
    return isinstance(error, Exception) or type(error).__module__ == "pyo3_runtime"
