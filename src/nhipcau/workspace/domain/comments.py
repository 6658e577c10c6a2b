"""Comments on objects of any room: said, answered, edited within minutes, withdrawn; never gone without a trace."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from nhipcau.access import current
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.text import nfc
from nhipcau.workspace.domain.errors import IncompleteError, WrongStateError
from nhipcau.workspace.domain.mentions import people_named
from nhipcau.workspace.domain.notices import notify
from nhipcau.workspace.models import Audience, Comment, host_of, on

if TYPE_CHECKING:
    from nhipcau.accounts.models import Person
    from nhipcau.network.models import Organisation

#: How long its author may change a comment.
EDITABLE_FOR = timedelta(minutes=15)


def add_comment(
    *,
    actor: Person,
    target: Any,
    text: str,
    audience: str = Audience.OFFICE,
    reply_to: Comment | None = None,
    must_answer: bool = False,
    place: str = "",
) -> Comment:
    """Say something of an object. Who is named in it is told; a reply from whoever writes the object answers it.

    Args:
        actor: somebody who may comment on the object, in the name of an office that has it.
        target: an object of a registered kind.
        text: what is said; ``@Full Name`` names somebody who sees the object.
        audience: an :class:`Audience`; a reply speaks to whom the comment spoke.
        reply_to: the comment that it answers.
        must_answer: whether it is to be answered before the object is submitted again.
        place: of which part of the object it speaks, by the object's own keys; a reply speaks of the same.

    Raises:
        PermissionDeniedError: the actor may not, or does not see the object or the comment.
        IncompleteError: nothing is said.
        MentionError: somebody is named who does not see the object.
    """
    host, text = host_of(target), nfc(text).replace("\r\n", "\n").strip()
    with transaction.atomic():
        require(host.comment, actor, target)
        if not text:
            raise IncompleteError(gettext("A comment needs some words."), "text")
        if reply_to is not None:
            reply_to = _held(reply_to)
            if (reply_to.object_type, reply_to.object_id) != tuple(on(target).values()):
                raise PermissionDeniedError(gettext("This comment is not there for you."))
            audience, place = reply_to.audience, reply_to.place
        office = speaking_for(target)
        named = people_named(text, target, office=office if audience == Audience.OFFICE else None)
        made: Comment = Comment.objects.create(
            **on(target),
            organisation=office,
            author=actor,
            audience=Audience(audience),
            text=text,
            place=place,
            reply_to=reply_to,
            mentions=[person.pk for person in named],
            must_answer=must_answer,
            made_at=timezone.now(),
        )
        _record(actor, "workspace.add_comment", made, target, {"audience": audience})
        _answered(actor, reply_to)
        _tell(actor, made, target, named, reply_to)
    return made


def speaking_for(target: Any) -> Organisation:
    """The office in whose name the reader speaks of an object: its owner's, else one that received it.

    Raises:
        PermissionDeniedError: the reader belongs to none of them.
    """
    host, mine = host_of(target), current().organisations()
    for office in (host.office(target), *host.receivers(target)):
        if office.pk in mine:
            return office
    raise PermissionDeniedError(gettext("You belong to no office that has this."))


def _answered(actor: Person, comment: Comment | None) -> None:
    """A reply to what must be answered answers it, unless its author goes on asking."""
    if comment is not None and comment.must_answer and comment.resolved_at is None and comment.author != actor:
        comment.resolved_at, comment.resolved_by = timezone.now(), actor
        comment.save(update_fields=["resolved_at", "resolved_by"])


def _tell(actor: Person, made: Comment, target: Any, named: list[Person], reply_to: Comment | None) -> None:
    url, what = f"{host_of(target).url(target)}#comment-{made.pk}", str(target)
    notify(
        actor=actor,
        kind="workspace.mention",
        to=named,
        target=made,
        sentence=gettext_noop("%(who)s names you in a comment on %(what)s."),
        params={"who": actor.name, "what": what},
        url=url,
    )
    if reply_to is not None and reply_to.author not in named:
        notify(
            actor=actor,
            kind="workspace.reply",
            to=[reply_to.author],
            target=made,
            sentence=gettext_noop("%(who)s answered your comment on %(what)s."),
            params={"who": actor.name, "what": what},
            url=url,
        )


def edit_comment(*, actor: Person, comment: Comment, text: str) -> Comment:
    """Change what one has said, within fifteen minutes. The audit record keeps that it was changed, and hashes.

    Raises:
        PermissionDeniedError: it is somebody else's.
        WrongStateError: it is too late, or it is withdrawn.
        IncompleteError: nothing is left.
        MentionError: somebody is named who does not see the object.
    """
    text = nfc(text).replace("\r\n", "\n").strip()
    with transaction.atomic():
        held = _held(comment)
        require("workspace.edit_comment", actor, held)
        if held.withdrawn_at is not None or timezone.now() - held.made_at > EDITABLE_FOR:
            raise WrongStateError(gettext("A comment is changed within fifteen minutes; say it anew instead."))
        if not text:
            raise IncompleteError(gettext("A comment needs some words."), "text")
        if text == held.text:
            return held
        target = held.target
        alone = held.organisation if held.audience == Audience.OFFICE else None
        named = people_named(text, target, office=alone)
        before, held.text, held.mentions = held.text, text, [person.pk for person in named]
        held.edited_at = timezone.now()
        held.save(update_fields=["text", "mentions", "edited_at"])
        _record(actor, "workspace.edit_comment", held, target, {"text": [_digest(before), _digest(text)]})
        _tell(actor, held, target, named, None)
    return held


def withdraw_comment(*, actor: Person, comment: Comment) -> Comment:
    """Withdraw what one has said: its place, author and time stay; its text is shown no more.

    Raises:
        PermissionDeniedError: it is somebody else's.
        WrongStateError: it is withdrawn already, or must be answered.
    """
    with transaction.atomic():
        held = _held(comment)
        require("workspace.edit_comment", actor, held)
        if held.withdrawn_at is not None or held.must_answer:
            raise WrongStateError(gettext("This comment cannot be withdrawn."))
        held.withdrawn_at = timezone.now()
        held.save(update_fields=["withdrawn_at"])
        _record(actor, "workspace.withdraw_comment", held, held.target, {"text": [_digest(held.text), ""]})
    return held


def unanswered(target: Any) -> bool:
    """Whether a comment on the object still waits for its answer."""
    return bool(Comment.objects.on(target).filter(must_answer=True, resolved_at__isnull=True).exists())


def _held(comment: Comment) -> Comment:
    held: Comment | None = Comment.objects.select_for_update().filter(pk=comment.pk).first()
    if held is None:
        raise PermissionDeniedError(gettext("This comment is not there for you."))
    return held


def _record(actor: Person, verb: str, made: Comment, target: Any, payload: dict[str, Any]) -> None:
    record(
        actor=actor,
        verb=verb,
        target=target,
        organisation=made.organisation,
        payload={"comment": made.pk, **payload},
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
