import pytest
from django.db import connection, transaction

from nhipcau.access import system
from nhipcau.network.domain.organisations import load_nation
from nhipcau.network.nation import real_nation


@pytest.fixture(scope="module")
def real_bodies_loaded(django_db_setup, django_db_blocker):
    """The real bodies with what holds between them, entered once for a module; each test undoes what it changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        with system("test") as access:
            loaded = load_nation(actor=access.actor, nation=real_nation())
        # As a database does by itself soon after so many rows have come: it plans badly without.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield loaded
        transaction.set_rollback(True)
