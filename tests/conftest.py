import gc
import os
from types import SimpleNamespace

import hypothesis
import pytest
from django.conf import settings
from django.db import transaction
from xdist.scheduler import LoadFileScheduling

from nhipcau import access
from tests.support import migrated

# How long a random case takes says how busy the machine is, and nothing about behaviour.
hypothesis.settings.register_profile("without deadlines", deadline=None)
hypothesis.settings.load_profile("without deadlines")


def pytest_addoption(parser):
    choices = ("sqlite", "postgres")
    parser.addoption("--database", choices=choices, default="sqlite", help="run the tests on this database")


#: What one worker does alone and the longest.
_LONGEST = ("tests/test_stranger_matrix.py", "tests/browser/")


class _Together(LoadFileScheduling):
    """A file's tests stay with one worker; all that need a browser stay with one as well, and share its desk."""

    def _split_scope(self, nodeid):
        return "tests/browser" if nodeid.startswith("tests/browser/") else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config, log):
    return _Together(config, log)


def _reason():
    """Why the database asked for is not here; empty where it is."""
    return getattr(settings, "DATABASE_MISSING", "") if settings.configured else ""


def pytest_configure(config):
    # Millions of objects live as long as the tests do; looking them over every 700 new ones is a tenth of all the time.
    gc.set_threshold(100_000, 20, 100)
    if _reason() and os.environ.get("REQUIRE_POSTGRES") == "1":
        pytest.exit(_reason(), returncode=1)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Say what runs when, before the marks choose; skip where PostgreSQL was asked for and is not here."""
    for item in items:
        if item.get_closest_marker("postgres_when_long"):
            item.add_marker("both_databases")
            if config.getoption("database") == "postgres":
                item.add_marker("long")
        if _reason():
            item.add_marker(pytest.mark.skip(reason=_reason()))
    # What takes longest begins, so that no core waits for it at the end.
    items.sort(key=lambda item: not item.nodeid.startswith(_LONGEST))


def _missing(what, variable):
    if os.environ.get(variable) == "1":
        pytest.fail(f"{variable}=1: {what}")
    pytest.skip(what)


@pytest.fixture(scope="session")
def missing():
    """``missing("Chromium is not installed", "REQUIRE_BROWSER")``: a skip, or a failure where it is required."""
    return _missing


@pytest.fixture(scope="module", autouse=True)
def articles_numbered_anew():
    """Each file's articles begin at number one, on whichever core and after whatever it runs."""
    from tests.support.articles import number_anew

    number_anew()


@pytest.fixture(scope="module")
def for_the_file(django_db_setup, django_db_blocker):
    """What a fixture of a file stores stays for all its tests: each undoes its own, and all goes behind the last.

    Objects are handed out as copies, because a test changes them. Not for files in which a test really commits.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def as_system(db):
    """The system's own access, open for the whole test."""
    with access.system("test") as opened:
        yield opened


@pytest.fixture
def two_offices(db):
    """Two offices that know nothing of each other, with an administrator and a drafter each.

    ``two_offices.ours.office``, ``.administrator``, ``.drafter``; ``two_offices.theirs`` likewise. No access is open.
    """
    from tests.support.people import make_office, make_person

    def office():
        place = make_office()
        return SimpleNamespace(
            office=place,
            administrator=make_person(office=place, roles=["office_administrator"]),
            drafter=make_person(office=place, roles=["drafter"]),
        )

    with access.system("test"):
        return SimpleNamespace(ours=office(), theirs=office())


@pytest.fixture
def opened_for(db):
    """``with opened_for(person):`` opens the access that the person would have on signing in."""

    from nhipcau.accounts.queries import access_for

    def opened(person):
        return access.opened(access_for(person))

    return opened


@pytest.fixture
def signed_in_client(db):
    """``signed_in_client(person)``: a client of its own, signed in as that person by password just now."""

    from django.test import Client

    from tests.support.people import sign_in

    def signed_in(person, **how):
        client = Client()
        with access.system("sign-in"):
            sign_in(client, person, **how)
        return client

    return signed_in


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings):
    """Whether the database of the tests is there: a copy of one that was migrated for all of them."""
    from django.db import connection

    if connection.vendor == "sqlite":
        migrated.put(connection.creation._get_test_db_name())
        return True
    connection.settings_dict["TEST"]["TEMPLATE"] = migrated.on_server(os.environ["NHIPCAU_TEST_DATABASE_URL"])
    return False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """Tests that commit empty the database afterwards, the audit record too: its guard steps aside for that."""
    from django.db import connections
    from django.test import TransactionTestCase

    from nhipcau.audit import guard

    flush = TransactionTestCase._fixture_teardown

    def empty(case):
        for alias in case._databases_names(include_mirrors=False):
            guard.remove(connections[alias])
        flush(case)
        for alias in case._databases_names(include_mirrors=False):
            guard.install(connections[alias])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield
