"""A stored digest told as the engine tells one, so that the desk gives it in the same five forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from nhipcau.newswire.digest import ranking
from nhipcau.newswire.digest.json_file import SCHEMA, digest_article
from nhipcau.newswire.digest.method import method
from nhipcau.newswire.digest.numbers import numbers
from nhipcau.newswire.digest.telling import BY_HAND, EXTRACT, UNEDITED, in_order_of, outlets_in_order
from nhipcau.newswire.engine import engine
from nhipcau.newswire.period import Period
from nhipcau.newswire.rows import iso_seconds
from nhipcau.press import edited, queries
from nhipcau.press import sections as rooms
from nhipcau.press.differing import differing
from nhipcau.press.engine_records import article_record, rejection_record
from nhipcau.press.phrases import topic_name
from nhipcau.workspace.queries.letters import parent_at_issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nhipcau.newswire.records import Article, Differences, InputProblem, Rejection
    from nhipcau.press.models import Article as StoredArticle
    from nhipcau.press.models import Digest, DigestArticle, DigestStory

#: Rows read at a time.
_CHUNK = 500


class StoredDigest:
    """The digest as it stands in the tables: :class:`nhipcau.newswire.digest.told.Told`.

    Once the office has entries it tells these, in its order and words; before, the stories that the engine found.
    Bylines and texts stay in the desk: a byline is shown with its article and leaves in no file.
    """

    def __init__(self, digest: Digest) -> None:
        self._digest = digest
        self._period = Period(digest.period_from, digest.period_to)
        self._told = edited.told_by(digest)
        self._entries = list(queries.told_stories_of(digest))
        self._stories = {entry.pk: entry.story.engine_id for entry in self._entries}
        alone = {told.entry.article_id for told in self._told if told.suggested is None}
        kept = [row for row in self._rows() if row.relevant or row.article_id in alone]
        self._differing = _differing(kept)
        relevant = [(row, self._record(row)) for row in kept]
        self._records = {row.article_id: record for row, record in relevant}
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
        found = {entry.pk: self._story(entry) for entry in self._entries if entry.pk in self._members}
        stories = self._told_stories(found) if self._told else list(found.values())
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
            "sections": sections_of(digest, self._told, stories) if self._told else None,
            "stories": stories,
            "numbers": numbers(self._items, stories),
            "inputs": [],
            # A digest that people began says what the engine would have decided by.
            "method": digest.method.get("method") or method({}),
            "engine": digest.method.get("engine") or engine(),
        }

    def _told_stories(self, found: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The entries as rows of stories, in the office's order; an entry whose articles are all gone is left out."""
        stories = []
        for told in self._told:
            story = found.get(told.suggested.pk) if told.suggested is not None else self._alone(told)
            if story is not None:
                stories.append({**story, **self._words(told, story), "rank": len(stories) + 1})
        return stories

    def _words(self, told: edited.Told, story: Mapping[str, Any]) -> dict[str, Any]:
        """What the office wrote to a story, and the original that it wrote from."""
        entry = told.entry
        original = self._records.get(entry.article_id)
        words: dict[str, Any] = {
            "summary": entry.gist or None,
            "note": entry.note or None,
            "written_by": [entry.writer.name] if entry.writer else [],
            "topics": [*filter(None, [entry.section]), *(code for code in story["topics"] if code != entry.section)],
        }
        if entry.headline:
            words["headline"] = entry.headline
        if original is not None and original.id in story["article_ids"]:
            words |= {"title": original.title, "title_language": original.language, "gist_article_id": original.id}
            words["gist"] = told.original_gist
        return words

    def _alone(self, told: edited.Told) -> dict[str, Any] | None:
        """An article in no story, as a story of its own."""
        article = self._records.get(told.entry.article_id)
        if article is None:
            return None
        seen = iso_seconds(article.published_at)
        parts = ranking.score_parts([article], novelty=1.0)
        return {
            "id": f"article-{article.id}",
            **UNEDITED,
            "title": article.title,
            "title_language": article.language,
            "gist": told.original_gist,
            "gist_article_id": article.id,
            "gist_by": EXTRACT,
            "article_ids": [article.id],
            "earlier_articles": 0,
            "outlets": outlets_in_order([article]),
            "countries": in_order_of([article.outlet.country]),
            "languages": [article.language],
            "topics": list(article.topics),
            "first_seen": seen,
            "last_seen": seen,
            "novelty": 1.0,
            "score": ranking.total(parts),
            "score_parts": parts,
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
        before = _before(row)
        return article_record(article, in_full=False).replace(
            duplicate_of=first.engine_id if row.reprint and first else None,
            duplicate_measure=(measure or None) if row.reprint else None,
            duplicate_value=article.duplicate_value if row.reprint else None,
            revises=before.engine_id if before else None,
            differences=self._differing.get(row.article_id),
            story_id=self._stories.get(row.digest_story_id),
        )

    def items(self) -> Sequence[Article]:
        """The relevant articles, earliest first, undated last."""
        return self._items

    def others(self) -> Iterator[Article]:
        """The articles that are neither relevant nor kept, in the order in which they were read."""
        rows = (row for row in self._rows(relevant=False) if row.article_id not in self._records)
        return map(self._record, rows)

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


def _before(row: DigestArticle) -> StoredArticle | None:
    """What the article's page said before it said this."""
    kept = getattr(row.article, "revision", None)
    return kept.before if kept else None


def _differing(rows: Sequence[DigestArticle]) -> dict[int, Differences | None]:
    """What reprints say differently from the first article, and later versions of a page from the one before."""
    others = {row.article_id: _before(row) or (row.article.duplicate_of if row.reprint else None) for row in rows}
    pairs = {key: other.pk for key, other in others.items() if other is not None}
    texts = queries.worded([*pairs, *pairs.values()])
    return {key: differing(texts[other], texts[key]) for key, other in pairs.items()}


def sections_of(
    digest: Digest, told: Sequence[edited.Told], stories: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The parts of an edited digest in its order: summary, entries by section, what other rooms say, outlook."""
    printed = {story["gist_article_id"]: story["id"] for story in stories}
    parts = [_part(gettext("Summary"), digest.summary)]
    for code, group in edited.by_section(told):
        keys = [printed[each.entry.article.engine_id] for each in group if each.entry.article.engine_id in printed]
        title = topic_name(code) if code else gettext("Other topics")
        parts.append({"title": title, "story_ids": keys, "paragraphs": []})
    parts += [
        {"title": section["title"], "story_ids": [], "paragraphs": list(section["paragraphs"])}
        for section in rooms.of_digest(digest)
    ]
    parts.append(_part(gettext("Outlook"), digest.outlook))
    return [part for part in parts if part["story_ids"] or part["paragraphs"]]


def _part(title: str, text: str) -> dict[str, Any]:
    return {"title": title, "story_ids": [], "paragraphs": [line for line in text.splitlines() if line.strip()]}


def edition_of(digest: Digest) -> dict[str, Any]:
    """What the office adds to what the engine found, as docs/reference/digest-json.md describes it."""
    above = parent_at_issue(digest)
    return {
        "organisation": digest.issuer_name or digest.organisation.name_vi,
        "superior": above.name_vi if above else "",
        "kind": digest.kind,
        "state": digest.state,
        "title": digest.title,
        "number_and_symbol": digest.number_and_symbol or (f"     /{digest.symbol}" if digest.symbol else ""),
        "place": digest.place,
        "issued_on": digest.issued_on.isoformat() if digest.issued_on else None,
        "signer_name": digest.signer_name,
        "signer_post": digest.signer_post,
        "recipients": [row.organisation.name_vi for row in queries.recipients_of(digest)],
        "archive_line": digest.archive_line,
        "notices": _notices(digest),
    }


def _notices(digest: Digest) -> list[dict[str, Any]]:
    """A recall and the published corrections, in order of time."""
    told = [(row.published_at, row.text) for row in queries.notices_of(digest) if row.published_at]
    if digest.recalled_at is not None:
        told.append((digest.recalled_at, digest.recall_reason))
    return [{"at": iso_seconds(at), "text": text} for at, text in told]
