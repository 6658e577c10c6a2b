"""What flows through the news engine: frozen records, from raw document to digest.

Times are aware ``datetime`` in UTC. Languages are BCP 47 tags. Countries are ISO 3166-1 alpha-2 in capitals.
Later issues may add fields with defaults; none is renamed or removed.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


#: What may say the country of an outlet, the surest first.
COUNTRY_FROM = (
    "registry",  # the operator's list of outlets
    "domain",  # the ending of its address
    "known",  # our list of well-known outlets
    "page",  # the page declares a country, or a language with a region that is not the usual one
    "language",  # one country alone has the language as its own
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A publisher as the operator's source list names it.

    Attributes:
        host: the host that identifies it, without ``www.`` or ``m.``.
        name: as the source list or the page prints it; the host where neither does.
        country: where it publishes from, ``None`` where nothing says so.
        country_from: what said so, one of :data:`COUNTRY_FROM`; ``None`` where nothing did.
        reach: weight of its audience in [0, 1] where the operator gave one.
        sample: it is invented; whatever shows its articles says so.
    """

    host: str
    name: str
    country: str | None = None
    country_from: str | None = None
    reach: float | None = None
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One HTML response record, one page file, or one feed entry, before extraction.

    Attributes:
        url: absolute address; for a page file that names none, ``file:`` and its path inside the input.
        body: HTML as received; for a feed entry its content or summary, or the page it links to where that was fetched.
        headers: response headers, names in lower case.
        origin: where it was read, for error messages: input name and offset, line or entry number.
        title, published_at, byline: what the feed or sitemap said, used where the page says nothing.
        outlet: the registered outlet it was collected from, where there is one.
        image: absolute address of the picture that the feed or sitemap gives, used where the page names none.
    """

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""
    title: str | None = None
    published_at: datetime | None = None
    byline: str | None = None
    outlet: Outlet | None = None
    image: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A document that became no article. ``reason`` is one of :data:`REASONS`; ``detail`` is for people."""

    url: str
    origin: str
    reason: str
    detail: str = ""


