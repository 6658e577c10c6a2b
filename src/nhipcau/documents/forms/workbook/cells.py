"""One cell as its field wants it: taken, converted and said so, asked, or refused with the sentence that mends it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from nhipcau.documents.forms.answers import MOST_DIGITS
from nhipcau.documents.forms.flat import YES
from nhipcau.documents.reading import CELL_IN_ERROR, WITHOUT_RESULT
from nhipcau.documents.sentences import Sentence
from nhipcau.documents.taking import NO_NUMBER, NO_WHOLE
from nhipcau.documents.values import day_in, numbers_in
from nhipcau.text import could_be, fold, from_legacy, legacy_encoding, nfc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nhipcau.documents.forms.form import Choice
    from nhipcau.documents.sheets import Cell

#: Decimal places that a figure keeps.
PLACES = 4
_SMALLEST = Decimal(1).scaleb(-PLACES)
#: Days that Excel counts as whole numbers between 2000 and 2100.
_SERIALS = (36_526, 73_415)
_YEARS = (1900, 2100)
_CENTURY = 2000

NEGATIVE = Sentence("A number below zero cannot be reported here.")
NUMBER_TOO_LONG = Sentence("This number is longer than anybody counts.")
TOO_FINE = Sentence("This number has more than {places} decimal places.", places=PLACES)
IS_A_DAY = Sentence("Excel holds a day here: format the cell as a number and enter the number again.")
NOT_A_DAY = Sentence("This is not a day: write it like 30/11/2026.")
NOT_A_MARK = Sentence("Put x here for “none to report”, or leave the cell empty.")
NO_CHOICE = Sentence("This is none of the choices of this column: pick one from the list.")
UNCLEAR_SIGN = Sentence("It is not clear which sign marks the decimals: say which number is meant.")
UNCLEAR_PERCENT = Sentence("Excel shows a percentage here: say which number is meant.")

CALCULATED = Sentence("The result of the formula was taken.")
ROUNDED = Sentence("The result of the formula was rounded to {places} decimal places.", places=PLACES)
TEXT_AS_NUMBER = Sentence("The number was typed as text.")
WITH_UNIT = Sentence("The unit behind the number was taken off.")
PERCENT = Sentence("The percentage was taken as it is shown.")
DAY_READ = Sentence("The day was read from what was typed.")
DAY_FROM_SERIAL = Sentence("The number was read as a day of Excel.")
TIME_DROPPED = Sentence("The time of day was left out.")
FROM_TCVN3 = Sentence("The text was typed for a TCVN3 font and was converted.")
FROM_VNI = Sentence("The text was typed for a VNI font and was converted.")
COMPOSED = Sentence("Letters and marks that were kept apart were joined.")
SAID_AS_TEXT = Sentence("A value of Excel was taken as text.")
NONE_IN_WORDS = Sentence("“None to report” was read from what was typed.")

_WITH_TAIL = re.compile(r"(?P<number>[+-]?[\d., \u00a0\u202f']*\d)\s*(?P<tail>[^\d\s].*)", re.DOTALL)
_SHORT_YEAR = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{2})")
_IN_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_SPOKEN = re.compile(r"(\d{1,2})[ \-]([a-z]{3})[a-z]*\.?,?[ \-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MARKS = {"x", "co", "khong", "khong co", "v", "1", "true"}
_TICKS = {"✓", "✔", "√", "☑", "☒", "×", "X"}
_PERCENT_UNITS = {"%", "phần trăm", "phan tram", "percent", "tỷ lệ %", "tỉ lệ %"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of a cell.

    Attributes:
        text: as the field keeps it.
        wrong: why it cannot be taken; then there is no text.
        told: how it was converted.
        options: texts between which somebody has to choose; ``wrong`` says why.
        none: the cell says that there is nothing to report.
    """

    text: str = ""
    wrong: Sentence | None = None
    told: tuple[Sentence, ...] = ()
    options: tuple[str, ...] = ()
    none: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a field wants.

    Attributes:
        holds: ``text``, ``mark``, ``whole``, ``decimal``, ``money``, ``date`` or ``choice``.
        unit: of a number.
        choices: of a choice.
        most: most characters of a text.
        total: of a figure, where the words "none to report" may stand in its place.
    """

    holds: str
    unit: str = ""
    choices: Sequence[Choice] = ()
    most: int = 20_000
    total: bool = False


def take(cell: Cell | None, wanted: Wanted, encoding: str | None = None) -> Taken:
    """Read one cell.

    Args:
        cell: None where it is empty.
        wanted: what its field wants.
        encoding: in which other texts of the workbook were typed, for texts too short to say it themselves.
    """
    if cell is None or (isinstance(cell.value, str) and not cell.value.strip()):
        return Taken()
    if cell.error:
        return Taken(wrong=CELL_IN_ERROR)
    if cell.value is None:
        return Taken(wrong=WITHOUT_RESULT)
    taken = _TAKERS[wanted.holds](cell, wanted, encoding)
    if cell.formula and taken.wrong is None:
        told = tuple(each for each in taken.told if each not in {TEXT_AS_NUMBER, SAID_AS_TEXT})
        return Taken(text=taken.text, told=(CALCULATED, *told), none=taken.none)
    return taken


# Numbers --------------------------------------------------------------------------------------------------------------


def _number(cell: Cell, wanted: Wanted, _encoding: str | None) -> Taken:
    value = cell.value
    if isinstance(value, date | time | timedelta):
        return Taken(wrong=IS_A_DAY)
    if isinstance(value, bool):
        return Taken(wrong=NO_NUMBER)
    if isinstance(value, str):
        return _typed_number(value, wanted)
    exact = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    if "%" in cell.code:
        return _percentage(exact * 100, exact, wanted)
    return _counted(exact, wanted, formula=cell.formula)


def _typed_number(value: str, wanted: Wanted) -> Taken:
    text = unicodedata.normalize("NFKC", value.replace("\u00a0", " ")).strip().replace("\u2212", "-")
    if wanted.total and fold(text) in {"khong co", "khong", "none"}:
        return Taken(none=True, told=(NONE_IN_WORDS,))
    told, percent = TEXT_AS_NUMBER, False
    if not numbers_in(text) and (found := _WITH_TAIL.fullmatch(text)):
        tail = found["tail"].strip()
        percent = tail == "%"
        if not percent and (not wanted.unit or fold(tail) != fold(wanted.unit)):
            return Taken(wrong=_no_number(wanted))
        text, told = found["number"].strip(), WITH_UNIT
    meant = numbers_in(text)
    if percent and len(meant) == 1:
        return _percentage(meant[0], meant[0] / 100, wanted)
    if wanted.holds == "whole" and len(meant) > 1:
        # A count has no decimals: 1.234 is one thousand.
        meant = tuple(each for each in meant if each == each.to_integral_value())
    if len(meant) > 1:
        return Taken(wrong=UNCLEAR_SIGN, options=tuple(_plain(each) for each in meant))
    if not meant:
        return Taken(wrong=_no_number(wanted))
    taken = _counted(meant[0], wanted, formula=False)
    return Taken(text=taken.text, wrong=taken.wrong, told=(told,) if taken.wrong is None else ())


def _no_number(wanted: Wanted) -> Sentence:
    return NO_WHOLE if wanted.holds == "whole" else NO_NUMBER


def _percentage(shown: Decimal, held: Decimal, wanted: Wanted) -> Taken:
    """25 % is 25 where the unit is percent; else nobody knows whether 25 or 0.25 was meant."""
    if wanted.unit.strip().lower() in _PERCENT_UNITS:
        taken = _counted(shown, wanted, formula=False)
        return Taken(text=taken.text, wrong=taken.wrong, told=(PERCENT,) if taken.wrong is None else ())
    meant = [_counted(value, wanted, formula=False) for value in (shown, held)]
    options = tuple(dict.fromkeys(each.text for each in meant if each.wrong is None))
    return Taken(wrong=UNCLEAR_PERCENT, options=options)


def _counted(value: Decimal, wanted: Wanted, *, formula: bool) -> Taken:
    told: tuple[Sentence, ...] = ()
    if not value.is_finite() or value.adjusted() >= MOST_DIGITS:
        return Taken(wrong=NUMBER_TOO_LONG)
    if value < 0:
        return Taken(wrong=NEGATIVE)
    if wanted.holds == "whole" and value != value.to_integral_value():
        return Taken(wrong=NO_WHOLE)
    if value != (fine := value.quantize(_SMALLEST, ROUND_HALF_UP)):
        if not formula:
            return Taken(wrong=TOO_FINE)
        value, told = fine, (ROUNDED,)
    return Taken(text=_plain(value), told=told)


def _plain(value: Decimal) -> str:
    """Decimal text without needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# Days -----------------------------------------------------------------------------------------------------------------


