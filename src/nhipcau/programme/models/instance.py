from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.access.models import for_a_rule
from nhipcau.accounts.models import Person
from nhipcau.network.models import Kind, Organisation
from nhipcau.programme.models.task import Task
from nhipcau.workspace.models import Letter

if TYPE_CHECKING:
    from nhipcau.access import Access


class InstanceState(models.TextChoices):
    """How far an office is with a task. The allowed steps are in docs/explanation/programme.md."""

    GIVEN = "given", _("Given")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")
    NOT_NEEDED = "not_needed", _("Not needed any more")
    HANDED_OVER = "handed_over", _("Handed over to the successor")


#: The office still has to do something.
OPEN_STATES = (InstanceState.GIVEN, InstanceState.IN_PROGRESS)


class Word(models.TextChoices):
    """What an office itself says of how it stands; without a word, what serves the task says it."""

    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")
    NOT_NEEDED = "not_needed", _("Not needed any more")


class TaskInstance(Scoped):
    """A task as one office has it: by when, how far. Where the office ends on the way, its successor has it.

    ``state`` is derived (:mod:`nhipcau.programme.domain.standing`) and kept here so that lists can be narrowed by it.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="instances", verbose_name=_("task"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    #: The class by which it was given; the office may change its class later. Empty for an office named by itself.
    kind = models.CharField(_("class"), max_length=32, choices=Kind, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    given_on = models.DateField(_("given on"))
    state = models.CharField(
        _("state"), max_length=16, choices=InstanceState, default=InstanceState.GIVEN, editable=False
    )
    done_on = models.DateField(_("done on"), null=True, editable=False)
    word = models.CharField(_("what the office says"), max_length=16, choices=Word, blank=True)
    word_note = models.TextField(_("note of the office"), blank=True)
    word_at = models.DateTimeField(_("said"), null=True, editable=False)
    word_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("said by")
    )
    #: The paper that shows that it is done: a letter of this desk, or the number of another.
    evidence = models.ForeignKey(
        Letter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("letter that shows it")
    )
    evidence_number = models.CharField(_("number and symbol of the paper that shows it"), max_length=100, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="predecessors", verbose_name=_("handed over to")
    )
    ended_on = models.DateField(_("ended on"), null=True, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    sample = models.BooleanField(_("sample data"), default=False)

    class Meta(Scoped.Meta):
        verbose_name = _("task of an office")
        verbose_name_plural = _("tasks of offices")
        ordering = [F("due_on").asc(nulls_last=True), "organisation__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["task", "organisation"], name="one_instance_an_office")]
        indexes = [models.Index(fields=["organisation", "state", "due_on"], name="task_of_office")]

    def __str__(self) -> str:
        return f"{self.task}, {self.organisation}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Addressed from the start: the office that has it, the one that gives it, and whoever took it over."""
        mine = access.organisations()
        given = for_a_rule(Task).filter(organisation_id__in=mine).values("pk")
        took_over = for_a_rule(TaskInstance).filter(organisation_id__in=mine).values("pk")
        return Q(organisation_id__in=mine) | Q(task_id__in=given) | Q(successor_id__in=took_over)
