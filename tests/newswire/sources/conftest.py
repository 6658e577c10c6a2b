import pytest

from nhipcau.newswire.fetch import Fetcher
from tests.support.loopback import running_site


@pytest.fixture
def site():
    with running_site() as running:
        yield running


@pytest.fixture
def other_site():
    with running_site() as running:
        yield running


@pytest.fixture
def fetcher(site, other_site):
    hosts = frozenset({site.host, other_site.host})
    with Fetcher(allow_hosts=hosts, pace=0.0, timeout=2.0, sleep=lambda _: None) as ready:
        yield ready
