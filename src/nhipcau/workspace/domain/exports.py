"""A list leaves as a file: the rows, columns and order that its reader sees, and an entry that says who took what."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from nhipcau.access import current
from nhipcau.access.classification import exportable, narrowest
from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.documents.tables import SAMPLE, Field, Table, write_csv, write_xlsx
from nhipcau.network.models import Organisation
from nhipcau.ui.templatetags.ui import moment, vi_number
from nhipcau.workspace.files import is_demonstration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhipcau.accounts.models import Person
    from nhipcau.ui.listing import Shown

KINDS = {"xlsx": write_xlsx, "csv": write_csv}
#: Rows that are read from the database at a time.
CHUNK = 1_000


def export_list(*, actor: Person, shown: Shown, kind: str) -> IO[bytes]:
    """Write the list as it is shown, every page of it, into a temporary file, and record it.

    Restricted rows stay behind where the actor does not answer for their office; the file and the record say how many.
    The file stands at its beginning and is gone when it is closed.

    Args:
        actor: who takes it.
        shown: the list with its filters, columns and order.
        kind: ``xlsx`` or ``csv``.

    Raises:
        PermissionDeniedError: the actor is nobody who signed in.
        FileRefusedError: more rows than a sheet of Excel holds.
    """
    require("workspace.export_list", actor)
    taken = _Taken(shown)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    try:
        rows = KINDS[kind](taken.table(marked_by_row=kind == "csv"), out)
        payload = {
            "list": shown.listing.name,
            "filters": dict(shown.limits),
            "columns": [column.key for column in shown.columns],
            "order": list(shown.order),
            "kind": kind,
            "rows": rows,
            "left_out": taken.left_out,
        }
        with transaction.atomic():
            record(
                actor=actor, verb="workspace.export_list", target=actor, organisation=office_of(actor), payload=payload
            )
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return out


def office_of(actor: Person) -> Organisation | None:
    """The office whose auditors read of it: the first in which the actor holds a role."""
    held = current().organisations() if current().person_id == actor.pk else frozenset()
    office: Organisation | None = Organisation.objects.filter(pk__in=held).order_by("pk").first()
    return office


class _Taken:
    """The rows on their way into a file, and what is learned of them on that way."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.rows = shown.rows
        self.left_out = 0
        self.sample = is_demonstration()
        self.classifications: set[str] = set()
        if shown.listing.classified:
            office, classification = shown.listing.classified
            leaves = exportable(current(), office=office, classification=classification)
            self.rows = shown.rows.filter(leaves)
            self.left_out = shown.rows.count() - self.rows.count()

    def table(self, *, marked_by_row: bool) -> Table:
        """What is written. ``marked_by_row``: a csv has no sheet to be marked, so its invented rows are."""
        columns = self.shown.columns
        fields = [Field(label=str(column.label), numeric=column.numeric) for column in columns]
        marks = marked_by_row and self._some_row_is_invented()
        if marks:
            fields.append(Field(label=SAMPLE))
        return Table(
            title=str(self.shown.listing.title),
            fields=fields,
            rows=self._values(columns, marks=marks),
            sheet=gettext("Data"),
            sample=lambda: self.sample,
            mark=self._mark,
            about=self._about,
            about_sheet=gettext("About this file"),
            language=get_language() or "vi",
        )

    def _values(self, columns: list[Any], *, marks: bool) -> Iterator[list[Any]]:
        invented = self.shown.listing.sample
        for row in self.rows.iterator(chunk_size=CHUNK):
            is_invented = is_demonstration() or (invented is not None and invented([row]))
            self.sample = self.sample or is_invented
            if self.shown.listing.classified:
                self.classifications.add(_follow(row, self.shown.listing.classified[1]))
            values = [_plain(column.value(row)) for column in columns]
            yield [*values, gettext("Yes") if is_invented else ""] if marks else values

    def _some_row_is_invented(self) -> bool:
        invented = self.shown.listing.sample
        if is_demonstration() or invented is None:
            return is_demonstration()
        return any(invented([row]) for row in self.rows.iterator(chunk_size=CHUNK))

    def _mark(self) -> str:
        return str(narrowest(self.classifications).label) if self.classifications else ""

    def _about(self) -> list[tuple[str, str]]:
        shown = self.shown
        order = next((str(label) for _code, label, now in shown.sort_choices if now), "")
        lines = [
            (gettext("List"), str(shown.listing.title)),
            (gettext("What it answers"), shown.heading),
            *shown.limits,
            (gettext("Order"), order),
            (gettext("Taken by"), str(current().actor.actor_label)),
            (gettext("Taken at"), moment(timezone.now())),
        ]
        if self.left_out:
            lines.append((gettext("Left out"), left_out(self.left_out)))
        if self.classifications:
            lines.append((gettext("Classification"), self._mark()))
        return [(name, words) for name, words in lines if words]


def left_out(number: int) -> str:
    """How many restricted rows stayed behind, in words."""
    return ngettext(
        "%(number)s restricted row is not in this file: only those who answer for its office take it along.",
        "%(number)s restricted rows are not in this file: only those who answer for their office take them along.",
        number,
    ) % {"number": vi_number(number)}


def _follow(row: Any, path: str) -> str:
    for name in path.split("__"):
        row = getattr(row, name)
    return str(row)


def _plain(value: Any) -> Any:
    """A value as a file holds it: yes and no in words, lazily translated texts as texts."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if value is None or isinstance(value, str | int | float) or hasattr(value, "year") or hasattr(value, "is_finite"):
        return value
    return str(value)
