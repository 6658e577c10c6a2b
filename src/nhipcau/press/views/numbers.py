from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from nhipcau.press.domain.taking import take_numbers
from nhipcau.press.filters import NumbersFilter
from nhipcau.press.models import Article
from nhipcau.press.number_charts import Shown
from nhipcau.press.number_files import numbers_as_xlsx
from nhipcau.press.number_links import CoverageLinks
from nhipcau.press.numbers import count
from nhipcau.ui.templatetags.ui import day, moment
from nhipcau.workspace.files import XLSX, as_download, is_demonstration

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


@login_required
@require_safe
def numbers(request: HttpRequest) -> HttpResponseBase:
    """How much the press wrote about the country in a period, by country, topic, language, outlet and over time."""
    now = timezone.now()
    narrowed = NumbersFilter(request.GET, queryset=Article.objects.all())
    period = narrowed.period(now)
    counted = count(narrowed.qs, period, as_of=now, outlets=narrowed.outlets, with_reprints=narrowed.with_reprints)
    shown = Shown(counted, CoverageLinks(period, narrowed.narrowing), gettext("Coverage of the foreign press"))
    sample = any(outlet.sample for outlet in counted.outlets.values())
    if request.GET.get("export") == "xlsx":
        return _file(request, narrowed, shown, sample=sample)
    context = {
        "shown": shown,
        "form": narrowed.form,
        "presets": narrowed.presets,
        "preset": narrowed.preset,
        "faults": narrowed.faults,
        "sample": sample,
    }
    return render(request, "press/numbers.html", context)


def _file(request: HttpRequest, narrowed: NumbersFilter, shown: Shown, *, sample: bool) -> HttpResponseBase:
    """The same numbers as a sheet; that they were taken along is on record."""
    period, invented = shown.counted.period, sample or is_demonstration()
    limits = {str(name): words for name, words in narrowed.limits}
    about = [
        (gettext("Period"), f"{day(period.first)} – {day(period.last)}"),
        *limits.items(),
        (gettext("Numbers up to"), moment(shown.counted.as_of)),
        (gettext("Taken by"), str(request.user)),
    ]
    file, rows = numbers_as_xlsx(shown, about=about, sample=invented)
    try:
        take_numbers(actor=request.user, asked={"period": period.code, **narrowed.narrowing}, rows=rows)  # type: ignore[arg-type]
    except BaseException:
        file.close()
        raise
    name = gettext("Coverage in numbers")
    if invented:
        name = f"{name} {gettext('sample data')}"
    return as_download(file, name=name, ending="xlsx", content_type=XLSX, dated=True)
