"""Names of files that come from anywhere, made safe to show, to store and to send back."""

from __future__ import annotations

import re
import unicodedata

from nhipcau.text import nfc

LONGEST = 150
#: What a path, a shell or Windows would take for something else.
_UNSAFE = re.compile(r'[/\\:*?"<>|]')
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)$")


def safe_name(name: str, kind: str) -> str:
    """The last part of the name, NFC, without characters that control, turn the direction, or mean something to a path.

    It ends as its kind says: a name that claims another ending was refused before.
    """
    last = re.split(r"[/\\]", nfc(name))[-1]
    shown = "".join(
        character for character in last if unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    stem, dot, _ending = _UNSAFE.sub("_", shown).rpartition(".")
    stem = " ".join((stem if dot else shown).split()).strip(". ")
    if not stem or _RESERVED.match(stem):
        stem = f"tep_{stem}" if stem else "tep"
    return f"{stem[:LONGEST].rstrip('. ')}.{kind}"


def ending_of(name: str) -> str:
    """What the name claims to be: its ending in lower case, ``jpeg`` as ``jpg``."""
    ending = name.rpartition(".")[2].strip().lower()
    return "jpg" if ending == "jpeg" else ending
