"""Texts of many languages to train the language model on, and which of them are left for the bench.

* Translated interface texts of a few Python packages (``PACKAGES``), read from their wheels.
* Word frequencies of the package wordfreq: sequences of words drawn by them.
* Names of countries, languages and moments in Babel's copy of CLDR.
* Of the data folder, news whose document falls on the training side of :func:`for_training`.
* Django's own catalogues are the bench's; only of languages that have hardly any other text here, the half of the
  messages that falls on the training side is learned from.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import re
import tarfile
import zlib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

#: Packages whose translations are learned from.
CATALOGUES = (
    "plone.app.locales==7.0.4",
    "wagtail==8.0.1",
    "weblate==5.14.3",
    "mailman==3.3.10",
    "django-cms==5.1.3",
    "djangorestframework==3.18.3",
)
WORDS = "wordfreq==3.1.1"
#: Languages of the bench that are learned from half of Django's messages, for want of other text.
HALF_OF_DJANGO = frozenset(("sw", "ms"))
#: Languages outside the bench: all of Django's messages.
_UNLISTED = (
    "af ast az be br bs ca ckb cy dsb eo et eu fy ga gd gl hr hsb ia ig io kab kk ky lb lt lv mk mn mr ne nn os sl "
    "sq sr_Latn ta tg tk tt udm ug ur uz"
)
WHOLE_OF_DJANGO = frozenset(_UNLISTED.split())
_CODES = {
    "nb": "no",
    "pt_br": "pt",
    "pt_pt": "pt",
    "is_is": "is",
    "hr_hr": "hr",
    "tr_tr": "tr",
    "id_id": "id",
    "sk_sk": "sk",
    "mk_mk": "mk",
    "he_il": "he",
    "ko_kr": "ko",
    "es_419": "es",
    "nb_no": "no",
    "fa_ir": "fa",
    "ne_np": "ne",
    "sr@latn": "sr_latn",
    "sr@latin": "sr_latn",
    "sr@cyrl": "sr",
    "bn_bd": "bn",
    "ku_iq": "ckb",
    "zh_cn": "zh_hans",
    "zh_tw": "zh_hant",
    "zh_hk": "zh_hant",
    "iw": "he",
    "in": "id",
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\$?\{[^{}]*\}|<[^<>]*>|&\w+;|https?:\S+")
_LEAST = 12


def code_of(name: str) -> str:
    """A catalogue's folder name as the engine's code, in lower case with an underscore before the script."""
    lower = name.lower().replace("-", "_")
    return _CODES.get(lower, lower)


def for_training(key: str) -> bool:
    """Whether a document (by its story or file) or a message (by its source text) is learned from, not tested on."""
    return zlib.crc32(key.encode()) % 2 == 0


def messages(catalogue: Path) -> Iterator[tuple[str, str]]:
    """Source and translation of each message of a ``.po`` or ``.mo`` file."""
    from babel.messages.mofile import read_mo
    from babel.messages.pofile import read_po

    try:
        # What is amiss in others' catalogues is told on standard output, line by line.
        with catalogue.open("rb") as opened, contextlib.redirect_stdout(io.StringIO()):
            found = (read_mo if catalogue.suffix == ".mo" else read_po)(opened)
    except (ValueError, UnicodeError, OSError):
        return
    for message in found:
        forms = message.string if isinstance(message.string, (list, tuple)) else [message.string]
        source = message.id if isinstance(message.id, str) else message.id[0] if message.id else ""
        if source and not message.fuzzy:
            yield from ((source, form) for form in forms[:1] if form and form != source)


def catalogues(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every catalogue below a folder with its code; a compiled one only where its source is not beside it."""
    for path in sorted(folder.rglob("LC_MESSAGES/*.[pm]o")):
        if path.suffix == ".po" or not path.with_suffix(".po").exists():
            yield code_of(path.parent.parent.name), path


