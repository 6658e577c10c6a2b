"""How the record is narrowed: one form, plain GET, every field optional."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.apps import apps
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from nhipcau.audit import queries, verbs
from nhipcau.text import sort_key
from nhipcau.ui.listing import FormFilter

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nhipcau.audit.models import Entry

_DAYS = [MinValueValidator(date(1970, 1, 2)), MaxValueValidator(date(2200, 1, 1))]


def _objects() -> list[tuple[str, str]]:
    """The kinds of objects that there are, by name."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("nhipcau.")]
    named = [(model._meta.label_lower, capfirst(str(model._meta.verbose_name))) for model in ours]
    return [("", _("All objects")), *sorted(named, key=lambda pair: sort_key(pair[1]))]


class _DayField(forms.DateField):
    """A day in Asia/Ho_Chi_Minh, as a browser's date field sends it or as people write it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            validators=_DAYS,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            **options,
        )


class EntryForm(forms.Form):
    """What may be asked of the record."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    office = forms.TypedChoiceField(label=_("Organisation"), required=False, coerce=int, empty_value=None)
    verb = forms.ChoiceField(label=_("What was done"), required=False)
    object_type = forms.ChoiceField(label=_("Kind of object"), required=False)
    object = forms.CharField(label=_("Its number"), required=False, max_length=64)
    actor = forms.CharField(label=_("Who"), required=False, max_length=200)
    since = _DayField(label=_("From"))
    until = _DayField(label=_("To"))
    request = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["office"].choices = [("", _("All organisations")), *queries.audited_offices()]
        fields["verb"].choices = [("", _("Everything")), *((v, capfirst(p)) for v, p in verbs.verbs())]
        fields["object_type"].choices = _objects()


#: Fields of the form that are compared as they are -> the field of the entry.
_EXACT = {"office": "organisation_id", "verb": "verb", "object_type": "object_type", "object": "object_id"}


def _narrow(rows: QuerySet[Entry], asked: dict[str, Any]) -> QuerySet[Entry]:
    exact = {field: asked.get(name) for name, field in _EXACT.items()} | {"request_id": asked.get("request")}
    rows = rows.filter(**{field: value for field, value in exact.items() if value not in (None, "")})
    if words := asked.get("q"):
        rows = rows.filter(Q(object_label__icontains=words) | Q(reason__icontains=words))
    if who := asked.get("actor"):
        rows = rows.filter(Q(actor_label__icontains=who) | Q(actor_id=who) | Q(deputy_of=who))
    if since := asked.get("since"):
        rows = rows.filter(at__gte=timezone.make_aware(datetime.combine(since, time.min)))
    if until := asked.get("until"):
        rows = rows.filter(at__lte=timezone.make_aware(datetime.combine(until, time.max)))
    return rows


EntryFilter = FormFilter.of(EntryForm, _narrow)
