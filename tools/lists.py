"""Makes every list of names that texts are searched for, and keeps them in one file, read a list at a time.

    python tools/lists.py

Called when the system is set up, after the table of cities; does nothing where the file was made of the same data by
the same code. Without the file the engine makes a list where it needs one: the same list, a tenth of a second later.
The model of py3langid is unpacked, too: without that every run of the engine unpacks it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from babel import localedata  # noqa: E402 - lies beside

from nhipcau.newswire import language  # noqa: E402 - the same
from nhipcau.newswire.gazetteer import compiled, own_table  # noqa: E402 - the same
from nhipcau.newswire.gazetteer.cities import SCRIPTS, city_table  # noqa: E402 - the same
from nhipcau.newswire.gazetteer.cldr import LOCALES, cldr_tables  # noqa: E402 - the same
from nhipcau.newswire.gazetteer.countries import country_table  # noqa: E402 - the same
from nhipcau.newswire.gazetteer.institutions import institution_table  # noqa: E402 - the same
from nhipcau.newswire.gazetteer.topics import cue_table  # noqa: E402 - the same
from nhipcau.newswire.language import unpacked  # noqa: E402 - the same

if TYPE_CHECKING:
    from collections.abc import Iterator


def lists() -> Iterator[tuple[str, Any]]:
    """Every list with its name, for all languages that the engine tells from each other."""
    codes = sorted(language.codes())
    yield "vn", own_table()
    for script in SCRIPTS:
        yield f"cities/{script}", city_table(script)
    for identifier in sorted({one for code in codes for one in LOCALES.get(code, (code,)) if localedata.exists(one)}):
        yield f"cldr/{identifier}", cldr_tables(identifier)
    for code in codes:
        yield f"countries/{code}", country_table(code)
        yield f"topics/{code}", cue_table(code)
        yield f"institutions/{code}", institution_table(code)


def keep() -> None:
    """Make and keep them all, unless that was done."""
    if not compiled.is_fresh():
        compiled.write(dict(lists()))
    unpacked.unpack()


if __name__ == "__main__":
    keep()
