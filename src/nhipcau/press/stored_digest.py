"""A stored digest told as the engine tells one, so that the desk gives it in the same five forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nhipcau.newswire.digest.json_file import SCHEMA, digest_article
from nhipcau.newswire.digest.method import method
from nhipcau.newswire.digest.numbers import numbers
from nhipcau.newswire.digest.telling import BY_HAND, EXTRACT, UNEDITED, in_order_of, outlets_in_order
from nhipcau.newswire.engine import engine
from nhipcau.newswire.period import Period
from nhipcau.newswire.rows import iso_seconds
from nhipcau.press import queries
from nhipcau.press.engine_records import article_record, rejection_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhipcau.newswire.records import Article, InputProblem, Rejection
    from nhipcau.press.models import Digest, DigestArticle, DigestStory

#: Rows read at a time.
_CHUNK = 500


class StoredDigest:
    """The digest as it stands in the tables: :class:`nhipcau.newswire.digest.told.Told`.

    Bylines and texts stay in the desk: a byline is shown with its article and leaves in no file.
    """

    def __init__(self, digest: Digest) -> None:
        self._digest = digest
        self._period = Period(digest.period_from, digest.period_to)
        self._entries = list(queries.told_stories_of(digest))
        self._stories = {entry.pk: entry.story.engine_id for entry in self._entries}
        relevant = [(row, self._record(row)) for row in self._rows(relevant=True)]
        self._members: dict[int, list[Article]] = {}
        for row, record in sorted(relevant, key=lambda pair: pair[0].place):
            if row.digest_story_id:
                self._members.setdefault(row.digest_story_id, []).append(record)
        dated = [record for _, record in relevant if record.published_at]
        self._items = sorted(dated, key=lambda record: record.published_at)  # type: ignore[arg-type, return-value]
        self._items += [record for _, record in relevant if not record.published_at]
        self.data = self._data()

    def _rows(self, *, relevant: bool | None = None) -> Iterable[DigestArticle]:
        return queries.told_articles_of(self._digest, relevant=relevant).iterator(chunk_size=_CHUNK)

    def _data(self) -> dict[str, Any]:
        digest = self._digest
        stories = [self._story(entry) for entry in self._entries if entry.pk in self._members]
        first, last = queries.dates_of_digest(digest)
        return {
            "schema": SCHEMA,
            "focus": digest.focus,
            "sample": digest.sample,
            "period": {
                "since": iso_seconds(digest.period_from),
                "until": iso_seconds(digest.period_to),
                "first_seen": iso_seconds(first),
                "last_seen": iso_seconds(last),
            },
            "counts": self._counts(),
            "edition": edition_of(digest),
            "sections": None,
            "stories": stories,
            "numbers": numbers(self._items, stories),
            "inputs": [],
            # A digest that people began says what the engine would have decided by.
            "method": digest.method.get("method") or method({}),
            "engine": digest.method.get("engine") or engine(),
        }

    def _counts(self) -> dict[str, Any]:
        relevant = len(self._items)
        kept = {"documents": relevant, "articles": relevant, "rejected": {}, "relevant": relevant, "duplicates": 0}
        return kept | self._digest.counts

    def _story(self, entry: DigestStory) -> dict[str, Any]:
        members = self._members[entry.pk]
        topics = in_order_of(topic for article in members for topic in article.topics)
        model = self._digest.method.get("method", {}).get("models", {}).get("summarise")
        return {
            "id": entry.story.engine_id,
            "rank": entry.rank,
            "title": entry.title,
            "title_language": entry.title_language,
            **UNEDITED,
            **({"headline": entry.story.name, "headline_by": BY_HAND} if entry.story.name else {}),
            "gist": entry.gist,
            "gist_article_id": self._speaker(entry, members),
            "gist_by": model or EXTRACT,
            "article_ids": [article.id for article in members],
            "earlier_articles": entry.earlier,
            "outlets": outlets_in_order(members),
            "countries": in_order_of(article.outlet.country for article in members),
            "languages": in_order_of(article.language for article in members),
            # The first decides under which heading it stands, and was said when the digest was built.
            "topics": [*filter(None, [entry.topic]), *(topic for topic in topics if topic != entry.topic)],
            "first_seen": iso_seconds(entry.first_seen),
            "last_seen": iso_seconds(entry.last_seen),
            "novelty": entry.score_parts.get("novelty"),
            "score": entry.score,
            "score_parts": entry.score_parts,
        }

    def _speaker(self, entry: DigestStory, members: Sequence[Article]) -> str:
        """The article whose title and sentences stand for the story; where it is gone, the first that is there."""
        wanted = entry.gist_article.engine_id if entry.gist_article_id else ""
        return next((article.id for article in members if article.id == wanted), members[0].id)

    def _record(self, row: DigestArticle) -> Article:
        """The article as it was judged when the digest was built."""
        article = row.article
        first, measure = article.duplicate_of, article.duplicate_measure
        return article_record(article, in_full=False).replace(
            duplicate_of=first.engine_id if row.reprint and first else None,
            duplicate_measure=(measure or None) if row.reprint else None,
            duplicate_value=article.duplicate_value if row.reprint else None,
            story_id=self._stories.get(row.digest_story_id),
        )

    def items(self) -> Sequence[Article]:
        """The relevant articles, earliest first, undated last."""
        return self._items

    def others(self) -> Iterator[Article]:
        """The articles that are not relevant, in the order in which they were read."""
        return map(self._record, self._rows(relevant=False))

    def article_rows(self) -> Iterator[dict[str, Any]]:
        """Every article, in the order in which they were read; relevant is what was judged then."""
        for row in self._rows():
            yield digest_article(
                self._record(row),
                text_chars=row.article.text_chars,
                relevant=row.relevant,
                seen_before=row.seen_before,
                period=self._period,
            )

    def rejections(self) -> Iterator[Rejection]:
        """Every document of the period that became no article."""
        for refusal in queries.refusals_of_digest(self._digest).order_by("pk").iterator(chunk_size=_CHUNK):
            yield rejection_record(refusal)

    def problems(self) -> Iterable[InputProblem]:
        """None: what the collector could not read is told on the screen of sources."""
        return ()


def edition_of(digest: Digest) -> dict[str, Any]:
    """What the office adds to what the engine found, as docs/reference/digest-json.md describes it."""
    return {
        "organisation": str(digest.organisation),
        "superior": "",
        "kind": "daily",
        "state": digest.state,
        "title": "",
        "number_and_symbol": "",
        "place": "",
        "issued_on": None,
        "signer_name": "",
        "signer_post": "",
        "recipients": [],
        "archive_line": "",
        "notices": [],
    }
