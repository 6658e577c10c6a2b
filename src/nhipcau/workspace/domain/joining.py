"""What I write over what somebody else saved meanwhile: joined field by field, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from nhipcau.workspace.domain.errors import ConflictError
from nhipcau.workspace.domain.writing import merged
from nhipcau.workspace.models import Revision

if TYPE_CHECKING:
    from collections.abc import Mapping


def changes(row: Any, mine: Mapping[str, Any], *, version: int, theirs: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What of mine changes an object. What somebody else changed meanwhile, and I did not, stays.

    Args:
        row: the object, locked; it counts its versions, and keeps them.
        mine: the fields as I send them.
        version: the one that I had read.
        theirs: the same fields as they are stored now.

    Returns:
        ``{field: [before, after]}``; nothing where all is so already.

    Raises:
        ConflictError: both changed the same field, in different ways.
    """
    base = theirs
    if version != row.version:
        read = Revision.objects.on(row).filter(number=version).first()
        base = read.fields if read is not None else {}
    joined, both = merged(base=base, theirs=theirs, mine=mine)
    if both:
        raise ConflictError(gettext("Somebody else changed the same words meanwhile. Your text is kept: choose below."))
    return {name: [theirs[name], value] for name, value in joined.items() if value != theirs[name]}
