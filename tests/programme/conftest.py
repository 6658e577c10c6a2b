import pytest

from nhipcau import access
from tests.support.people import make_office, make_person


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
