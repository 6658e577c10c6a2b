"""How the cells of a report's workbook look: grey is fixed, white with a frame is filled in."""

from __future__ import annotations

from typing import Any

FIXED, FRAME, HEAD = "#F3F5F6", "#9AA5AB", "#E6F1F3"
#: What is filled in -> how its numbers are shown; ``text`` keeps what is typed as it is typed.
CODES = {
    "text": "@",
    "choice": "@",
    "mark": "@",
    "whole": "#,##0",
    "decimal": "#,##0.####",
    "money": "#,##0.####",
    "date": "dd/mm/yyyy",
}


class Looks:
    """The formats of one workbook, by name; ``input`` by what is filled in."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True}
        fixed = {**base, "bg_color": FIXED, "border": 1, "border_color": FRAME}
        given = {**base, "border": 1, "border_color": FRAME, "locked": False}
        flat = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
        self.title = book.add_format({**flat, "bold": True, "font_size": 14})
        self.sample = book.add_format({**flat, "bold": True, "font_color": "#8A5A0B"})
        self.note = book.add_format(flat)
        self.plain = book.add_format(base)
        self.bold = book.add_format({**base, "bold": True})
        self.heading = book.add_format({**fixed, "bold": True, "bg_color": HEAD})
        self.label = book.add_format(fixed)
        self.computed = book.add_format({**fixed, "num_format": CODES["decimal"], "align": "right"})
        self.wrong = book.add_format({"bg_color": "#FBEAE8", "font_color": "#B3261E", "bold": True})
        self.mark = book.add_format(
            {"font_name": "Courier New", "font_size": 8, "font_color": "#9AA5AB", "locked": True}
        )
        # In tables rows are deleted and sorted whole, which a protected sheet allows only where no cell is locked.
        self.open_mark = book.add_format({"font_name": "Courier New", "font_size": 8, "locked": False})
        self.input = {
            holds: book.add_format({**given, "num_format": code, **({"align": "center"} if holds == "mark" else {})})
            for holds, code in CODES.items()
        }
        #: Text that Excel would run once somebody edits it is kept as text.
        self.quoted = book.add_format({**given, "num_format": "@", "quote_prefix": True})
