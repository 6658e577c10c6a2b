from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, ngettext

from nhipcau.access import SystemActor, system
from nhipcau.accounts.domain.security import remove_factors
from nhipcau.accounts.models import Person

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """For somebody who has lost telephone, keys and recovery codes. Make sure who asks before you run it."""

    help = "Take all second factors from a person; the next sign-in is by password, and sets up new ones."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("email")

    def handle(self, *_args: Any, **options: Any) -> str:
        """Remove them, and say how many there were."""
        with system("command line"):
            person = Person.objects.filter(email=options["email"].strip().lower()).first()
            if person is None:
                raise CommandError(gettext("%(email)s: nobody signs in by this address.") % {"email": options["email"]})
            removed = remove_factors(actor=SystemActor("command line"), person=person)
        said = ngettext(
            "%(person)s had %(n)s factor; none is left.", "%(person)s had %(n)s factors; none is left.", removed
        )
        return said % {"person": person, "n": removed}
