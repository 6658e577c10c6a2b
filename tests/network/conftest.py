import pytest
from django.db import connection

from nhipcau.access import system
from nhipcau.network.domain.organisations import load_nation
from nhipcau.network.nation import real_nation


@pytest.fixture(scope="module")
def real_bodies_loaded(for_the_file):
    """The real bodies with what holds between them, entered once for a module; each test undoes what it changes."""
    with system("test") as access:
        loaded = load_nation(actor=access.actor, nation=real_nation())
    # As a database does by itself soon after so many rows have come: it plans badly without.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return loaded
