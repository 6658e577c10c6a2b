"""Start-up checks: what the operator wrote about sign-in names things that there are."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error

from nhipcau.accounts.models import Role


def check_factor_roles(**_: Any) -> list[Error]:
    """A role that is misspelt would ask nobody for a second factor, and nobody would notice."""
    unknown = sorted(settings.FACTOR_ROLES - {*Role.values, "system_owner"})
    said = f"NHIPCAU_FACTOR_ROLES names roles that there are not: {', '.join(unknown)}."
    return [Error(said, id="accounts.E001")] if unknown else []
