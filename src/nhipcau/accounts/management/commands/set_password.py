from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from nhipcau.access import SystemActor, system
from nhipcau.accounts.domain.people import PersonError, set_password
from nhipcau.accounts.management.asking import ask_password
from nhipcau.accounts.models import Person

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """For somebody who has lost theirs: there need be no mail server to send a link."""

    help = "Give a person a new password. It is asked for; all their sessions end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("email")

    def handle(self, *_args: Any, **options: Any) -> str:
        """Ask for the password and set it."""
        with system("command line"):
            person = Person.objects.filter(email=options["email"].strip().lower()).first()
            if person is None:
                raise CommandError(gettext("%(email)s: nobody signs in by this address.") % {"email": options["email"]})
            try:
                set_password(actor=SystemActor("command line"), person=person, password=ask_password())
            except PersonError as error:
                raise CommandError(str(error)) from error
        return gettext("%(person)s has a new password.") % {"person": person}
