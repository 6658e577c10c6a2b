from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.access.classification import OWNER_READERS, Classification, readable_as_receiver, readable_in
from nhipcau.access.models import for_a_rule
from nhipcau.accounts.models import Person, Role
from nhipcau.network.models import Organisation
from nhipcau.press.models.article import Article
from nhipcau.press.models.story import Story
from nhipcau.workspace.models import Issued, Received, Revision, numbered_once, on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.access import Access


class DigestKind(models.TextChoices):
    """What a digest is: of a day, of a week, or about one event as soon as it happens."""

    DAILY = "daily", _("Daily digest")
    WEEKLY = "weekly", _("Weekly digest")
    FLASH = "flash", _("Flash")


class DigestState(models.TextChoices):
    """How far a digest is; the allowed steps are in docs/explanation/digests.md. The engine rebuilds drafts only."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    SENT_BACK = "sent_back", _("Sent back")
    APPROVED = "approved", _("Approved")
    ISSUED = "issued", _("Issued")
    RECALLED = "recalled", _("Recalled")
    DISCARDED = "discarded", _("Discarded")


#: While it is written.
WRITABLE = (DigestState.DRAFT, DigestState.SENT_BACK)
#: From here on it is its recipients', too.
OUT = (DigestState.ISSUED, DigestState.RECALLED)
#: What it tells counts as told: what a later digest repeats is not new.
TOLD = (DigestState.APPROVED, DigestState.ISSUED)
#: Who reads a restricted digest in its own office: besides those who answer for it, whoever writes it.
READERS = (*OWNER_READERS, Role.PRESS_ANALYST)


class Digest(Issued):
    """An office's press digest: what the engine found in the articles of its period, and what the office made of it.

    The engine's part are :class:`DigestStory` and :class:`DigestArticle`, built again while it is a draft; the
    office's are the entries (:class:`~nhipcau.press.models.entry.DigestEntry`), which the engine never touches.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="digests", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=DigestKind, default=DigestKind.DAILY)
    focus = models.CharField(_("country in focus"), max_length=2)
    #: The day it is for; of a weekly one its last day, of a flash the day on which it was begun.
    day = models.DateField(_("day"))
    state = models.CharField(_("state"), max_length=16, choices=DigestState, default=DigestState.DRAFT)
    classification = models.CharField(
        _("classification"), max_length=16, choices=Classification, default=Classification.INTERNAL
    )
    title = models.CharField(_("title"), max_length=300, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    outlook = models.TextField(_("outlook"), blank=True)
    archive_line = models.CharField(_("kept on file"), max_length=200, blank=True)
    period_from = models.DateTimeField(_("from"))
    period_to = models.DateTimeField(_("to"))
    built_at = models.DateTimeField(_("built"))
    #: The engine's own counts: documents, articles, rejected by reason, duplicates, relevant.
    counts = models.JSONField(_("counts"), default=dict)
    #: What the engine says about itself: version, models, thresholds, weights.
    method = models.JSONField(_("method"), default=dict)
    #: What the rooms' sections said when it was approved (``press.sections``); empty before, when they speak live.
    sections_fixed = models.JSONField(_("sections as approved"), default=list, editable=False)
    #: Of everything the engine said; the same result stored again changes nothing.
    result_hash = models.CharField(max_length=64, editable=False)
    #: Counts the kept versions (:class:`~nhipcau.workspace.models.Revision`): whoever saves over another is told.
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    approver = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("approver"), editable=False
    )
    approved_at = models.DateTimeField(_("approved"), null=True, editable=False)
    recalled_at = models.DateTimeField(_("recalled"), null=True, editable=False)
    recall_reason = models.TextField(_("why it was recalled"), blank=True, editable=False)
    sample = models.BooleanField(_("sample data"), default=False)

    class Meta(Issued.Meta):
        verbose_name = _("press digest")
        verbose_name_plural = _("press digests")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "focus", "kind", "day"],
                condition=Q(kind__in=(DigestKind.DAILY, DigestKind.WEEKLY)) & ~Q(state=DigestState.DISCARDED),
                name="one_digest_a_day",
            ),
            numbered_once("digest_number_once", "issue_register", "issue_year", "issue_number"),
            models.CheckConstraint(
                condition=~Q(state__in=OUT)
                | Q(issue_number__isnull=False, issued_on__isnull=False, signer__isnull=False),
                name="issued_digest_is_numbered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number_and_symbol} {self.name}".strip()

    @property
    def name(self) -> str:
        """What it is called where it was given no title: its kind and its day."""
        return self.title or f"{self.get_kind_display()} {self.day:%d/%m/%Y}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Addressed: its office, and the recipients' once it is issued; restricted ones by role."""
        return digests_visible_to(access)

    def drafter_ids(self) -> frozenset[str]:
        """``actor_id`` of everybody who chose, wrote or kept any of it; none of them approves it."""
        from nhipcau.press.models.entry import DigestChoice, DigestEntry

        entries = for_a_rule(DigestEntry).filter(digest=self)
        people = set(entries.values_list("added_by_id", flat=True))
        people |= set(for_a_rule(DigestChoice).filter(digest=self).values_list("by_id", flat=True))
        kept = for_a_rule(Revision).filter(person__isnull=False)
        people |= set(kept.filter(**on(self)).values_list("person_id", flat=True))
        written = {"object_type": DigestEntry._meta.label_lower, "object_id__in": entries.values("pk")}
        people |= set(kept.filter(**written).values_list("person_id", flat=True))
        return frozenset(f"person:{person}" for person in people if person is not None)


def digests_visible_to(access: Access, prefix: str = "") -> Q:
    """Which digests an access may see; with a prefix (``digest__``) for the rows of a table beside."""
    given = readable_as_receiver(
        access, _addressed_to, key=f"{prefix}pk", classification=f"{prefix}classification"
    ) & Q(**{f"{prefix}state__in": OUT})
    own = readable_in(access, office=f"{prefix}organisation", classification=f"{prefix}classification", readers=READERS)
    return own | given


def digests_of_own_office(access: Access, prefix: str = "") -> Q:
    """What stays inside the office that makes a digest, whoever it is sent to."""
    return readable_in(
        access, office=f"{prefix}organisation", classification=f"{prefix}classification", readers=READERS
    )


def _addressed_to(organisations: Iterable[int]) -> Any:
    return for_a_rule(DigestRecipient).filter(organisation_id__in=organisations).values("digest_id")


class DigestRecipient(Received):
    """An office that a digest is sent to."""

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="recipients", verbose_name=_("press digest"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("recipient"))

    class Meta(Received.Meta):
        verbose_name = _("recipient of a digest")
        verbose_name_plural = _("recipients of digests")
        ordering = ["digest", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["digest", "organisation"], name="recipient_once_a_digest"),
        ]
        indexes = [models.Index(fields=["organisation", "digest"], name="digest_for_office")]

    def __str__(self) -> str:
        return f"{self.organisation}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """As the digest: everybody who reads it reads to whom it went."""
        return digests_visible_to(access, "digest__")


class DigestStory(Scoped):
    """A story in a digest, with the words and figures it had when the digest was built."""

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="stories")
    story = models.ForeignKey(Story, models.PROTECT, related_name="in_digests")
    rank = models.PositiveIntegerField(_("rank"))
    topic = models.CharField(_("topic"), max_length=32, blank=True)
    title = models.TextField(_("title"))
    title_language = models.CharField(_("language of the title"), max_length=35)
    gist = models.TextField(_("gist"), blank=True)
    gist_article = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("article of the gist")
    )
    score = models.FloatField(_("score"), default=0.0)
    #: What the score is made of, each part in [0, 1].
    score_parts = models.JSONField(_("parts of the score"), default=dict)
    first_seen = models.DateTimeField(_("first seen"), null=True, blank=True)
    last_seen = models.DateTimeField(_("last seen"), null=True, blank=True)
    article_count = models.PositiveIntegerField(_("articles"))
    outlet_count = models.PositiveIntegerField(_("outlets"))
    country_count = models.PositiveIntegerField(_("countries"))
    language_count = models.PositiveIntegerField(_("languages"))

    class Meta(Scoped.Meta):
        verbose_name = _("story of a digest")
        verbose_name_plural = _("stories of digests")
        ordering = ["digest_id", "rank"]
        constraints = [models.UniqueConstraint(fields=["digest", "story"], name="story_once_per_digest")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """As its digest."""
        return digests_visible_to(access, "digest__")


class DigestArticle(Scoped):
    """An article that a digest was built from, as it was judged then, so that every figure opens what it counted."""

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="articles")
    article = models.ForeignKey(Article, models.CASCADE, related_name="in_digests")
    digest_story = models.ForeignKey(DigestStory, models.CASCADE, null=True, blank=True, related_name="articles")
    #: Place in its story in order of time, from 0.
    place = models.PositiveIntegerField(default=0)
    relevant = models.BooleanField(_("relevant"))
    reprint = models.BooleanField(_("reprint"))

    class Meta(Scoped.Meta):
        verbose_name = _("article of a digest")
        verbose_name_plural = _("articles of digests")
        ordering = ["digest_id", "digest_story_id", "place"]
        constraints = [models.UniqueConstraint(fields=["digest", "article"], name="article_once_per_digest")]

    def __str__(self) -> str:
        return f"{self.digest_id}: {self.article_id}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """As its digest."""
        return digests_visible_to(access, "digest__")
