"""The way of an issued document: written, reviewed, approved, issued, taken in, recalled. One for every kind.

Letters, press digests, plans and national reports go it. A room says once what is its own of it, in a :class:`Way`, and
has a function for each step, which says in its docstring what is particular about the step there. The allowed steps
are in docs/explanation/letters.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.access.rights import require
from nhipcau.accounts.models import Person
from nhipcau.audit.domain.record import record
from nhipcau.workspace.domain.comments import add_comment, unanswered
from nhipcau.workspace.domain.errors import IncompleteError, WrongStateError
from nhipcau.workspace.domain.issuing import fix_issue, fix_receipt
from nhipcau.workspace.models import Register

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nhipcau.access import Actor

#: A model with ``Issued``, ``state``, ``approver`` and ``approved_at``, ``recalled_at`` and ``recall_reason``.
Document = TypeVar("Document", bound=Any)
#: A model with ``Received``, ``organisation``, and the document under the noun of the way.
Receipt = TypeVar("Receipt", bound=Any)


def _nothing(_row: Any) -> None:
    """What is done besides where a kind has nothing of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way(Generic[Document]):
    """What a kind of document has of its own on the way; all sentences are lazily translated.

    Attributes:
        model: the documents.
        states: their states: DRAFT, IN_REVIEW, SENT_BACK, APPROVED, ISSUED, RECALLED and DISCARDED at least.
        out: the states in which its recipients have it.
        room: of the rules and verbs: ``press``.
        noun: of the rules and verbs, and the field by which a receipt names its document: ``digest``.
        tell: ``(actor, verb, row)``: tells those to whom it falls to go on, in the transaction of the step.
        gone: what is said where the access now open does not see it.
        elsewhere: what is said where it is in another state, with ``%(state)s``.
        open_comments: what is said where a comment with which it was sent back is not answered.
        without_reason: what is said where it is to be recalled without one.
        taken_in: what is said where a receipt is taken in already.
    """

    model: type[Document]
    states: Any
    out: tuple[str, ...]
    room: str
    noun: str
    tell: Callable[[Actor, str, Document], None]
    gone: Any
    elsewhere: Any
    open_comments: Any
    without_reason: Any
    taken_in: Any

    def verb(self, step: str) -> str:
        """``press.approve_digest``."""
        return f"{self.room}.{step}_{self.noun}"

    def locked(self, key: int | None) -> Document:
        """The document as it is now, locked until the transaction ends.

        Raises:
            PermissionDeniedError: the access now open does not see it.
        """
        row: Document | None = self.model.objects.select_for_update().filter(pk=key).first()
        if row is None:
            raise PermissionDeniedError(str(self.gone))
        return row

    def expect(self, row: Document, *states: str) -> None:
        """Refuse where the document is in none of these states.

        Raises:
            WrongStateError: it is not.
        """
        if row.state not in states:
            raise WrongStateError(str(self.elsewhere) % {"state": row.get_state_display()})

    def expect_writable(self, row: Document) -> None:
        """Refuse where the document is not being written.

        Raises:
            WrongStateError: it is not.
        """
        self.expect(row, self.states.DRAFT, self.states.SENT_BACK)

    def expect_answered(self, row: Document) -> None:
        """Refuse where a comment with which the document was sent back is not answered.

        Raises:
            IncompleteError: one is not.
        """
        if unanswered(row):
            raise IncompleteError(str(self.open_comments), "comments")

    def begin(self, actor: Actor, step: str, row: Document, *states: str) -> Document:
        """What every step begins with: the document locked, the rule asked, the state looked at.

        Raises:
            PermissionDeniedError: the actor may not, or does not see it.
            WrongStateError: it is in none of the states.
        """
        held = self.locked(row.pk)
        require(self.verb(step), actor, held)
        self.expect(held, *states)
        return held

    def note(
        self, actor: Actor, verb: str, row: Document, payload: Mapping[str, object] | None = None, reason: str = ""
    ) -> None:
        """The audit entry of a change to the document or to what is in it."""
        record(actor=actor, verb=verb, target=row, organisation=row.organisation, payload=payload or {}, reason=reason)

    def move(
        self,
        actor: Actor,
        step: str,
        row: Document,
        state: Any,
        *,
        changed: Mapping[str, object] | None = None,
        reason: str = "",
    ) -> Document:
        """Store the document in its new state, record the step and tell of it."""
        before, row.state = row.state, state
        row.save()
        self.note(actor, self.verb(step), row, {"state": [before, state.value], **(changed or {})}, reason)
        self.tell(actor, self.verb(step), row)
        return row

    # --- the steps that are the same for every kind

    def withdraw(self, actor: Actor, row: Document) -> Document:
        """Take it back from review, to go on writing."""
        with transaction.atomic():
            held = self.begin(actor, "withdraw", row, self.states.IN_REVIEW)
            return self.move(actor, "withdraw", held, self.states.DRAFT)

    def discard(self, actor: Actor, row: Document, reason: str) -> Document:
        """Put it aside while it is written; what was written stays readable."""
        with transaction.atomic():
            held = self.begin(actor, "discard", row, self.states.DRAFT, self.states.SENT_BACK)
            return self.move(actor, "discard", held, self.states.DISCARDED, reason=reason.strip())

    def send_back(
        self, actor: Person, row: Document, reason: str, *, also: Callable[[Document], None] = _nothing
    ) -> Document:
        """Send it back to who wrote it: a comment, to be answered before it comes again.

        Raises:
            IncompleteError: nothing is said.
        """
        with transaction.atomic():
            held = self.begin(actor, "send_back", row, self.states.IN_REVIEW, self.states.APPROVED)
            if not reason.strip():
                raise IncompleteError(gettext("Say what is to be mended."), "reason")
            held.approver, held.approved_at = None, None
            also(held)
            add_comment(actor=actor, target=held, text=reason, must_answer=True)
            return self.move(actor, "send_back", held, self.states.SENT_BACK, reason=reason.strip())

    def approve(self, actor: Person, row: Document, *, also: Callable[[Document], None] = _nothing) -> Document:
        """Approve it for its office. Who approves it will have signed it."""
        with transaction.atomic():
            held = self.begin(actor, "approve", row, self.states.IN_REVIEW)
            held.approver, held.approved_at = actor, timezone.now()
            also(held)
            return self.move(actor, "approve", held, self.states.APPROVED)

    def issue(
        self,
        actor: Actor,
        row: Document,
        post: str,
        *,
        register: str = Register.OUTGOING,
        also: Callable[[Document], None] = _nothing,
    ) -> Document:
        """Issue it: number, date, signer (who approved it) and post are fixed, and its recipients see it from now on.

        Raises:
            IncompleteError: symbol, place or post is missing.
        """
        with transaction.atomic():
            held = self.begin(actor, "issue", row, self.states.APPROVED)
            signer = Person.objects.get(pk=held.approver_id)
            fixed = fix_issue(held, organisation=held.organisation, signer=signer, post=post, register=register)
            also(held)
            return self.move(actor, "issue", held, self.states.ISSUED, changed=fixed)

    def recall(self, actor: Actor, row: Document, reason: str) -> Document:
        """Recall it. Its recipients still read it, marked as recalled and why; its number is not used again.

        Raises:
            IncompleteError: no reason is given.
        """
        with transaction.atomic():
            held = self.begin(actor, "recall", row, self.states.ISSUED)
            if not reason.strip():
                raise IncompleteError(str(self.without_reason), "reason")
            held.recalled_at, held.recall_reason = timezone.now(), reason.strip()
            return self.move(actor, "recall", held, self.states.RECALLED, reason=reason.strip())

    def receive(self, actor: Person, receipt: Receipt) -> Receipt:
        """Take in what was issued to the actor's office; it is on the record of that office.

        Raises:
            PermissionDeniedError: the actor does not take in for it, or does not see the document.
            WrongStateError: it was taken in already, or is not out.
        """
        with transaction.atomic():
            document = self.locked(getattr(receipt, f"{self.noun}_id"))
            row: Receipt | None = type(receipt).objects.select_for_update().filter(pk=receipt.pk).first()
            require(self.verb("receive"), actor, row)
            self.expect(document, *self.out)
            if row is None or row.received_at is not None:
                raise WrongStateError(str(self.taken_in))
            self.take_in(actor, document, row)
        return row

    def take_in(self, actor: Person, document: Document, row: Any) -> None:
        """Give a receipt its moment, person and number of arrival, in the caller's transaction."""
        changed = fix_receipt(row, organisation=row.organisation, person=actor)
        row.save()
        verb = self.verb("receive")
        record(actor=actor, verb=verb, target=document, organisation=row.organisation, payload=changed)
