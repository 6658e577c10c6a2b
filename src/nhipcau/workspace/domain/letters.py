"""Letters: one function for each step. The allowed steps are in docs/explanation/letters.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext, gettext_lazy

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError
from nhipcau.workspace.domain.issuing import fix_receipt
from nhipcau.workspace.domain.letter_content import LetterContent, To, make_findable, write_content
from nhipcau.workspace.domain.letter_notices import tell_of_letter
from nhipcau.workspace.domain.way import Way
from nhipcau.workspace.models import (
    EDITABLE,
    SENT,
    CameBy,
    Direction,
    Letter,
    LetterRecipient,
    LetterState,
)

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person
    from nhipcau.network.models import Organisation


WAY: Way[Letter] = Way(
    model=Letter,
    states=LetterState,
    out=SENT,
    room="workspace",
    noun="letter",
    tell=lambda actor, verb, row: tell_of_letter(actor=actor, verb=verb, letter=row),
    gone=gettext_lazy("This letter is not there for you."),
    elsewhere=gettext_lazy("The letter is in the state “%(state)s” now, so this cannot be done."),
    open_comments=gettext_lazy("Answer every comment with which the letter was sent back first."),
    without_reason=gettext_lazy("A letter is not recalled without a reason."),
    taken_in=gettext_lazy("This letter was taken in already."),
)


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
        held = WAY.begin(actor, "edit", letter, *EDITABLE)
        if held.version != version:
            raise ConflictError(gettext("Somebody else saved this letter meanwhile. Your text is kept."))
        changed = write_content(held, content.cleaned(), actor=actor)
        if changed:
            WAY.note(actor, "workspace.edit_letter", held, changed)
    return held


def submit_letter(*, actor: Actor, letter: Letter) -> Letter:
    """Submit a letter to those who review and approve it.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is submitted already.
        IncompleteError: it has no text, no recipient, or a comment with which it was sent back is not answered.
    """
    with transaction.atomic():
        held = WAY.begin(actor, "submit", letter, *EDITABLE)
        if not held.body:
            raise IncompleteError(gettext("A letter without a text cannot be submitted."), "body")
        if not LetterRecipient.objects.filter(letter=held).exists():
            raise IncompleteError(gettext("A letter without a recipient cannot be submitted."), "recipients")
        WAY.expect_answered(held)
        return WAY.move(actor, "submit", held, LetterState.IN_REVIEW)


def withdraw_letter(*, actor: Actor, letter: Letter) -> Letter:
    """Take a letter back from review, to go on writing.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is not in review.
    """
    return WAY.withdraw(actor, letter)


def discard_letter(*, actor: Actor, letter: Letter, reason: str = "") -> Letter:
    """Put a draft aside for good. It bears no number, so no number is lost; what was written stays readable.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is past being written.
    """
    return WAY.discard(actor, letter, reason)


def send_back_letter(*, actor: Person, letter: Letter, reason: str) -> Letter:
    """Send a letter back to who wrote it, saying what is missing: a comment, to be answered before it comes again.

    Raises:
        PermissionDeniedError: the actor neither reviews nor approves for its office.
        WrongStateError: it is neither in review nor approved, or issued already.
        IncompleteError: nothing is said.
    """
    return WAY.send_back(actor, letter, reason)


def approve_letter(*, actor: Person, letter: Letter) -> Letter:
    """Approve a letter for its office. Who approves it will have signed it.

    Raises:
        PermissionDeniedError: the actor does not approve for its office, or wrote some of it.
        WrongStateError: it is not in review.
    """
    return WAY.approve(actor, letter)


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
    return WAY.issue(actor, letter, post, also=make_findable)


def recall_letter(*, actor: Actor, letter: Letter, reason: str) -> Letter:
    """Recall an issued letter. Its recipients still read it, marked as recalled and why; its number is not used again.

    Raises:
        PermissionDeniedError: the actor does not approve for its office.
        WrongStateError: it is not issued, or recalled already.
        IncompleteError: no reason is given.
    """
    return WAY.recall(actor, letter, reason)


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
    return WAY.receive(actor, receipt)
