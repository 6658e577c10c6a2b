"""The list of the examples: declared and drawn as every list is, over rows held in memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Sum
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext

from nhipcau import text
from nhipcau.ui.listing import Column, FormFilter, Listing, Shown
from nhipcau.ui.listing.cells import state
from nhipcau.ui.templatetags.ui import vi_number
from nhipcau.workspace.models import LetterState

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Row:
    """One row."""

    pk: int
    title: str
    state: str
    received: date
    changed: datetime
    pages: int

    def get_state_display(self) -> str:
        """The word for its state."""
        return str(LetterState(self.state).label)


class Rows(list[Row]):
    """What a list asks of a queryset, of rows held in memory."""

    def order_by(self, *fields: str) -> Rows:
        """The rows in this order."""
        rows = Rows(self)
        for name in reversed(fields):
            rows.sort(key=attrgetter(name.lstrip("-")), reverse=name.startswith("-"))
        return rows

    def aggregate(self, **asked: Any) -> dict[str, int]:
        """``total_pages``: the pages of all rows."""
        return {name: sum(getattr(row, name.removeprefix("total_")) for row in self) for name in asked}


_STATES = ("draft", "in_review", "sent_back", "approved", "issued", "recalled", "registered")


def rows() -> Rows:
    """Seven invented documents."""
    at = timezone.make_aware(datetime(2026, 11, 22, 14, 5))  # noqa: DTZ001 - made aware here
    return Rows(
        Row(
            pk=number,
            title=f"DỮ LIỆU MẪU: văn bản số {number}, trích yếu dài để thấy tên hàng xuống dòng ra sao",
            state=code,
            received=date(2026, 11, 22 - number),
            changed=at.replace(day=22 - number),
            pages=number * number * 40,
        )
        for number, code in enumerate(_STATES, 1)
    )


class ExamplesForm(forms.Form):
    """What narrows the list."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("All states")), *LetterState.choices],
        required=False,
    )


def _narrow(given: Rows, asked: Mapping[str, Any]) -> Rows:
    words, code = text.fold(asked.get("q") or ""), asked.get("state")
    return Rows(row for row in given if words in text.fold(row.title) and (not code or row.state == code))


def _heading(shown: Shown) -> str:
    return ngettext("%(n)s document", "%(n)s documents", shown.number) % {"n": vi_number(shown.number)}


EXAMPLES = Listing(
    name="workspace.examples",
    view="workspace:examples",
    title=gettext_lazy("Sample documents"),
    heading=_heading,
    rows=rows,
    filters=FormFilter.of(ExamplesForm, _narrow),
    order=("pk",),
    per_page=3,
    export=False,
    columns=[
        Column(key="title", label=gettext_lazy("Subject"), card="title", language=lambda _row: "vi", order_by=("pk",)),
        Column(
            key="state",
            label=gettext_lazy("State"),
            show=lambda row: state(row.get_state_display(), row.state),
            card="plain",
        ),
        Column(key="received", label=gettext_lazy("Received"), css="when", order_by=("received",)),
        Column(key="changed", label=gettext_lazy("Changed"), css="when", chosen=False),
        Column(
            key="pages", label=gettext_lazy("Number of pages"), numeric=True, order_by=("pages",), total=Sum("pages")
        ),
    ],
)


class ShownExamples(Shown):
    """The list with the tools that rooms add to lists with an address of their own; nothing is kept of what they do."""

    @cached_property
    def ticks(self) -> bool:
        """Rows can be ticked."""
        return True

    @property
    def tools(self) -> list[str]:
        """Saved views and files."""
        views = {"listing": self.listing, "path": self.request.path, "views": [], "save_url": self.request.path}
        files = {"rest": "", "fitting": self.number, "everything": False}
        return [
            render_to_string("workspace/list_views.html", views, request=self.request),
            render_to_string("workspace/list_files.html", files),
        ]

    @property
    def notices(self) -> list[str]:
        """Work on many rows, and its undoing."""
        done = {"undo": {"pk": 0}, "actions": [{"name": "none", "label": gettext("Only an example")}]}
        asked = done | {"has_rows": True, "here": self.request.path, "fitting": self.number}
        return [render_to_string("workspace/list_bulk.html", asked, request=self.request)]
