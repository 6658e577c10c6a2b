"""Loaded by every Python that finds this folder on its path: writes down each internet address that is connected to.

An audit hook sees the call itself, in the process and in all that it starts, whatever library makes it.
"""

import os
import sys

_FILE = os.environ.get("NHIPCAU_OBSERVED", "")


def _note(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        with open(_FILE, "a", encoding="utf-8") as file:  # noqa: PTH123 - as little as can be is imported here
            file.write(f"{arguments[1][0]}:{arguments[1][1]}\n")


if _FILE:
    sys.addaudithook(_note)
