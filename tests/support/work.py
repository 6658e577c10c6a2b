"""What test workers do: module-level functions, for another process has to import them by name."""

import ctypes
import os
import signal
import sys
import time

from nhipcau.newswire.workers import loads_before_fork

loaded_in = []


@loads_before_fork
def load():
    loaded_in.append(os.getpid())


def double(number):
    return 2 * number


def slow_first(number):
    time.sleep(0.2 if number == 0 else 0)
    return number


def misbehave(how):
    if how == "exit":
        os._exit(0)
    if how == "crash":
        ctypes.string_at(0)
    if how == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "hang":
        time.sleep(60)
    if how == "stuck in C":
        # Holds the interpreter's lock for ever: no Python code of this process runs meanwhile.
        ctypes.PyDLL(None).sleep(60)
    if how == "raise":
        raise ValueError(how)
    if how == "quit":
        sys.exit(3)
    if how == "unpicklable":
        return lambda: None
    if how == "memory":
        return len(bytearray(4 * 1024**3))
    return how


def process_facts(_):
    """Where this runs: process, where its module was loaded, and what its environment says."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "PYTHONHASHSEED")
    return os.getpid(), tuple(loaded_in), {name: os.environ[name] for name in names}, "pytest" in sys.modules


def nap(seconds):
    time.sleep(seconds)
    return os.getpid()


def echo_size(data):
    return len(data)
