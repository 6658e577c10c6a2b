"""What the worker does for people: accounts of those to whom nothing is left are closed, ended sessions forgotten."""

from __future__ import annotations

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from nhipcau.access import system
from nhipcau.accounts import queries
from nhipcau.accounts.domain.leaving import close_account
from nhipcau.accounts.domain.security import forget_ended_sessions


@db_periodic_task(crontab(minute="7"), expires=3000)
def close_accounts_each_hour() -> None:
    """See in the tables whose last role is over. An hour late harms nobody: without a role there is nothing to do."""
    close_accounts_of_leavers()


def close_accounts_of_leavers() -> int:
    """Close them; how many there were. Safe to run twice, and at once."""
    with system("leaving"):
        leavers = list(queries.leavers())
    for person in leavers:
        close_account(person=person)
    return len(leavers)


@db_periodic_task(crontab(minute="27", hour="19"), expires=3600)
def forget_sessions_each_night() -> None:
    """Remove what is left of ended sessions, at 02:27 in Viet Nam. Safe to run twice, and at once."""
    with system("worker") as access:
        forget_ended_sessions(actor=access.actor)
