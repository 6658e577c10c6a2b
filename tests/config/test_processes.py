"""Several processes that do the same work."""

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, suppress

WORK = r"""
import os, time
from nhipcau.config.cli import processes

processes.PAUSE = 0.1

def work():
    os.write(1, f"{os.getpid()}\n".encode())
    time.sleep(60)

processes.keep_running(work, 2)
"""


def test_a_process_that_ends_is_followed_by_another_and_all_end_with_the_first():
    first = subprocess.Popen([sys.executable, "-c", WORK], stdout=subprocess.PIPE, text=True)
    with first, ExitStack() as at_the_end:
        at_the_end.callback(first.kill)
        two = [int(first.stdout.readline()) for _place in range(2)]
        os.kill(two[0], signal.SIGKILL)
        three = [*two[1:], int(first.stdout.readline())]
        assert len({*two, *three}) == 3
        first.terminate()
        assert first.wait(10) == 0
    assert _gone(three)


def _gone(processes):
    for _look in range(100):
        if not any(_runs(process) for process in processes):
            return True
        time.sleep(0.05)
    return False


def _runs(process):
    with suppress(ProcessLookupError):
        os.kill(process, 0)
        return True
    return False
