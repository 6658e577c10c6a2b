"""``python -m nhipcau.press``: do what is due, and end, so that the memory of the engine goes with the program.

That is how the worker has it done. Nothing of the room may be imported before Django is set up.
"""

from __future__ import annotations

import os
import threading
import time

import django


def end_with_parent() -> None:
    """End when the worker that started this program has ended, however that happened; nothing is lost by it."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def main() -> None:
    """Do what is due."""
    end_with_parent()
    django.setup()
    from nhipcau.press.tasks import collect_due

    collect_due()


if __name__ == "__main__":
    main()
