import pytest

from nhipcau.access import system
from nhipcau.law import shipped
from nhipcau.law.domain.loading import load_legal_data


@pytest.fixture
def law(db):
    """The law that comes with the program, loaded. No access is open."""
    with system("test") as access:
        load_legal_data(actor=access.actor, bases=shipped.bases(), deadlines=shipped.deadlines())
