"""What the worker does for the workspace: mail that is due."""

from __future__ import annotations

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from nhipcau.workspace.postman import deliver_mail


@db_periodic_task(crontab(minute="*"), expires=55)
def mail_each_minute() -> None:
    """Send the mail that the tables say is due."""
    deliver_mail()
