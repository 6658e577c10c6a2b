"""``digest.xlsx``: first the articles, one row each, then stories, numbers that compute themselves, and sources.

No cell of foreign text is ever a formula, and no cell leads anywhere but to a web address.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from nhipcau.documents.packages import column_letters
from nhipcau.documents.paper.cleaning import followed
from nhipcau.documents.paper.letterhead import dated
from nhipcau.documents.paper.sheets import Sheet
from nhipcau.documents.sentences import gettext_noop
from nhipcau.documents.tables import (
    MOST_ROWS,
    SAMPLE,
    WIDEST,
    cell_formats,
    cell_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nhipcau.documents.digest.shape import Digest, Numbers

#: Excel follows so many addresses of one sheet; those behind are text.
MOST_LINKS = 60_000
STORY_COLUMNS = (
    gettext_noop("Number"),
    gettext_noop("Section"),
    gettext_noop("Headline"),
    gettext_noop("Original title"),
    gettext_noop("Language"),
    gettext_noop("Gist"),
    gettext_noop("Original gist"),
    gettext_noop("Note"),
    gettext_noop("Articles"),
    gettext_noop("Outlets"),
    gettext_noop("Countries"),
    gettext_noop("Languages"),
    gettext_noop("Score"),
    gettext_noop("When"),
    gettext_noop("Topics"),
    gettext_noop("Written by"),
    gettext_noop("Identifier"),
)
STORY_FIGURES = frozenset({0, 8, 9, 10, 11, 12})


def write_xlsx(digest: Digest, out: IO[bytes], translate: Callable[[str], str]) -> None:
    """Write the workbook."""
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False, "remove_timezone": True}
    with xlsxwriter.Workbook(out, options) as book:
        pages = _Pages(book, digest, translate)
        written = pages.articles()
        pages.stories()
        pages.numbers(written)
        pages.sources(written)
        marks = SAMPLE if digest.sample else ""
        properties = {"title": digest.title[:255], "subject": marks, "comments": digest.made_by[:255]}
        book.set_properties({**properties, "created": dated(digest.day)})


class _Pages:
    """The sheets of one workbook, written one after the other: memory stays constant."""

    def __init__(self, book: Any, digest: Digest, translate: Callable[[str], str]) -> None:
        self.book, self.digest, self._ = book, digest, translate
        self.formats = cell_formats(book)
        base = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
        self.formats["share"] = book.add_format({**base, "num_format": "0.0%"})
        self.formats["link"] = book.add_format({**base, "font_color": "#0F6E84", "underline": 1})
        self.marks = SAMPLE if digest.sample else ""

    def _sheet(self, name: str) -> Sheet:
        shown = f"{name} ({SAMPLE})" if self.digest.sample else name
        return Sheet(self.book.add_worksheet(shown), self.formats)

    def articles(self) -> int:
        """Every article; gives back how many rows it took, as many as a sheet holds."""
        columns, table = self.digest.columns, self._sheet(self._("Articles"))
        table.headings(
            [column.label for column in columns],
            numeric=frozenset(index for index, column in enumerate(columns) if column.numeric),
        )
        linked = next((index for index, column in enumerate(columns) if column.key == "url"), None)
        for article in self.digest.articles:
            if table.row >= MOST_ROWS:
                break
            cells, row = article["cells"], table.row
            link = followed(article["link"]) if row <= MOST_LINKS else None
            values = [self._said(cells[column.key]) for column in columns]
            if link is not None and linked is not None:
                values[linked] = None
                table.sheet.write_url(row, linked, link, self.formats["link"])
            table.cells(values)
        if linked is not None:
            table.widths[linked] = WIDEST
        table.sheet.autofilter(0, 0, max(table.row - 1, 1), len(columns) - 1)
        table.sheet.freeze_panes(1, 2)
        table.sheet.repeat_rows(0)
        table.close(self.digest.title, self.marks)
        return table.row - 1

    def _said(self, value: Any) -> Any:
        """Yes and no in words, as people filter by them."""
        return (self._("Yes") if value else self._("No")) if isinstance(value, bool) else value

    def stories(self) -> None:
        """The stories in the order of their numbers."""
        table = self._sheet(self._("Stories"))
        table.headings([self._(word) for word in STORY_COLUMNS], numeric=STORY_FIGURES)
        rows = [(section.title, story) for section in self.digest.sections for story in section.stories]
        for section, story in sorted(rows, key=lambda row: row[1].number):
            table.cells(
                (
                    *(story.number, section, story.headline, story.title.text, story.title.lang, story.summary),
                    *(story.gist.text, story.note),
                    *(story.articles, story.outlets, story.countries, story.languages, story.score),
                    *(story.when, "; ".join(story.topics), ", ".join(story.written_by), story.id),
                )
            )
        table.filtered()
        table.close(self.digest.title, self.marks)

    def numbers(self, written: int) -> None:
        """What the items add up to: counts that count the first sheet, and shares of them."""
        table = self._sheet(self._("Numbers"))
        table.headings(
            [self._("What is counted"), self._("Items"), self._("Share"), self._("Code")], numeric=frozenset({1, 2})
        )
        items = self.digest.totals[0].value if self.digest.totals else 0
        relevant = self._column("relevant", written)
        total = f"=COUNTIF({relevant},{self._yes()})" if relevant else None
        self._counted(table, self._("Items, all together"), items, formula=total, items=None, code="")
        for numbers in self.digest.numbers:
            table.row += 1
            table.sheet.write_string(table.row, 0, cell_text(numbers.title), self.formats["heading"])
            table.row += 1
            for name, code, count in self._rows(numbers):
                formula = self._formula(numbers.key, code, written)
                self._counted(table, name, count, formula=formula, items=items, code=code)
        table.sheet.freeze_panes(2, 1)
        table.sheet.repeat_rows(0)
        table.close(self.digest.title, self.marks)

    def _rows(self, numbers: Numbers) -> Iterator[tuple[str, str, int]]:
        for row in numbers.rows:
            yield row.name, row.code, row.count
        if numbers.unknown:
            yield self._("Not known"), "", numbers.unknown

    def _yes(self) -> str:
        """Our own word for yes as a formula writes a text."""
        return '"' + self._("Yes").replace('"', '""') + '"'

    def _column(self, key: str, written: int) -> str:
        """The cells of a column of articles as formulas name them; empty where there are none."""
        place = next((index for index, column in enumerate(self.digest.columns) if column.key == key), None)
        if place is None or not written:
            return ""
        letters = column_letters(place + 1)
        return f"'{self.book.worksheets()[0].get_name()}'!${letters}$2:${letters}${written + 1}"

    def _formula(self, key: str, code: str, written: int) -> str | None:
        """How the items with this code are counted; None where one cell holds several codes, or none is known."""
        cells, relevant = self._column(key, written), self._column("relevant", written)
        # A code stands in the formula's fourth column, never in its text: it may come from a web page.
        return f"=COUNTIFS({cells},D{{row}},{relevant},{self._yes()})" if cells and code and key != "topics" else None

    def _counted(
        self, table: Sheet, name: str, count: int, *, formula: str | None, items: int | None, code: str
    ) -> None:
        row = table.row
        table.cells((name, None, None, code))
        if formula is None:
            table.sheet.write_number(row, 1, count, self.formats["whole"])
        else:
            table.sheet.write_formula(row, 1, formula.format(row=row + 1), self.formats["whole"], count)
        if items is not None:
            share = f"=IF($B$2=0,0,B{row + 1}/$B$2)"
            table.sheet.write_formula(row, 2, share, self.formats["share"], count / items if items else 0)

    def sources(self, written: int) -> None:
        """What was read, what became of it, how it was decided, and what became no article."""
        digest, table = self.digest, self._sheet(self._("Sources"))
        table.headings(
            [self._("Source and method"), self._("Documents"), self._("Articles")], numeric=frozenset({1, 2})
        )
        table.cells([digest.title])
        table.cells([digest.period])
        for count in digest.counts:
            table.cells([count.name, count.count])
        for source in digest.inputs:
            table.cells([source.name, source.documents, source.articles])
        if any(written < row.count for row in digest.counts if row.of == "documents" and row is digest.counts[1]):
            table.cells([self._("More articles than a sheet holds: all of them are in the JSON form.")])
        for sentence in (*digest.problems, *digest.method, digest.made_by):
            table.cells([sentence])
        table.close(digest.title, self.marks)
        self._rejections()

    def _rejections(self) -> None:
        table = self._sheet(self._("Refused"))
        table.headings([self._("Reason"), self._("Address"), self._("Read from"), self._("Detail")])
        for row in self.digest.rejections:
            if table.row >= MOST_ROWS:
                break
            table.cells([row["reason"], row["url"], row["origin"], row["detail"]])
        table.filtered()
        table.close(self.digest.title, self.marks)
