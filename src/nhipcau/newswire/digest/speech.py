"""How a digest speaks: names, numbers, dates and headings in the language of its reader, whatever it is written as."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from nhipcau.newswire import gazetteer, words
from nhipcau.newswire.digest.ranking import outlet_key
from nhipcau.newswire.period import VIETNAM
from nhipcau.newswire.sentences import told
from nhipcau.newswire.words import gettext_noop
from nhipcau.text import format_date, format_datetime, format_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.newswire.records import Article, Differences, Outlet

#: Stories named at the top.
HIGHLIGHTS = 5
#: Words that decided on an item, shown beside it.
WORDS_FOUND = 5
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
#: What the office calls a digest of each kind, as the paper prints it in capitals.
KINDS = {
    "daily": gettext_noop("Press digest"),
    "weekly": gettext_noop("Weekly press digest"),
    "flash": gettext_noop("News flash"),
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


@dataclasses.dataclass(frozen=True, slots=True)
class Section:
    """A part of a digest: its heading, what the office wrote under it, its stories."""

    title: str
    paragraphs: list[str]
    stories: list[dict[str, Any]]


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

    def day_of(self, value: str) -> str:
        """A day written ``2026-11-22``."""
        return format_date(date.fromisoformat(value), self.lang)

    def reason(self, code: str) -> str:
        """Why a document became no article."""
        return words.translator(self.lang)(REASONS[code])

    def words_found(self, article: Article) -> list[tuple[str, int]]:
        """The first few different words that made an article relevant, weightiest first, and how often each stands."""
        counts: Counter[str] = Counter()
        for reason in article.reasons:
            counts[reason.matched] += reason.count
        return list(counts.items())[:WORDS_FOUND]

    def differences(self, found: Differences | None) -> list[tuple[str, str]]:
        """What a text says differently from the one that it repeats or revises: what each passage is, and itself."""
        if not found:
            return []
        translate = words.translator(self.lang)
        told = [(translate("Other headline"), found.headline)] if found.headline else []
        for before, after in found.changed:
            told += [(translate("Earlier text"), before), (translate("This text"), after)]
        told += [(translate("Text added"), passage) for passage in found.added]
        told += [(translate("Text left out"), passage) for passage in found.cut]
        if found.left_out:
            told.append((translate("Further passages"), self.number(found.left_out)))
        return told

    def sentence(self, message: object) -> object:
        """A sentence of the engine; other text as it is."""
        return told(message, words.translator(self.lang))

    def title(self, data: Mapping[str, Any]) -> str:
        """What the digest is called: the office's own title, else what it is about."""
        edition = data.get("edition") or {}
        if edition.get("title"):
            return str(edition["title"])
        at_home = any(row["value"] == data["focus"] for row in data["numbers"]["countries"]["values"])
        translate = words.translator(self.lang)
        # Two whole sentences: what is at home is no foreign press.
        pattern = translate("%(country)s in the press") if at_home else translate("%(country)s in the foreign press")
        return pattern % {"country": self.country(data["focus"])}

    def period(self, data: Mapping[str, Any]) -> str:
        """The days that it is about: what was asked, else what was found."""
        translate, period = words.translator(self.lang), data["period"]
        since = self.day(period["since"] or period["first_seen"])
        until = self.day(period["until"] or period["last_seen"])
        if since and until and since != until:
            return translate("Period: %(since)s to %(until)s") % {"since": since, "until": until}
        if since or until:
            return translate("Period: %(day)s") % {"day": since or until}
        return translate("Period: nothing read carries a date")

    def sections(self, data: Mapping[str, Any]) -> list[Section]:
        """The parts in the office's own order, where it gave one; else by topic, that of the best story first.

        A story that stands in no part of the office's stands at the end: nothing is left out unsaid.
        """
        translate = words.translator(self.lang)
        given = data.get("sections")
        if given is None:
            groups: dict[str | None, list[dict[str, Any]]] = {}
            for story in data["stories"]:
                groups.setdefault(next(iter(story["topics"]), None), []).append(story)
            ordered = sorted(groups.items(), key=lambda group: group[0] is None)
            return [
                Section(self.topic(topic) if topic else translate("Other topics"), [], stories)
                for topic, stories in ordered
            ]
        left = {story["id"]: story for story in data["stories"]}
        parts = [
            Section(row["title"], list(row["paragraphs"]), [left.pop(i) for i in row["story_ids"] if i in left])
            for row in given
        ]
        return [*parts, Section(translate("Other stories"), [], list(left.values()))] if left else parts

    def breadth(self, story: Mapping[str, Any]) -> str:
        """How far a story went: ``12 items · 5 outlets · 3 countries``."""
        plural = words.plural_translator(self.lang)
        items, outlets = len(story["article_ids"]), len(story["outlets"])
        countries, languages = len(story["countries"]), len(story["languages"])
        parts = [f"{self.number(items)} {plural('item', 'items', items)}"]
        if outlets:
            parts.append(f"{self.number(outlets)} {plural('outlet', 'outlets', outlets)}")
        if countries:
            parts.append(f"{self.number(countries)} {plural('country', 'countries', countries)}")
        if languages > 1:
            parts.append(f"{self.number(languages)} {plural('language', 'languages', languages)}")
        return " · ".join(parts)
