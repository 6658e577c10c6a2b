"""What the worker does for the audit record: seal it each minute; each night read all of it and purge what is due."""

from __future__ import annotations

import logging

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from nhipcau.access import system
from nhipcau.audit.domain.purge import purge_due
from nhipcau.audit.domain.seal import seal_entries
from nhipcau.audit.domain.verify import verify_chain

logger = logging.getLogger(__name__)


@db_periodic_task(crontab(minute="*"), expires=55)
def seal_each_minute() -> None:
    """Join the minute's entries to the chain. Safe to run twice, and at once."""
    with system("worker") as access:
        seal_entries(actor=access.actor)


@db_periodic_task(crontab(minute="17", hour="19"), expires=3600)
def verify_each_night() -> None:
    """Read the whole record, at 02:17 in Viet Nam; what is wrong is logged, recorded and shown to the operator."""
    with system("worker") as access:
        verdict = verify_chain(actor=access.actor)
    for fault in verdict.faults:
        logger.error("Audit record: %s", fault.sentence())


@db_periodic_task(crontab(minute="47", hour="19"), expires=3600)
def purge_each_night() -> None:
    """Take away the payloads that a rule says are kept no longer."""
    with system("worker") as access:
        purge_due(actor=access.actor)
