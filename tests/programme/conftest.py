from types import SimpleNamespace

import pytest

from nhipcau import access
from tests.support.people import make_office, make_person
from tests.support.plans import make_coordinator


@pytest.fixture
def planning(db):
    """An office with everybody who has to do with its plan, and the coordinating ministry with its coordinator."""
    with access.system("test"):
        office = make_office("Bộ Lập Kế Hoạch")
        ministry = make_coordinator()
        roles = ("drafter", "reviewer", "approver", "focal_officer")
        people = {role: make_person(office=office, roles=[role]) for role in roles}
        coordinator = make_person(office=ministry, roles=["coordinator"])
        return SimpleNamespace(office=office, ministry=ministry, coordinator=coordinator, **people)