def _day(cell: Cell, _wanted: Wanted, _encoding: str | None) -> Taken:
    value: Any = cell.value
    told: tuple[Sentence, ...] = ()
    if isinstance(value, datetime):
        told = (TIME_DROPPED,) if value.time() != time() else ()
        value = value.date()
    elif isinstance(value, str):
        value, told = typed_day(value), (DAY_READ,)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        whole = value == int(value) and _SERIALS[0] <= value < _SERIALS[1]
        value, told = (date(1899, 12, 30) + timedelta(days=int(value)) if whole else None), (DAY_FROM_SERIAL,)
    if not isinstance(value, date) or not _YEARS[0] <= value.year <= _YEARS[1]:
        return Taken(wrong=NOT_A_DAY)
    return Taken(text=value.isoformat(), told=told)


def typed_day(text: str) -> date | None:
    """The one day that a text can mean, in the ways in which offices write days; None where it means none.

    Vietnam writes the day first: 03/04/2026 is the third of April. Only where that is no day, 11/22/2026 is read as
    the twenty-second of November.
    """
    bare = " ".join(nfc(text).strip().split())
    if found := day_in(bare.replace(" ", "") if "/" in bare else bare):
        return found
    folded = fold(bare)
    parts: tuple[str, str, str] | None = None
    if found_words := _IN_WORDS.fullmatch(folded):
        parts = (found_words[3], found_words[2], found_words[1])
    elif found_year := _YEAR_FIRST.fullmatch(bare):
        parts = (found_year[1], found_year[2], found_year[3])
    elif found_short := _SHORT_YEAR.fullmatch(bare):
        parts = (str(_CENTURY + int(found_short[3])), found_short[2], found_short[1])
    elif (spoken := _SPOKEN.fullmatch(bare.lower())) and spoken[2] in _MONTHS:
        parts = (spoken[3], str(_MONTHS.index(spoken[2]) + 1), spoken[1])
    elif found_month := _MONTH_FIRST.fullmatch(bare):
        parts = (found_month[3], found_month[1], found_month[2])
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


