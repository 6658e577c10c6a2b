"""Writing the fields of a row: texts cleaned, what cannot be said at its field, what changed given back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from nhipcau.text import nfc
from nhipcau.workspace.domain.errors import IncompleteError

if TYPE_CHECKING:
    from collections.abc import Mapping


def write(row: Any, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Put values into a row, unsaved; texts in normal form C and without spaces at their ends.

    Returns:
        What changed, ``{field: [before, after]}``; nothing where all was so already.

    Raises:
        IncompleteError: a value cannot be, or one is missing.
    """
    changed = {}
    for name, given in values.items():
        value = nfc(given).replace("\r\n", "\n").strip() if isinstance(given, str) else given
        # A row that is new has nothing where it must have another: Django calls that an AttributeError.
        before = getattr(row, name, None)
        if before != value:
            setattr(row, name, value)
            changed[name] = [_plain(before), _plain(value)]
    try:
        row.clean_fields(exclude={field.name for field in row._meta.fields if field.name not in values})
        row.validate_constraints()
    except ValidationError as error:
        said = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        field, sentences = next(iter(said.items()))
        raise IncompleteError(" ".join(sentences), "" if field == "__all__" else field) from error
    return changed


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    return value.isoformat() if isinstance(value, date) else value
