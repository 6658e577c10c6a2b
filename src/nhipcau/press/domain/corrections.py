"""What people correct in stories. It holds at once on the desk, and the engine obeys it from its next run on."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.press.domain.errors import CorrectionError
from nhipcau.press.domain.judgements import recount
from nhipcau.press.domain.reconcile import CHUNK, chunks
from nhipcau.press.models import Article, CorrectedArticle, CorrectionKind, Story, StoryCorrection
from nhipcau.press.sentences import printable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from nhipcau.access import Actor
    from nhipcau.network.models import Organisation

#: Characters of a name.
LONGEST_NAME = 300


def split_story(*, actor: Actor, organisation: Organisation, story: Story, articles: Collection[int]) -> Story:
    """Make another story of some of a story's articles; all copies of a text go together.

    Args:
        actor: a press analyst of the organisation.
        organisation: the office for which it is done.
        story: the story that keeps the rest, and its address.
        articles: keys of articles that are of another event.

    Returns:
        The other story.

    Raises:
        PermissionDeniedError: the actor is none of its analysts.
        CorrectionError: no article of the story was named, or all of them were.
    """
    with transaction.atomic():
        require("press.correct_story", actor, organisation)
        (held,) = _held(story)
        members = list(held.articles.order_by("dated_at", "pk").only("engine_id", "title", "language", "duplicate_of"))
        leaving = parted(members, articles)
        if not leaving:
            raise CorrectionError(_("Choose the articles that are of another story."))
        if len(leaving) == len(members):
            raise CorrectionError(_("All articles were chosen: leave at least one in this story."))
        first = next((article for article in leaving if article.duplicate_of_id is None), leaving[0])
        other: Story = Story.objects.create(
            engine_id=_new_id(held, leaving), title=first.title or _("Without a title"), language=first.language
        )
        made = _note(CorrectionKind.SPLIT, held, other, actor, organisation)
        gone = {article.pk for article in leaving}
        _keep(made, [(article, article.pk in gone) for article in members])
        _move(leaving, held, other)
        payload = {"articles": [len(members), len(members) - len(leaving)], "other": str(other)}
        record(actor=actor, verb="press.split_story", target=held, organisation=organisation, payload=payload)
        other.refresh_from_db()
    return other


def merge_stories(*, actor: Actor, organisation: Organisation, story: Story, other: Story) -> StoryCorrection:
    """Make one story of two: the articles of ``other`` go into ``story``, and its address leads there.

    Raises:
        PermissionDeniedError: the actor is no press analyst of the organisation.
        CorrectionError: they are the same story, or one of them has no articles.
    """
    if story.pk == other.pk:
        raise CorrectionError(_("A story cannot be joined to itself."))
    with transaction.atomic():
        require("press.correct_story", actor, organisation)
        held, coming = _held(story, other)
        stay, come = (list(one.articles.order_by("dated_at", "pk").only("engine_id")) for one in (held, coming))
        if not stay or not come:
            raise CorrectionError(_("One of the two has no articles any more."))
        made = _note(CorrectionKind.MERGE, held, coming, actor, organisation)
        _keep(made, [(article, False) for article in stay] + [(article, True) for article in come])
        _move(come, coming, held)
        payload = {"articles": [len(stay), len(stay) + len(come)], "other": str(coming)}
        record(actor=actor, verb="press.merge_stories", target=held, organisation=organisation, payload=payload)
    return made


def rename_story(*, actor: Actor, organisation: Organisation, story: Story, name: str) -> StoryCorrection | None:
    """Give a story a name in Vietnamese, which stands before its original headline; an empty one takes it away.

    Returns:
        The correction; None where the story has that name already.

    Raises:
        PermissionDeniedError: the actor is no press analyst of the organisation.
        CorrectionError: the name is too long.
    """
    wanted = " ".join(unicodedata.normalize("NFC", printable(name)).split())
    if len(wanted) > LONGEST_NAME:
        raise CorrectionError(_("A name has at most %(most)s characters.") % {"most": LONGEST_NAME})
    with transaction.atomic():
        require("press.correct_story", actor, organisation)
        (held,) = _held(story)
        if held.name == wanted:
            return None
        made = _note(CorrectionKind.RENAME, held, None, actor, organisation, name_before=held.name, name=wanted)
        _call(held, wanted)
        payload = {"name": [made.name_before, wanted]}
        record(actor=actor, verb="press.rename_story", target=held, organisation=organisation, payload=payload)
    return made


def undo_correction(*, actor: Actor, organisation: Organisation, correction: StoryCorrection) -> StoryCorrection:
    """Take a correction back: what it moved, as far as it still is where it was put, goes back to where it was.

    From then on the engine judges by itself again, but for other corrections.

    Raises:
        PermissionDeniedError: the actor is no press analyst of the organisation.
        CorrectionError: it is undone already, or the story was given another name since.
    """
    with transaction.atomic():
        require("press.correct_story", actor, organisation)
        held: StoryCorrection = StoryCorrection.objects.select_for_update(of=("self",)).get(pk=correction.pk)
        if held.undone_at is not None:
            raise CorrectionError(_("This correction is undone already."))
        stories = _held(held.story, *([held.other] if held.other else []))
        if held.kind == CorrectionKind.RENAME:
            if stories[0].name != held.name:
                raise CorrectionError(_("The story was given another name since: undo that first."))
            _call(stories[0], held.name_before)
            payload: dict[str, object] = {"name": [held.name, held.name_before]}
        else:
            story, other = stories
            source, back = (other, story) if held.kind == CorrectionKind.SPLIT else (story, other)
            moved = list(
                Article.objects.filter(corrections__correction=held, corrections__of_other=True, story=source)
                .order_by("dated_at", "pk")
                .only("engine_id")
            )
            _move(moved, source, back)
            payload = {"articles": len(moved), "other": str(other)}
        held.undone_at = held.changed_at = timezone.now()
        held.undone_by = actor.actor_label[:200]
        held.save(update_fields=["undone_at", "changed_at", "undone_by"])
        payload["kind"] = held.kind
        record(actor=actor, verb="press.undo_correction", target=stories[0], organisation=organisation, payload=payload)
    return held


def parted(members: Iterable[Article], chosen: Collection[int]) -> list[Article]:
    """Those of a story's articles that go when some are chosen: a text and all its copies are never parted."""
    articles = list(members)
    texts = {article.duplicate_of_id or article.pk for article in articles if article.pk in chosen}
    return [article for article in articles if (article.duplicate_of_id or article.pk) in texts]


