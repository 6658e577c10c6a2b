"""Letters carry files, comments and versions, and are found by the one search field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nhipcau import search
from nhipcau.search.registry import Searchable
from nhipcau.search.registry import register as register_search
from nhipcau.workspace.models import SENT, Host, Letter, register_host

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from nhipcau.network.models import Organisation


def register_letters() -> None:
    """Called once, from the ``ready`` of the workspace."""
    register_host(
        Host(
            model=Letter,
            office=lambda letter: letter.organisation,
            url=_url,
            attach="workspace.edit_letter",
            comment="workspace.comment_letter",
            edit="workspace.edit_letter",
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


def _url(letter: Letter) -> str:
    return reverse("workspace:letter", args=[letter.pk])


def _receivers(letter: Letter) -> Iterable[Organisation]:
    if letter.state not in SENT:
        return []
    return [row.organisation for row in letter.recipients.select_related("organisation")]


def _find(text: str, *, exact: bool = False) -> QuerySet[Letter]:
    rows: QuerySet[Letter] = search.matching(Letter.objects.select_related("organisation"), text, exact=exact)
    return rows.order_by("-changed_at", "-pk")
