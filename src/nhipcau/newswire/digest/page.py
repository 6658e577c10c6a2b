"""``digest.html``: one page that needs nothing else, on a screen without network and on paper."""

from __future__ import annotations

import base64
import functools
import hashlib
import itertools
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined

from nhipcau.newswire import words
from nhipcau.newswire.digest.explaining import how_it_was_made
from nhipcau.newswire.digest.speech import HIGHLIGHTS, Speech, direction, language_tag, web_address

if TYPE_CHECKING:
    from types import CodeType

    from jinja2.bccache import Bucket

    from nhipcau.newswire.digest.told import Told
    from nhipcau.newswire.records import Rejection

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
_TEMPLATES = ("digest.html", "digest_parts.html")
#: Rows of what is not relevant, and of what was rejected, that the page lists; all of them are in ``digest.json``.
OTHERS, REJECTED = 1000, 1000


class _Compiled(BytecodeCache):
    """Templates compiled once for all languages: their words are looked up when a page is written."""

    def __init__(self) -> None:
        self._codes: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._codes[bucket.key] = bucket.code


_COMPILED = _Compiled()


@functools.cache
def _environment(lang: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_COMPILED,
    )
    gettext, ngettext = words.translator(lang), words.plural_translator(lang)
    # The extension adds this to the environment, where type checkers cannot see it.
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.policies["ext.i18n.trimmed"] = True
    environment.filters |= {"web": web_address, "lang": language_tag, "dir": direction}
    return environment


def load() -> None:
    """Compile the templates now instead of when the first page is written."""
    for name in _TEMPLATES:
        _environment(words.LANGUAGES[0]).get_template(name)


def write_page(file: IO[str], result: Told, lang: str) -> None:
    """Write the page in pieces. Raises ``ValueError`` for a language without words, ``OSError``."""
    template = _environment(lang).get_template(_TEMPLATES[0])
    style = (TEMPLATES / "digest.css").read_text(encoding="utf-8")
    for piece in template.generate(**_context(result, lang), style=style, style_hash=_hash(style)):
        file.write(piece)


def _hash(style: str) -> str:
    """The source expression that lets the page's own style, and no other, through its security policy."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() + "'"


def _context(result: Told, lang: str) -> dict[str, Any]:
    data, say = result.data, Speech(lang)
    numbered = {article.id: place for place, article in enumerate(result.items(), start=1)}
    items = {article.id: article for article in result.items()}
    return {
        "lang": lang,
        "say": say,
        "digest": data,
        "items": items,
        "numbered": numbered,
        "sections": say.sections(data),
        "highlights": data["stories"][:HIGHLIGHTS],
        "others": itertools.islice(result.others(), OTHERS),
        "other_count": data["counts"]["articles"] - data["counts"]["relevant"],
        "others_shown": OTHERS,
        "rejected": _rejected(result),
        "rejected_count": sum(data["counts"]["rejected"].values()),
        "explained": how_it_was_made(say, data, parts_shown=True),
        "problems": list(result.problems()),
    }


def _rejected(result: Told) -> dict[str, list[Rejection]]:
    rejected: dict[str, list[Rejection]] = {reason: [] for reason in result.data["counts"]["rejected"]}
    for rejection in result.rejections():
        if len(rejected[rejection.reason]) < REJECTED:
            rejected[rejection.reason].append(rejection)
    return rejected
