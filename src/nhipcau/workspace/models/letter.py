from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access.classification import Classification, readable_as_receiver, readable_in
from nhipcau.access.models import for_a_rule
from nhipcau.accounts.models import Person
from nhipcau.network.models import Organisation
from nhipcau.workspace.models.attached import on
from nhipcau.workspace.models.issue import Issued, Received, numbered_once
from nhipcau.workspace.models.revision import Revision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.access import Access


class Direction(models.TextChoices):
    """Written by its office, or come to it from outside of the desk."""

    OUTGOING = "outgoing", _("Outgoing")
    INCOMING = "incoming", _("Incoming")


class CameBy(models.TextChoices):
    """How a letter from outside came."""

    PAPER = "paper", _("On paper")
    EMAIL = "email", _("By e-mail")


class LetterState(models.TextChoices):
    """How far a letter is. The allowed steps are in docs/explanation/letters.md."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    SENT_BACK = "sent_back", _("Sent back")
    APPROVED = "approved", _("Approved")
    ISSUED = "issued", _("Issued")
    RECALLED = "recalled", _("Recalled")
    DISCARDED = "discarded", _("Discarded")
    REGISTERED = "registered", _("Registered")


#: While it is written.
EDITABLE = (LetterState.DRAFT, LetterState.SENT_BACK)
#: From here on it is its recipients', too.
SENT = (LetterState.ISSUED, LetterState.RECALLED)


class Purpose(models.TextChoices):
    """What a recipient is to do with a letter."""

    ACTION = "action", _("For action")
    INFORMATION = "information", _("For information")


class Letter(Issued):
    """A letter (công văn) of an office: written, reviewed, approved and issued here, or registered as it came in.

    What a recipient has is not a copy: it is this row and the recipient's own :class:`LetterRecipient`.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="letters", verbose_name=_("organisation")
    )
    direction = models.CharField(_("direction"), max_length=16, choices=Direction, default=Direction.OUTGOING)
    state = models.CharField(_("state"), max_length=16, choices=LetterState, default=LetterState.DRAFT)
    classification = models.CharField(
        _("classification"), max_length=16, choices=Classification, default=Classification.INTERNAL
    )
    subject = models.CharField(_("subject"), max_length=500)
    body = models.TextField(_("text"), blank=True)
    archive_line = models.CharField(_("kept on file"), max_length=200, blank=True)
    #: Counts what was saved: whoever saves over another version is told what differs.
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    drafter = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("drafter"), editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    approver = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("approver"),
        editable=False,
    )
    approved_at = models.DateTimeField(_("approved"), null=True, editable=False)
    recalled_at = models.DateTimeField(_("recalled"), null=True, editable=False)
    recall_reason = models.TextField(_("why it was recalled"), blank=True, editable=False)
    # What a letter from outside says about itself.
    sender_name = models.CharField(_("sender"), max_length=300, blank=True)
    sender_number = models.CharField(_("number and symbol of the sender"), max_length=100, blank=True)
    sender_date = models.DateField(_("date of the letter"), null=True, blank=True)
    channel = models.CharField(_("came"), max_length=16, choices=CameBy, blank=True)
    sample = models.BooleanField(_("sample data"), default=False)

    class Meta(Issued.Meta):
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            numbered_once("letter_number_once", "issue_register", "issue_year", "issue_number"),
            models.CheckConstraint(
                condition=~Q(state__in=SENT)
                | Q(issue_number__isnull=False, issued_on__isnull=False, signer__isnull=False),
                name="issued_letter_is_numbered",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "direction", "-changed_at"], name="letter_of_office"),
        ]

    def __str__(self) -> str:
        number = self.number_and_symbol or self.sender_number
        return f"{number} {self.subject}".strip()

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Addressed: its office, and the recipients' once it is issued; restricted ones by role."""
        return letters_visible_to(access)

    def drafter_ids(self) -> frozenset[str]:
        """``actor_id`` of everybody who saved a version of it; none of them approves it."""
        wrote = for_a_rule(Revision).filter(**on(self), person__isnull=False).values_list("person_id", flat=True)
        return frozenset(f"person:{person}" for person in {self.drafter_id, *wrote})


def letters_visible_to(access: Access, prefix: str = "") -> Q:
    """Which letters an access may see; with a prefix (``letter__``) for the rows of a table beside."""
    given = readable_as_receiver(
        access, _addressed_to, key=f"{prefix}pk", classification=f"{prefix}classification"
    ) & Q(**{f"{prefix}state__in": SENT})
    return readable_in(access, office=f"{prefix}organisation", classification=f"{prefix}classification") | given


def _addressed_to(organisations: Iterable[int]) -> Any:
    return for_a_rule(LetterRecipient).filter(organisation_id__in=organisations).values("letter_id")


class LetterRecipient(Received):
    """An office that a letter goes to, what it is to do with it by when, and its receipt.

    A letter from outside of the desk has one recipient: the office that registered it.
    """

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="recipients", verbose_name=_("letter"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("recipient"))
    purpose = models.CharField(_("what for"), max_length=16, choices=Purpose, default=Purpose.ACTION)
    due_on = models.DateField(_("answer by"), null=True, blank=True)

    class Meta(Received.Meta):
        verbose_name = _("recipient of a letter")
        verbose_name_plural = _("recipients of letters")
        ordering = ["letter", "purpose", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "organisation"], name="recipient_once_a_letter"),
            numbered_once("arrival_number_once", "arrival_year", "arrival_number"),
        ]
        indexes = [models.Index(fields=["organisation", "letter"], name="letter_for_office")]

    def __str__(self) -> str:
        return f"{self.organisation}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """As the letter: everybody who reads it reads to whom it went."""
        return letters_visible_to(access, "letter__")
