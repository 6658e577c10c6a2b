"""What the worker does for the workspace: mail that is due, and reminders of what is due."""

from __future__ import annotations

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import HUEY, db_periodic_task

from nhipcau.access import system
from nhipcau.workspace.domain.reminders import remind
from nhipcau.workspace.postman import deliver_mail
from nhipcau.workspace.queries.heartbeat import beat


@db_periodic_task(crontab(minute="*"), expires=55)
def mail_each_minute() -> None:
    """Send the mail that the tables say is due."""
    deliver_mail()


@db_periodic_task(crontab(minute="*/10"), expires=590)
def remind_every_ten_minutes() -> None:
    """Tell people what is due from them and what is late."""
    with system("worker") as access:
        remind(actor=access.actor, at=timezone.now())


@db_periodic_task(crontab(minute="*"), expires=55)
def show_life_each_minute() -> None:
    """Say that a worker is there, and how far behind it is."""
    beat(timezone.now(), HUEY.pending_count())


@db_periodic_task(crontab(hour="3", minute="40"), expires=3600)
def sweep_each_night() -> None:
    """Remove the contents of files that nothing needs, and what nobody came back to save."""
    from nhipcau.workspace.domain.attachments import sweep_files
    from nhipcau.workspace.domain.writing import sweep_unsaved

    with system("worker"):
        sweep_files()
        sweep_unsaved()
