"""A chart as a room hands it to the kit: few kinds, one table of numbers, every number with what it opens.

``{% chart one %}`` draws it: the table always, and beside it, where the browser runs script, the drawing with its
files (``ui/static/ui/charts.js``). Look.md, "Charts".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

#: Lines over time; bars that begin at zero, one below the other; a small line chart for each series, on one scale.
Kind = Literal["line", "bar", "multiples"]
#: Columns of numbers that stand beside a label at 390 px.
PHONE_COLUMNS = 2
SAMPLE = "DỮ LIỆU MẪU"


@dataclass(frozen=True, slots=True)
class Value:
    """A number and the address of what it is made of. None is a gap: nothing was measured, which is not zero."""

    number: float | None
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One place along the axis: its label, a value for each series, and what only the table says of it."""

    label: str
    values: Sequence[Value]
    more: Sequence[Any] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What is drawn.

    Attributes:
        key: its anchor on the page, and the beginning of its files' names; letters, digits, hyphens.
        kind: how it is drawn.
        title: what the numbers are.
        says: the main point in a sentence; whoever does not see the drawing is told this.
        across: heading of the table's first column.
        series: names of the series, headings of their columns.
        rows: in the order of the axis.
        more: headings of the columns that stand in the table only.
        total: last row of the table, where the sum means something.
        source: who says so.
        as_of: up to which moment the numbers hold, aware.
        gap: what the table says in place of a number that is not there.
        most: rows that are drawn; the table has them all.
        keeps_table: the table stays open beside the drawing.
        sample: something in it is invented; the files say so, too.
    """

    key: str
    kind: Kind
    title: str
    says: str
    across: str
    series: Sequence[str]
    rows: Sequence[Row]
    more: Sequence[str] = ()
    total: Row | None = None
    source: str = ""
    as_of: datetime | None = None
    gap: str = "–"
    most: int = 400
    keeps_table: bool = False
    sample: bool = False

    @property
    def is_wide(self) -> bool:
        """Whether its table has more columns than a phone is wide; then each row becomes a card there."""
        return len(self.series) + len(self.more) > PHONE_COLUMNS

    def drawn(self, *, stamp: str, sample: bool) -> dict[str, Any]:
        """What the script draws from, as plain data.

        Args:
            stamp: the freshness stamp in the reader's language.
            sample: the page shows invented data.
        """
        rows = self.rows[: self.most]
        name = f"{self.key}-{timezone.localdate(self.as_of):%Y-%m-%d}" if self.as_of else self.key
        marked = self.sample or sample
        return {
            "kind": self.kind,
            "title": self.title,
            "says": self.says,
            "labels": [row.label for row in rows],
            "series": [
                {
                    "name": series,
                    "values": [row.values[at].number for row in rows],
                    "links": [row.values[at].href for row in rows],
                }
                for at, series in enumerate(self.series)
            ],
            "foot": " · ".join(part for part in (self.source, stamp) if part),
            "sample": SAMPLE if marked else "",
            "file": f"{name}-du-lieu-mau" if marked else name,
        }
