"""Numbers as a sheet of Excel: one row for each value, whichever way it is looked at, ready to be filtered."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext

from nhipcau.documents.tables import Field, Table, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhipcau.press.number_charts import Shown


def numbers_as_xlsx(shown: Shown, *, about: Sequence[tuple[str, str]], sample: bool) -> tuple[IO[bytes], int]:
    """The totals and every table of the page as a temporary file, and how many rows it has.

    The file stands at its beginning and is gone when it is closed. ``about``: pairs of words for its second sheet.
    """
    out = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    table = Table(
        title=gettext("Coverage in numbers"),
        fields=_fields(shown),
        rows=_rows(shown),
        sheet=gettext("Data"),
        sample=sample,
        about=[*about, *((name, note) for name, note, _holds in shown.notes)],
        about_sheet=gettext("About this file"),
        language=get_language() or "vi",
    )
    try:
        rows = write_xlsx(table, out)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return out, rows


def _fields(shown: Shown) -> list[Field]:
    fields = [
        Field(label=gettext("Looked at by")),
        Field(label=gettext("Value")),
        Field(label=gettext("This period"), numeric=True),
    ]
    said = (gettext("before"), gettext("now"), gettext("change"), gettext("change in %"))
    compared = [f"{heading}: {what}" for heading in shown.headings for what in said]
    return [*fields, *(Field(label=label, numeric=True) for label in compared)]


def _rows(shown: Shown) -> Iterator[list[Any]]:
    for looked_at, value, number, changes in shown.lines():
        cells: list[Any] = []
        for change in changes:
            cells += [None] * 4 if change is None else [change.before, change.now, change.difference, change.percent]
        yield [looked_at, value, number, *cells]
