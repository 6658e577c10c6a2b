"""People named in a comment: ``@Nguyễn Thị An`` or ``@an@example.org``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from nhipcau.access import opened
from nhipcau.accounts.models import Person
from nhipcau.accounts.queries import access_for
from nhipcau.text import nfc
from nhipcau.workspace.domain.errors import WorkspaceError

if TYPE_CHECKING:
    from nhipcau.network.models import Organisation

_AT = re.compile(r"(?<![\w.])@(?=\w)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class MentionError(WorkspaceError):
    """Somebody is named who does not see the object."""


def people_named(text: str, target: Any, *, office: Organisation | None = None) -> list[Person]:
    """The people whom a text names, each once; whoever is called by no known name is nobody.

    Where several people bear a name, those who see the object are meant. What is said to an office alone names its
    members alone.

    Raises:
        MentionError: one who is named does not see the object.
    """
    found: dict[int, Person] = {}
    for match in _AT.finditer(text):
        named = _bearers(nfc(text[match.end() :]))
        seeing = [person for person in named if sees(person, target, office=office)]
        if named and not seeing:
            sentence = gettext("%(who)s does not see this, so naming them would tell them nothing.")
            raise MentionError(sentence % {"who": named[0].name})
        found |= {person.pk: person for person in seeing}
    return list(found.values())


def _bearers(rest: str) -> list[Person]:
    mail = _MAIL.match(rest)
    if mail:
        return list(Person.objects.filter(email=mail.group().lower(), is_active=True))
    first = rest.split(maxsplit=1)[0]
    people = [
        person
        for person in Person.objects.filter(name__startswith=first.rstrip(".,;:!?)"), is_active=True)
        if re.match(re.escape(person.name) + r"(?!\w)", rest)
    ]
    longest = max((len(person.name) for person in people), default=0)
    return [person for person in people if len(person.name) == longest]


def sees(person: Person, target: Any, *, office: Organisation | None = None) -> bool:
    """Whether the person sees the object under the rights that they hold now, in the office where one is given."""
    access = access_for(person)
    if office is not None and office.pk not in access.organisations():
        return False
    with opened(access):
        return bool(type(target).objects.filter(pk=target.pk).exists())
