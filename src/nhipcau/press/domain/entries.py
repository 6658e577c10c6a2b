"""The entries of a digest: kept, ordered, written by several people at once, taken out without losing a word."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.newswire import gazetteer
from nhipcau.press.domain.contents import make_findable
from nhipcau.press.domain.errors import NotInDigestError
from nhipcau.press.domain.held import expect_writable, held, held_entry, note
from nhipcau.press.models import Article, Decision, Digest, DigestArticle, DigestChoice, DigestEntry, DigestStory
from nhipcau.text import nfc
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WrongStateError
from nhipcau.workspace.domain.joining import changes
from nhipcau.workspace.domain.revisions import add_revision
from nhipcau.workspace.domain.writing import drop_unsaved, keep_unsaved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.accounts.models import Person

ENTRY = "press.digestentry"
LONGEST = {"headline": 500, "gist": 4000, "note": 4000, "section": 32}


def add_story(*, actor: Person, digest: Digest, entry: DigestStory) -> DigestEntry:
    """Take a story that the engine found into its digest, at the end; one that was taken out comes back as it was.

    Raises:
        PermissionDeniedError: the actor is no press analyst of the digest's office.
        WrongStateError: the digest is not being written.
        NotInDigestError: the story is not one of the digest's.
    """
    with transaction.atomic():
        locked = held(digest)
        require("press.edit_digest", actor, locked)
        expect_writable(locked)
        told: DigestStory | None = (
            DigestStory.objects.filter(pk=entry.pk, digest=locked).select_related("gist_article").first()
        )
        if told is None:
            raise NotInDigestError(gettext("This story is not one of this digest."))
        article = (
            told.gist_article or Article.objects.filter(in_digests__digest_story=told).order_by("dated_at").first()
        )
        if article is None:
            raise NotInDigestError(gettext("No article of this story is left."))
        made = _entered(actor, locked, article, story_id=told.story_id)
        note(actor, "press.add_entry", locked, {"entry": made.pk})
    return made


def settle_entry(*, actor: Person, choice: DigestChoice) -> None:
    """Bring the entry of an item in line with what was decided of it. In the transaction of the choice."""
    digest, article, story = choice.digest, choice.article, choice.story_id
    kept = choice.decision == Decision.KEPT
    entry = _entry_of(digest, article, story_id=story)
    if kept and (entry is None or entry.removed_at is not None):
        _entered(actor, digest, article, story_id=story)
    elif entry is not None and entry.removed_at is None and not kept:
        entry.removed_at = timezone.now()
        entry.save(update_fields=["removed_at"])
        make_findable(digest)


def write_entry(*, actor: Person, entry: DigestEntry, values: Mapping[str, str], version: int) -> DigestEntry:
    """Save what was written in an entry. What somebody else wrote meanwhile stays; the same again changes nothing.

    Fields that only one of the two changed are joined. Where both changed one, nothing is saved, and what was typed is
    kept for its writer (:class:`~nhipcau.workspace.models.UnsavedText`) until they have chosen.

    Args:
        actor: a press analyst of the digest's office.
        entry: the entry.
        values: some or all of :data:`DigestEntry.WRITTEN`.
        version: the one that the actor had read.

    Raises:
        PermissionDeniedError: the actor is none.
        WrongStateError: the digest is not being written.
        IncompleteError: something is too long, or there is no such section.
        ConflictError: both changed the same field; what was typed is kept, and so it is after a WrongStateError.
    """
    mine = _cleaned(values)
    try:
        with transaction.atomic():
            digest, row = held_entry(entry)
            require("press.edit_digest", actor, row)
            expect_writable(digest)
            _write(actor, digest, row, mine, version)
            drop_unsaved(actor=actor, object_type=ENTRY, target=row)
    except (ConflictError, WrongStateError):
        typed = {name: [value] for name, value in mine.items()}
        keep_unsaved(actor=actor, object_type=ENTRY, target=entry, values=typed, version=version)
        raise
    return row


def move_entry(*, actor: Person, entry: DigestEntry, after: DigestEntry | None) -> DigestEntry:
    """Put an entry behind another one of its digest, or first (``after`` None). Two who move at once both count.

    Raises:
        PermissionDeniedError: the actor is no press analyst of the digest's office.
        WrongStateError: the digest is not being written.
        NotInDigestError: the other entry is of another digest.
    """
    with transaction.atomic():
        digest, row = held_entry(entry)
        require("press.edit_digest", actor, row)
        expect_writable(digest)
        order = list(DigestEntry.objects.filter(digest=digest).order_by("place", "pk"))
        others = [each for each in order if each.pk != row.pk]
        at = 0
        if after is not None:
            behind = [number for number, each in enumerate(others, 1) if each.pk == after.pk]
            if not behind:
                raise NotInDigestError(gettext("This entry is not one of this digest."))
            (at,) = behind
        before = order.index(row)
        others.insert(at, row)
        moved = []
        for place, each in enumerate(others):
            if each.place != place:
                each.place = place
                moved.append(each)
        if not moved:
            return row
        DigestEntry.objects.bulk_update(moved, ["place"])
        row.place = others.index(row)
        note(actor, "press.move_entry", digest, {"entry": row.pk, "position": [before + 1, row.place + 1]})
    return row


def remove_entry(*, actor: Person, entry: DigestEntry) -> DigestEntry:
    """Take an entry out of its digest. Its words stay, and come back with :func:`put_back_entry`.

    Raises:
        PermissionDeniedError: the actor is no press analyst of the digest's office.
        WrongStateError: the digest is not being written.
    """
    return _set_removed(actor, "press.remove_entry", entry, removed=True)


def put_back_entry(*, actor: Person, entry: DigestEntry) -> DigestEntry:
    """Put an entry that was taken out back where it stood.

    Raises:
        PermissionDeniedError: the actor is no press analyst of the digest's office.
        WrongStateError: the digest is not being written.
    """
    return _set_removed(actor, "press.put_back_entry", entry, removed=False)


def written_in(entry: DigestEntry) -> dict[str, str]:
    """What is written in an entry now, as versions keep it."""
    return {name: getattr(entry, name) for name in DigestEntry.WRITTEN}


def _set_removed(actor: Person, verb: str, entry: DigestEntry, *, removed: bool) -> DigestEntry:
    with transaction.atomic():
        digest, row = held_entry(entry)
        require("press.edit_digest", actor, row)
        expect_writable(digest)
        if (row.removed_at is not None) != removed:
            row.removed_at = timezone.now() if removed else None
            row.save(update_fields=["removed_at"])
            make_findable(digest)
            note(actor, verb, digest, {"entry": row.pk})
    return row


def _write(actor: Person, digest: Digest, row: DigestEntry, mine: Mapping[str, str], version: int) -> None:
    changed = changes(row, mine, version=version, theirs=written_in(row))
    if not changed:
        return
    for name, (_before, value) in changed.items():
        setattr(row, name, value)
    row.version += 1
    if {"headline", "gist"} & changed.keys():
        row.writer, row.written_at = actor, timezone.now()
    row.save()
    add_revision(row, number=row.version, actor=actor, fields=written_in(row))
    make_findable(digest)
    said = {name: [_hash(before), _hash(after)] for name, (before, after) in changed.items()}
    note(actor, "press.write_entry", digest, {"entry": row.pk, **said})


def _entered(actor: Person, digest: Digest, article: Article, *, story_id: int | None) -> DigestEntry:
    entry = _entry_of(digest, article, story_id=story_id)
    if entry is None:
        last = DigestEntry.objects.filter(digest=digest).aggregate(last=Max("place"))["last"]
        entry = DigestEntry.objects.create(
            digest=digest,
            story_id=story_id,
            article=article,
            place=0 if last is None else last + 1,
            section=_section_of(digest, article, story_id),
            added_by=actor,
            added_at=timezone.now(),
        )
        add_revision(entry, number=entry.version, actor=actor, fields=written_in(entry))
    elif entry.removed_at is not None:
        entry.removed_at = None
        entry.save(update_fields=["removed_at"])
    make_findable(digest)
    return entry


def _entry_of(digest: Digest, article: Article, *, story_id: int | None) -> DigestEntry | None:
    same = {"story_id": story_id} if story_id else {"story__isnull": True, "article": article}
    found: DigestEntry | None = DigestEntry.objects.filter(digest=digest, **same).first()
    return found


def _section_of(digest: Digest, article: Article, story_id: int | None) -> str:
    told = DigestStory.objects.filter(digest=digest, story_id=story_id).first() if story_id else None
    if told is not None:
        return str(told.topic)
    first = DigestArticle.objects.filter(digest=digest, article=article).values_list("article__topics__code", flat=True)
    return first.order_by("article__topics__place").first() or ""


def _cleaned(values: Mapping[str, str]) -> dict[str, str]:
    given = {name: nfc(value).replace("\r\n", "\n").strip() for name, value in values.items() if name in LONGEST}
    if "headline" in given:
        given["headline"] = " ".join(given["headline"].split())
    for name, value in given.items():
        if len(value) > LONGEST[name]:
            sentence = gettext("At most %(number)s characters stand here.") % {"number": LONGEST[name]}
            raise IncompleteError(sentence, name)
    if given.get("section", "") not in {"", *gazetteer.TOPICS}:
        raise IncompleteError(gettext("There is no such section."), "section")
    return given


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""
