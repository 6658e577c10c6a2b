import pytest

from tests.support.shelf.rows import make_rows


@pytest.fixture
def rows(db):
    """``ours`` and ``theirs``, two books of two offices, and the ``shelf`` on which both stand."""
    return make_rows()
