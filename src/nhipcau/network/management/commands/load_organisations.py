from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext

from nhipcau.access import system
from nhipcau.network.domain.organisations import load_nation
from nhipcau.network.nation import real_nation


class Command(BaseCommand):
    """Enter the bodies of the network that come with the program; loading again changes only what differs."""

    help = "Load the organisations that come with the program: central bodies, bodies of provinces, missions abroad."

    def handle(self, *_args: Any, **_options: Any) -> str:
        """Load, and say what changed."""
        with system("command line") as access:
            loaded = load_nation(actor=access.actor, nation=real_nation())
        counts = {"created": loaded.created, "changed": loaded.changed, "unchanged": loaded.unchanged}
        return gettext("Organisations: %(created)s new, %(changed)s changed, %(unchanged)s as before.") % counts
