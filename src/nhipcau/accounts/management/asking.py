from __future__ import annotations

from getpass import getpass

from django.core.management.base import CommandError
from django.utils.translation import gettext


def ask_password() -> str:
    """A password typed twice, unseen.

    Raises:
        CommandError: the two differ.
    """
    first = getpass(gettext("Password: "))
    if getpass(gettext("Once more: ")) != first:
        raise CommandError(gettext("The two passwords differ. Nothing was changed."))
    return first
