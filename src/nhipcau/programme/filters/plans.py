"""How plans and their activities are narrowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau import search
from nhipcau.access import current
from nhipcau.network.models import Organisation
from nhipcau.programme.codes import countries, languages
from nhipcau.programme.models import (
    PLAN_IN_WORK,
    ActivityChannel,
    Audience,
    BudgetSource,
    Category,
    Plan,
    PlanActivity,
    PlanKind,
    PlanState,
)
from nhipcau.text import fold

if TYPE_CHECKING:
    from django.db.models import QuerySet

OWN, RECEIVED = "own", "received"
#: States of a plan as people ask for them.
IN_WORK, RETURNED, ACCEPTED = "in_work", "returned", "accepted"
#: What an address says for rows in which a field is not given.
NOT_SAID = "none"


class KeyFilter(django_filters.NumberFilter):
    """The key of a row that a number or a link elsewhere speaks of; kept in the form, not shown in it."""

    field_class = forms.IntegerField

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1, **options)


class YearFilter(django_filters.NumberFilter):
    """A year that the plan is for, or one of its years."""

    field_class = forms.IntegerField

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("Year"), min_value=2010, max_value=2130, **options)


def offices_named(words: str) -> QuerySet[Organisation]:
    """Organisations whose name holds every word typed, marks and case apart; there are some 300 of them."""
    wanted = fold(words).split()
    rows = Organisation.objects.only("name_vi", "name_en")
    keys = [row.pk for row in rows if all(word in fold(f"{row.name_vi} {row.name_en}") for word in wanted)]
    found: QuerySet[Organisation] = Organisation.objects.filter(pk__in=keys)
    return found


class PlanFilter(django_filters.FilterSet):
    """What narrows the list of plans. Words are looked for in everything that plans say."""

    q = django_filters.CharFilter(method="saying", label=_("Words"))
    year = YearFilter(method="of_year")
    kind = django_filters.ChoiceFilter(choices=PlanKind.choices, label=_("Kind"), empty_label=_("All kinds"))
    state = django_filters.ChoiceFilter(
        method="in_state",
        choices=[
            (IN_WORK, _("Being prepared")),
            *PlanState.choices,
            (ACCEPTED, _("Accepted by a recipient")),
            (RETURNED, _("Sent back for amendment")),
        ],
        label=_("State"),
        empty_label=_("All states"),
    )
    whose = django_filters.ChoiceFilter(
        method="of_whom",
        choices=[(OWN, _("Ours")), (RECEIVED, _("Sent to us"))],
        label=_("Whose"),
        empty_label=_("Ours and those sent to us"),
    )
    office = django_filters.CharFilter(method="of_office", label=_("Office"))
    issued_since = django_filters.DateFilter(field_name="issued_on", lookup_expr="gte", widget=forms.HiddenInput)
    issued_until = django_filters.DateFilter(field_name="issued_on", lookup_expr="lte", widget=forms.HiddenInput)
    organisation = KeyFilter()

    class Meta:
        model = Plan
        fields: tuple[str, ...] = ()

    def saying(self, rows: QuerySet[Plan], _name: str, value: str) -> QuerySet[Plan]:
        """Folded full-text search over number, title, parts and activities."""
        return search.matching(rows, value)

    def of_year(self, rows: QuerySet[Plan], _name: str, value: Any) -> QuerySet[Plan]:
        """Plans that hold in this year."""
        return rows.filter(year_from__lte=value, year_to__gte=value)

    def in_state(self, rows: QuerySet[Plan], _name: str, value: str) -> QuerySet[Plan]:
        """In one state, or in what people take together."""
        if value == IN_WORK:
            return rows.filter(state__in=PLAN_IN_WORK)
        if value in {ACCEPTED, RETURNED}:
            return rows.filter(state=PlanState.ISSUED, **{value: True})
        return rows.filter(state=value)

    def of_whom(self, rows: QuerySet[Plan], _name: str, value: str) -> QuerySet[Plan]:
        """Of the reader's own offices, or of others."""
        mine = Q(organisation_id__in=current().organisations())
        return rows.filter(mine if value == OWN else ~mine)

    def of_office(self, rows: QuerySet[Plan], _name: str, value: str) -> QuerySet[Plan]:
        """Of offices with these words in their name."""
        return rows.filter(organisation_id__in=offices_named(value).order_by().values("pk"))


def _or_not_said(choices: Any) -> list[Any]:
    return [*choices, (NOT_SAID, _("Not said"))]


