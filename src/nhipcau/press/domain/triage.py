"""Triage: what goes into a digest and what does not, and why; who looks at what. Every choice can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from nhipcau.access.rights import require
from nhipcau.accounts.models import Role
from nhipcau.press.domain.entries import settle_entry
from nhipcau.press.domain.errors import NotInDigestError
from nhipcau.press.domain.held import expect_writable, held, note
from nhipcau.press.models import Article, Decision, Digest, DigestArticle, DigestChoice, DropReason
from nhipcau.text import nfc
from nhipcau.workspace.domain.errors import IncompleteError, RecipientError
from nhipcau.workspace.domain.notices import notify
from nhipcau.workspace.queries.people import holding

if TYPE_CHECKING:
    from nhipcau.accounts.models import Person

#: What a choice says, as ``before`` keeps it.
_SAYS = ("decision", "reason", "note", "assignee_id")


def keep_item(*, actor: Person, digest: Digest, article: Article) -> DigestChoice:
    """Take an item into a digest: its story becomes an entry, or gets its entry back with all that was written in it.

    Raises:
        PermissionDeniedError: the actor is no press analyst of the digest's office.
        WrongStateError: the digest is not being written.
        NotInDigestError: the item is not one of the digest's.
    """
    return _decide(actor, "press.keep_item", digest, article, decision=Decision.KEPT, reason="", note="")


def drop_item(*, actor: Person, digest: Digest, article: Article, reason: str, words: str = "") -> DigestChoice:
    """Leave an item out of a digest, saying why. Its entry goes, and comes back with its words if it is kept again.

    Args:
        actor: a press analyst of the digest's office.
        digest: the digest.
        article: the item.
        reason: a :class:`DropReason`.
        words: what is added in the actor's own words; needed for "another reason".

    Raises:
        PermissionDeniedError: the actor is none.
        WrongStateError: the digest is not being written.
        NotInDigestError: the item is not one of the digest's.
        IncompleteError: no reason is given.
    """
    said = " ".join(nfc(words).split())[:300]
    if reason not in DropReason.values:
        raise IncompleteError(gettext("Say why the item is left out."), "reason")
    if reason == DropReason.OTHER and not said:
        raise IncompleteError(gettext("Say in a few words why the item is left out."), "words")
    return _decide(
        actor, "press.drop_item", digest, article, decision=Decision.DROPPED, reason=DropReason(reason), note=said
    )


def reopen_item(*, actor: Person, digest: Digest, article: Article) -> DigestChoice:
    """Make an item undecided again.

    Raises:
        PermissionDeniedError: the actor is no press analyst of the digest's office.
        WrongStateError: the digest is not being written.
        NotInDigestError: the item is not one of the digest's.
    """
    return _decide(actor, "press.reopen_item", digest, article, decision=Decision.OPEN, reason="", note="")


def assign_item(*, actor: Person, digest: Digest, article: Article, to: Person | None) -> DigestChoice:
    """Give an item to a colleague to look at, or take it away from whoever has it (``to`` None). They are told.

    Raises:
        PermissionDeniedError: the actor is no press analyst of the digest's office.
        WrongStateError: the digest is not being written.
        NotInDigestError: the item is not one of the digest's.
        RecipientError: the colleague is no press analyst there.
    """
    with transaction.atomic():
        if to is not None and to not in holding([Role.PRESS_ANALYST], [digest.organisation_id]):
            raise RecipientError(gettext("%(who)s is no press analyst of this office.") % {"who": to.name})
        choice = _decide(actor, "press.assign_item", digest, article, assignee_id=to.pk if to else None)
        if to is not None:
            notify(
                actor=actor,
                kind="press.items.assigned",
                to=[to],
                target=choice.digest,
                sentence=gettext_noop("%(who)s asks you to look at “%(what)s”."),
                params={"who": actor.name, "what": article.title or article.excerpt[:80]},
                url=f"{reverse('press:triage', args=[digest.pk])}?part=mine#item-{article.pk}",
                effect=f"assign:{digest.pk}:{article.pk}:{choice.at.isoformat()}",
            )
    return choice


def take_back(*, actor: Person, digest: Digest) -> DigestChoice:
    """Undo the last thing that the actor did in triage; again goes on with the item before, one change for each item.

    Raises:
        PermissionDeniedError: the actor is no press analyst of the digest's office.
        WrongStateError: the digest is not being written.
        IncompleteError: nothing of theirs is left to undo.
    """
    with transaction.atomic():
        locked = held(digest)
        require("press.triage_digest", actor, locked)
        expect_writable(locked)
        mine = DigestChoice.objects.filter(digest=locked, by=actor).exclude(before={})
        choice: DigestChoice | None = mine.select_related("article").order_by("-at", "-pk").first()
        if choice is None:
            raise IncompleteError(gettext("There is nothing of yours left to undo here."))
        changed = _set(choice, choice.before)
        choice.before = {}
        choice.save()
        choice.digest = locked
        settle_entry(actor=actor, choice=choice)
        note(actor, "press.take_back_choice", locked, {"article": choice.article_id, **changed})
    return choice


def _decide(actor: Person, verb: str, digest: Digest, article: Article, **says: Any) -> DigestChoice:
    with transaction.atomic():
        locked = held(digest)
        require("press.triage_digest", actor, locked)
        expect_writable(locked)
        row = DigestArticle.objects.filter(digest=locked, article=article).prefetch_related("digest_story").first()
        if row is None:
            raise NotInDigestError(gettext("This item is not one of this digest."))
        # The story as this digest has it: a correction made meanwhile reaches it when it is built again.
        story = row.digest_story.story_id if row.digest_story else None
        item = {"story": story} if story else {"story__isnull": True, "article": article}
        choice: DigestChoice | None = DigestChoice.objects.filter(digest=locked, **item).first()
        choice = choice or DigestChoice(digest=locked, story_id=story)
        choice.article = article
        before = {name: getattr(choice, name) for name in _SAYS}
        changed = _set(choice, says)
        if not changed and choice.pk is not None:
            return choice
        choice.before, choice.by, choice.at = before, actor, timezone.now()
        choice.save()
        if "decision" in says:
            settle_entry(actor=actor, choice=choice)
        note(actor, verb, locked, {"article": article.pk, **changed})
    return choice


def _set(choice: DigestChoice, says: dict[str, Any]) -> dict[str, list[Any]]:
    """Write what a choice says; what changed, for the audit entry."""
    changed = {}
    for name, value in says.items():
        if getattr(choice, name) != value:
            changed[name.removesuffix("_id")] = [_in_words(name, getattr(choice, name)), _in_words(name, value)]
            setattr(choice, name, value)
    return changed


def _in_words(name: str, value: Any) -> Any:
    """A value as a history is read: what a code stands for, in the language of whoever decided."""
    if name == "decision":
        return str(Decision(value).label)
    if name == "reason" and value:
        return str(DropReason(value).label)
    return value
