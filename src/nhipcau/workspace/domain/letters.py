"""Letters: one function for each step. The allowed steps are in docs/explanation/letters.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.access.rights import require
from nhipcau.accounts.models import Person
from nhipcau.audit.domain.record import record
from nhipcau.workspace.domain.comments import add_comment, unanswered
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WrongStateError
from nhipcau.workspace.domain.issuing import fix_issue, fix_receipt
from nhipcau.workspace.domain.letter_content import LetterContent, To, make_findable, write_content
from nhipcau.workspace.domain.letter_notices import tell_of_letter
from nhipcau.workspace.models import (
    EDITABLE,
    CameBy,
    Direction,
    Letter,
    LetterRecipient,
    LetterState,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from nhipcau.access import Actor
    from nhipcau.network.models import Organisation


def draft_letter(*, actor: Person, organisation: Organisation, content: LetterContent, sample: bool = False) -> Letter:
    """Begin a letter of an office.

    Raises:
        PermissionDeniedError: the actor does not write for that office.
        IncompleteError, RecipientError: something in it cannot be; nothing was stored.
    """
    with transaction.atomic():
        require("workspace.draft_letter", actor, organisation)
        letter = Letter(organisation=organisation, drafter=actor, sample=sample)
        changed = write_content(letter, content.cleaned(), actor=actor)
        record(actor=actor, verb="workspace.draft_letter", target=letter, organisation=organisation, payload=changed)
    return letter


def edit_letter(*, actor: Actor, letter: Letter, content: LetterContent, version: int) -> Letter:
    """Save what is written in a letter, as one version more; the same again changes nothing.

    Args:
        actor: a writer of its office.
        letter: the letter.
        content: all of it.
        version: the one that the actor had read.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is not being written any more.
        ConflictError: somebody saved another version meanwhile.
        IncompleteError, RecipientError: something in it cannot be.
    """
    with transaction.atomic():
        held = _held(letter)
        require("workspace.edit_letter", actor, held)
        _expect(held, *EDITABLE)
        if held.version != version:
            raise ConflictError(gettext("Somebody else saved this letter meanwhile. Your text is kept."))
        changed = write_content(held, content.cleaned(), actor=actor)
        if changed:
            _record(actor, "workspace.edit_letter", held, changed)
    return held


def submit_letter(*, actor: Actor, letter: Letter) -> Letter:
    """Submit a letter to those who review and approve it.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is submitted already.
        IncompleteError: it has no text, no recipient, or a comment with which it was sent back is not answered.
    """
    with transaction.atomic():
        held = _held(letter)
        require("workspace.submit_letter", actor, held)
        _expect(held, *EDITABLE)
        if not held.body:
            raise IncompleteError(gettext("A letter without a text cannot be submitted."), "body")
        if not LetterRecipient.objects.filter(letter=held).exists():
            raise IncompleteError(gettext("A letter without a recipient cannot be submitted."), "recipients")
        if unanswered(held):
            raise IncompleteError(
                gettext("Answer every comment with which the letter was sent back first."), "comments"
            )
        return _move(actor, "workspace.submit_letter", held, LetterState.IN_REVIEW)


def withdraw_letter(*, actor: Actor, letter: Letter) -> Letter:
    """Take a letter back from review, to go on writing.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is not in review.
    """
    with transaction.atomic():
        held = _held(letter)
        require("workspace.withdraw_letter", actor, held)
        _expect(held, LetterState.IN_REVIEW)
        return _move(actor, "workspace.withdraw_letter", held, LetterState.DRAFT)


def discard_letter(*, actor: Actor, letter: Letter, reason: str = "") -> Letter:
    """Put a draft aside for good. It bears no number, so no number is lost; what was written stays readable.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is past being written.
    """
    with transaction.atomic():
        held = _held(letter)
        require("workspace.discard_letter", actor, held)
        _expect(held, *EDITABLE)
        return _move(actor, "workspace.discard_letter", held, LetterState.DISCARDED, reason=reason)


def send_back_letter(*, actor: Person, letter: Letter, reason: str) -> Letter:
    """Send a letter back to who wrote it, saying what is missing: a comment, to be answered before it comes again.

    Raises:
        PermissionDeniedError: the actor neither reviews nor approves for its office.
        WrongStateError: it is neither in review nor approved, or issued already.
        IncompleteError: nothing is said.
    """
    with transaction.atomic():
        held = _held(letter)
        require("workspace.send_back_letter", actor, held)
        _expect(held, LetterState.IN_REVIEW, LetterState.APPROVED)
        if not reason.strip():
            raise IncompleteError(gettext("Say what is to be mended."), "reason")
        held.approver, held.approved_at = None, None
        add_comment(actor=actor, target=held, text=reason, must_answer=True)
        return _move(actor, "workspace.send_back_letter", held, LetterState.SENT_BACK, reason=reason.strip())


def approve_letter(*, actor: Person, letter: Letter) -> Letter:
    """Approve a letter for its office. Who approves it will have signed it.

    Raises:
        PermissionDeniedError: the actor does not approve for its office, or wrote some of it.
        WrongStateError: it is not in review.
    """
    with transaction.atomic():
        held = _held(letter)
        require("workspace.approve_letter", actor, held)
        _expect(held, LetterState.IN_REVIEW)
        held.approver, held.approved_at = actor, timezone.now()
        return _move(actor, "workspace.approve_letter", held, LetterState.APPROVED)


def issue_letter(*, actor: Actor, letter: Letter, post: str) -> Letter:
    """Issue an approved letter: number, date, signer and post are fixed, and its recipients see it from now on.

    The signer is who approved it. Number and date are given here and nowhere else (Decree 30/2020, article 15).

    Args:
        actor: an approver of its office.
        letter: the letter.
        post: the signer's post as it is printed, e.g. ``KT. BỘ TRƯỞNG, THỨ TRƯỞNG``.

    Raises:
        PermissionDeniedError: the actor does not approve for its office.
        WrongStateError: it is not approved, or issued already.
        IncompleteError: symbol, place or post is missing.
    """
    with transaction.atomic():
        held = _held(letter)
        require("workspace.issue_letter", actor, held)
        _expect(held, LetterState.APPROVED)
        signer = Person.objects.get(pk=held.approver_id)
        fixed = fix_issue(held, organisation=held.organisation, signer=signer, post=post)
        make_findable(held)
        return _move(actor, "workspace.issue_letter", held, LetterState.ISSUED, changed=fixed)


def recall_letter(*, actor: Actor, letter: Letter, reason: str) -> Letter:
    """Recall an issued letter. Its recipients still read it, marked as recalled and why; its number is not used again.

    Raises:
        PermissionDeniedError: the actor does not approve for its office.
        WrongStateError: it is not issued, or recalled already.
        IncompleteError: no reason is given.
    """
    with transaction.atomic():
        held = _held(letter)
        require("workspace.recall_letter", actor, held)
        _expect(held, LetterState.ISSUED)
        if not reason.strip():
            raise IncompleteError(gettext("A letter is not recalled without a reason."), "reason")
        held.recalled_at, held.recall_reason = timezone.now(), reason.strip()
        return _move(actor, "workspace.recall_letter", held, LetterState.RECALLED, reason=reason.strip())


def register_letter(
    *,
    actor: Person,
    organisation: Organisation,
    content: LetterContent,
    sender: str,
    sender_number: str = "",
    sender_date: date | None = None,
    channel: str = CameBy.PAPER,
    sample: bool = False,
) -> Letter:
    """Enter a letter that came on paper or by e-mail into an office's incoming book.

    Raises:
        PermissionDeniedError: the actor does not take in letters for that office.
        IncompleteError: subject or sender is missing.
    """
    with transaction.atomic():
        require("workspace.register_letter", actor, organisation)
        if not sender.strip():
            raise IncompleteError(gettext("Who sent it is missing."), "sender")
        given = content.cleaned()
        letter = Letter(
            organisation=organisation,
            direction=Direction.INCOMING,
            state=LetterState.REGISTERED,
            drafter=actor,
            sender_name=" ".join(sender.split()),
            sender_number=" ".join(sender_number.split()),
            sender_date=sender_date,
            channel=CameBy(channel),
            sample=sample,
        )
        purpose, due_on = next(((to.purpose, to.due_on) for to in given.recipients), ("action", None))
        own = [To(organisation, purpose, due_on)]
        changed = write_content(letter, LetterContent(**_without_recipients(given), recipients=own), actor=actor)
        receipt = LetterRecipient.objects.get(letter=letter, organisation=organisation)
        changed |= fix_receipt(receipt, organisation=organisation, person=actor)
        receipt.save()
        record(actor=actor, verb="workspace.register_letter", target=letter, organisation=organisation, payload=changed)
    return letter


def _without_recipients(content: LetterContent) -> dict[str, str]:
    names = ("subject", "body", "place", "symbol", "archive_line", "classification")
    return {name: getattr(content, name) for name in names}


def receive_letter(*, actor: Person, receipt: LetterRecipient) -> LetterRecipient:
    """Take in a letter that was issued to the actor's office: the moment, the person, the number of the incoming book.

    Raises:
        PermissionDeniedError: the actor does not take in letters for that office, or may not read this one.
        WrongStateError: it was taken in already.
    """
    with transaction.atomic():
        letter = _held(receipt.letter)
        held: LetterRecipient = LetterRecipient.objects.select_for_update().filter(pk=receipt.pk).first()
        require("workspace.receive_letter", actor, held)
        _expect(letter, LetterState.ISSUED, LetterState.RECALLED)
        if held.received_at is not None:
            raise WrongStateError(gettext("This letter was taken in already."))
        changed = fix_receipt(held, organisation=held.organisation, person=actor)
        held.save()
        record(
            actor=actor,
            verb="workspace.receive_letter",
            target=letter,
            organisation=held.organisation,
            payload=changed,
        )
    return held


def _held(letter: Letter) -> Letter:
    """The letter as it is now, locked until the transaction ends.

    Raises:
        PermissionDeniedError: the access now open does not see it.
    """
    held: Letter | None = Letter.objects.select_for_update().filter(pk=letter.pk).first()
    if held is None:
        raise PermissionDeniedError(gettext("This letter is not there for you."))
    return held


def _expect(letter: Letter, *states: LetterState) -> None:
    if letter.state not in states:
        sentence = gettext("The letter is in the state “%(state)s” now, so this cannot be done.")
        raise WrongStateError(sentence % {"state": letter.get_state_display()})


def _move(
    actor: Actor,
    verb: str,
    letter: Letter,
    state: LetterState,
    *,
    changed: Mapping[str, object] | None = None,
    reason: str = "",
) -> Letter:
    before, letter.state = letter.state, state
    letter.save()
    _record(actor, verb, letter, {"state": [before, state.value], **(changed or {})}, reason)
    tell_of_letter(actor=actor, verb=verb, letter=letter)
    return letter


def _record(actor: Actor, verb: str, letter: Letter, payload: Mapping[str, object], reason: str = "") -> None:
    record(
        actor=actor,
        verb=verb,
        target=letter,
        organisation=letter.organisation,
        payload=payload,
        reason=reason,
    )