class ActivityFilter(django_filters.FilterSet):
    """What narrows the list of activities."""

    q = django_filters.CharFilter(method="saying", label=_("Words"))
    year = YearFilter(method="of_year")
    category = django_filters.ChoiceFilter(
        method="said", choices=_or_not_said(Category.choices), label=_("Category"), empty_label=_("All categories")
    )
    channel = django_filters.ChoiceFilter(
        method="said", choices=_or_not_said(ActivityChannel.choices), label=_("Channel"), empty_label=_("All channels")
    )
    audience = django_filters.ChoiceFilter(
        method="said", choices=_or_not_said(Audience.choices), label=_("Audience"), empty_label=_("All audiences")
    )
    country = django_filters.ChoiceFilter(
        method="said", choices=lambda: _or_not_said(countries()), label=_("Country"), empty_label=_("All countries")
    )
    language = django_filters.ChoiceFilter(
        method="in_language",
        choices=lambda: _or_not_said(languages()),
        label=_("Main language"),
        empty_label=_("All languages"),
    )
    budget_source = django_filters.ChoiceFilter(
        method="said",
        choices=_or_not_said(BudgetSource.choices),
        label=_("Source of the budget"),
        empty_label=_("All sources"),
    )
    office = django_filters.CharFilter(method="of_office", label=_("Office"))
    whose = django_filters.ChoiceFilter(
        method="of_whom",
        choices=[(OWN, _("Ours")), (RECEIVED, _("Sent to us"))],
        label=_("Whose"),
        empty_label=_("Ours and those sent to us"),
    )
    since = django_filters.DateFilter(field_name="begins_on", lookup_expr="gte", widget=forms.HiddenInput)
    until = django_filters.DateFilter(field_name="begins_on", lookup_expr="lte", widget=forms.HiddenInput)
    group = django_filters.CharFilter(method="said", widget=forms.HiddenInput)
    standing = django_filters.ChoiceFilter(
        method="of_standing", choices=[("1", _("Issued plans only"))], widget=forms.HiddenInput
    )
    plan = KeyFilter(method="of_plan")
    organisation = KeyFilter(method="of_organisation")
    task = KeyFilter(method="serving")

    class Meta:
        model = PlanActivity
        fields: tuple[str, ...] = ()

    def saying(self, rows: QuerySet[PlanActivity], _name: str, value: str) -> QuerySet[PlanActivity]:
        """With each of these words somewhere in it, as they are written."""
        for word in value.split():
            said = Q(title__icontains=word) | Q(place__icontains=word) | Q(output__icontains=word)
            rows = rows.filter(said | Q(responsible__icontains=word))
        return rows

    def said(self, rows: QuerySet[PlanActivity], name: str, value: str) -> QuerySet[PlanActivity]:
        """With this in the field, or with nothing."""
        return rows.filter(**{name: "" if value == NOT_SAID else value})

    def in_language(self, rows: QuerySet[PlanActivity], _name: str, value: str) -> QuerySet[PlanActivity]:
        """Whose main language it is."""
        return rows.filter(languages__0__isnull=True) if value == NOT_SAID else rows.filter(languages__0=value)

    def of_year(self, rows: QuerySet[PlanActivity], _name: str, value: Any) -> QuerySet[PlanActivity]:
        """Of plans that hold in this year."""
        return self._of(rows, year_from__lte=value, year_to__gte=value)

    def of_office(self, rows: QuerySet[PlanActivity], _name: str, value: str) -> QuerySet[PlanActivity]:
        """Of offices with these words in their name."""
        return self._of(rows, organisation_id__in=offices_named(value).order_by().values("pk"))

    def of_whom(self, rows: QuerySet[PlanActivity], _name: str, value: str) -> QuerySet[PlanActivity]:
        """Of the reader's own offices, or of others."""
        mine = Q(organisation_id__in=current().organisations())
        wanted = Plan.objects.filter(mine if value == OWN else ~mine)
        return rows.filter(plan_id__in=wanted.order_by().values("pk"))

    def of_standing(self, rows: QuerySet[PlanActivity], _name: str, _value: str) -> QuerySet[PlanActivity]:
        """Of plans that are issued and stand."""
        return self._of(rows, state=PlanState.ISSUED)

    def of_plan(self, rows: QuerySet[PlanActivity], _name: str, value: int) -> QuerySet[PlanActivity]:
        """Of one plan, however far it is."""
        return rows.filter(plan_id=value)

    def of_organisation(self, rows: QuerySet[PlanActivity], _name: str, value: int) -> QuerySet[PlanActivity]:
        """Of the plans of one office."""
        return self._of(rows, organisation_id=value)

    def serving(self, rows: QuerySet[PlanActivity], _name: str, value: int) -> QuerySet[PlanActivity]:
        """Which serve a task of an office."""
        return rows.filter(task_id=value)

    def _of(self, rows: QuerySet[PlanActivity], **plans: Any) -> QuerySet[PlanActivity]:
        return rows.filter(plan_id__in=Plan.objects.filter(**plans).order_by().values("pk"))
