from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.access.models import for_a_rule
from nhipcau.accounts.models import Person
from nhipcau.documents.forms import Form
from nhipcau.network.models import Organisation

if TYPE_CHECKING:
    from nhipcau.access import Access


class FormState(models.TextChoices):
    """How far a version of a form is."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("In use")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ReportForm(Scoped):
    """A form (biểu mẫu) over its versions; reports that use different versions of it are compared by their keys."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    key = models.SlugField(_("key"), max_length=60)
    title = models.CharField(_("title"), max_length=300)
    sample = models.BooleanField(_("sample data"), default=False)

    class Meta(Scoped.Meta):
        verbose_name = _("report form")
        verbose_name_plural = _("report forms")
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="one_form_of_a_key")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Reference once a version of it is in use; before that its office alone."""
        used = for_a_rule(FormVersion).exclude(state=FormState.DRAFT).values("form_id")
        return Q(organisation_id__in=access.organisations()) | Q(pk__in=used)


class FormVersion(Scoped):
    """A version of a form. From the moment it is in use its definition stays as it is."""

    form = models.ForeignKey(ReportForm, models.PROTECT, related_name="versions", verbose_name=_("form"))
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=16, choices=FormState, default=FormState.DRAFT)
    #: :meth:`nhipcau.documents.forms.Form.to_plain`.
    definition = models.JSONField(_("definition"))
    drafter = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("drafter"))
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    published_at = models.DateTimeField(_("in use since"), null=True, editable=False)

    class Meta(Scoped.Meta):
        verbose_name = _("version of a report form")
        verbose_name_plural = _("versions of report forms")
        ordering = ["form_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="form_version_numbered_once")]

    def __str__(self) -> str:
        return f"{self.form_id}.{self.number}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Reference once it is in use; a draft is its office's."""
        own = for_a_rule(ReportForm).filter(organisation_id__in=access.organisations()).values("pk")
        return ~Q(state=FormState.DRAFT) | Q(form_id__in=own)

    @property
    def plain(self) -> Form:
        """What it asks."""
        return Form.from_plain(self.definition)
