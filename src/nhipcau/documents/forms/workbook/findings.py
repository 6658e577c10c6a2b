"""What reading a workbook finds, always with the cell: what is wrong, what has to be asked, what was converted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhipcau.documents.forms.workbook.identity import Identity
    from nhipcau.documents.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something about a cell.

    Attributes:
        place: ``Số liệu!E12``; the name of the sheet alone where it is about the whole of it.
        sentence: what is the matter, and how it is mended.
        found: what stands there, as it was typed.
        path: of the field; None where it belongs to none.
        taken: what was taken over instead; of a conversion.
        options: what it can mean; of a question.
    """

    place: str
    sentence: Sentence
    found: str = ""
    path: str | None = None
    taken: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a workbook says.

    Attributes:
        identity: as found; None where only rows and columns were recognised, so that nobody knows its draft.
        given: path -> text of every cell that could be read; an empty text where the cell is empty.
        rows: table -> keys of the rows that hold something, in their order; only of tables whose sheet is there.
        problems: cells that cannot be taken: their fields stay as they are.
        questions: cells that can mean two things: somebody has to say which.
        conversions: cells that were taken in another form than they were typed.
        unplaced: what stands where nothing is asked: it is kept with the file.
        missing: rows and sheets that are not there: their fields stay as they are.
    """

    identity: Identity | None
    given: dict[str, str] = field(default_factory=dict)
    rows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)
    questions: list[Finding] = field(default_factory=list)
    conversions: list[Finding] = field(default_factory=list)
    unplaced: list[Finding] = field(default_factory=list)
    missing: list[Finding] = field(default_factory=list)
    #: Path -> the cell it was read from.
    places: dict[str, str] = field(default_factory=dict)
