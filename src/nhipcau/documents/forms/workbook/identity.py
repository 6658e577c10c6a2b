"""Which report a workbook belongs to, and what its rows and columns are: marks that stand in hidden cells.

A mark tells what a sheet is whatever it is called and wherever it was moved; it opens nothing. Who may give a workbook
for a report is asked where it comes in.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

_SHEET = "nhipcau"
_MARK = re.compile(
    r"nhipcau:1:(?P<report>\d+):(?P<campaign>\d+):(?P<organisation>[^:\s]+):(?P<form>[a-z0-9_]+):(?P<version>\d+)"
    r":(?P<draft>\d+):(?P<book>[0-9a-f]+):(?P<check>[0-9a-f]{8})"
)
_TOKEN = re.compile(r"nc(?P<report>\d+):(?P<says>@?[a-z]+(?::\S.*)?)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a workbook was made for.

    Attributes:
        report: key of the report.
        campaign: key of its campaign.
        organisation: of the office, without a colon.
        form: key of the form.
        version: of the form.
        draft: version of the draft with which it was filled.
        book: of this workbook alone, hexadecimal; new rows of its tables are known by it.
    """

    report: int
    campaign: int
    organisation: str
    form: str
    version: int
    draft: int
    book: str

    @property
    def mark(self) -> str:
        """As it stands in the first cell of every sheet; the end tells a mark that was damaged."""
        said = ":".join(
            str(part)
            for part in (
                _SHEET,
                1,
                self.report,
                self.campaign,
                self.organisation,
                self.form,
                self.version,
                self.draft,
                self.book,
            )
        )
        return f"{said}:{_check(said)}"

    def token(self, says: str) -> str:
        """The mark of a row or of a column of this report."""
        return f"nc{self.report}:{says}"


def identity_in(text: object) -> Identity | None:
    """The identity that a cell tells; None where it tells none, or a damaged one."""
    found = _MARK.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None or _check(found[0].rpartition(":")[0]) != found["check"]:
        return None
    return Identity(
        report=int(found["report"]),
        campaign=int(found["campaign"]),
        organisation=found["organisation"],
        form=found["form"],
        version=int(found["version"]),
        draft=int(found["draft"]),
        book=found["book"],
    )


def token_in(text: object) -> tuple[int, str] | None:
    """The report and what the mark of a row or a column says, ``f:items`` or ``@figure:value``; None for other text."""
    found = _TOKEN.fullmatch(text.strip()) if isinstance(text, str) else None
    return (int(found["report"]), found["says"]) if found else None


def _check(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:8]
