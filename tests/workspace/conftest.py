import copy
from types import SimpleNamespace

import pytest

from nhipcau import access
from tests.support.people import make_office, make_person


@pytest.fixture
def house(house_made, db):
    """An office with a drafter, a reviewer, an approver; another one that letters go to, with the same; one apart."""
    return copy.deepcopy(house_made)


@pytest.fixture(scope="module")
def house_made(for_the_file):
    with access.system("test"):
        return SimpleNamespace(ours=_office("Cục Gửi Mẫu"), theirs=_office("Sở Nhận Mẫu"), apart=_office("Sở Khác Mẫu"))


def _office(name):
    office = make_office(name)
    roles = ("drafter", "reviewer", "approver", "leader", "viewer", "focal_officer", "office_administrator")
    return SimpleNamespace(office=office, **{role: make_person(office=office, roles=[role]) for role in roles})
