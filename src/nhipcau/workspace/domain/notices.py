"""People are told what happened: in the transaction in which it happens, each once, and only of what they may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from nhipcau.access import opened, system
from nhipcau.access.rights import require
from nhipcau.accounts.queries import accesses_for
from nhipcau.audit.domain.record import NotInTransactionError
from nhipcau.workspace.models import Channel, Notice
from nhipcau.workspace.notice_kinds import kind_of
from nhipcau.workspace.queries.notices import channels, clocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from django.db.models import Model, QuerySet

    from nhipcau.access import Access, Actor
    from nhipcau.accounts.models import Person
    from nhipcau.workspace.notice_kinds import Kind


class Told(NamedTuple):
    """How many people were told now, had been told before, and were left out because they may not see the target."""

    told: int = 0
    before: int = 0
    left_out: int = 0


def notify(
    *,
    actor: Actor,
    kind: str,
    to: Iterable[Person],
    target: Model,
    sentence: str,
    params: Mapping[str, Any] | None = None,
    url: str,
    due: datetime | None = None,
    effect: str = "",
) -> Told:
    """Tell people what happened, in the transaction of the change; the same effect is told to each of them once.

    Left out, and counted, are those who do not see the target under their own rights, and those who may not sign in.
    The actor is not told of what they did themselves, unless the kind says so.

    Args:
        actor: who did it.
        kind: key of a registered :class:`~nhipcau.workspace.notice_kinds.Kind`.
        to: the people who should know, in any number and order.
        target: the object that it is about, already saved; what its model shows to a person decides.
        sentence: English source text marked with ``gettext_noop``, with named places: ``%(who)s sent you %(what)s``.
        params: text for each place of the sentence; stored as text.
        url: path of the page where the reader goes on; begins with a slash.
        due: aware moment until which the person has to act, where there is one.
        effect: what tells two events about the same target and of the same kind apart (a comment's key, a step).

    Raises:
        NotInTransactionError: no transaction is open, so the notice and the change could part.
        UnknownKindError: no room registered the kind.
        KeyError: a place of the sentence has no text.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransactionError(f"{kind}: people are told in the transaction of the change.")
    known, texts = kind_of(kind), {place: str(value) for place, value in (params or {}).items()}
    if texts:
        sentence % texts  # rather now than when somebody reads it
    name, key = target._meta.label_lower, str(target.pk)
    effect = effect_of(kind, target, effect)
    people = {person.pk: person for person in to if known.own or person != actor}
    with system("notices"):
        before = set(Notice.objects.filter(effect=effect, person__in=people).values_list("person_id", flat=True))
    fresh = [person for pk, person in people.items() if pk not in before]
    seeing = _who_sees(target, [person for person in fresh if person.is_active])
    told = _store(
        seeing,
        known,
        effect=effect,
        target_type=name,
        target_id=key,
        sentence=sentence,
        params=texts,
        url=url,
        due=due,
    )
    return Told(told=told, before=len(before), left_out=len(fresh) - len(seeing))


def effect_of(kind: str, target: Model, effect: str = "") -> str:
    """What is told to each person once, as :class:`~nhipcau.workspace.models.Notice` keeps it."""
    return f"{kind}:{target._meta.label_lower}:{target.pk}:{effect}"[:255]


def _who_sees(target: Any, people: list[Person]) -> list[Person]:
    """Those who see the target under the rights that they hold now."""
    accesses = accesses_for(people)
    return [person for person in people if _sees(accesses[person.pk], target)]


def _sees(access: Access, target: Any) -> bool:
    with opened(access):
        rows = type(target).objects.all()
        # Without a condition it is a row that everybody may read.
        return not rows.query.where or bool(rows.filter(pk=target.pk).exists())


def _store(people: list[Person], kind: Kind, **fields: Any) -> int:
    now = timezone.now()
    how = channels(people, kind.key)
    wanted = [person for person in people if how[person.pk] != Channel.NEVER or kind.always]
    times = clocks(wanted) if settings.MAIL and {how[person.pk] for person in wanted} - {Channel.DESK} else {}
    rows = []
    for person in wanted:
        clock = times.get(person.pk)
        mail_due = None
        if clock is not None and how[person.pk] == Channel.MAIL:
            mail_due = clock.at_once(now)
        elif clock is not None and how[person.pk] == Channel.DAILY:
            mail_due = clock.daily(now)
        rows.append(Notice(person=person, kind=kind.key, created_at=now, mail_due=mail_due, **fields))
    with system("notices"):
        # Another worker may have told the same at this moment: the row that is there stays.
        Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def mark_read(*, actor: Person, notices: QuerySet[Notice]) -> int:
    """Mark notices as read, and take them out of the mail that waits; how many were unread.

    Raises:
        PermissionDeniedError: one of them is another person's.
    """
    with transaction.atomic():
        for owner in set(notices.order_by().values_list("person_id", flat=True)):
            require("workspace.read_notice", actor, owner)
        unread = notices.filter(read_at__isnull=True)
        return unread.update(read_at=timezone.now())