#: Every reason for which a document is no article. ``articles + sum(rejected) = documents`` always holds.
REASONS = (
    "too_short",  # main text under 100 characters
    "not_html",  # declared or sniffed as something else
    "http_status",  # an error page: status outside 200..299
    "fetch_failed",  # listed by a feed or sitemap but could not be collected
    "unreadable",  # the record's body could not be decoded
    "extractor_failed",  # the extractor crashed, or took over its time, on this page
    "outside_period",  # dated before --since or after --until
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InputProblem:
    """A file or feed, or a part of it, that could not be read. Not a document: it is named, never counted as one."""

    source: str
    message: str
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Language:
    """A BCP 47 ``code`` (``"und"`` where nothing can be said) and a ``confidence`` in [0, 1]."""

    code: str
    confidence: float


#: Characters of a text that count as its lead.
LEAD = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a text was judged relevant.

    Attributes:
        kind: ``country``, ``place``, ``body``, ``heritage``, ``person_office``: the gazetteer's kinds.
        name: the entry's name for people, in English.
        matched: the words as they stand in the text.
        where: ``title``, ``lead`` (first 400 characters) or ``body``.
        count: how many times.
    """

    kind: str
    name: str
    matched: str
    where: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Relevance:
    """How centrally a text is about the focus country: ``score`` in [0, 1], and why."""

    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """What a text says differently from one that it repeats.

    Attributes:
        headline: its headline where it is another one, else ``None``.
        changed: sentences that were reworded, each before and after.
        cut: sentences of the other text that it has not, in order; ``added``: those that only it has.
        left_out: how many more there are where only some are given.
    """

    headline: str | None = None
    changed: tuple[tuple[str, str], ...] = ()
    cut: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    left_out: int = 0

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.headline or self.changed or self.cut or self.added)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that a text names.

    Attributes:
        country: code of the country that it is or lies in.
        name: a region's or city's name in English; the code again where it is a country.
        kind: ``country``, ``region`` (a region, or a capital or other city of the list by hand) or ``city``.
        matched: the words of its first mention as they stand in the text.
        where: where that mention stands, as in :class:`Reason`.
        count: how many times it is named.
    """

    country: str
    name: str
    kind: str
    matched: str
    where: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """An international institution that a text names.

    Attributes:
        code: its key in the gazetteer (``un``, ``world-bank``); ``name``: its name in English.
        matched, where, count: as in :class:`Place`.
    """

    code: str
    name: str
    matched: str
    where: str
    count: int = 1


#: What a page may be marked as.
MARKS = (
    "paywall",  # it says that not everybody may read the whole of it
    "live",  # a live blog: many entries under one headline, changed as it goes
    "gallery",  # a series of pictures
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The main text of a document and what could be said about it.

    Attributes:
        id: stable identifier made from the canonical address and the text; no clock and no counter in it.
        url: as collected. ``canonical_url``: as the page declares it, tracking parameters removed.
        text: main text, paragraphs separated by one newline, NFC.
        published_at: UTC; ``published_from`` says what said so (``json-ld``, ``meta``, ``time``, ``feed``, ``url``,
            ``text``, ``table``); ``published_precision`` is ``"minute"`` or ``"day"`` (a day is stored as 00:00 UTC).
        published_zone: ``"country"`` where the time was written without its zone and the outlet's country has but one.
        modified_from: what gave the time of the last change.
        byline: the names as printed; shown on the article only.
        section: the part of the publication it stands in, as the page names it.
        marks: what the page says it is: some of :data:`MARKS`.
        image: absolute address of the lead image.
        language, language_confidence: see :class:`Language`.
        relevance, reasons: see :class:`Relevance`; ``topics``: codes of the field's topics, most certain first.
        places: the places it names, those named most first; ``institutions`` likewise.
        duplicate_of: id of the first article with the same text; ``duplicate_measure`` and ``duplicate_value`` say how
            that was judged.
        revises: id of the version of the same page before this one.
        differences: of a reprint or a later version, in short, where the other text was at hand.
    """

    id: str
    url: str
    canonical_url: str
    outlet: Outlet
    title: str
    text: str
    language: str = "und"
    language_confidence: float = 0.0
    published_at: datetime | None = None
    published_from: str | None = None
    published_precision: str | None = None
    modified_at: datetime | None = None
    byline: str | None = None
    image: str | None = None
    origin: str = ""
    relevance: float = 0.0
    reasons: tuple[Reason, ...] = ()
    topics: tuple[str, ...] = ()
    duplicate_of: str | None = None
    duplicate_measure: str | None = None
    duplicate_value: float | None = None
    story_id: str | None = None
    published_zone: str | None = None
    modified_from: str | None = None
    section: str | None = None
    marks: tuple[str, ...] = ()
    revises: str | None = None
    differences: Differences | None = None
    places: tuple[Place, ...] = ()
    institutions: tuple[Institution, ...] = ()

    def replace(self, **changes: object) -> Article:
        """A copy with these fields changed."""
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Match:
    """The article that a new one repeats: its id ``of``, the ``measure`` that said so, and its ``value`` in [0, 1].

    ``measure`` is ``"url"`` (same canonical address and text), ``"text"`` (same text) or ``"containment"``.
    """

    of: str
    measure: str
    value: float


@dataclass(frozen=True, slots=True)
class Changes:
    """What one batch changed in the stream of stories.

    ``assigned``: article id to story id; ``merged``: old story id to the one it went into; ``split``: old story id to
    the ids it fell into.
    """

    assigned: Mapping[str, str]
    merged: Mapping[str, str] = field(default_factory=dict)
    split: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles about one event. ``id`` is made from its first article and survives from run to run.

    ``article_ids`` are in order of time, reprints included; ``centrality`` gives each article's likeness to the
    story's centre in [0, 1]. ``title`` is one given by hand, in Vietnamese; ``None`` where nobody gave one.
    ``by_hand``: a person put some of its articles together, or held them apart from another story.
    """

    id: str
    article_ids: tuple[str, ...]
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    centrality: Mapping[str, float] = field(default_factory=dict)
    novelty: float = 1.0
    title: str | None = None
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandGroup:
    """Articles that a person said are one story; ``story_id`` is the id it goes by, ``None`` for its founder's."""

    article_ids: tuple[str, ...]
    story_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandTitle:
    """A title in Vietnamese that a person gave to the story in which the first known one of ``article_ids`` is."""

    article_ids: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """What people corrected in the engine's stories, oldest first: where two contradict each other the later one holds.

    Attributes:
        groupings: each is one decision. Every group of it is one story; of several groups no two are the same story.
            One group alone joins stories, several take one apart.
        titles: titles given by hand.
    """

    groupings: tuple[tuple[HandGroup, ...], ...] = ()
    titles: tuple[HandTitle, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything was corrected."""
        return bool(self.groupings or self.titles)
