"""While an object is written: what is typed is kept, who writes is known, and two who saved are told what differs.

For the form of any room whose objects are a registered :class:`~nhipcau.workspace.models.attached.Host` and count their
versions (:class:`~nhipcau.workspace.models.revision.Revision`). None of this leaves an audit entry, but taking over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.workspace.domain.errors import IncompleteError, WrongStateError
from nhipcau.workspace.domain.notices import notify
from nhipcau.workspace.models import EditLock, Revision, UnsavedText, host_named, host_of, on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from nhipcau.accounts.models import Person

#: Whoever was not heard of for this long has left the form; another may go on.
IDLE = timedelta(minutes=5)
#: Unsaved text is thrown away after this long.
KEPT_FOR = timedelta(days=30)
MAX_VALUES = 400
MAX_CHARS = 400_000


def keep_unsaved(
    *,
    actor: Person,
    object_type: str,
    values: Mapping[str, Sequence[str]],
    target: Any = None,
    key: str = "",
    version: int = 0,
) -> datetime:
    """Keep what a person has in a form; the moment at which it was kept. What they kept before is replaced.

    Args:
        actor: the person.
        object_type: a registered kind, ``app.model``.
        values: name of a field -> what the form sent for it.
        target: the object; None for one that does not exist yet.
        key: what the form of a new object was opened with.
        version: the one with which the form was opened.

    Raises:
        PermissionDeniedError: the actor may not write the object.
        IncompleteError: it is more than a form holds.
    """
    with transaction.atomic():
        host = host_named(object_type)
        require("workspace.keep_text", actor, host)
        if target is not None:
            require(host_of(target).edit, actor, target)
        size = sum(len(text) for texts in values.values() for text in texts)
        if len(values) > MAX_VALUES or size > MAX_CHARS:
            raise IncompleteError(gettext("This is more than a form holds; it was not kept."))
        now = timezone.now()
        place = {"person": actor, "object_type": object_type, "object_id": target.pk if target else 0, "key": key[:32]}
        _texts(object_type, target).update_or_create(
            **place,
            defaults={
                "values": {name: list(texts) for name, texts in values.items()},
                "version": version,
                "saved_at": now,
            },
        )
        if target is not None:
            _heard_of(actor, target)
    return now


def drop_unsaved(*, actor: Person, object_type: str, target: Any = None, key: str = "") -> None:
    """Forget what a person had not saved of an object: because it is saved, or not wanted any more."""
    mine = _texts(object_type, target).filter(person=actor)
    (mine if target else mine.filter(key=key)).delete()


def unsaved(person: Person, *, object_type: str, target: Any = None, key: str = "") -> UnsavedText | None:
    """What the person had not saved of an object."""
    found: UnsavedText | None = _texts(object_type, target).filter(person=person, key=key).first()
    return found


def begun(person: Person, *, object_type: str) -> list[UnsavedText]:
    """New objects of a kind that the person began and never saved, the last one first."""
    return list(_texts(object_type).filter(person=person))


def _texts(object_type: str, target: Any = None) -> Any:
    """Unsaved texts of one object, or of new ones of a kind."""
    if target is not None:
        return UnsavedText.objects.on(target)
    return UnsavedText.objects.of_kind(object_type).filter(object_id=0)


@dataclass(frozen=True, slots=True)
class Writer:
    """Who else writes an object: since when, and whether they have left it."""

    person: Person
    since: datetime
    idle: bool


def begin_writing(*, actor: Person, target: Any) -> Writer | None:
    """Say that one writes an object now. None where it is one's own; else who is at it, and one is not.

    Raises:
        PermissionDeniedError: the actor may not write it.
    """
    with transaction.atomic():
        require(host_of(target).edit, actor, target)
        lock = EditLock.objects.on(target).select_for_update().select_related("person").first()
        now = timezone.now()
        if lock is None:
            try:
                with transaction.atomic():
                    EditLock.objects.create(**on(target), person=actor, since=now, seen_at=now)
            except IntegrityError:
                lock = EditLock.objects.on(target).select_related("person").get()
            else:
                return None
        if lock.person_id == actor.pk:
            _heard_of(actor, target)
            return None
        return Writer(lock.person, lock.since, idle=now - lock.seen_at >= IDLE)


def take_over_writing(*, actor: Person, target: Any) -> None:
    """Go on in the place of somebody who left the form; they are told, and what they had not saved stays theirs.

    Raises:
        PermissionDeniedError: the actor may not write the object.
        WrongStateError: the other is still at it.
    """
    host = host_of(target)
    with transaction.atomic():
        require(host.edit, actor, target)
        lock = EditLock.objects.on(target).select_for_update().select_related("person").first()
        now = timezone.now()
        if lock is None or lock.person_id == actor.pk:
            begin_writing(actor=actor, target=target)
            return
        if now - lock.seen_at < IDLE:
            raise WrongStateError(gettext("%(who)s is still writing this.") % {"who": lock.person.name})
        before, lock.person, lock.since, lock.seen_at = lock.person, actor, now, now
        lock.save()
        payload = {"person": [before.actor_id, actor.actor_id]}
        verb = "workspace.take_over_editing"
        record(actor=actor, verb=verb, target=target, organisation=host.office(target), payload=payload)
        notify(
            actor=actor,
            kind="workspace.takeover",
            to=[before],
            target=target,
            sentence=gettext_noop("%(who)s goes on writing “%(what)s”. What you had not saved is kept for you."),
            params={"who": actor.name, "what": target},
            url=host.url(target),
            effect=now.isoformat(),
        )


def end_writing(*, actor: Person, target: Any) -> None:
    """Leave an object: it was saved, or the form was left."""
    EditLock.objects.on(target).filter(person=actor).delete()


def _heard_of(actor: Person, target: Any) -> None:
    EditLock.objects.on(target).filter(person=actor).update(seen_at=timezone.now())


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two people changed, or that the other changed alone.

    Attributes:
        field: its name.
        before: as both had read it.
        theirs: as the other saved it.
        mine: as the form has it.
    """

    field: str
    before: Any
    theirs: Any
    mine: Any

    @property
    def both(self) -> bool:
        """Whether both changed it, in different ways: somebody has to choose."""
        return self.before not in (self.theirs, self.mine) and self.theirs != self.mine


