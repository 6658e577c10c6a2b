"""What the worker does for the reporting room: lock again what was unlocked, follow the map of the offices."""

from __future__ import annotations

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from nhipcau.reporting.domain.exceptions import end_exceptions
from nhipcau.reporting.domain.expected import renew_open_campaigns


@db_periodic_task(crontab(minute="*/5"), expires=290)
def lock_every_five_minutes() -> None:
    """Lock the reports whose exception has run out."""
    end_exceptions(timezone.now())


@db_periodic_task(crontab(minute="23", hour="17"), expires=3600)
def renew_each_night() -> None:
    """At 00:23 in Viet Nam: expect the reports of offices that came up, hand over those of units that ended."""
    renew_open_campaigns()