# Texts, choices and marks ---------------------------------------------------------------------------------------------


def encoding_of(cell: Cell) -> str | None:
    """``tcvn3`` or ``vni`` where the font or the text of a cell says so."""
    if not isinstance(cell.value, str):
        return None
    for beginning, encoding in ((".vn", "tcvn3"), ("vni", "vni")):
        if cell.font.lower().startswith(beginning) and could_be(cell.value, encoding):
            return encoding
    return legacy_encoding(cell.value)


def unicode_text(cell: Cell, encoding: str | None) -> tuple[str, tuple[Sentence, ...]]:
    """The text of a cell in Unicode, composed, without blanks around it; and what was converted."""
    text = cell.value.replace("\r\n", "\n").replace("\r", "\n").strip()
    said = encoding_of(cell) or (encoding if encoding and could_be(text, encoding) else None)
    if said is not None:
        text = from_legacy(text, said)
        if said == "tcvn3" and re.fullmatch(r"\.vn\w*h", cell.font.lower()):
            text = text.upper()
        return text, ((FROM_TCVN3 if said == "tcvn3" else FROM_VNI),)
    composed = nfc(text)
    return composed, (() if composed == text else (COMPOSED,))


def _text(cell: Cell, wanted: Wanted, encoding: str | None) -> Taken:
    if isinstance(cell.value, str):
        text, told = unicode_text(cell, encoding)
    else:
        text, told = as_typed(cell), (SAID_AS_TEXT,)
    if len(text) > wanted.most:
        return Taken(wrong=Sentence("This text has more than {most} characters: shorten it.", most=wanted.most))
    return Taken(text=text, told=told)


def _choice(cell: Cell, wanted: Wanted, encoding: str | None) -> Taken:
    text, told = unicode_text(cell, encoding) if isinstance(cell.value, str) else (as_typed(cell), ())
    # With marks first: two labels may differ in nothing else.
    for same in (lambda words: nfc(words).casefold().strip(), fold):
        found = [each.key for each in wanted.choices if same(text) in {same(each.label), same(each.key)}]
        if len(found) == 1:
            return Taken(text=found[0], told=told)
    return Taken(wrong=NO_CHOICE)


def _mark(cell: Cell, _wanted: Wanted, _encoding: str | None) -> Taken:
    text = as_typed(cell).strip()
    if cell.value is True or text in _TICKS or fold(text) in _MARKS:
        return Taken(text=YES)
    return Taken() if cell.value is False else Taken(wrong=NOT_A_MARK)


def as_typed(cell: Cell) -> str:
    """What stands in a cell, for people."""
    value: Any = cell.value
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if value is None else str(value)


_TAKERS: dict[str, Callable[[Cell, Wanted, str | None], Taken]] = {
    "text": _text,
    "mark": _mark,
    "whole": _number,
    "decimal": _number,
    "money": _number,
    "date": _day,
    "choice": _choice,
}