def _held(*stories: Story) -> list[Story]:
    """The stories as they are now, locked, in the order asked for."""
    keys = [story.pk for story in stories]
    rows = {row.pk: row for row in Story.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return [rows[key] for key in keys]


def _new_id(story: Story, leaving: Iterable[Article]) -> str:
    """An id that no story has, the same for the same split: the engine calls the other story by it."""
    told = f"{story.engine_id} {' '.join(sorted(article.engine_id for article in leaving))}"
    taken = 0
    while True:
        key = hashlib.blake2b(f"{told} {taken}".encode(), digest_size=8, person=b"split").hexdigest()
        if not Story.objects.filter(engine_id=key).exists():
            return key
        taken += 1


def _note(
    kind: CorrectionKind, story: Story, other: Story | None, actor: Actor, organisation: Organisation, **names: str
) -> StoryCorrection:
    now = timezone.now()
    made: StoryCorrection = StoryCorrection.objects.create(
        kind=kind,
        story=story,
        other=other,
        organisation=organisation,
        actor_id=actor.actor_id,
        actor_label=actor.actor_label[:200],
        at=now,
        changed_at=now,
        **names,
    )
    return made


def _keep(correction: StoryCorrection, sides: Iterable[tuple[Article, bool]]) -> None:
    CorrectedArticle.objects.bulk_create(
        (CorrectedArticle(correction=correction, article=article, of_other=of_other) for article, of_other in sides),
        batch_size=CHUNK,
    )


def _move(articles: Collection[Article], source: Story, to: Story) -> None:
    for keys in chunks(article.pk for article in articles):
        Article.objects.filter(pk__in=keys).update(story=to)
    recount({source.pk, to.pk}, {source.pk: Counter({to.pk: len(articles)})})


def _call(story: Story, name: str) -> None:
    story.name = name
    story.save(update_fields=["name"])
