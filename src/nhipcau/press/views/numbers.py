from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from nhipcau.press.filters import NumbersFilter
from nhipcau.press.models import Article
from nhipcau.press.number_charts import Shown
from nhipcau.press.number_links import CoverageLinks
from nhipcau.press.numbers import count

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """How much the press wrote about the country in a period, by country, topic, language, outlet and over time."""
    now = timezone.now()
    narrowed = NumbersFilter(request.GET, queryset=Article.objects.all())
    period = narrowed.period(now)
    counted = count(narrowed.qs, period, as_of=now, outlets=narrowed.outlets, with_reprints=narrowed.with_reprints)
    context = {
        "shown": Shown(counted, CoverageLinks(period, narrowed.narrowing), gettext("Coverage of the foreign press")),
        "form": narrowed.form,
        "presets": narrowed.presets,
        "faults": narrowed.faults,
        "sample": any(outlet.sample for outlet in counted.outlets.values()),
    }
    return render(request, "press/numbers.html", context)
