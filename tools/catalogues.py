"""The message catalogues.

``update`` takes new texts in, ``compile`` makes the .mo files, ``check`` fails where one is behind the source or
incomplete. Babel does the work, so GNU gettext is no prerequisite.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.checkers import checkers
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "nhipcau"
LOCALES = ("vi", "en")
DOMAIN = "django"
METHODS = [
    ("newswire/**/templates/**.html", "jinja2.ext:babel_extract"),
    ("**/templates/**.html", "tools.catalogues:extract_django_template"),
    ("**/templates/**.txt", "tools.catalogues:extract_django_template"),
    ("**.py", "python"),
]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "Sentence": None,
    # What rooms without Django call the translator that they are given.
    "translate": None,
    "plural": (1, 2),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def extract_django_template(fileobj, keywords, comment_tags, options) -> Iterator[tuple]:  # noqa: ANN001 - Babel's hook
    """Texts of a Django template, which Django itself rewrites into lines that look like Python."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    code = templatize(fileobj.read().decode(), origin=getattr(fileobj, "name", ""))
    yield from extract_python(io.BytesIO(code.encode()), keywords, comment_tags, options)


def po_file(locale: str) -> Path:
    """Where a catalogue lies."""
    return SOURCE / "locale" / locale / "LC_MESSAGES" / f"{DOMAIN}.po"


def extracted() -> Catalog:
    """Every text in the source, places noted by file without line numbers so that catalogues do not churn."""
    catalog = Catalog(project="Nhịp Cầu", charset="utf-8")
    found = extract_from_dir(
        str(SOURCE),
        [(pattern, method) for pattern, method in METHODS],
        {"newswire/**/templates/**.html": {"trimmed": "true"}},
        keywords=KEYWORDS,
        strip_comment_tags=True,
    )
    for filename, _line, message, comments, context in found:
        catalog.add(message, None, [(filename, None)], auto_comments=comments, context=context)
    return catalog


def read(locale: str) -> Catalog:
    """The catalogue as it stands; an empty one where there is none."""
    path = po_file(locale)
    if not path.exists():
        return Catalog(locale=locale, project="Nhịp Cầu", charset="utf-8")
    with path.open("rb") as source:
        return read_po(source, locale=locale, domain=DOMAIN)


def merged(locale: str) -> Catalog:
    """The catalogue as it would stand after an update: no guessed translations, nothing obsolete kept."""
    catalog = read(locale)
    catalog.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def as_po(catalog: Catalog) -> bytes:
    """The catalogue as its file holds it."""
    out = io.BytesIO()
    write_po(out, catalog, width=120, sort_output=True, omit_header=False, include_lineno=False)
    # The dates in the header say nothing that the history does not.
    return b"".join(
        line
        for line in out.getvalue().splitlines(keepends=True)
        if not line.startswith((b'"POT-Creation-Date', b'"PO-Revision-Date'))
    )


def problems(locale: str) -> Iterator[str]:
    """What is wrong with one catalogue, a sentence each. English is its own source: only plurals are written there."""
    catalog = merged(locale)
    if not po_file(locale).exists() or as_po(catalog) != po_file(locale).read_bytes():
        yield f"{locale}: the catalogue is behind the source: run make messages"
    for message in catalog:
        if not message.id:
            continue
        name = message.id if isinstance(message.id, str) else message.id[0]
        forms = [message.string] if isinstance(message.string, str) else message.string or [""]
        if locale != "en" and not all(forms):
            yield f"{locale}: not translated: {name!r} ({message.locations[0][0]})"
        elif message.string:
            for checker in checkers:
                try:
                    checker(catalog, message)
                except Exception as error:  # noqa: BLE001 - any complaint of a checker is reported, not raised
                    yield f"{locale}: {name!r}: {error}"


def main(command: str) -> int:
    """Do what was asked; the exit code."""
    if command == "compile":
        for locale in LOCALES:
            with po_file(locale).with_suffix(".mo").open("wb") as out:
                write_mo(out, read(locale))
        return 0
    if command == "update":
        for locale in LOCALES:
            po_file(locale).parent.mkdir(parents=True, exist_ok=True)
            po_file(locale).write_bytes(as_po(merged(locale)))
        return 0
    if command == "check":
        found = [problem for locale in LOCALES for problem in problems(locale)]
        print("\n".join(found) or "Catalogues: complete.")
        return 1 if found else 0
    print("usage: catalogues.py update | compile | check")
    return 2


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))  # noqa: PLR2004 - one argument
