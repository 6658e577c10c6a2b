"""``digest.html``: one page that needs nothing else, on a screen without network and on paper."""

from __future__ import annotations

import base64
import dataclasses
import functools
import hashlib
import itertools
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from nhipcau.newswire import gazetteer, words
from nhipcau.newswire.digest.ranking import outlet_key
from nhipcau.newswire.period import VIETNAM
from nhipcau.newswire.sentences import told
from nhipcau.newswire.words import gettext_noop
from nhipcau.text import format_date, format_datetime, format_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhipcau.newswire.digest.result import DigestResult
    from nhipcau.newswire.records import Article, Outlet, Rejection

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
#: Stories named at the top.
HIGHLIGHTS = 5
#: Words that decided on an item, shown beside it.
WORDS_FOUND = 5
#: Rows of what is not relevant, and of what was rejected, that the page lists; all of them are in ``digest.json``.
OTHERS, REJECTED = 1000, 1000
#: Scripts written from right to left among the languages that the engine tells apart.
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ku-Arab", "ps", "sd", "ug", "ur", "yi"})
REASONS = {
    "too_short": gettext_noop("Main text under 100 characters"),
    "not_html": gettext_noop("Not a web page"),
    "http_status": gettext_noop("The server answered with an error"),
    "fetch_failed": gettext_noop("Could not be collected"),
    "unreadable": gettext_noop("Could not be decoded"),
    "extractor_failed": gettext_noop("Taking the page apart failed or took too long"),
    "outside_period": gettext_noop("Published outside the period"),
}
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def web_address(url: object) -> str | None:
    """The address where a reader may follow it, ``None`` for any scheme but http and https and for broken ones."""
    text = str(url or "").strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc or not text.isprintable():
        return None
    return text


def language_tag(code: str) -> str:
    """The code for a ``lang`` attribute; empty, which means unknown, for anything that is no tag."""
    return code if code != "und" and _TAG.fullmatch(code) else ""


def direction(code: str) -> str:
    """The ``dir`` of a text in that language."""
    if not language_tag(code):
        return "auto"
    return "rtl" if code in RIGHT_TO_LEFT or code.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"


@dataclasses.dataclass(frozen=True)
class Speech:
    """Names, numbers and dates in the language of the page."""

    lang: str

    def number(self, value: float) -> str:
        """A number as its readers write it."""
        return format_number(value, self.lang)

    def share(self, value: float) -> str:
        """A number in [0, 1], to two decimals."""
        return format_number(round(value, 2), self.lang)

    def country(self, code: str | None) -> str:
        """A country's name."""
        return gazetteer.country_name(code, self.lang) if code else ""

    def outlet(self, outlet: Outlet) -> str:
        """An outlet's name; that it is not known, where nothing names it."""
        return outlet.name if outlet_key(outlet) else words.translator(self.lang)("Outlet not known")

    def language(self, code: str) -> str:
        """A language's name."""
        return gazetteer.language_name(code, self.lang) if language_tag(code) else ""

    def topic(self, code: str) -> str:
        """A topic's name; the code where the gazetteer knows no such topic."""
        name = gazetteer.TOPICS.get(code)
        return words.translator(self.lang)(name) if name else code

    def moment(self, value: datetime | str | None, precision: str | None = None) -> str:
        """A time in Viet Nam, or only its day where no more is known."""
        if value is None:
            return ""
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        if precision == "day":
            return format_date(moment.astimezone(UTC).date(), self.lang)
        return format_datetime(moment.astimezone(VIETNAM), self.lang)

    def day(self, value: str | None) -> str:
        """The day of a time, in Viet Nam."""
        return format_date(datetime.fromisoformat(value).astimezone(VIETNAM).date(), self.lang) if value else ""

    def reason(self, code: str) -> str:
        """Why a document became no article."""
        return words.translator(self.lang)(REASONS[code])

    def words_found(self, article: Article) -> list[tuple[str, int]]:
        """The first few different words that made an article relevant, weightiest first, and how often each stands."""
        counts: Counter[str] = Counter()
        for reason in article.reasons:
            counts[reason.matched] += reason.count
        return list(counts.items())[:WORDS_FOUND]

    def sentence(self, message: object) -> object:
        """A sentence of the engine; other text as it is."""
        return told(message, words.translator(self.lang))


@functools.cache
def _environment(lang: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    gettext, ngettext = words.translator(lang), words.plural_translator(lang)
    # The extension adds this to the environment, where type checkers cannot see it.
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.policies["ext.i18n.trimmed"] = True
    environment.filters |= {"web": web_address, "lang": language_tag, "dir": direction}
    return environment


def write_page(file: IO[str], result: DigestResult, lang: str) -> None:
    """Write the page in pieces. Raises ``ValueError`` for a language without words, ``OSError``."""
    template = _environment(lang).get_template("digest.html")
    style = (TEMPLATES / "digest.css").read_text(encoding="utf-8")
    for piece in template.generate(**_context(result, lang), style=style, style_hash=_hash(style)):
        file.write(piece)


def _hash(style: str) -> str:
    """The source expression that lets the page's own style, and no other, through its security policy."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() + "'"


def _context(result: DigestResult, lang: str) -> dict[str, Any]:
    data = result.data
    numbered = {article.id: place for place, article in enumerate(result.items(), start=1)}
    items = {article.id: article for article in result.items()}
    return {
        "lang": lang,
        "say": Speech(lang),
        "digest": data,
        "items": items,
        "numbered": numbered,
        "sections": _sections(data["stories"]),
        "highlights": data["stories"][:HIGHLIGHTS],
        "others": _others(result, items),
        "other_count": data["counts"]["articles"] - data["counts"]["relevant"],
        "others_shown": OTHERS,
        "rejected": _rejected(result),
        "rejected_count": sum(data["counts"]["rejected"].values()),
        "problems": list(result.problems()),
    }


def _sections(stories: list[dict[str, Any]]) -> list[tuple[str | None, list[dict[str, Any]]]]:
    """Stories by their first topic, the topic of the best story first; those without one last."""
    groups: dict[str | None, list[dict[str, Any]]] = {}
    for story in stories:
        groups.setdefault(next(iter(story["topics"]), None), []).append(story)
    return sorted(groups.items(), key=lambda group: group[0] is None)


def _others(result: DigestResult, items: dict[str, Article]) -> Iterator[Article]:
    others = (stored.article for stored in result.stored() if stored.article.id not in items)
    return itertools.islice(others, OTHERS)


def _rejected(result: DigestResult) -> dict[str, list[Rejection]]:
    rejected: dict[str, list[Rejection]] = {reason: [] for reason in result.data["counts"]["rejected"]}
    for rejection in result.rejections():
        if len(rejected[rejection.reason]) < REJECTED:
            rejected[rejection.reason].append(rejection)
    return rejected
