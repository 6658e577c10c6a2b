from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.access import Scoped
from nhipcau.access.classification import Classification, readable_as_receiver, readable_in
from nhipcau.access.models import for_a_rule
from nhipcau.accounts.models import Person, Role
from nhipcau.network.models import Organisation, Succession
from nhipcau.programme.models.plan_template import PlanTemplate
from nhipcau.workspace.models import Issued, Received, Revision, numbered_once, on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.access import Access


class PlanKind(models.TextChoices):
    """For how long a plan is made (Circular 02/2019, article 3)."""

    ANNUAL = "annual", _("Annual plan")
    MEDIUM_TERM = "medium_term", _("Medium-term plan")
    LONG_TERM = "long_term", _("Long-term plan")


class PlanState(models.TextChoices):
    """How far a plan is. The allowed steps are in docs/explanation/plans.md."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    SENT_BACK = "sent_back", _("Sent back")
    APPROVED = "approved", _("Approved")
    ISSUED = "issued", _("Issued")
    REPLACED = "replaced", _("Replaced by an amendment")
    RECALLED = "recalled", _("Recalled")
    DISCARDED = "discarded", _("Discarded")


#: While it is written.
PLAN_WRITABLE = (PlanState.DRAFT, PlanState.SENT_BACK)
#: On its way inside the office.
PLAN_IN_WORK = (*PLAN_WRITABLE, PlanState.IN_REVIEW, PlanState.APPROVED)
#: From here on it is its recipients', too.
PLAN_OUT = (PlanState.ISSUED, PlanState.REPLACED, PlanState.RECALLED)


class Plan(Issued):
    """An office's plan for one or several years; an issued one is never changed: an amendment takes its place.

    What it says is in its parts and activities (:class:`PlanPart`, :class:`~.plan_activity.PlanActivity`).
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="plans", verbose_name=_("organisation"))
    kind = models.CharField(_("kind"), max_length=16, choices=PlanKind, default=PlanKind.ANNUAL)
    year_from = models.PositiveSmallIntegerField(_("first year"))
    year_to = models.PositiveSmallIntegerField(_("last year"))
    title = models.CharField(_("title"), max_length=300)
    template = models.ForeignKey(
        PlanTemplate, models.PROTECT, related_name="plans", verbose_name=_("plan template"), editable=False
    )
    state = models.CharField(_("state"), max_length=16, choices=PlanState, default=PlanState.DRAFT)
    classification = models.CharField(
        _("classification"), max_length=16, choices=Classification, default=Classification.INTERNAL
    )
    archive_line = models.CharField(_("kept on file"), max_length=200, blank=True)
    #: 1 for the plan as it was first issued, 2 for its first amendment, and so on.
    edition = models.PositiveSmallIntegerField(_("edition"), default=1, editable=False)
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="amendments", verbose_name=_("amends"), editable=False
    )
    amend_reason = models.TextField(_("why it is amended"), blank=True, editable=False)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name=_("copied from"), editable=False
    )
    #: Counts the kept versions (:class:`~nhipcau.workspace.models.Revision`): whoever saves over another is told.
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    drafter = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("drafter"), editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    approver = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("approver"), editable=False
    )
    approved_at = models.DateTimeField(_("approved"), null=True, editable=False)
    recalled_at = models.DateTimeField(_("recalled"), null=True, editable=False)
    recall_reason = models.TextField(_("why it was recalled"), blank=True, editable=False)
    sample = models.BooleanField(_("sample data"), default=False)

    class Meta(Issued.Meta):
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-year_from", "-pk"]
        constraints = [
            numbered_once("plan_number_once", "issue_register", "issue_year", "issue_number"),
            models.UniqueConstraint(
                fields=["organisation", "kind", "year_from"],
                condition=Q(amends__isnull=True) & ~Q(state__in=(PlanState.DISCARDED, PlanState.RECALLED)),
                name="one_plan_of_a_kind_for_a_year",
            ),
            models.UniqueConstraint(
                fields=["amends"],
                condition=~Q(state__in=(PlanState.DISCARDED, PlanState.RECALLED)),
                name="one_amendment_at_a_time",
            ),
            models.CheckConstraint(condition=Q(year_to__gte=F("year_from")), name="plan_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(state__in=PLAN_OUT)
                | Q(issue_number__isnull=False, issued_on__isnull=False, signer__isnull=False),
                name="issued_plan_is_numbered",
            ),
        ]
        indexes = [models.Index(fields=["kind", "year_from", "organisation"], name="plan_for_year")]

    def __str__(self) -> str:
        return f"{self.number_and_symbol} {self.title}".strip()

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Addressed: its office, its recipients once it is issued, and who took over from its office."""
        return plans_visible_to(access)

    @property
    def years(self) -> str:
        """``2027``, or ``2026–2030``."""
        return f"{self.year_from}" if self.year_from == self.year_to else f"{self.year_from}–{self.year_to}"

    def drafter_ids(self) -> frozenset[str]:
        """``actor_id`` of everybody who wrote any of it; none of them approves it."""
        from nhipcau.programme.models.plan_activity import PlanActivity

        people = {self.drafter_id}
        kept = for_a_rule(Revision).filter(person__isnull=False)
        people |= set(kept.filter(**on(self)).values_list("person_id", flat=True))
        for model in (PlanPart, PlanActivity):
            keys = for_a_rule(model).filter(plan=self).values("pk")
            written = {"object_type": model._meta.label_lower, "object_id__in": keys}
            people |= set(kept.filter(**written).values_list("person_id", flat=True))
        return frozenset(f"person:{person}" for person in people if person is not None)


def plans_visible_to(access: Access, prefix: str = "") -> Q:
    """Which plans an access may see; with a prefix (``plan__``) for the rows of a table beside."""
    fields = {"classification": f"{prefix}classification"}
    given = readable_as_receiver(access, _addressed_to, key=f"{prefix}pk", **fields)
    # Coordinators read what was submitted to their office, restricted or not: they answer for taking it in.
    given |= Q(**{f"{prefix}pk__in": _addressed_to(access.organisations(Role.COORDINATOR))})
    # Who took over from an office answers for its plans, and for those that it had taken over.
    before = for_a_rule(Succession).filter(successor_id__in=access.organisations()).values("predecessor_id")
    earlier = for_a_rule(Succession).filter(successor_id__in=before).values("predecessor_id")
    old_units = Q(**{f"{prefix}organisation_id__in": before}) | Q(**{f"{prefix}organisation_id__in": earlier})
    given |= old_units & ~Q(**{fields["classification"]: Classification.RESTRICTED})
    own = readable_in(access, office=f"{prefix}organisation", **fields)
    return own | (given & Q(**{f"{prefix}state__in": PLAN_OUT}))


def _addressed_to(organisations: Iterable[int]) -> Any:
    return for_a_rule(PlanRecipient).filter(organisation_id__in=organisations).values("plan_id")


class Verdict(models.TextChoices):
    """What a recipient made of a plan."""

    WAITING = "", _("Not answered yet")
    ACCEPTED = "accepted", pgettext_lazy("plan", "Accepted")
    RETURNED = "returned", _("Sent back for amendment")


class PlanRecipient(Received):
    """An office that a plan goes to: when it took it in, and what it made of it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="recipients", verbose_name=_("plan"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("recipient"))
    verdict = models.CharField(_("answer"), max_length=16, choices=Verdict, blank=True, editable=False)
    reason = models.TextField(_("reason"), blank=True, editable=False)
    decided_at = models.DateTimeField(_("answered"), null=True, editable=False)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by"), editable=False
    )

    class Meta(Received.Meta):
        verbose_name = _("recipient of a plan")
        verbose_name_plural = _("recipients of plans")
        ordering = ["plan", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "organisation"], name="recipient_once_a_plan")]
        indexes = [models.Index(fields=["organisation", "plan"], name="plan_for_office")]

    def __str__(self) -> str:
        return f"{self.organisation}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """As the plan: everybody who reads it reads to whom it went."""
        return plans_visible_to(access, "plan__")


class PlanPart(Scoped):
    """What is written in one part of a plan; saved, and counted in versions, by itself."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="parts", verbose_name=_("plan"))
    #: Key of the part in the plan's template.
    key = models.CharField(_("part"), max_length=60)
    text = models.TextField(_("text"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    writer = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("writer"), editable=False
    )
    written_at = models.DateTimeField(_("written"), null=True, editable=False)

    class Meta(Scoped.Meta):
        verbose_name = _("part of a plan")
        verbose_name_plural = _("parts of plans")
        ordering = ["plan", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="part_once_a_plan")]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """As its plan."""
        return plans_visible_to(access, "plan__")
