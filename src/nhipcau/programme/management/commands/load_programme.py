from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext

from nhipcau.access import system
from nhipcau.programme import shipped
from nhipcau.programme.domain.loading import load_programme


class Command(BaseCommand):
    """Enter the directives, tasks and schemes that come with the program; loading again changes only what differs."""

    help = "Load the directives, tasks and schemes that come with the program; what was changed here is left alone."

    def handle(self, *_args: Any, **_options: Any) -> str:
        """Load, and say what changed."""
        with system("command line") as access:
            done = load_programme(actor=access.actor, programme=shipped.programme())
        counts = {"created": done.created, "changed": done.changed, "unchanged": done.unchanged, "kept": done.kept}
        return (
            gettext(
                "Programme: %(created)s rows new, %(changed)s changed, %(unchanged)s as before, "
                "%(kept)s as entered here."
            )
            % counts
        )
