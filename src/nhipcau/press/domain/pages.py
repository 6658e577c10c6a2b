"""What lists and servers say of pages that are stored: kept, so that a page that changed is read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from nhipcau.access.rights import require
from nhipcau.press.domain.reconcile import CHUNK, chunks
from nhipcau.press.models import Article, ArticleAddress, Source, WatchedPage, hash_of_url

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nhipcau.access import Actor

#: What a page's server said: ``ETag`` and ``Last-Modified``; empty where it said nothing.
Validators = tuple[str, str]


def note_pages(*, actor: Actor, marks: Mapping[str, str], validators: Mapping[str, Validators]) -> None:
    """Keep what lists said of pages that are stored by now. No audit entry (docs/explanation/decisions/0009).

    Args:
        actor: a press analyst or the system.
        marks: by address, ``Entry.mark`` of the engine.
        validators: of those of them whose page was read in this run.

    Raises:
        PermissionDeniedError: the actor is neither.
    """
    require("press.collect", actor)
    by_key = {hash_of_url(url): url for url in marks}
    with transaction.atomic():
        for keys in chunks(sorted(by_key)):
            _note(keys, {key: marks[by_key[key]] for key in keys}, {key: validators.get(by_key[key]) for key in keys})


def _note(keys: Sequence[str], marks: Mapping[str, str], validators: Mapping[str, Validators | None]) -> None:
    rows = {row.url_hash: row for row in WatchedPage.objects.filter(url_hash__in=keys)}
    changed = []
    for key, row in rows.items():
        if row.mark != marks[key]:
            row.mark, row.times = marks[key], row.times + 1
            _say(row, validators[key])
            changed.append(row)
    WatchedPage.objects.bulk_update(changed, ["mark", "times", "etag", "last_modified"], batch_size=CHUNK)
    stored = dict(ArticleAddress.objects.filter(url_hash__in=keys).values_list("url_hash", "article_id"))
    stored |= dict(Article.objects.filter(url_hash__in=keys).order_by("pk").values_list("url_hash", "pk"))
    now = timezone.now()
    made = []
    for key in keys:
        if key in stored and key not in rows:
            page = WatchedPage(article_id=stored[key], url_hash=key, mark=marks[key], since=now)
            _say(page, validators[key])
            made.append(page)
    # Another collector may have noted one of them meanwhile; what it noted is as good.
    WatchedPage.objects.bulk_create(made, ignore_conflicts=True)


def _say(page: WatchedPage, said: Validators | None) -> None:
    """A header longer than its column is better not sent back at all than sent back cut."""
    if said is not None:
        etag, last_modified = said
        page.etag = etag if len(etag) <= Source.ETAG_LENGTH else ""
        page.last_modified = last_modified if len(last_modified) <= Source.LAST_MODIFIED_LENGTH else ""
