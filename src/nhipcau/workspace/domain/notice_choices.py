"""A person says how and when to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.workspace.models import Channel, NoticeChoice, NoticeTimes
from nhipcau.workspace.notice_kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import time

    from nhipcau.accounts.models import Person


class ChoiceError(Exception):
    """Somebody cannot be told as asked; the sentence says why."""


def choose_notices(
    *,
    actor: Person,
    person: Person,
    channels: Mapping[str, str],
    time_zone: str,
    daily_at: time,
    quiet_from: time | None,
    quiet_to: time | None,
) -> None:
    """Keep how a person wants to be told of each kind, and when mail may come.

    What already waits for mail keeps its moment, and the quiet hours are asked again when it goes.

    Raises:
        PermissionDeniedError: the actor is not that person.
        ChoiceError: a kind that is never silent was to be silenced; nothing was kept.
        UnknownKindError: there is no such kind.
    """
    for key, channel in channels.items():
        if kind_of(key).always and channel == Channel.NEVER:
            raise ChoiceError(gettext("What is late, and what touches the safety of an account, cannot be silenced."))
    times = {"time_zone": time_zone, "daily_at": daily_at, "quiet_from": quiet_from, "quiet_to": quiet_to}
    with transaction.atomic():
        require("workspace.choose_notices", actor, person.pk)
        for key, channel in channels.items():
            _keep(person, key, channel)
        row = NoticeTimes.objects.filter(person=person).first() or NoticeTimes(person=person)
        for name, value in times.items():
            setattr(row, name, value)
        row.save()
        payload = {"channels": dict(channels), **times}
        record(actor=actor, verb="workspace.choose_notices", target=person, payload=payload)


def _keep(person: Person, key: str, channel: str) -> None:
    """One choice; a choice that is what the kind says anyway needs no row, so it follows if the kind changes."""
    rows = NoticeChoice.objects.filter(person=person, kind=key)
    if channel == kind_of(key).channel:
        rows.delete()
    elif not rows.update(channel=channel):
        NoticeChoice.objects.create(person=person, kind=key, channel=channel)
