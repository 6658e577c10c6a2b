from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.accounts.models import Person
from nhipcau.network.models import Organisation
from nhipcau.workspace.models import Letter

if TYPE_CHECKING:
    from nhipcau.access import Access


class RecommendationState(models.TextChoices):
    """How far a recommendation is. The allowed steps are in docs/explanation/programme.md."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent")
    RECEIVED = "received", _("Received")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


#: The addressee owes an answer.
WAITING = (RecommendationState.SENT, RecommendationState.RECEIVED)


class Recommendation(Scoped):
    """A recommendation (kiến nghị, đề xuất) of one office to another: from where it is asked until the asker saw it.

    It comes from a plan, a report or another object (``origin_type`` and ``origin_id``, with the ``place`` in it), or
    stands by itself. The asker who has seen the answer closes it, or asks again.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("office that asks"))
    addressee = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("addressee"))
    state = models.CharField(
        _("state"), max_length=16, choices=RecommendationState, default=RecommendationState.DRAFT, editable=False
    )
    title = models.CharField(_("in short"), max_length=300)
    text = models.TextField(_("what is recommended"))
    origin_type = models.CharField(_("kind of object"), max_length=100, blank=True, editable=False)
    origin_id = models.BigIntegerField(_("object"), null=True, editable=False)
    origin_words = models.CharField(_("where it comes from"), max_length=300, blank=True)
    place = models.CharField(_("place in it"), max_length=100, blank=True)
    due_on = models.DateField(_("answer by"), null=True, blank=True)
    drafter = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("drafter"), editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    sent_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("sent by")
    )
    received_at = models.DateTimeField(_("received"), null=True, editable=False)
    received_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("received by")
    )
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("answered by")
    )
    #: The letter with which it was answered: one of this desk, or the number of another.
    answer_letter = models.ForeignKey(
        Letter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("letter of the answer")
    )
    answer_number = models.CharField(_("number and symbol of the answer"), max_length=100, blank=True)
    answer_date = models.DateField(_("date of the answer"), null=True, blank=True)
    seen_at = models.DateTimeField(_("answer seen by the asker"), null=True, editable=False)
    seen_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("seen by")
    )
    #: To whom it went first, where the addressee ended on the way.
    first_addressee = models.ForeignKey(
        Organisation, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("first addressee")
    )
    sample = models.BooleanField(_("sample data"), default=False)

    class Meta(Scoped.Meta):
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = [F("due_on").asc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(organisation=F("addressee")), name="nobody_recommends_to_itself"),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "closed"]) | Q(answered_at__isnull=False),
                name="closed_recommendation_is_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state"], name="recommendation_of_office"),
            models.Index(fields=["addressee", "state", "due_on"], name="recommendation_to_office"),
            models.Index(fields=["origin_type", "origin_id"], name="recommendation_of_origin"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Addressed: the office that asks, and the addressee from its sending."""
        mine = access.organisations()
        return Q(organisation_id__in=mine) | Q(addressee_id__in=mine, sent_at__isnull=False)

    def drafter_ids(self) -> frozenset[str]:
        """``actor_id`` of who wrote it: they do not send it themselves."""
        return frozenset({f"person:{self.drafter_id}"})
