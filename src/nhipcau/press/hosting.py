"""Digests carry files, comments and versions; their steps are told, and what waits for somebody is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nhipcau.accounts.models import Role
from nhipcau.press.models import OUT, Digest, DigestEntry, DigestNotice, DigestState
from nhipcau.workspace import notice_kinds
from nhipcau.workspace.due import DueItem, register
from nhipcau.workspace.models import Host, register_host
from nhipcau.workspace.notice_kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from nhipcau.access import Access
    from nhipcau.network.models import Organisation

_KINDS = (
    Kind(
        key="press.digests.review",
        title=_("Press digests to review or approve"),
        channel="mail",
        icon="file-text",
        order=40,
    ),
    Kind(
        key="press.digests.back",
        title=_("Press digests sent back"),
        channel="mail",
        icon="arrow-back-up",
        tone="soon",
        order=41,
    ),
    Kind(key="press.digests.approved", title=_("Press digests approved"), icon="check", tone="good", order=42),
    Kind(key="press.digests.arrived", title=_("Press digests that arrive"), icon="file-text", order=43),
    Kind(
        key="press.digests.recalled",
        title=_("Press digests corrected or recalled"),
        channel="mail",
        always=True,
        icon="arrow-back-up",
        tone="late",
        order=44,
    ),
    Kind(key="press.items.assigned", title=_("Items given to me"), channel="desk", icon="user-share", order=45),
)


def register_digests() -> None:
    """Called once, from the ``ready`` of the room."""
    register_host(
        Host(
            model=Digest,
            office=lambda digest: digest.organisation,
            url=_url,
            attach="press.attach_to_digest",
            comment="press.comment_digest",
            edit="press.edit_digest",
            sign="press.sign_digest",
            receivers=_receivers,
            classification=lambda digest: digest.classification,
        )
    )
    register_host(
        Host(
            model=DigestEntry,
            office=lambda entry: entry.digest.organisation,
            url=lambda entry: f"{reverse('press:digest_edit', args=[entry.digest_id])}#entry-{entry.pk}",
            # Files and comments hang on the digest; an entry has versions, and what was typed and not saved.
            attach="press.edit_digest",
            comment="press.edit_digest",
            edit="press.edit_digest",
            sign="press.edit_digest",
            classification=lambda entry: entry.digest.classification,
        )
    )
    for kind in _KINDS:
        notice_kinds.register(kind)
    register("press.digests", due_digests)


def due_digests(access: Access, at: datetime) -> Iterator[DueItem]:  # noqa: ARG001 - the signature of a provider
    """Digests that wait for the person of this access: to be approved, issued, mended; corrections to be published."""
    me = f"person:{access.person_id}"
    signs = access.organisations(Role.APPROVER)
    waiting = Digest.objects.filter(
        state__in=(DigestState.IN_REVIEW, DigestState.APPROVED), organisation_id__in=signs
    ).select_related("organisation")
    for digest in waiting:
        reviewed = digest.state == DigestState.IN_REVIEW
        if not (reviewed and me in digest.drafter_ids()):
            yield _item(digest, _("Approve") if reviewed else _("Issue"), approval=True)
    writes = access.organisations(Role.PRESS_ANALYST)
    back = Digest.objects.filter(state=DigestState.SENT_BACK, organisation_id__in=writes)
    for digest in back.select_related("organisation"):
        yield _item(digest, _("Mend"))
    own = Digest.objects.filter(organisation_id__in=signs, state=DigestState.ISSUED).order_by()
    open_notices = DigestNotice.objects.filter(
        published_at__isnull=True, withdrawn_at__isnull=True, digest__in=own.values("pk")
    )
    for notice in open_notices.exclude(drafter_id=access.person_id).prefetch_related("digest__organisation"):
        yield _item(notice.digest, _("Publish the correction"), approval=True)


def _item(digest: Digest, doing: object, *, approval: bool = False) -> DueItem:
    return DueItem(
        title=str(digest),
        url=_url(digest),
        due=None,
        since=digest.changed_at,
        state=digest.state,
        state_word=digest.get_state_display(),
        doing=doing,
        organisation=digest.organisation,
        room=_("Press digests"),
        approval=approval,
    )


def _url(digest: Digest) -> str:
    return reverse("press:digest", args=[digest.pk])


def _receivers(digest: Digest) -> Iterable[Organisation]:
    if digest.state not in OUT:
        return []
    return [row.organisation for row in digest.recipients.select_related("organisation")]
