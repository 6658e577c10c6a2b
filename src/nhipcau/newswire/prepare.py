"""What a worker process does with one item: from document to scored article."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import TYPE_CHECKING, Any, TypeVar

from nhipcau.newswire import language, relevance
from nhipcau.newswire.extract import extract_document
from nhipcau.newswire.institutions import institutions_of
from nhipcau.newswire.places import places_of
from nhipcau.newswire.records import Article, Document, InputProblem, Institution, Outlet, Place, Reason, Rejection
from nhipcau.newswire.sentences import Sentence

if TYPE_CHECKING:
    from nhipcau.newswire.period import Period

Item = Document | Article | Rejection | InputProblem
Prepared = Article | Rejection | InputProblem
Record = TypeVar("Record", bound="Article | Rejection | InputProblem | Institution | Outlet | Place | Reason")
#: Decimals of a relevance. It is rounded before it is compared with anything, so that files show what was compared.
DECIMALS = 4


def needs_worker(item: Item) -> bool:
    """Whether preparing takes a page apart or loads the language model; scoring a text is quick enough anywhere."""
    return isinstance(item, Document) or (isinstance(item, Article) and not _has_language(item))


def extracted(item: Item) -> Prepared:
    """Extract a document, and say of every article its language where nothing said so yet."""
    found = _extracted(item) if isinstance(item, Document) else item
    return _with_language(printable(found)) if isinstance(found, Article) else printable(found)


def _extracted(document: Document) -> Article | Rejection:
    found = extract_document(document)
    if isinstance(found, Article) and found.image is None and document.image:
        return found.replace(image=document.image)
    return found


def prepare(item: Item, *, focus: str, period: Period) -> Prepared:
    """Extract, refuse what is outside the period, and say of each article its relevance and topics where unsaid."""
    found = extracted(item)
    if not isinstance(found, Article):
        return found
    article = _judged(found, focus=focus)
    if period.holds(article) is False:
        moment = article.published_at.isoformat() if article.published_at else ""
        return Rejection(url=article.url, origin=article.origin, reason="outside_period", detail=moment)
    return article


def _has_language(article: Article) -> bool:
    return article.language != "und" or article.language_confidence > 0


def _is_scored(article: Article) -> bool:
    return bool(article.relevance > 0 or article.reasons)


def _with_language(article: Article) -> Article:
    if not _has_language(article):
        found = language.identify(f"{article.title}\n{article.text}")
        article = article.replace(language=found.code, language_confidence=found.confidence)
    return article.replace(language_confidence=round(article.language_confidence, DECIMALS))


def _judged(article: Article, *, focus: str) -> Article:
    said: dict[str, Any] = {"relevance": article.relevance}
    if not article.topics:
        said["topics"] = relevance.topics(article)
    if not _is_scored(article):
        score = relevance.score(article, focus=focus)
        said |= {"relevance": score.score, "reasons": score.reasons}
    if not article.places:
        said["places"] = places_of(article)
    if not article.institutions:
        said["institutions"] = institutions_of(article)
    said["relevance"] = round(said["relevance"], DECIMALS)
    return article.replace(**said)


def printable(record: Record) -> Record:
    """The record with what cannot be written as UTF-8 (halves of surrogate pairs, raw bytes of file names) as ``?``."""
    changes: dict[str, Any] = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if isinstance(value, Sentence):
            continue  # made of quoted parts, each printable
        if isinstance(value, str):
            clean: object = value.encode("utf-8", "replace").decode()
        elif isinstance(value, Outlet):
            clean = printable(value)
        elif field.name in ("reasons", "places", "institutions"):
            clean = tuple(printable(one) for one in value)
        else:
            continue
        if clean != value:
            changes[field.name] = clean
    return dataclasses.replace(record, **changes) if changes else record


def item_key(item: Item) -> bytes:
    """What tells one item read from another: 16 bytes over everything that preparing looks at."""
    if isinstance(item, Document):
        kind = item.headers.get("content-type")
        hints = (item.title, item.published_at, item.byline, item.outlet, kind, item.image)
        parts = [item.url.encode("utf-8", "surrogatepass"), item.body, repr((hints, item.origin)).encode()]
    else:
        parts = [repr(item).encode()]
    digest = hashlib.blake2b(type(item).__name__.encode(), digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()
