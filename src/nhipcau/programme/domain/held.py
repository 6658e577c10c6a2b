"""A row as it is now, locked until the transaction ends, with the number of its version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.utils.translation import gettext

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.workspace.domain.errors import ConflictError

if TYPE_CHECKING:
    from nhipcau.network.models import Organisation

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Held(Generic[Row]):
    """The row."""

    row: Row

    @property
    def organisation(self) -> Organisation:
        """Of the row, for its rule."""
        row: Any = self.row
        office: Organisation = row.organisation
        return office

    def check_version(self, version: int) -> None:
        """Refuse to save over what somebody else saved meanwhile.

        Raises:
            ConflictError: the row has another version by now.
        """
        row: Any = self.row
        if row.version != version:
            raise ConflictError(gettext("Somebody else saved this meanwhile; open it again. Your text is still here."))

    def save_next(self) -> None:
        """Save, as one version more."""
        row: Any = self.row
        row.version += 1
        row.save()


def held(model: type[Row], row: Row) -> Held[Row]:
    """The row as it is now, locked.

    Raises:
        PermissionDeniedError: the access now open does not see it.
    """
    rows: Any = model
    key: Any = row
    found = rows.objects.select_for_update().filter(pk=key.pk).first()
    if found is None:
        raise PermissionDeniedError(gettext("This is not there for you."))
    return Held(found)
