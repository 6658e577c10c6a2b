"""How far a row may go inside the offices that have it. Stated once here; models, lists, exports and search use it.

Nothing of this is a level of state secrecy: what bears one is not in the system at all. The rule in words, and why it
is so, is in docs/explanation/classification.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhipcau.access.protocols import Access

#: Who reads a restricted row in the office that owns it: those who write, check, sign and answer for it.
OWNER_READERS = ("drafter", "focal_officer", "reviewer", "approver", "leader")
#: Who reads a restricted row in an office that it was addressed to; everybody else there learns of it from them.
RECEIVER_READERS = ("focal_officer", "approver", "leader")
#: Who may take a restricted row out of the desk in a file, from the office that owns it.
TAKERS = ("approver", "leader")


class Classification(models.TextChoices):
    """Public: may be published. Internal: for the offices that have it. Restricted: for named roles in them."""

    PUBLIC = "public", _("Public")
    INTERNAL = "internal", _("Internal")
    RESTRICTED = "restricted", _("Restricted")


#: From the widest to the narrowest.
_ORDER = tuple(Classification)
#: What the icon beside the word is (:data:`nhipcau.ui.icons.ICONS`).
ICONS = {
    Classification.PUBLIC: "world",
    Classification.INTERNAL: "building",
    Classification.RESTRICTED: "lock",
}


def readable_in(
    access: Access,
    *,
    office: str = "organisation",
    classification: str = "classification",
    readers: Sequence[str] = OWNER_READERS,
) -> Q:
    """Rows that their owner's people may read.

    Args:
        access: who asks.
        office: path of the field with the owning organisation.
        classification: path of the field with the classification.
        readers: roles that read a restricted row; a kind that other roles write names them too.
    """
    open_to_all = Q(**{f"{office}_id__in": access.organisations()}) & ~_restricted(classification)
    return open_to_all | Q(**{f"{office}_id__in": access.organisations(*readers)})


def readable_as_receiver(
    access: Access, given_to: Any, *, key: str = "pk", classification: str = "classification"
) -> Q:
    """Rows that were addressed to the offices of whoever asks; that a row is past draft is for the model to say.

    Args:
        access: who asks.
        given_to: ``organisation ids -> query of the keys of rows addressed to one of them``.
        key: path of the row's key.
        classification: path of the field with the classification.
    """
    open_to_all = Q(**{f"{key}__in": given_to(access.organisations())}) & ~_restricted(classification)
    return open_to_all | Q(**{f"{key}__in": given_to(access.organisations(*RECEIVER_READERS))})


def exportable(access: Access, *, office: str = "organisation", classification: str = "classification") -> Q:
    """Of the rows that may be read, those that may leave the desk in a file made from a list.

    Restricted rows leave in the hands of who answers for the office that owns them; a list made by anybody else leaves
    them out and says how many it left out.
    """
    if access.everything:
        return Q()
    return ~_restricted(classification) | Q(**{f"{office}_id__in": access.organisations(*TAKERS)})


def narrowest(values: Iterable[str]) -> Classification:
    """What a file that holds all of these must be called: the narrowest of them; public where there is none."""
    return max((Classification(value) for value in values), key=_ORDER.index, default=Classification.PUBLIC)


def _restricted(path: str) -> Q:
    return Q(**{path: Classification.RESTRICTED})
