from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext

from nhipcau.access import system
from nhipcau.law import shipped
from nhipcau.law.domain.loading import load_legal_data


class Command(BaseCommand):
    """Enter the law that comes with the program; loading again changes only what differs."""

    help = "Load the legal bases and deadlines that come with the program; rules replaced here are left alone."

    def handle(self, *_args: Any, **_options: Any) -> str:
        """Load, and say what changed."""
        with system("command line") as access:
            done = load_legal_data(actor=access.actor, bases=shipped.bases(), deadlines=shipped.deadlines())
        counts = {"created": done.created, "changed": done.changed, "unchanged": done.unchanged, "kept": done.kept}
        return (
            gettext(
                "Law: %(created)s rows new, %(changed)s changed, %(unchanged)s as before, %(kept)s as entered here."
            )
            % counts
        )