def interface_texts(folders: list[Path], django: Path) -> dict[str, list[str]]:
    """Translated texts by language, placeholders and markup taken out."""
    found: dict[str, set[str]] = defaultdict(set)
    for folder in folders:
        for code, path in catalogues(folder):
            found[code].update(form for _, form in messages(path))
            if code not in ("en", "en_gb") and code.startswith("fr"):
                found["en"].update(source for source, _ in messages(path) if " " in source)
    for code, path in catalogues(django):
        name = path.parent.parent.name
        if name in WHOLE_OF_DJANGO:
            found[code].update(form for _, form in messages(path))
        elif name in HALF_OF_DJANGO:
            found[code].update(form for source, form in messages(path) if for_training(source))
    cleaned = {code: {_PLACEHOLDER.sub(" ", text).strip() for text in texts} for code, texts in found.items()}
    return {code: sorted(text for text in texts if len(text) >= _LEAST) for code, texts in cleaned.items()}


def news(data: Path, *, training: bool) -> dict[str, list[str]]:
    """Sentences of the data folder's news by language: one line of the documents of either side each."""
    found: dict[str, list[str]] = defaultdict(list)
    parallel, vietnamese = data / "stories" / "parallel-news.jsonl", data / "vietnamese" / "unc-news.tar.gz"
    if parallel.exists():
        for line in parallel.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            if for_training(document["story"]) is training:
                found[document["lang"]] += document["text"].split("\n")
    if vietnamese.exists():
        with tarfile.open(vietnamese) as packed:
            for member in packed:
                opened = packed.extractfile(member) if member.name.endswith(".txt") else None
                if opened is not None and for_training(Path(member.name).name) is training:
                    lines = opened.read().decode("utf-8", "replace").split("\n")
                    found["vi"] += [line for line in lines if not line.startswith("# ")]
    return {code: [line.strip() for line in lines if line.strip()] for code, lines in found.items()}


def cldr_names(code: str) -> list[str]:
    """Names of countries, languages, scripts, months, days and units in a language, as CLDR has them."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse({"no": "nb"}.get(code, code))
    except (UnknownLocaleError, ValueError):
        return []
    names = [*locale.territories.values(), *locale.languages.values(), *locale.scripts.values()]
    names += [*locale.currencies.values()]
    for table in (locale.months, locale.days):
        names += table["format"]["wide"].values()
    units = locale._data["unit_patterns"].values()  # noqa: SLF001 - no other way to all of them
    names += [text for unit in units for forms in unit.values() if isinstance(forms, dict) for text in forms.values()]
    return sorted({name for name in names if isinstance(name, str) and len(name) > 2})  # noqa: PLR2004 - no codes


def frequencies(folder: Path) -> dict[str, list[tuple[str, float]]]:
    """The 30,000 commonest words of each language of wordfreq with their frequency."""
    import msgpack

    found = {}
    for kind in ("small", "large"):
        for path in folder.glob(f"wordfreq/data/{kind}_*.msgpack.gz"):
            bins = msgpack.unpackb(gzip.decompress(path.read_bytes()), raw=False)[1:]
            rows = [(word, 10 ** (-centibels / 100)) for centibels, words in enumerate(bins) for word in words]
            found[code_of(path.name.split(".")[0].removeprefix(f"{kind}_"))] = rows[:30_000]
    return found


def drawn_words(rows: list[tuple[str, float]], count: int, chosen: random.Random) -> list[str]:
    """Texts of words drawn by their frequency, rare ones somewhat oftener."""
    words, weights = [word for word, _ in rows], [weight**0.85 for _, weight in rows]
    drawn = chosen.choices(words, weights, k=count * 24)
    return [" ".join(drawn[start : start + 24]) for start in range(0, len(drawn), 24)]


def drawn_names(names: list[str], count: int, chosen: random.Random) -> list[str]:
    """Texts of names drawn evenly."""
    return [" ".join(chosen.choices(names, k=8)) for _ in range(count)]
