"""``nhipcau intake``: mail that comes to the intake addresses of the offices."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nhipcau.config.cli.command import SpokenCommand, options_of_every_command
from nhipcau.config.cli.words import ngettext, say
from nhipcau.newswire.words import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What a mail server takes as "try again later" (sysexits.h).
TEMPORARY = 75


@click.command(
    cls=SpokenCommand,
    add_help_option=False,
    help=gettext_noop(
        "Take mail in that brings filled workbooks of reports.\n\n"
        "One mail on standard input, as a mail server gives it to a program; or every new one of the Maildir that "
        "NHIPCAU_INTAKE names."
    ),
)
@click.option("--to", "recipient", default="", help=gettext_noop("Address to which the mail is delivered."))
@options_of_every_command
def intake(*, recipient: str, lang: str) -> int:  # noqa: ARG001 - in effect before this runs
    """What cannot be taken for now stays with the mail server, which tries again."""
    from nhipcau.config.installation import start_django

    start_django()
    from django.conf import settings
    from django.db import Error

    from nhipcau.reporting.domain.taking_mail import MOST_MESSAGE, take_mail

    try:
        if not settings.INTAKE:
            take_mail(sys.stdin.buffer.read(MOST_MESSAGE + 1), to=recipient)
            return 0
        taken = 0
        for file in _new(Path(settings.INTAKE)):
            with file.open("rb") as mail:
                take_mail(mail.read(MOST_MESSAGE + 1), to=recipient)
            # Seen, as a Maildir says it: it is not taken twice, and the operator still has it.
            file.rename(file.parent.parent / "cur" / f"{file.name}:2,S")
            taken += 1
        say(f"{taken} {ngettext('mail', 'mails', taken)}")
    except Error as error:
        say(str(error))
        return TEMPORARY
    return 0


def _new(maildir: Path) -> Iterator[Path]:
    (maildir / "cur").mkdir(parents=True, exist_ok=True)
    yield from sorted(file for file in (maildir / "new").glob("*") if file.is_file() and not file.is_symlink())
