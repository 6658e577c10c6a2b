"""The paper's own words: what Decree 30/2020/NĐ-CP prints around the content, in the language of the digest.

Annex I of the Decree: national title and motto on the right, issuing body under the body above it on the left, number
and symbol, place and date; at the end who signs, on the right, and who receives it, on the left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from nhipcau.text import format_date, format_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhipcau.documents.digest.shape import Digest, Edition, Source, Story

#: A leader reads paper: what is more than this stands in the Excel form, and the paper says so.
MOST_STORIES, MOST_SOURCES, MOST_ROWS = 1_000, 12, 20
#: With more stories than this the table of contents names the sections only: two pages of it are enough.
MOST_IN_CONTENTS = 60
#: Months that the Decree writes with a zero, so that nobody adds a digit.
_EARLY = 2


@dataclass(frozen=True)
class Paper:
    """One digest and the words around it."""

    digest: Digest
    translate: Callable[[str], str]

    def nation(self) -> tuple[str, str]:
        """National title and motto."""
        title = self.translate("SOCIALIST REPUBLIC OF VIET NAM")
        return title, self.translate("Independence - Freedom - Happiness")

    def issuer(self) -> tuple[str, str]:
        """The body above, and the body that issues, in capitals; from the command line, that nobody issued it."""
        edition = self.digest.edition
        if edition is None:
            return "", self.translate("NOT AN ISSUED DOCUMENT")
        return edition.superior.upper(), edition.organisation.upper()

    def number(self) -> str:
        """``Số: 12/ĐB-VP``; dots where the number is still to come; empty from the command line."""
        edition = self.digest.edition
        if edition is None:
            return ""
        given = edition.number_and_symbol or "……/……"
        return self.translate("No.: %(number)s") % {"number": given}

    def placed(self) -> str:
        """``Hà Nội, ngày 02 tháng 01 năm 2026``; dots for a day that is still to come."""
        edition = self.digest.edition
        if edition is None:
            return self._day(self.digest.day) if self.digest.day else ""
        year = (self.digest.day or "……")[:4]
        day = self._day(edition.issued_on) if edition.issued_on else self._undated(year)
        return f"{edition.place}, {day}" if edition.place else day

    def _day(self, iso: str) -> str:
        day = date.fromisoformat(iso)
        if self.digest.lang != "vi":
            return format_date(day, self.digest.lang)
        month = f"{day.month:02d}" if day.month <= _EARLY else str(day.month)
        return f"ngày {day.day:02d} tháng {month} năm {day.year}"

    def _undated(self, year: str) -> str:
        return f"ngày …… tháng …… năm {year}" if self.digest.lang == "vi" else f"…… {year}"

    def kind(self) -> str:
        """What the document is, in capitals: ``ĐIỂM BÁO``."""
        return self.digest.kind.upper()

    def notices(self) -> list[str]:
        """Corrections and a recall, each with its day, as they stand on top."""
        edition: Edition | None = self.digest.edition
        return [
            f"{format_date(date.fromisoformat(notice.at[:10]), self.digest.lang)}: {notice.text}"
            for notice in (edition.notices if edition else ())
        ]

    def totals(self) -> str:
        """``12 tin, bài; 5 câu chuyện; ...``."""
        return "; ".join(total.words for total in self.digest.totals)

    def contents_depth(self) -> int:
        """Whether the table of contents names stories (2) or sections only (1)."""
        return 2 if len(self.digest.stories) <= MOST_IN_CONTENTS else 1

    def is_long(self) -> bool:
        """Whether each section begins on a page of its own, and a story has one note for all its sources."""
        return len(self.digest.stories) > MOST_IN_CONTENTS

    def facts(self, story: Story) -> str:
        """How far a story went, when, and that it goes on from before."""
        continued = self.translate("continued from earlier digests") if story.continued else ""
        return " · ".join(filter(None, [story.breadth, story.when, continued]))

    def named(self, source: Source) -> str:
        """``Le Papier (Pháp)``."""
        return f"{source.outlet} ({source.country})" if source.country else source.outlet

    def about(self, source: Source) -> str:
        """When it was published, and that it is a reprint."""
        reprint = self.translate("reprint") if source.reprint else ""
        return ", ".join(filter(None, [source.when, reprint]))

    def further(self, count: int) -> str:
        """What the paper leaves to the Excel form; empty where it leaves nothing."""
        if count <= 0:
            return ""
        return self.translate("%(number)s more are in the Excel form of this digest.") % {
            "number": format_number(count, self.digest.lang)
        }

    def share(self, count: int) -> str:
        """A number of items as a share of all, ``12,5 %``."""
        items = self.digest.totals[0].value if self.digest.totals else 0
        return f"{format_number(round(100 * count / items, 1), self.digest.lang)} %" if items else ""


def dated(digest: Digest) -> datetime:
    """When a file says that it was made: midnight of the digest's day. One digest is one file whenever drawn."""
    return datetime.fromisoformat(digest.day) if digest.day else datetime(2000, 1, 1)  # noqa: DTZ001 - as both formats want it
