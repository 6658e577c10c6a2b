"""Work on many rows, above every list that declares some: choose, see what will change and what cannot, do, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from nhipcau.ui.listing import Plug
from nhipcau.ui.templatetags.ui import vi_number
from nhipcau.workspace.domain.bulk import BulkError, may_be_undone, run_bulk, undo_bulk
from nhipcau.workspace.models import BulkRun

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nhipcau.ui.listing import Bulk, Shown

#: Rows with which something is done at once.
MOST = 2_000
DONE = "done"


def offered(shown: Shown) -> list[Bulk]:
    """What this reader may do with many rows of the list."""
    user = shown.request.user
    return [bulk for bulk in shown.listing.bulk if bulk.may(user)] if user.is_authenticated else []


def notice(shown: Shown) -> str:
    """The bar of actions, and the way back from the last one."""
    if not shown.listing.bulk:
        return ""
    actions = offered(shown)
    context = {"actions": actions, "fitting": shown.number, "undo": _undoable(shown), "has_rows": shown.number > 0}
    context["here"] = shown.request.get_full_path()
    return render_to_string("workspace/list_bulk.html", context, request=shown.request)


def _undoable(shown: Shown) -> BulkRun | None:
    """What was just done, while it can be undone."""
    key = shown.request.GET.get(DONE, "")
    if not key.isdecimal() or len(key) > len(str(2**62)):
        return None
    run: BulkRun | None = BulkRun.objects.filter(pk=key, listing=shown.listing.name).first()
    bulk = _named(shown, run.action) if run else None
    return run if run and bulk and bulk.undo and may_be_undone(run, timezone.now()) else None


def _named(shown: Shown, name: str) -> Bulk | None:
    return next((bulk for bulk in shown.listing.bulk if bulk.name == name), None)


def answer(shown: Shown) -> HttpResponse | None:
    """A preview, the work itself, or its undoing."""
    asked = shown.request.POST
    if shown.request.method != "POST" or not shown.listing.bulk:
        return None
    if "undo" in asked:
        return _undo(shown, asked["undo"])
    bulk = next((each for each in offered(shown) if each.name == asked.get("bulk")), None)
    if bulk is None:
        return HttpResponseRedirect(shown.request.get_full_path())
    return _do(shown, bulk) if "rows" in asked else _preview(shown, bulk)


def _preview(shown: Shown, bulk: Bulk) -> HttpResponse:
    """What will change and what cannot. "All" is every row that fits the filters of this very address."""
    asked = shown.request.POST
    everything = asked.get("all") == "1"
    rows = shown.rows if everything else shown.rows.filter(pk__in=_keys(asked.getlist("row")))
    chosen = list(rows[: MOST + 1])
    if not chosen or len(chosen) > MOST:
        sentence = gettext("Choose rows first.") if not chosen else gettext("Choose 2,000 rows at most.")
        messages.error(shown.request, sentence)
        return HttpResponseRedirect(shown.request.get_full_path())
    effects = [(row, bulk.effect(row)) for row in chosen]
    name = shown.listing.columns[0].value
    context: dict[str, Any] = {
        "listing": shown.listing,
        "bulk": bulk,
        "can": [(name(row), effect.words) for row, effect in effects if effect.possible],  # type: ignore[operator]
        "cannot": [(name(row), effect.words) for row, effect in effects if not effect.possible],  # type: ignore[operator]
        "keys": ",".join(str(row.pk) for row, effect in effects if effect.possible),
        "here": shown.request.get_full_path(),
        "limits": shown.limits,
        "everything": everything,
    }
    return render(shown.request, "workspace/bulk_preview.html", context)


def _do(shown: Shown, bulk: Bulk) -> HttpResponse:
    """Exactly the rows of the preview, as far as they are still the reader's to work on."""
    keys = _keys(shown.request.POST["rows"].split(","))
    rows = shown.listing.rows(**shown.given).filter(pk__in=keys[:MOST])
    rest = shown.address_without(DONE, "page")
    try:
        run = run_bulk(actor=shown.request.user, listing=shown.listing, bulk=bulk, rows=rows)  # type: ignore[arg-type]
    except BulkError as error:
        messages.error(shown.request, str(error))
        return HttpResponseRedirect(f"?{rest}")
    said = ngettext("Done with %(number)s row.", "Done with %(number)s rows.", len(run.rows))
    messages.success(shown.request, said % {"number": vi_number(len(run.rows))})
    return HttpResponseRedirect(f"?{rest}{'&' if rest else ''}{DONE}={run.pk}")


def _undo(shown: Shown, key: str) -> HttpResponse:
    run = BulkRun.objects.filter(pk=next(iter(_keys([key])), None), listing=shown.listing.name).first()
    bulk = _named(shown, run.action) if run else None
    back = HttpResponseRedirect(f"?{shown.address_without(DONE)}")
    if run is None or bulk is None:
        messages.error(shown.request, gettext("This can no longer be undone."))
        return back
    try:
        number = undo_bulk(actor=shown.request.user, run=run, bulk=bulk)  # type: ignore[arg-type]
    except BulkError as error:
        messages.error(shown.request, str(error))
    else:
        said = ngettext("%(number)s row was put back.", "%(number)s rows were put back.", number)
        messages.success(shown.request, said % {"number": vi_number(number)})
    return back


def _keys(given: list[str]) -> list[int]:
    return [int(key) for key in given if key.isdecimal() and len(key) < 19]  # noqa: PLR2004 - what a key holds


PLUG = Plug(name="workspace.bulk", order=90, notice=notice, answer=answer)
