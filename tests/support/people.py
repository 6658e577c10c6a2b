"""Offices and people for tests. Call these with the system's access open (the fixture ``as_system``)."""

import itertools
import time
from datetime import date

from nhipcau.access import SystemActor
from nhipcau.accounts.domain.people import create_person
from nhipcau.accounts.domain.roles import grant_membership
from nhipcau.network.domain.organisations import create_organisation

ACTOR = SystemActor("test")
PASSWORD = "một câu dài để vào cửa"
START = date(2020, 1, 1)
_numbers = itertools.count(1)


def make_office(name="", **fields):
    """A sample office that exists since 2020."""
    number = next(_numbers)
    given = {
        "slug": f"office-{number}",
        "kind": "ministry",
        "name_vi": name or f"Bộ Mẫu {number}",
        "name_en": name or f"Sample Ministry {number}",
        "valid_from": START,
        "sample": True,
        "source": "test",
        "confidence": "high",
    }
    return create_organisation(actor=ACTOR, **given | fields)


def make_person(name="", *, office=None, roles=(), **fields):
    """Somebody who may sign in with :data:`PASSWORD`, with ``roles`` in ``office`` since 2020 or its first day."""
    number = next(_numbers)
    given = {"email": f"person{number}@example.org", "name": name or f"Nguyễn Văn {number}", "password": PASSWORD}
    person = create_person(actor=ACTOR, **given | fields)
    for role in roles:
        since = max(START, office.valid_from)
        grant_membership(actor=ACTOR, person=person, organisation=office, role=role, valid_from=since)
    return person


def sign_in(client, person, *, proved=True):
    """Sign a test client in as if by password just now, or, where not ``proved``, so long ago that a proof is due."""
    client.force_login(person)
    session = client.session
    at = time.time() if proved else 0.0
    session["account_authentication_methods"] = [{"method": "password", "at": at}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
