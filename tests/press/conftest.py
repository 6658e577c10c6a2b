import copy

import pytest

from nhipcau import access
from tests.support.people import make_office, make_person


@pytest.fixture
def office(office_made, db):
    return copy.deepcopy(office_made)


@pytest.fixture
def analyst(office):
    with access.system("test"):
        return make_person("Lê Thị Đọc", office=office, roles=["press_analyst"])


@pytest.fixture(scope="module")
def office_made(for_the_file):
    with access.system("test"):
        return make_office("Cục Mẫu")


@pytest.fixture
def desk(analyst, signed_in_client):
    """A client signed in as the press analyst of ``office``."""
    return signed_in_client(analyst)
