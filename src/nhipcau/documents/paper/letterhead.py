"""The paper's own words: what Decree 30/2020/NĐ-CP prints around the content, in the language of the paper.

Annex I of the Decree: national title and motto on the right, issuing body under the body above it on the left, number
and symbol, place and date; at the end who signs, on the right, and who receives it, on the left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from nhipcau.text import format_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhipcau.documents.paper.shape import Edition

#: Months that the Decree writes with a zero, so that nobody adds a digit.
_EARLY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What stands around the content of one paper.

    Attributes:
        lang: language of the paper: ``vi`` or another that dates are written in.
        kind: what the document is: ``Điểm báo``.
        title: what it is about.
        period: the line under the title.
        day: ISO day of the content; None where it has none.
        edition: what makes it an administrative document; None from the command line.
        translate: from English into the language of the paper.
    """

    lang: str
    kind: str
    title: str
    period: str
    day: str | None
    edition: Edition | None
    translate: Callable[[str], str]

    def nation(self) -> tuple[str, str]:
        """National title and motto."""
        title = self.translate("SOCIALIST REPUBLIC OF VIET NAM")
        return title, self.translate("Independence - Freedom - Happiness")

    def issuer(self) -> tuple[str, str]:
        """The body above, and the body that issues, in capitals; from the command line, that nobody issued it."""
        if self.edition is None:
            return "", self.translate("NOT AN ISSUED DOCUMENT")
        return self.edition.superior.upper(), self.edition.organisation.upper()

    def number(self) -> str:
        """``Số: 12/ĐB-VP``; dots where the number is still to come; empty from the command line."""
        if self.edition is None:
            return ""
        given = self.edition.number_and_symbol or "……/……"
        return self.translate("No.: %(number)s") % {"number": given}

    def placed(self) -> str:
        """``Hà Nội, ngày 02 tháng 01 năm 2026``; dots for a day that is still to come."""
        edition = self.edition
        if edition is None:
            return self._day(self.day) if self.day else ""
        year = (self.day or "……")[:4]
        day = self._day(edition.issued_on) if edition.issued_on else self._undated(year)
        return f"{edition.place}, {day}" if edition.place else day

    def _day(self, iso: str) -> str:
        day = date.fromisoformat(iso)
        if self.lang != "vi":
            return format_date(day, self.lang)
        month = f"{day.month:02d}" if day.month <= _EARLY else str(day.month)
        return f"ngày {day.day:02d} tháng {month} năm {day.year}"

    def _undated(self, year: str) -> str:
        return f"ngày …… tháng …… năm {year}" if self.lang == "vi" else f"…… {year}"

    def kind_in_capitals(self) -> str:
        """What the document is, in capitals: ``ĐIỂM BÁO``."""
        return self.kind.upper()

    @property
    def mark(self) -> str:
        """That it is a draft or was recalled; empty once issued."""
        return self.edition.mark if self.edition else ""

    def notices(self) -> list[str]:
        """Corrections and a recall, each with its day, as they stand on top."""
        return [
            f"{format_date(date.fromisoformat(notice.at[:10]), self.lang)}: {notice.text}"
            for notice in (self.edition.notices if self.edition else ())
        ]


def dated(day: str | None) -> datetime:
    """When a file says that it was made: midnight of the paper's day. One paper is one file whenever drawn."""
    return datetime.fromisoformat(day) if day else datetime(2000, 1, 1)  # noqa: DTZ001 - as both formats want it
