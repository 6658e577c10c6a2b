"""Text as Vietnamese offices write it: normal forms, folding, alphabetical order, legacy encodings, numbers and dates.

The lowest floor of the house: standard library only.
"""

from nhipcau.text.collation import sort_key
from nhipcau.text.comparing import Change, Piece, compare_rows, compare_words, moved
from nhipcau.text.folding import exact, fold, nfc
from nhipcau.text.legacy import could_be, from_legacy, legacy_encoding
from nhipcau.text.printing import format_date, format_datetime, format_number
from nhipcau.text.reading import read_number

__all__ = [
    "Change",
    "Piece",
    "compare_rows",
    "compare_words",
    "could_be",
    "exact",
    "fold",
    "format_date",
    "format_datetime",
    "format_number",
    "from_legacy",
    "legacy_encoding",
    "moved",
    "nfc",
    "read_number",
    "sort_key",
]
