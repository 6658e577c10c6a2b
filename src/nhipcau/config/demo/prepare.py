"""Makes an installation into a demonstration: run as a program of its own, so that its memory goes when it ends."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nhipcau.config.cli.words import gettext as _
from nhipcau.config.cli.words import say, sentence, speak
from nhipcau.config.installation import prepare as prepare_installation
from nhipcau.config.installation import start_django
from nhipcau.newswire.errors import RunError
from nhipcau.newswire.words import gettext_noop

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person


def prepare(opml: Path) -> int:
    """Tables, organisations, people, sources, one collection and its digest; the exit code."""
    start_django()
    _refuse_real_people()
    prepare_installation()
    from nhipcau.access import system
    from nhipcau.config.demo.digests import write_digests
    from nhipcau.press.tasks import collect_now

    with system("demo") as access:
        people = load(access.actor)
        _sources(access.actor, opml)
    write_samples(people)
    say(_("Collecting from the sources ..."))
    collect_now()
    write_digests(people)
    return 0


def _refuse_real_people() -> None:
    """Sample people can be signed in as with one click: none is put beside anybody's real work.

    Raises:
        RunError: the database named by ``DATABASE_URL`` holds people who are no samples.
    """
    from django.db import connection

    from nhipcau.access import system
    from nhipcau.accounts.models import Person

    if Person._meta.db_table not in connection.introspection.table_names():
        return
    with system("demo"):
        if Person.objects.filter(sample=False).exists():
            raise RunError(gettext_noop("This database is in use: a demonstration needs one of its own."))


def load(actor: Actor) -> dict[str, Person]:
    """What holds before anybody writes: law, organisations, the real programme, people; these by key."""
    from nhipcau.config.demo.people import make_people
    from nhipcau.config.demo.plans import begin_planning
    from nhipcau.config.demo.programme import load_programme

    load_law(actor)
    load_organisations(actor)
    load_programme(actor)
    begin_planning(actor)
    return make_people(actor)


def write_samples(people: dict[str, Person]) -> None:
    """What the sample people wrote in every room, each thing once only."""
    from nhipcau.config.demo.letters import write_letters
    from nhipcau.config.demo.plans import write_plans
    from nhipcau.config.demo.programme import write_programme
    from nhipcau.config.demo.reports import write_reports

    write_letters(people)
    write_programme(people)
    write_plans(people)
    write_reports(people)


def load_law(actor: Actor) -> None:
    """The legal bases and deadlines that come with the program."""
    from nhipcau.law import shipped
    from nhipcau.law.domain.loading import load_legal_data

    load_legal_data(actor=actor, bases=shipped.bases(), deadlines=shipped.deadlines())


def load_organisations(actor: Actor) -> None:
    """The real bodies, and thirty invented offices for everything that is invented."""
    from nhipcau.network.domain.organisations import load_nation, load_organisations
    from nhipcau.network.nation import real_nation, sample_offices

    load_nation(actor=actor, nation=real_nation())
    load_organisations(actor=actor, rows=sample_offices())


def _sources(actor: Actor, opml: Path) -> None:
    from nhipcau.press.domain.source_list import import_source_list

    for problem in import_source_list(actor=actor, raw=opml.read_bytes()).problems:
        say(f"{opml.name}: {problem}")


def main() -> int:
    """Read the arguments and prepare; an error is one sentence."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--opml", type=Path, required=True)
    parser.add_argument("--lang", default="vi")
    given = parser.parse_args()
    speak(given.lang)
    try:
        return prepare(given.opml)
    except (OSError, ValueError, RuntimeError) as error:
        say(sentence(error))
        return 1


if __name__ == "__main__":
    sys.exit(main())
