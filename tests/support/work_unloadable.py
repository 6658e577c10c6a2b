"""A module whose loader fails, as a library that is not installed would."""

from nhipcau.newswire.workers import loads_before_fork


@loads_before_fork
def load():
    raise ImportError("no such library")


def double(number):
    return 2 * number
