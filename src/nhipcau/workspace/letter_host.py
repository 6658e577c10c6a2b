"""Letters carry files, comments and versions, and are found by the one search field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nhipcau import search
from nhipcau.search.registry import Searchable
from nhipcau.search.registry import register as register_search
from nhipcau.workspace import notice_kinds
from nhipcau.workspace.models import SENT, Host, Letter, register_host
from nhipcau.workspace.notice_kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from nhipcau.network.models import Organisation

_KINDS = (
    Kind(
        key="workspace.letters.review", title=_("Letters to review or approve"), channel="mail", icon="mail", order=20
    ),
    Kind(
        key="workspace.letters.back",
        title=_("Letters sent back"),
        channel="mail",
        icon="arrow-back-up",
        tone="soon",
        order=21,
    ),
    Kind(key="workspace.letters.approved", title=_("Letters approved"), icon="check", tone="good", order=22),
    Kind(key="workspace.letters.arrived", title=_("Letters that arrive"), channel="mail", icon="mail", order=23),
    Kind(
        key="workspace.letters.recalled",
        title=_("Letters recalled"),
        channel="mail",
        always=True,
        icon="arrow-back-up",
        tone="late",
        order=24,
    ),
    Kind(key="workspace.takeover", title=_("Editing taken over"), icon="pencil", order=25),
    Kind(key="workspace.mention", title=_("Comments that name me"), channel="mail", icon="message", order=30),
    Kind(key="workspace.reply", title=_("Answers to my comments"), icon="message", order=31),
)


def register_letters() -> None:
    """Called once, from the ``ready`` of the workspace."""
    register_host(
        Host(
            model=Letter,
            office=lambda letter: letter.organisation,
            url=_url,
            attach="workspace.attach_to_letter",
            comment="workspace.comment_letter",
            edit="workspace.edit_letter",
            sign="workspace.sign_letter",
            receivers=_receivers,
            classification=lambda letter: letter.classification,
        )
    )
    register_search(
        Searchable(
            name="workspace.letters",
            title=_("Letters"),
            find=_find,
            label=str,
            url=_url,
            note=lambda letter: f"{letter.organisation}, {letter.get_state_display()}",
            icon="mail",
            order=30,
        )
    )

    for kind in _KINDS:
        notice_kinds.register(kind)


def _url(letter: Letter) -> str:
    return reverse("workspace:letter", args=[letter.pk])


def _receivers(letter: Letter) -> Iterable[Organisation]:
    if letter.state not in SENT:
        return []
    return [row.organisation for row in letter.recipients.select_related("organisation")]


def _find(text: str, *, exact: bool = False) -> QuerySet[Letter]:
    rows: QuerySet[Letter] = search.matching(Letter.objects.select_related("organisation"), text, exact=exact)
    return rows.order_by("-changed_at", "-pk")
