import pytest

from nhipcau.access import system
from nhipcau.law import shipped
from nhipcau.law.domain.loading import load_legal_data


@pytest.fixture
def law(law_loaded, db):
    """The law that comes with the program, loaded. No access is open."""


@pytest.fixture(scope="module")
def law_loaded(for_the_file):
    with system("test") as access:
        load_legal_data(actor=access.actor, bases=shipped.bases(), deadlines=shipped.deadlines())
