"""How national reports are narrowed."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from nhipcau.reporting.models import NationalReport, NationalState


class NationalFilter(django_filters.FilterSet):
    """By state."""

    state = django_filters.ChoiceFilter(choices=NationalState.choices, label=_("State"), empty_label=_("All states"))

    class Meta:
        model = NationalReport
        fields: tuple[str, ...] = ()
