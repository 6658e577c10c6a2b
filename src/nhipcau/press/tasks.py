"""What the worker does for the press room: collect what is due, and build the digests that are behind."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from nhipcau.access import system
from nhipcau.press import queries
from nhipcau.press.domain.collecting import claim_sources

logger = logging.getLogger(__name__)

#: Seconds after which a collector that hangs is ended; it loses nothing.
TOO_LONG = 1800
#: Held while this worker's collector runs.
_collecting = threading.Lock()


@db_periodic_task(crontab(minute="*"), expires=55)
def collect_each_minute() -> None:
    """See in the tables whether anything is due; if so, have it done by a program of its own.

    The engine's libraries and models take some 200 MB: they go with that program, and the worker at rest stays small.
    """
    with system("worker"):
        due = queries.sources_due(timezone.now()).exists() or queries.offices_behind(timezone.now()).exists()
    # One collector at a time: a long one must not take, minute after minute, every thread of the worker.
    if not due or not _collecting.acquire(blocking=False):
        return
    try:
        done = subprocess.run([sys.executable, "-m", "nhipcau.press"], check=False, timeout=TOO_LONG)
    except subprocess.TimeoutExpired:
        logger.warning("The collector was ended after %s minutes.", TOO_LONG // 60)
    else:
        if done.returncode:
            logger.error("The collector ended with code %s.", done.returncode)
    finally:
        _collecting.release()


def collect_due() -> None:
    """Collect from the sources that are due, then build the digests that are behind. Safe to run twice, and at once."""
    from nhipcau.newswire.errors import RunError

    try:
        _collect(everything=False)
    except RunError as error:
        # Another worker builds the digests at this moment; what it leaves behind is due in the next minute.
        logger.warning("%s", error)


def collect_now() -> None:
    """Collect from every active source, due or not, then build the digests that are behind."""
    _collect(everything=True)


def _collect(*, everything: bool) -> None:
    from nhipcau.press.collector import collect_from
    from nhipcau.press.digesting import build_digests

    with system("worker") as access:
        sources = claim_sources(actor=access.actor, everything=everything)
        if sources:
            collect_from(sources, actor=access.actor)
        now = timezone.now()
        offices = list(queries.offices_behind(now, at_once=everything))
        build_digests(offices, timezone.localdate(now), actor=access.actor, focus=queries.FOCUS)
