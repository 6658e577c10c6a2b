"""The forms of a plan: beginning one, its head, and an activity in the order of the official table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nhipcau.access.classification import Classification
from nhipcau.programme.codes import countries, languages
from nhipcau.programme.domain.plan_contents import PlanHead
from nhipcau.programme.models import ActivityChannel, Audience, BudgetSource, Category, PlanActivity, PlanKind
from nhipcau.programme.plan_parts import parts_of
from nhipcau.text import format_number, read_number
from nhipcau.workspace.forms.letters import DayField

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from django.http import QueryDict

    from nhipcau.network.models import Organisation
    from nhipcau.programme.models import Plan, TaskInstance

_EMPTY = ("", "–")


class BeginPlanForm(forms.Form):
    """For which office, which years; what is copied is chosen beside it."""

    organisation = forms.ModelChoiceField(None, label=_("Office"))
    kind = forms.ChoiceField(choices=PlanKind, label=_("Kind"))
    year_from = forms.IntegerField(label=_("First year"), min_value=2010, max_value=2100)
    year_to = forms.IntegerField(
        label=_("Last year"),
        min_value=2010,
        max_value=2129,
        required=False,
        help_text=_("Empty for an annual plan."),
    )

    def __init__(self, *args: Any, offices: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = offices
        if len(offices) == 1:
            self.fields["organisation"].empty_label = None


class PlanHeadForm(forms.Form):
    """What is on a plan besides its parts and activities; its recipients stand beside it."""

    title = forms.CharField(label=_("Title"), max_length=300)
    symbol = forms.CharField(
        label=_("Symbol"),
        max_length=60,
        required=False,
        help_text=_("As in KH-BVHTTDL; the number is given at issue."),
    )
    place = forms.CharField(
        label=_("Place"), max_length=100, required=False, help_text=_("As in Hà Nội; the date is that of issue.")
    )
    classification = forms.ChoiceField(choices=Classification, label=_("Classification"))
    archive_line = forms.CharField(
        label=_("Kept on file"),
        max_length=200,
        required=False,
        help_text=_("As in VT, TTĐN; printed after “Lưu:”."),
    )

    def head(self, recipients: Sequence[Organisation]) -> PlanHead:
        """What was written, once the form is valid."""
        return PlanHead(**self.cleaned_data, recipients=recipients)


class TemplateForm(forms.Form):
    """The next version of the plan template, as a file."""

    file = forms.FileField(
        label=_("File of the template"),
        help_text=_("JSON, as the version in force is handed out. Nothing is changed where it cannot be read."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )


class ActivityForm(forms.Form):
    """An activity. It only shows: what is typed is read by :func:`read_activity` and checked by the domain."""

    title = forms.CharField(label=_("Activity"), max_length=500)
    group = forms.ChoiceField(label=_("Part of the plan"), required=False)
    category = forms.ChoiceField(label=_("Category"), choices=[_EMPTY, *Category.choices], required=False)
    begins_on = DayField(label=_("From"), required=False)
    ends_on = DayField(label=_("To"), required=False)
    budget = forms.CharField(
        label=_("Budget, million đồng"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "form-control num"}),
    )
    budget_source = forms.ChoiceField(
        label=_("Source of the budget"), choices=[_EMPTY, *BudgetSource.choices], required=False
    )
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=lambda: [_EMPTY, *countries()], required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=[_EMPTY, *ActivityChannel.choices], required=False)
    audience = forms.ChoiceField(label=_("Audience"), choices=[_EMPTY, *Audience.choices], required=False)
    main_language = forms.ChoiceField(
        label=_("Main language"),
        choices=lambda: [_EMPTY, *languages()],
        required=False,
        help_text=_("Under this one the activity is counted."),
    )
    more_languages = forms.MultipleChoiceField(
        label=_("Also in"), choices=languages, required=False, widget=forms.CheckboxSelectMultiple
    )
    responsible = forms.CharField(
        label=_("Responsible"),
        max_length=300,
        required=False,
        help_text=_("Units or posts, not personal particulars."),
    )
    output = forms.CharField(
        label=_("Expected output"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    task = forms.ChoiceField(
        label=_("Task served"), required=False, help_text=_("The task then shows how far it is by this activity.")
    )

    def __init__(
        self, *, activity: PlanActivity, plan: Plan, initial: Mapping[str, Any], tasks: Iterable[TaskInstance] = ()
    ) -> None:
        named = list(initial.get("languages") or [])
        given = {**initial, "main_language": named[0] if named else "", "more_languages": named[1:]}
        given["budget"] = amount_as_typed(given.get("budget"))
        super().__init__(initial=given, auto_id=f"activity-{activity.pk}-%s")
        self.fields["group"].choices = [_EMPTY, *grouped(plan)]
        self.fields["task"].choices = [_EMPTY, *((str(task.pk), str(task.task)) for task in tasks)]
        self.activity = activity


def grouped(plan: Plan) -> list[tuple[str, list[tuple[str, str]]]]:
    """The groups of a plan's template for a select, under the titles of their parts."""
    return [
        (part.title, [(f"{part.key}.{group.key}", group.title) for group in part.groups])
        for part in parts_of(plan.template.parts)
        if part.groups
    ]


def amount_as_typed(amount: str | Decimal | None) -> str:
    """``1.250,5`` of ``1250.5``: as the reader's language writes it."""
    from decimal import Decimal, InvalidOperation

    if amount in ("", None):
        return ""
    try:
        return format_number(Decimal(str(amount)), get_language() or "vi")
    except InvalidOperation:
        return str(amount)


def read_activity(data: QueryDict) -> dict[str, Any]:
    """What a form sends of an activity, in the shape in which versions keep it; fields that it lacks are left out."""
    plain = set(PlanActivity.WRITTEN) - {"begins_on", "ends_on", "budget", "languages", "task"}
    values: dict[str, Any] = {name: data[name] for name in PlanActivity.WRITTEN if name in plain and name in data}
    for name in ("begins_on", "ends_on"):
        if name in data:
            values[name] = _day(data[name])
    if "budget" in data:
        values["budget"] = read_number(data["budget"], get_language() or "vi") if data["budget"].strip() else ""
    if "main_language" in data:
        named = [data["main_language"], *data.getlist("more_languages")]
        values["languages"] = list(dict.fromkeys(tag for tag in named if tag))
    if "task" in data:
        key = data["task"]
        values["task"] = int(key) if key.isascii() and key.isdigit() and len(key) < 19 else None  # noqa: PLR2004 - bigint
    return values


def _day(text: str) -> str:
    try:
        found = DayField(required=False).clean(text.strip())
    except forms.ValidationError:
        return text
    return found.isoformat() if found else ""


def labels() -> dict[str, Any]:
    """What the fields of an activity are called: ``budget`` -> ``Budget, million đồng``."""
    fields = {name: field.label for name, field in ActivityForm.base_fields.items()}
    return {**fields, "languages": _("Languages")}
