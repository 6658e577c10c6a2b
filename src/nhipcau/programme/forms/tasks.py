"""What is entered of tasks: what is asked, to whom it is given, how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.law.models import Deadline
from nhipcau.network.models import Kind, Organisation, RoleInNetwork
from nhipcau.programme.agencies import written
from nhipcau.programme.domain.giving import Gift
from nhipcau.programme.domain.tasks import TaskContent
from nhipcau.programme.forms.fields import DayField, LetterField, long, of_nation, office_field, short, version_field
from nhipcau.programme.models import (
    ClauseKind,
    InstanceState,
    Part,
    Task,
    TaskClass,
    TaskKind,
    TaskNamedOffice,
    TaskState,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from django.http import QueryDict

_AGENCIES = [
    *((f"role:{role}", label) for role, label in RoleInNetwork.choices),
    *((f"kind:{kind}", label) for kind, label in Kind.choices),
]


class TasksForm(forms.Form):
    """What narrows the tasks."""

    q = forms.CharField(label=_("Words"), required=False)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All states")), *TaskState.choices], required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All kinds")), *ClauseKind.choices], required=False)
    directive = forms.ChoiceField(label=_("Directive"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["directive"]
        rows = Task.objects.order_by("clause__directive__number").values_list(
            "clause__directive_id", "clause__directive__number", "clause__directive__title_vi"
        )
        found = [(str(key), (number or title)[:80]) for key, number, title in rows.distinct()]
        field.choices = [("", _("All directives")), *found]


class InstancesForm(forms.Form):
    """What narrows the tasks of offices."""

    q = forms.CharField(label=_("Words"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All states")), ("late", _("Late")), *InstanceState.choices],
        required=False,
    )


class OfficesOfTaskForm(InstancesForm):
    """What narrows the offices that have a task."""

    kind = forms.ChoiceField(label=_("Class"), choices=[("", _("All classes")), *Kind.choices], required=False)


class TaskForm(forms.Form):
    """What a clause asks."""

    kind = forms.ChoiceField(label=_("Kind"), choices=TaskKind.choices)
    title_vi = long(_("What is asked, in Vietnamese"), rows=3, required=True)
    title_en = long(_("What is asked, in English"), rows=2)
    product = long(_("Expected product"), rows=2)
    indicator = long(_("Indicator"), rows=2, help_text=_("By what it is measured, and what is to be reached."))
    lead = forms.MultipleChoiceField(
        label=_("Lead agency"), choices=_AGENCIES, required=False, widget=forms.CheckboxSelectMultiple
    )
    lead_office = office_field(_("Lead agency: one office"), required=False)
    lead_words = short(_("Lead agency: as written"), 300, required=False)
    coordinating = forms.MultipleChoiceField(
        label=_("Coordinating agency"), choices=_AGENCIES, required=False, widget=forms.CheckboxSelectMultiple
    )
    coordinating_office = office_field(_("Coordinating agency: one office"), required=False)
    coordinating_words = short(_("Coordinating agency: as written"), 300, required=False)
    deadline_text = short(_("Deadline as written"), 200, required=False)
    due_on = DayField(label=_("Due on"), required=False)
    deadline_kind = forms.ChoiceField(
        label=_("Deadline by law"),
        required=False,
        help_text=_("The day due then follows from the law and the day of the event."),
    )
    trigger_on = DayField(label=_("Day of the event"), required=False)
    note = long(_("Note"), rows=2)
    version = version_field()

    def __init__(self, *args: Any, sample: bool, task: Task | None = None, **options: Any) -> None:
        if task is not None:
            options["initial"] = _initial(task) | (options.get("initial") or {})
        super().__init__(*args, **options)
        #: The form has room for one office by name and one in words in each part; what else there is stays.
        self.beside = {part.value: _beside(task, part) if task else [] for part in Part}
        fields: Any = self.fields
        for name in ("lead_office", "coordinating_office"):
            of_nation(fields[name], sample=sample)
        kinds = Deadline.objects.filter(valid_to__isnull=True).order_by("deliverable_vi")
        fields["deadline_kind"].choices = [
            ("", "–"),
            *((row.kind, f"{row.deliverable} ({row.actor})") for row in kinds),
        ]

    def content(self) -> TaskContent:
        """What was entered, once the form is valid."""
        given = self.cleaned_data
        names = (
            "kind", "title_vi", "title_en", "product", "indicator", "deadline_text", "due_on", "deadline_kind",
            "trigger_on", "note",
        )  # fmt: skip
        parts = {part.value: self._agencies(part.value) for part in Part}
        return TaskContent(**{name: given[name] for name in names}, **parts)

    def _agencies(self, part: str) -> list[str]:
        given = self.cleaned_data
        office, words = given[f"{part}_office"], given[f"{part}_words"].strip()
        found = list(given[part])
        if office is not None:
            found.append(f"office:{office.pk}")
        if words:
            found.append(f"words:{words}")
        return [*found, *self.beside[part]]


def _initial(task: Task) -> dict[str, Any]:
    """A task as its form has it; of several offices by name, or in words, the first one of each part."""
    names = (
        "kind", "title_vi", "title_en", "product", "indicator", "deadline_text", "due_on", "deadline_kind",
        "trigger_on", "note", "version",
    )  # fmt: skip
    values: dict[str, Any] = {name: getattr(task, name) for name in names}
    for part in Part:
        rows = [row for row in task.agencies.select_related("organisation") if row.part == part]
        values[part.value] = [written(row) for row in rows if row.role or row.kind]
        values[f"{part}_office"] = next((row.organisation_id for row in rows if row.organisation_id), None)
        values[f"{part}_words"] = next((row.words for row in rows if row.words), "")
    return values


def _beside(task: Task, part: Part) -> list[str]:
    """The agencies of a part for which the form has no room."""
    rows = [row for row in task.agencies.select_related("organisation") if row.part == part]
    named, said = ([written(row) for row in rows if getattr(row, name)] for name in ("organisation_id", "words"))
    return [*named[1:], *said[1:]]


class EndForm(forms.Form):
    """How a task ended as a whole."""

    ending = forms.ChoiceField(label=_("How it ended"), choices=[("done", _("Done")), ("withdrawn", _("Withdrawn"))])
    day = DayField(label=_("Day"), required=False, help_text=_("Today where nothing is chosen."))
    note = long(_("What shows it, or why"), rows=3, required=True)


class WordForm(forms.Form):
    """How an office stands with its task."""

    word = forms.ChoiceField(
        label=_("How it stands"),
        choices=[("", _("As what serves it says")), *Word.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    done_on = DayField(label=_("Done on"), required=False, help_text=_("Today where nothing is chosen."))
    note = long(_("In your own words"), rows=4)
    evidence = LetterField(label=_("Letter that shows it"))
    evidence_number = short(_("Or number and symbol of another paper"), 100, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["evidence"]
        field.of_reader()


class MoveForm(forms.Form):
    """Another day for one office."""

    due_on = DayField(label=_("Due on"), required=False)
    reason = long(_("Why"), rows=3, required=True)


@dataclass(slots=True)
class KindRow:
    """A class in the form: whether it is given the task, by when, how many offices it has today."""

    kind: str
    name: Any
    offices: int
    given: bool = False
    due_on: str = ""
    error: Any = ""


@dataclass(slots=True)
class OfficeRow:
    """An office named in the form: whether it has the task or not, and by when."""

    organisation: Organisation
    given: bool = True
    due_on: str = ""
    error: Any = ""


class GiftRows:
    """To whom a task is given, as the form has it: classes, and offices by name."""

    def __init__(self, kinds: list[KindRow], offices: list[OfficeRow]) -> None:
        self.kinds, self.offices = kinds, offices

    @classmethod
    def of(cls, task: Task, numbers: Mapping[str, int]) -> GiftRows:
        """As the task has them."""
        given = {row.kind: row.due_on for row in TaskClass.objects.filter(task=task)}
        kinds = [
            KindRow(kind, label, numbers.get(kind, 0), kind in given, _iso(given.get(kind)))
            for kind, label in Kind.choices
            if numbers.get(kind) or kind in given
        ]
        named = TaskNamedOffice.objects.filter(task=task).select_related("organisation")
        return cls(kinds, [OfficeRow(row.organisation, row.given, _iso(row.due_on)) for row in named])

    @classmethod
    def read(cls, data: QueryDict, numbers: Mapping[str, int]) -> GiftRows:
        """As the form sends them: ``kind`` and ``due-…``, ``office`` and ``add``, ``drop`` those to take out."""
        ticked = set(data.getlist("kind"))
        kinds = [
            KindRow(kind, label, numbers.get(kind, 0), kind in ticked, data.get(f"due-{kind}", ""))
            for kind, label in Kind.choices
            if numbers.get(kind) or kind in ticked
        ]
        kept = [key for key in data.getlist("office") if key not in data.getlist("drop")]
        keys = [int(key) for key in dict.fromkeys([*kept, *data.getlist("add")]) if key.isascii() and key.isdigit()]
        there = Organisation.objects.in_bulk([key for key in keys if key < 2**63])
        offices = [
            OfficeRow(there[key], data.get(f"has-{key}", "1") == "1", data.get(f"due-office-{key}", ""))
            for key in keys
            if key in there
        ]
        return cls(kinds, offices)

    @property
    def ids(self) -> Sequence[int]:
        """The offices named."""
        return [row.organisation.pk for row in self.offices]

    def is_valid(self) -> bool:
        """Whether every day can be read; what cannot is said at its row."""
        rows: Iterable[KindRow | OfficeRow] = [*self.kinds, *self.offices]
        for row in rows:
            row.error = "" if not row.due_on or _day(row.due_on) else _("Not a day: write it as 22/11/2026.")
        return not any(row.error for row in rows)

    def gift(self) -> Gift:
        """What was entered, once it is valid."""
        return Gift(
            kinds={row.kind: _day(row.due_on) for row in self.kinds if row.given},
            plus={row.organisation.pk: _day(row.due_on) for row in self.offices if row.given},
            minus=frozenset(row.organisation.pk for row in self.offices if not row.given),
        )


def _day(text: str) -> date | None:
    try:
        return DayField().to_python(text)
    except forms.ValidationError:
        return None


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
