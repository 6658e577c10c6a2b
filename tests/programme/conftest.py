import copy
from types import SimpleNamespace

import pytest

from nhipcau import access
from tests.support.people import make_office, make_person
from tests.support.plans import make_coordinator


@pytest.fixture
def planning(planning_made, db):
    """An office with everybody who has to do with its plan, and the coordinating ministry with its coordinator."""
    return copy.deepcopy(planning_made)


@pytest.fixture(scope="module")
def planning_made(for_the_file):
    with access.system("test"):
        office = make_office("Bộ Lập Kế Hoạch")
        ministry = make_coordinator()
        roles = ("drafter", "reviewer", "approver", "focal_officer")
        people = {role: make_person(office=office, roles=[role]) for role in roles}
        coordinator = make_person(office=ministry, roles=["coordinator"])
        return SimpleNamespace(office=office, ministry=ministry, coordinator=coordinator, **people)


@pytest.fixture
def ministry(db):
    """The office that keeps the register and gives tasks."""
    with access.system("test"):
        return make_office("Bộ Chủ Trì Mẫu")


@pytest.fixture
def coordinator(ministry):
    with access.system("test"):
        return make_person("Phạm Điều Phối", office=ministry, roles=["coordinator"])


@pytest.fixture
def province(db):
    with access.system("test"):
        return make_office("Tỉnh Mẫu", kind="peoples_committee")


@pytest.fixture
def officer(province):
    with access.system("test"):
        return make_person("Lê Đầu Mối", office=province, roles=["drafter", "focal_officer"])


@pytest.fixture
def approver(province):
    with access.system("test"):
        return make_person("Trần Lãnh Đạo", office=province, roles=["approver"])


@pytest.fixture
def as_person():
    """``with as_person(somebody):`` their own access, and nobody else's."""
    from nhipcau.accounts.queries import access_for

    return lambda person: access.opened(access_for(person))
