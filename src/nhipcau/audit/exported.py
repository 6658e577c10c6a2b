"""The record as a file: one line of JSON for each entry, then a line that says how far the chain reached.

Standard library only, so that an auditor reads it anywhere. The first line names the format.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nhipcau.audit import chain
from nhipcau.audit.chain import FIELDS, FORMAT, Row
from nhipcau.audit.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

    from nhipcau.audit.verifying import Verifier

_BESIDE = ("sequence", "chain_hash", "payload", "purged_under")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class NotAnExportError(Exception):
    """The file is no export of the audit record."""


def lines(sealed: Iterable[Row], unsealed: Iterable[Row], *, at: str) -> Iterator[str]:
    """The lines of an export, each with its end; ``at`` is when it is made."""
    yield _encode({"format": FORMAT, "exported_at": at}) + "\n"
    count, head, waiting = 0, chain.GENESIS, 0
    for row in sealed:
        count, head = row.sequence or 0, row.chain_hash
        yield _line(row)
    for row in unsealed:
        waiting += 1
        yield _line(row)
    yield _encode({"head": {"count": count, "hash": head}, "unsealed": waiting}) + "\n"


def _line(row: Row) -> str:
    return _encode(dict(zip(_BESIDE, row[:4], strict=True)) | dict(zip(FIELDS, row.kept, strict=True))) + "\n"


def read(file: IO[str], verifier: Verifier) -> None:
    """Give the entries of an export to a verifier.

    Raises:
        NotAnExportError: the first line does not name the format.
    """
    first = _parsed(file.readline())
    if not isinstance(first, dict) or first.get("format") != FORMAT:
        raise NotAnExportError
    end: dict[str, Any] | None = None
    number = 1
    for number, line in enumerate(file, start=2):
        said = _parsed(line)
        if isinstance(said, dict) and "head" in said:
            end = said
            continue
        row = _row(said)
        if row is None or end is not None:
            verifier.note(Fault("unreadable", values={"line": number}))
        elif row.sequence is None:
            verifier.unsealed([row])
        else:
            verifier.sealed([row])
    _check_end(end, verifier)


def _check_end(end: dict[str, Any] | None, verifier: Verifier) -> None:
    verdict = verifier.verdict
    if end is None:
        verifier.note(Fault("export_cut_off"))
    elif end["head"] != {"count": verifier.reached, "hash": verdict.head} or end.get("unsealed") != verdict.unsealed:
        verifier.note(Fault("export_head", place=verifier.reached))


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _row(said: Any) -> Row | None:
    """The entry that a line holds; None where the line holds none."""
    if not isinstance(said, dict) or said.keys() != {*_BESIDE, *FIELDS}:
        return None
    sequence, chain_hash, payload, purged_under = (said[name] for name in _BESIDE)
    place = sequence is None or (isinstance(sequence, int) and sequence > 0)
    texts = isinstance(chain_hash, str) and isinstance(purged_under, str) and isinstance(payload, str | None)
    if not place or not texts:
        return None
    return Row(sequence, chain_hash, payload, purged_under, tuple(said[name] for name in FIELDS))
