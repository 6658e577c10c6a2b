"""What the paper says around the stories of a digest, and how much of a long one it tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.documents.paper.letterhead import Letterhead
from nhipcau.text import format_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhipcau.documents.digest.shape import Digest, Source, Story

#: A leader reads paper: what is more than this stands in the Excel form, and the paper says so.
MOST_STORIES, MOST_SOURCES, MOST_ROWS = 1_000, 12, 20
#: With more stories than this the table of contents names the sections only: two pages of it are enough.
MOST_IN_CONTENTS = 60


@dataclass(frozen=True)
class Paper:
    """One digest and the words around it."""

    digest: Digest
    translate: Callable[[str], str]

    @property
    def letterhead(self) -> Letterhead:
        """What stands before and after the content."""
        digest = self.digest
        return Letterhead(
            lang=digest.lang,
            kind=digest.kind,
            title=digest.title,
            period=digest.period,
            day=digest.day,
            edition=digest.edition,
            translate=self.translate,
        )

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
        """When it was published, and that it is a reprint or a later version of its page."""
        mark = self.translate("revised") if source.revised else self.translate("reprint") if source.reprint else ""
        return ", ".join(filter(None, [source.when, mark]))

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
