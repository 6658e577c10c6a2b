"""What the worker does for the programme room: it follows the network, and what serves the tasks."""

from __future__ import annotations

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from nhipcau.access import system


@db_periodic_task(crontab(hour="0", minute="20"), expires=3600)
def follow_the_network_each_night() -> None:
    """Tasks and recommendations of offices that ended go to who answers for them; new offices of a class get tasks."""
    follow_the_network()


def follow_the_network() -> None:
    """Safe to run twice, and at once."""
    from nhipcau.programme.domain.giving import renew_instances
    from nhipcau.programme.domain.recommendations import readdress_recommendations
    from nhipcau.programme.domain.standing import refresh_tasks
    from nhipcau.programme.models import Task

    with system("worker") as access:
        renew_instances(actor=access.actor)
        readdress_recommendations(actor=access.actor)
        # What rooms above forgot to tell of is brought up here.
        refresh_tasks(list(Task.objects.filter(given_on__isnull=False, ending="").values_list("pk", flat=True)))
