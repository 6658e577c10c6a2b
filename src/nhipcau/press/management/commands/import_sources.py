from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, ngettext

from nhipcau.access import system
from nhipcau.press.domain.source_list import import_source_list

if TYPE_CHECKING:
    from argparse import ArgumentParser

#: A list of ten thousand feeds is a tenth of this.
LARGEST = 20_000_000


class Command(BaseCommand):
    """Give the collector its sources: the feeds of an OPML list, as any feed reader writes it."""

    help = "Collect from the feeds of an OPML list. A list given again brings its outlets up to date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which list."""
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> str:
        """Register them; a line that cannot be used is named on standard error."""
        file: Path = options["file"]
        try:
            if file.stat().st_size > LARGEST:
                raise CommandError(gettext("%(file)s is too large for a source list.") % {"file": file})
            raw = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        with system("command line") as access:
            imported = import_source_list(actor=access.actor, raw=raw)
            for problem in imported.problems:
                self.stderr.write(problem)
        if not imported.sources:
            raise CommandError(gettext("%(file)s brought no source.") % {"file": file})
        count = len(imported.sources)
        return ngettext("%(count)s source is collected.", "%(count)s sources are collected.", count) % {"count": count}
