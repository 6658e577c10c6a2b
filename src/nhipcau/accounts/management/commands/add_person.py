from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access import SystemActor, system
from nhipcau.accounts.domain.people import PersonError, create_person
from nhipcau.accounts.domain.roles import MembershipError, grant_membership
from nhipcau.accounts.management.asking import ask_password
from nhipcau.accounts.models import Role
from nhipcau.network.models import Organisation

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """The first people of an installation: whoever runs it adds them, with a role in an office or as system owner."""

    help = "Add a person who may sign in. The password is asked for."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and in which office with which role."""
        parser.add_argument("email")
        parser.add_argument("name", help="full name, family name first")
        parser.add_argument("--office", metavar="KEY", help="key of the organisation in which the role is held")
        parser.add_argument("--role", choices=Role.values)
        parser.add_argument("--system-owner", action="store_true", help="keeps the settings; reads no content by that")

    def handle(self, *_args: Any, **options: Any) -> str:
        """Ask for the password and make the account; nothing is made where something is wrong."""
        if bool(options["office"]) != bool(options["role"]):
            raise CommandError(gettext("An office and a role go together: give both, or neither."))
        password = ask_password()
        actor = SystemActor("command line")
        try:
            with system("command line"), transaction.atomic():
                person = create_person(
                    actor=actor,
                    email=options["email"],
                    name=options["name"],
                    password=password,
                    is_system_owner=options["system_owner"],
                )
                if options["office"]:
                    grant_membership(
                        actor=actor,
                        person=person,
                        organisation=_office(options["office"]),
                        role=options["role"],
                        valid_from=timezone.localdate(),
                    )
        except (PersonError, MembershipError) as error:
            raise CommandError(str(error)) from error
        return gettext("%(person)s may sign in as %(email)s.") % {"person": person, "email": person.email}


def _office(key: str) -> Organisation:
    found: Organisation | None = Organisation.objects.filter(slug=key).first()
    if found is None:
        raise CommandError(gettext("%(key)s: there is no organisation with this key.") % {"key": key})
    return found
