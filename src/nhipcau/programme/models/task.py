from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.network.models import Kind, Organisation, RoleInNetwork
from nhipcau.programme.models.directive import Clause

if TYPE_CHECKING:
    from nhipcau.access import Access


class TaskKind(models.TextChoices):
    """Something to do, or a figure to reach."""

    TASK = "task", _("Task")
    TARGET = "target", _("Target")


class TaskState(models.TextChoices):
    """How far a task is, derived from its instances and from what serves it (docs/explanation/programme.md)."""

    NOT_GIVEN = "not_given", _("Not given yet")
    GIVEN = "given", _("Given")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Ending(models.TextChoices):
    """What the office that gives a task said of it as a whole."""

    DONE = "done", _("Done")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Task(Scoped):
    """A task or target that a clause of a directive sets: who leads, what is expected, by when.

    Reference: everybody reads which tasks there are. To whom it was given is in :class:`TaskClass` and
    :class:`TaskNamedOffice`; what each of them owes is a :class:`~nhipcau.programme.models.TaskInstance`.
    """

    #: What may be marked as not found in the accessible text.
    FINDABLE = ("lead", "coordinating", "deadline", "indicator")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("office that gives it")
    )
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="tasks", verbose_name=_("clause"))
    key = models.SlugField(_("key"), max_length=40, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=TaskKind, default=TaskKind.TASK)
    title_vi = models.CharField(_("title in Vietnamese"), max_length=500)
    title_en = models.CharField(_("title in English"), max_length=500, blank=True)
    product = models.TextField(_("expected product"), blank=True)
    indicator = models.TextField(_("indicator"), blank=True)
    deadline_text = models.CharField(_("deadline as written"), max_length=200, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    #: A kind of deadline of the law room and its event: ``due_on`` is then what the law makes of them.
    deadline_kind = models.SlugField(_("deadline by law"), max_length=80, blank=True)
    trigger_on = models.DateField(_("day of the event"), null=True, blank=True)
    #: Of :data:`FINDABLE`: what the accessible text did not say, which is not the same as nothing.
    not_found = models.JSONField(_("not found in the accessible text"), default=list, blank=True)
    note = models.TextField(_("note"), blank=True)
    #: What was translated, as the source has it.
    source_note = models.TextField(_("in the words of the source"), blank=True)
    state = models.CharField(_("state"), max_length=16, choices=TaskState, default=TaskState.NOT_GIVEN, editable=False)
    given_on = models.DateField(_("given on"), null=True, editable=False)
    ending = models.CharField(_("ended as"), max_length=16, choices=Ending, blank=True, editable=False)
    ended_on = models.DateField(_("ended on"), null=True, editable=False)
    ending_note = models.TextField(_("how it ended"), blank=True, editable=False)
    entered_here = models.BooleanField(_("entered here"), default=False, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    sample = models.BooleanField(_("sample data"), default=False)

    class Meta(Scoped.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = [F("due_on").asc(nulls_last=True), "clause__place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="one_task_of_a_key"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: as the directive."""
        return Q()

    @property
    def title(self) -> str:
        """The title in the reader's language; the Vietnamese one where there is no other."""
        return self.title_en if get_language() == "en" and self.title_en else self.title_vi


class Part(models.TextChoices):
    """Who leads a task, who works with them."""

    LEAD = "lead", _("Lead agency")
    COORDINATING = "coordinating", _("Coordinating agency")


class TaskAgency(Scoped):
    """Who leads a task or works with those who lead: an organisation, a role in the network, a class, or words.

    A role is kept as a role: who held it on which day is asked of the network.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="agencies", verbose_name=_("task"))
    part = models.CharField(_("part"), max_length=16, choices=Part)
    place = models.PositiveSmallIntegerField(_("position"), default=0)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    role = models.CharField(_("role in the network"), max_length=40, choices=RoleInNetwork, blank=True)
    kind = models.CharField(_("class"), max_length=32, choices=Kind, blank=True)
    words = models.CharField(_("as written"), max_length=300, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("agency of a task")
        verbose_name_plural = _("agencies of tasks")
        ordering = ["task", "-part", "place", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(organisation__isnull=False, role="", kind="", words="")
                    | Q(organisation__isnull=True, kind="", words="") & ~Q(role="")
                    | Q(organisation__isnull=True, role="", words="") & ~Q(kind="")
                    | Q(organisation__isnull=True, role="", kind="") & ~Q(words="")
                ),
                name="agency_is_named_one_way",
            ),
        ]

    def __str__(self) -> str:
        if self.organisation_id is not None:
            return str(self.organisation)
        return str(self.get_role_display() if self.role else self.get_kind_display() if self.kind else self.words)

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: as the task."""
        return Q()


class TaskClass(Scoped):
    """A class of offices to which a task was given, and by when where that is not the day of the task."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="classes", verbose_name=_("task"))
    kind = models.CharField(_("class"), max_length=32, choices=Kind)
    due_on = models.DateField(_("due on"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("class to which a task was given")
        verbose_name_plural = _("classes to which tasks were given")
        ordering = ["task", "kind"]
        constraints = [models.UniqueConstraint(fields=["task", "kind"], name="class_once_a_task")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: as the task."""
        return Q()


class TaskNamedOffice(Scoped):
    """An office named by itself: it has the task though its class has not, or has not though its class has."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="named_offices", verbose_name=_("task"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    given = models.BooleanField(_("has the task"), default=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("office named for a task")
        verbose_name_plural = _("offices named for tasks")
        ordering = ["task", "pk"]
        constraints = [models.UniqueConstraint(fields=["task", "organisation"], name="office_once_a_task")]

    def __str__(self) -> str:
        return f"{self.organisation}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: as the task."""
        return Q()