def differences(target: Any, *, version: int, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[Difference]:
    """What differs between what I have in the form and what was saved meanwhile, field by field.

    Args:
        target: the object.
        version: the one with which my form was opened.
        mine: the fields as my form has them, in the shape in which versions keep them.
        theirs: the fields as they are stored now.

    Returns:
        Every field that the other changed, whether I did or not.
    """
    base = Revision.objects.on(target).filter(number=version).first()
    before = base.fields if base else {}
    return [
        Difference(name, before.get(name), value, mine.get(name))
        for name, value in theirs.items()
        if value != before.get(name) and value != mine.get(name)
    ]


def merged(
    *, base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """What two people wrote from the same version, joined field by field.

    Args:
        base: the fields as both had read them.
        theirs: as they are stored now.
        mine: as I send them; has the same fields.

    Returns:
        For each field what one of the two changed, and the names of those that both changed, in different ways: there
        theirs stands, and somebody has to choose.
    """
    joined, both = {}, []
    for name, value in mine.items():
        stored = theirs[name]
        if value in (base.get(name), stored):
            joined[name] = stored
        elif stored == base.get(name):
            joined[name] = value
        else:
            joined[name] = stored
            both.append(name)
    return joined, both


def sweep_unsaved() -> int:
    """Throw away what nobody came back to within thirty days; how many. For the worker."""
    gone, _each = UnsavedText.objects.filter(saved_at__lt=timezone.now() - KEPT_FOR).delete()
    return int(gone)
